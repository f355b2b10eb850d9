"""The rulebooks that ship with Tomoni say what the source documents say, and no more."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tomoni.rulebooks.loading import known_cities, load, load_city
from tomoni.rulebooks.schema import STANDARD, Rulebook

ROOT = Path(__file__).parents[2]
SEEDS = ROOT.parent / "shared" / "seeds"
CITIES = ("ama", "fuchu", "higashikurume", "musashino")
# Counted by hand in the documents.
COUNTS = {
    "fuchu": {
        "excluded": 4,
        "principles": 6,
        "party_kinds": 6,
        "capabilities": 7,
        "coordinator_abilities": 0,
        "zones": 5,
        "forms": 7,
        "suitability": 9,
        "checklists": 1,
        "stages": 0,
        "progress_scale": 4,
    },
    "ama": {
        "excluded": 3,
        "principles": 5,
        "party_kinds": 5,
        "capabilities": 3,
        "coordinator_abilities": 0,
        "zones": 5,
        "forms": 5,
        "suitability": 0,
        "checklists": 3,
        "stages": 0,
        "progress_scale": 0,
    },
    "higashikurume": {
        "excluded": 0,
        "principles": 7,
        "party_kinds": 4,
        "capabilities": 0,
        "coordinator_abilities": 0,
        "zones": 3,
        "forms": 7,
        "suitability": 0,
        "checklists": 1,
        "stages": 0,
        "progress_scale": 0,
    },
    "musashino": {
        "excluded": 0,
        "principles": 4,
        "party_kinds": 6,
        "capabilities": 3,
        "coordinator_abilities": 5,
        "zones": 0,
        "forms": 2,
        "suitability": 0,
        "checklists": 1,
        "stages": 6,
        "progress_scale": 0,
    },
}
DOCUMENT = {"fuchu": "000_*", "ama": "002_*", "higashikurume": "003_*", "musashino": "004_*"}


def labels(book: Rulebook, name: str) -> list[str]:
    return [entry.label for entry in getattr(book, name)]


def test_four_cities_ship() -> None:
    assert known_cities() == CITIES


@pytest.mark.parametrize("city", CITIES)
def test_a_city_has_as_many_entries_as_its_document(city: str) -> None:
    book = load_city(city)

    assert {name: len(getattr(book, name)) for name in COUNTS[city]} == COUNTS[city]


@pytest.mark.parametrize("city", CITIES)
def test_a_rulebook_comes_back_whole_from_its_json(city: str) -> None:
    book = load_city(city)

    assert Rulebook.model_validate_json(book.model_dump_json()) == book


@pytest.mark.parametrize("city", CITIES)
def test_nothing_the_document_should_say_is_cited_to_the_standard(city: str) -> None:
    book = load_city(city)

    cited = [entry.cites for name in COUNTS[city] for entry in getattr(book, name)]
    assert cited
    assert STANDARD not in cited


@pytest.mark.parametrize("city", CITIES)
def test_every_room_finds_what_it_needs(city: str) -> None:
    book = load_city(city)

    assert {sheet.key for sheet in book.sheets} >= {"registration", "consultation", "proposal", "closing_report"}
    assert len(book.plan_layout.levels) == 3
    assert book.scale
    assert book.examination
    assert book.screening.criteria
    for stage in ("considering", "planning", "doing", "reflecting"):
        assert book.checklists_at(stage)
    for form in book.forms:
        assert {"purpose", "roles", "period", "costs", "change"} <= {clause.key for clause in book.clauses_for(form)}


def test_the_two_kinds_of_cooperation_in_fuchu_stand_in_two_zones() -> None:
    fuchu = load_city("fuchu")

    zones = {form.label: form.zones for form in fuchu.forms}
    assert zones == {
        "共催": ("joint",),
        "実行委員会・協議会": ("joint",),
        "事業協力": ("civic_led", "city_led"),
        "委託": ("city_led",),
        "後援・協賛": ("civic_led",),
        "補助": ("civic_led",),
        "政策形成過程への参画": ("city_led",),
    }


def test_the_examination_in_fuchu_has_four_points_of_nature_and_five_of_effect() -> None:
    groups = [item.group for item in load_city("fuchu").suitability]

    assert groups == ["nature"] * 4 + ["effect"] * 5


def test_the_scale_of_fuchu_has_the_words_of_its_sheet() -> None:
    scale = {level.label: level.status for level in load_city("fuchu").progress_scale}

    assert scale == {
        "計画通りに進んでいる": "on_track",
        "計画通りに進んでいない": "off_track",
        "完了(目標を達成)": "done",
        "計画を変更して実施している": "changed",
    }


def test_ama_gives_as_many_points_to_watch_as_its_tables() -> None:
    notes = {
        form.label: (len(form.notes.civic), len(form.notes.city), len(form.notes.both))
        for form in load_city("ama").forms
    }

    assert notes == {
        "後援": (2, 2, 0),
        "事業協力": (2, 1, 2),
        "事業共催": (1, 1, 4),
        "補助・助成": (2, 4, 1),
        "事業委託": (2, 5, 2),
    }


def test_a_reader_sees_the_notes_for_their_side_and_for_both() -> None:
    commission = load_city("ama").form("commission")

    assert commission.notes.shown_to("civic") == commission.notes.civic + commission.notes.both
    assert commission.notes.shown_to("city") == commission.notes.city + commission.notes.both


def test_ama_has_six_points_at_each_of_three_stages() -> None:
    lists = load_city("ama").checklists

    assert [(found.stage, len(found.items)) for found in lists] == [("considering", 6), ("planning", 6), ("doing", 6)]


def test_ama_examines_by_its_checklist_because_it_has_no_test_of_its_own() -> None:
    ama = load_city("ama")

    assert ama.examination == ama.checklists[0].items


def test_higashikurume_has_seven_viewpoints_and_an_agreement_there_must_end() -> None:
    book = load_city("higashikurume")

    assert labels(book, "principles")[5:] == ["自立の原則", "時限性の原則"]
    assert book.options.agreements.must_end is True
    assert [city for city in CITIES if load_city(city).options.agreements.must_end] == ["higashikurume"]


def test_higashikurume_does_not_say_which_form_stands_in_which_zone() -> None:
    assert {form.zones for form in load_city("higashikurume").forms} == {()}


def test_musashino_has_six_stages_of_which_the_last_three_are_independent() -> None:
    stages = load_city("musashino").stages

    assert [stage.label for stage in stages if stage.is_independent] == ["活動実践", "成長・安定", "展開"]
    assert len(stages) == 6
    assert all(stage.gap for stage in stages if not stage.is_independent)


def test_musashino_has_its_own_names_for_the_levels_of_a_plan() -> None:
    plan = load_city("musashino").plan

    assert plan is not None
    assert [level.label for level in plan.levels] == ["基本施策", "施策", "展開"]
    assert (plan.priority, plan.relisted) == ("重点施策", "再掲")


@pytest.mark.parametrize("city", CITIES)
def test_explanations_are_our_own_words(city: str) -> None:
    if not SEEDS.is_dir():
        pytest.skip("the source documents do not lie beside this repository")
    document = plain(next(SEEDS.glob(DOCUMENT[city])).read_text(encoding="utf-8"))

    ours = [plain(text) for text in sentences(load_city(city).model_dump(mode="json", exclude={"source", "standard"}))]
    copied = [text for text in ours for at in range(len(text) - 19) if text[at : at + 20] in document]

    assert len(ours) > 20
    assert copied == []


def plain(text: str) -> str:
    return re.sub(r"[\s、。・，「」（）()*<>a-z]", "", text)


def sentences(value: object) -> list[str]:
    """All texts that end as a sentence: labels and names are the documents' own and may agree."""
    if isinstance(value, str):
        return [value] if "。" in value else []
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for one in inner for text in sentences(one)]


