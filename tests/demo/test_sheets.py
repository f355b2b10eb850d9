"""The spreadsheets shipped in demo/: made of their texts, of different shapes, and as untidy as promised."""

from collections import Counter

import pytest

from tomoni.imports.reading.read import read
from tomoni.portal.demo.clean import CleanPlan, YearEntry, load_plan
from tomoni.portal.demo.sheets import SHEETS, DemoSheet, folder, sheet_of

ON_TRACK = "計画通りに進んでいる"


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.slug)
def test_the_shipped_sheet_holds_what_its_texts_say(sheet: DemoSheet):
    assert sheet.is_current(), "run `manage.py demo_sheets`"


def test_the_four_sheets_come_in_different_shapes():
    kinds = {sheet.slug: read(sheet.path.read_bytes(), name=sheet.name).kind for sheet in SHEETS}

    assert kinds == {"fuchu": "xlsx", "ama": "xlsx", "higashikurume": "csv", "musashino": "html"}


def test_higashikurume_writes_as_excel_in_japan_does():
    data = sheet_of("higashikurume").path.read_bytes()

    assert data.decode("cp932").splitlines()[1].startswith("評価の凡例")
    with pytest.raises(UnicodeDecodeError):
        data.decode("utf-8")


def plan_of_fuchu() -> CleanPlan:
    return load_plan(folder() / "fuchu" / "plan.yaml")


def test_fuchu_has_the_structure_of_the_published_plan():
    plan = plan_of_fuchu()
    goals = [goal for policy in plan.headings for goal in policy.children]

    assert (len(plan.headings), len(goals)) == (10, 23)
    assert [measure.number for measure in plan.measures()] == [str(number) for number in range(1, 36)]
    assert [m.number for m in plan.measures() if len(m.lines) == 2] == ["5", "9", "10"]


def test_fuchu_reports_the_statuses_the_published_sheet_tells_for_certain():
    plan = plan_of_fuchu()
    told = Counter(
        line.years.get(year, YearEntry()).status for m in plan.measures() for line in m.lines for year in plan.years
    )
    behind = {
        (m.number, year)
        for m in plan.measures()
        for line in m.lines
        for year, entry in line.years.items()
        if entry.status == "off_track"
    }

    assert told == {"on_track": 115, "off_track": 8, "done": 2, "changed": 1, "": 26}
    assert behind == {
        ("9", 2017),
        ("11", 2018),
        ("18", 2017),
        ("18", 2019),
        ("28", 2017),
        ("30", 2017),
        ("30", 2018),
        ("31", 2017),
    }


def test_the_sheet_of_fuchu_is_as_untidy_as_the_published_one():
    rows = [
        [cell.text for cell in row]
        for row in read(sheet_of("fuchu").path.read_bytes(), name="").sheets[0].rows
        if any(cell.is_own for cell in row)
    ]
    statuses = [[text for text in row if text.startswith("計画通りに")] for row in rows]
    numbers = {row[0] for row in rows}

    assert sum(row[0] == "No" for row in rows) == 10  # eight heads, the first one merged over three rows
    assert sum(len(found) > 4 for found in statuses) == 3  # looped rows
    assert sum(text.startswith("計画通りに入って") for found in statuses for text in found) == 31
    assert {"15", "17"}.isdisjoint(numbers)
    assert {"14", "16", "18", "33"} <= numbers
    assert sum(row == ["市民協働推進会議(仮称)の設置", "協働推進課"] for row in rows) == 3
    assert any(text == "職員課 協働推進課" for row in rows for text in row)


def test_repeated_texts_are_written_out_from_the_year_before():
    website = next(m for m in plan_of_fuchu().measures() if m.number == "13")
    years = website.lines[0].years

    assert {entry.results for entry in years.values()} == {"新しいページを作りながら、古いページを見直した。"}
    assert {entry.next for entry in years.values()} == {"ページの並べ方を見直す。"}


def test_musashino_lists_measures_again_and_names_its_priorities():
    plan = load_plan(folder() / "musashino" / "plan.yaml")
    goals = [goal for policy in plan.headings for goal in policy.children]

    assert {m.number: m.relisted_of for m in plan.measures() if m.relisted_of} == {
        "2-1③": "1-2①",
        "2-3②": "2-1②",
        "2-4④": "1-1②",
        "4-2③": "2-4③",
    }
    assert [goal.number for goal in goals if goal.priority] == ["1-1", "2-4", "2-6"]


@pytest.mark.parametrize("slug", [sheet.slug for sheet in SHEETS])
def test_every_opinion_is_about_a_measure_of_the_plan(slug: str):
    plan = sheet_of(slug).plan
    numbers = {m.number for m in plan.measures() if not m.relisted_of}

    assert {opinion.measure for opinion in plan.opinions} <= numbers
    assert {m.relisted_of for m in plan.measures() if m.relisted_of} <= numbers
