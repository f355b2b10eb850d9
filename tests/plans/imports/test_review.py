"""Reviewing a batch: filters, corrections, cells put in their place, many at once, and two people at one batch."""

import pytest

from tests.plans.importing import papers
from tests.plans.imports.conftest import address, posted, sent
from tomoni.imports.models import Choice
from tomoni.parties.permissions import Role

STATUS = "/measures/0/lines/0/years/2018/status"
RESULTS = "/measures/0/lines/0/years/2017/results"


@pytest.fixture
def batch(city):
    """Everything a review meets, as a document written by hand."""
    return papers.batch(papers.two_measures())


def shown(client, batch, **query) -> str:
    return client.get(address("import-batch", batch.pk), query).content.decode()


def choices(batch):
    return {one.pointer: (one.kind, one.value) for one in Choice.objects.filter(batch=batch)}


def test_a_value_stands_beside_its_cell_with_place_and_correction(division, batch):
    page = shown(division, batch)

    assert "もとの表 I11" in page
    assert "「<del>順詞</del>」を「<ins>順調</ins>」と読み替えました。" in page
    assert "どの年度のものか決められません。" in page
    assert "凡例が見つかりません。" in page


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({}, {"出前講座を開く", "情報紙を出す"}),
        ({"show": "open"}, {"出前講座を開く"}),
        ({"show": "low"}, {"情報紙を出す"}),
        ({"show": "corrected"}, {"情報紙を出す"}),
        ({"show": "inferred"}, {"情報紙を出す"}),
        ({"show": "unplaced"}, {"出前講座を開く"}),
        ({"show": "finding"}, {"出前講座を開く"}),
        ({"show": "department"}, {"出前講座を開く", "情報紙を出す"}),
        ({"show": "decided"}, set()),
        ({"show": "nonsense"}, {"出前講座を開く", "情報紙を出す"}),
        ({"show": "all", "against": "new"}, {"出前講座を開く", "情報紙を出す"}),
        ({"show": "all", "against": "same"}, set()),
    ],
)
def test_a_filter_shows_the_measures_with_that_doubt(division, batch, query, titles):
    page = shown(division, batch, **query)

    found = {
        title
        for title in ("出前講座を開く", "情報紙を出す")
        if f'判断を保存<span class="hush">: {number(title)} {title}' in page
    }
    assert found == titles


def number(title: str) -> str:
    return {"出前講座を開く": "1", "情報紙を出す": "2"}[title]


def test_against_a_plan_values_are_new_changed_or_the_same(division, batch, seat):
    _, _, actor = seat("花子", Role.DIVISION)
    plan = papers.commit_now(batch, by=actor).subject_id
    paper = papers.two_measures()
    paper["measures"][0]["lines"][0]["years"]["2017"]["results"]["text"] = "講座を2回開いた。"
    later = papers.batch(paper, plan=plan, content=b"later")

    changed = shown(division, later, show="all", against="changed")
    same = shown(division, later, show="all", against="same")

    assert "いまの計画: 講座を1回開いた。" in changed
    assert "情報紙を出す</h3>" not in changed
    assert "いまの計画:" not in same
    assert "新しい取組0件、変わる取組1件、変わらない取組1件" in changed


def test_a_changed_control_is_a_correction_and_an_emptied_one_stays_open(division, batch):
    answer = posted(
        division,
        "import-choose",
        batch,
        **{
            f"value:{STATUS}": "done",
            f"do:{STATUS}": "",
            f"value:{RESULTS}": "",
            "value:/measures/1/number": "2",
            "do:/measures/1/number": "accept",
            "value:/numbers/0": "1,200",
            "value:/measures/0/lines/0/leads": "市民協働課、広報課",
            "show": "open",
            "page": "1",
            "at": "m0",
        },
    )

    assert answer["Location"] == address("import-batch", batch.pk) + "?show=open&page=1#m0"
    assert choices(batch) == {
        STATUS: ("correct", "done"),
        RESULTS: ("open", None),
        "/measures/1/number": ("accept", None),
        "/numbers/0": ("correct", "1200"),
        "/measures/0/lines/0/leads": ("correct", ["市民協働課", "広報課"]),
    }