def test_no_code_names_a_city() -> None:
    names = [book.city.slug for book in map(load_city, CITIES)] + [book.city.name for book in map(load_city, CITIES)]
    names += ["府中", "東久留米", "武蔵野", "プラッツ"]

    named = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in sorted((ROOT / "tomoni").rglob("*"))
        # What a demonstration tells is content, not code.
        if path.suffix in {".py", ".html", ".js", ".css"} and "demo" not in str(path.relative_to(ROOT))
        for name in names
        if re.search(rf"(?<![a-z]){name}(?![a-z])", code_of(path))
    ]

    assert named == []


def code_of(path: Path) -> str:
    """A file without its comments, docstrings and sources of rules: those may say where a rule comes from."""
    text = path.read_text(encoding="utf-8")
    text = re.sub(r'"""(?:.|\n)*?"""', "", text)
    text = re.sub(r"#.*|\{#.*?#\}|<!--(?:.|\n)*?-->", "", text)
    return re.sub(r'cites="[^"]*"', "", text)


def test_a_fifth_city_needs_no_code() -> None:
    book = load(ROOT / "tests" / "rulebooks" / "akarisato" / "2024-04.yaml")

    assert labels(book, "principles") == ["正直", "小さく始める", "楽しむ"]
    assert labels(book, "zones") == ["市民がする", "一緒にする", "役場がする"]
    assert [zone.label for zone in book.zones if zone.is_shared] == ["一緒にする"]
    assert [level.label for level in book.plan_layout.levels] == ["柱", "仕事"]
    assert {mark: level.status for level in book.scale for mark in level.marks} == {
        "S": "done",
        "A": "on_track",
        "B": "off_track",
        "C": "off_track",
    }
    assert (book.terms.agreement, book.terms.proposal) == ("約束状", "提案")
    assert [item.key for item in book.evaluation_items] == [
        "smiles",
        "spoke_openly",
        "principle_small_steps",
        "principle_joy",
    ]
    assert (book.evaluation.scale.min, book.evaluation.scale.max) == (0, 2)
    assert [found.key for found in book.checklists_at("planning")] == ["before"]
    assert [found.is_standard for found in book.checklists_at("doing")] == [True]