def test_a_decision_can_be_taken_back(division, batch):
    posted(division, "import-choose", batch, **{f"value:{STATUS}": "done"})

    posted(division, "import-choose", batch, **{f"value:{STATUS}": "done", f"do:{STATUS}": ""})

    assert choices(batch) == {}


def test_saving_an_untouched_card_decides_nothing(division, batch):
    before = batch.revision

    answer = posted(division, "import-choose", batch, **{f"value:{STATUS}": "", f"do:{STATUS}": ""})

    assert answer.status_code == 302
    batch.refresh_from_db()
    assert (choices(batch), batch.revision) == ({}, before)


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("value:/numbers/0", "たくさん", "数字で書いてください。"),
        (f"value:{STATUS}", "great", "進捗状況を選んでください。"),
        ("value:/measures/0/title", "長" * 301, "300字までで書いてください（いま301字）。"),
        ("value:/measures/0/lines/0/leads", "課" * 101, "課の名前は100字までです。"),
    ],
)
def test_wrong_input_stays_with_a_sentence_and_nothing_is_saved(division, batch, field, typed, sentence):
    answer = posted(
        division, "import-choose", batch, **{field: typed, f"value:{RESULTS}": "直した実績。", "show": "all"}
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "直した実績。" in page
    assert choices(batch) == {}


def test_a_cell_without_a_place_is_put_into_a_field(division, batch):
    line = "/measures/0/lines/0/years/2018"

    posted(division, "import-choose", batch, **{"to:/unplaced/0": line, "field:/unplaced/0": "remarks"})

    assert choices(batch) == {"/unplaced/0": ("correct", {"to": f"{line}/remarks"})}
    control = shown(division, batch, show="all").split('id="v-measures-0-lines-0-years-2018-remarks"')[1]
    assert control.split("</textarea>")[0].endswith(">講座の参加者は12人だった。")


def test_a_cell_put_into_a_status_is_read_as_one(division, batch):
    batch.document["unplaced"][0]["text"] = "遅れ気味"
    batch.save()
    line = "/measures/0/lines/0/years/2018"

    posted(division, "import-choose", batch, **{"to:/unplaced/0": line, "field:/unplaced/0": "status"})

    assert choices(batch)["/unplaced/0"] == ("correct", {"to": f"{line}/status", "status": "off_track"})


def test_a_cell_needs_a_field_to_go_to(division, batch):
    answer = posted(division, "import-choose", batch, **{"to:/unplaced/0": "/measures/0/lines/0/years/2018"})

    assert answer.status_code == 422
    assert "どの欄に入れるかを選んでください。" in answer.content.decode()
    assert choices(batch) == {}


def test_a_cell_may_go_to_the_description_or_stay_unused(division, batch):
    posted(division, "import-choose", batch, **{"to:/unplaced/0": "/measures/0"})
    assert choices(batch) == {"/unplaced/0": ("correct", {"to": "/measures/0/description"})}

    posted(division, "import-choose", batch, **{"to:/unplaced/0": "none"})
    assert choices(batch) == {"/unplaced/0": ("accept", None)}


def test_all_values_shown_are_accepted_at_once(division, batch):
    posted(division, "import-bulk", batch, which="shown", show="low")

    assert choices(batch) == {"/measures/1/lines/0/years/2017/status": ("accept", None)}


@pytest.mark.parametrize(("confidence", "count"), [("0.95", 0), ("0.8", 0), ("nonsense", 0)])
def test_only_what_is_sure_enough_is_accepted(division, batch, confidence, count):
    posted(division, "import-bulk", batch, which="sure", confidence=confidence)

    assert len(choices(batch)) == count


def test_what_was_read_with_enough_certainty_is_accepted(division, batch):
    batch.document["measures"][1]["lines"][0]["years"]["2017"]["confidence"] = 0.85
    batch.save()

    posted(division, "import-bulk", batch, which="sure", confidence="0.8")

    assert choices(batch) == {"/measures/1/lines/0/years/2017/status": ("accept", None)}


def test_cells_without_a_place_and_new_departments_are_settled_at_once(division, batch):
    posted(division, "import-bulk", batch, which="unused", show="todo")
    posted(division, "import-bulk", batch, which="departments")

    assert choices(batch) == {
        "/unplaced/0": ("accept", None),
        "/departments/全課": ("accept", None),
        "/departments/広報課": ("accept", None),
        "/departments/青少年課": ("accept", None),
    }


def test_the_second_of_two_reviewers_is_told_and_loses_nothing(browser, division, batch):
    other = browser(Role.DIVISION, "二郎")
    opened = batch.revision
    other.post(address("import-choose", batch.pk), {"revision": opened, f"value:{STATUS}": "off_track"})

    answer = division.post(
        address("import-choose", batch.pk),
        {"revision": opened, f"value:{RESULTS}": "私が直した実績。", f"value:{STATUS}": "done", "show": "all"},
    )

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "ほかの方がこの取り込みを進めました。" in page
    assert "二郎さんが1 出前講座を開く の「平成30年度 進捗状況」を、「遅れ気味」に直すと決めました。" in page
    assert "私が直した実績。" in page
    assert choices(batch) == {STATUS: ("correct", "off_track")}

    answer = posted(
        division, "import-choose", batch, **{f"value:{RESULTS}": "私が直した実績。", f"value:{STATUS}": "done"}
    )
    assert answer.status_code == 302
    assert choices(batch) == {STATUS: ("correct", "done"), RESULTS: ("correct", "私が直した実績。")}


@pytest.mark.parametrize("name", ["import-commit", "import-bulk"])
def test_an_older_page_neither_commits_nor_accepts(browser, division, batch, name):
    other = browser(Role.DIVISION, "二郎")
    opened = batch.revision
    posted(other, "import-choose", batch, **{f"value:{STATUS}": "off_track"})

    answer = division.post(address(name, batch.pk), {"revision": opened, "which": "shown"})

    assert answer.status_code == 409
    assert "ほかの方がこの取り込みを進めました。" in answer.content.decode()
    batch.refresh_from_db()
    assert (batch.stage, len(choices(batch))) == ("review", 1)


def test_a_twin_must_be_decided_before_the_button_works(division, batch, seat):
    _, _, actor = seat("花子", Role.DIVISION)
    plan = papers.commit_now(batch, by=actor).subject_id
    paper = papers.two_measures()
    paper["measures"][0]["number"], paper["measures"][0]["title"] = "7", "出前講座を聞く"
    later = papers.batch(paper, plan=plan, content=b"later")
    page = shown(division, later)
    assert "計画の「1 出前講座を開く」と同じ" in page
    assert "先に、同じ取組かどうかを選んでください。" in page

    assert posted(division, "import-commit", later).status_code == 422
    posted(division, "import-choose", later, **{"match:/measures/0/match": "0"})

    assert "先に、同じ取組かどうかを選んでください。" not in shown(division, later)
    assert posted(division, "import-commit", later).status_code == 302


def test_a_review_asks_the_database_as_often_for_many_measures_as_for_few(
    division, batch, django_assert_max_num_queries
):
    shown(division, batch)

    with django_assert_max_num_queries(40):
        shown(division, batch)


def test_what_happened_stands_on_the_page_with_who_did_it(division):
    made = sent(division)
    posted(division, "import-choose", made, **{f"value:{STATUS}": "done"})

    page = shown(division, made)

    assert "ファイルを受け取りました。" in page
    assert "ファイルを読み取りました。" in page
    assert "1件の判断を保存しました。" in page
    assert "花子" in page
