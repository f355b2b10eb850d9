"""Committing a batch: what it writes, that it writes it once, and what it leaves alone."""

import pytest
from django.db import IntegrityError

from tests import make
from tests.plans.importing import papers
from tomoni.history.selectors import story_of
from tomoni.imports.services import Decided, Moved, decide
from tomoni.kernel.clock import now
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.models import Party, SuccessionKind
from tomoni.parties.permissions import Role
from tomoni.parties.services import succeed
from tomoni.plans.importing.commit import NotReady, commit
from tomoni.plans.models import Figure, Heading, Line, Measure, Plan, Progress, Schedule


@pytest.fixture
def division(seat):
    return seat("division", Role.DIVISION)[2]


def committed(paper, division, **values):
    return papers.commit_now(papers.batch(paper, **values), by=division)


def test_a_sheet_becomes_a_plan_with_headings_measures_lines_years_schedule_and_figures(division):
    batch = committed(papers.two_measures(), division)

    plan = Plan.objects.get()
    assert (plan.title, plan.years, plan.levels, plan.first_year, plan.last_year) == (
        "あかり計画",
        [2017, 2018],
        ["柱", "目標"],
        2017,
        2018,
    )
    assert list(
        Heading.objects.order_by("position").values_list("level", "number", "title", "depth", "parent__title")
    ) == [
        ("柱", "1", "知る", 0, None),
        ("目標", "(1)", "知る機会を増やす", 1, "知る"),
    ]
    assert list(
        Measure.objects.order_by("position").values_list("number", "title", "number_inferred", "heading__title")
    ) == [
        ("1", "出前講座を開く", False, "知る機会を増やす"),
        ("2", "情報紙を出す", True, "知る機会を増やす"),
    ]
    assert list(Schedule.objects.order_by("year").values_list("year", "text")) == [(2017, "検討"), (2018, "実施")]
    assert [str(figure) for figure in Figure.objects.all()] == ["講座の回数 1.000回"]
    assert (batch.stage, batch.subject_id) == ("committed", plan.pk)


def test_the_period_comes_from_the_title_of_the_plan_where_it_says_one(division):
    committed(papers.two_measures(), division, title="あかり計画(平成30年度～令和3年度)")

    plan = Plan.objects.get()
    assert (plan.first_year, plan.last_year, plan.years) == (2018, 2021, [2017, 2018])


def test_every_value_keeps_its_place_in_the_file_and_its_batch(division):
    batch = committed(papers.two_measures(), division)

    first = Progress.objects.get(line__measure__number="1", year=2017)
    assert first.sources == {"status": "I10", "results": "J10"}
    assert (first.batch, first.confidence) == (batch, 0.98)
    measure = Measure.objects.get(number="1")
    assert measure.sources == {
        "title": "A10",
        "description": "E10",
        "number": "A10",
        "schedule/2017": "F10",
        "schedule/2018": "G10",
    }
    assert (measure.batch, Heading.objects.get(depth=0).source_at, Figure.objects.get().source_at) == (
        batch,
        "A8",
        "J10",
    )


def test_an_open_status_stays_open_and_keeps_its_mark(division):
    committed(papers.two_measures(), division)

    year = Progress.objects.get(line__measure__number="1", year=2018)

    assert (year.status, year.status_text, year.issues, year.confidence) == ("", "○", "人が少ない。", None)


def test_a_measure_of_two_departments_has_two_lines(division):
    committed(papers.two_measures(), division)

    lines = Line.objects.filter(measure__number="2").order_by("position")

    assert [line.departments.get().name for line in lines] == ["広報課", "青少年課"]


def test_departments_nobody_knew_are_made_under_the_city(division):
    hall = make.hall()

    committed(papers.two_measures(), division)

    made = Party.objects.filter(name__in=["広報課", "青少年課", "全課"])
    assert {(one.parent, one.kind) for one in made} == {(hall, "town_hall")}
    assert Party.objects.filter(name="市民協働課").count() == 1


def test_a_department_under_its_former_name_is_the_one_it_became(division):
    before, after = make.department("広報広聴室"), make.department("市政情報課")
    succeed(before, after, kind=SuccessionKind.RENAMED, on=make.APRIL)
    paper = papers.two_measures()
    paper["measures"][1]["lines"][0]["leads"] = ["広報広聴室"]

    committed(paper, division)

    assert Line.objects.get(measure__number="2", position=0).departments.get() == after


def test_the_same_file_twice_changes_nothing(division):
    first = committed(papers.two_measures(), division)
    revision = Plan.objects.get().revision

    second = committed(papers.two_measures(), division, plan=first.subject_id)

    assert second.changes == []
    assert Plan.objects.get().revision == revision
    assert Progress.objects.filter(batch=second).count() == 0
    assert story_of(second)[0].details["changes"] == 0


def test_next_years_file_changes_only_what_differs(division):
    first = committed(papers.two_measures(), division)
    paper = papers.two_measures()
    paper["measures"][0]["lines"][0]["years"]["2018"] = papers.year("done", at="N9")
    paper["measures"][0]["lines"][0]["years"]["2019"] = papers.year("on_track", at="S9")

    second = committed(paper, division, plan=first.subject_id)

    year = Progress.objects.get(line__measure__number="1", year=2018)
    assert (year.status, year.issues) == ("done", "人が少ない。")
    assert year.sources == {"status": "N9", "issues": "O10", "of": {"issues": first.pk}}
    assert year.batch == second
    assert Progress.objects.get(line__measure__number="1", year=2019).batch == second
    assert Progress.objects.filter(batch=second).count() == 2


def test_what_the_file_does_not_have_is_left_alone_and_counted(division):
    first = committed(papers.two_measures(), division)
    paper = papers.two_measures()
    del paper["measures"][1]
    del paper["measures"][0]["lines"][0]["years"]["2018"]

    second = committed(paper, division, plan=first.subject_id)

    assert Measure.objects.count() == 2
    assert Progress.objects.count() == 5
    details = story_of(second)[0].details
    assert (details["left_measures"], details["left_years"]) == (1, 1)


def test_a_measure_that_looks_like_another_waits_for_a_person(division):
    first = committed(papers.two_measures(), division)
    paper = papers.two_measures()
    paper["measures"][0] = papers.measure("7", "出前講座を聞く", at="A30")
    batch = papers.batch(paper, plan=first.subject_id)

    with pytest.raises(NotReady, match="計画のどれに当たるか決まっていないものが1件"):
        papers.commit_now(batch, by=division)

    assert Measure.objects.count() == 2
    decide(batch, [Decided("/measures/0/match", "accept")], revision=batch.revision, at=now(), by=division)
    papers.commit_now(batch, by=division)
    assert list(Measure.objects.order_by("pk").values_list("number", "title")) == [
        ("1", "出前講座を開く"),
        ("2", "情報紙を出す"),
        ("7", "出前講座を聞く"),
    ]


def test_a_person_may_say_that_two_measures_are_one(division):
    first = committed(papers.two_measures(), division)
    held = Measure.objects.get(number="1")
    paper = papers.two_measures()
    paper["measures"][0]["number"], paper["measures"][0]["title"] = "7", "出前講座を聞く"
    paper["numbers"] = []
    batch = papers.batch(paper, plan=first.subject_id)
    decide(batch, [Decided("/measures/0/match", "correct", held.pk)], revision=batch.revision, at=now(), by=division)

    papers.commit_now(batch, by=division)

    held.refresh_from_db()
    assert (held.number, held.title, Measure.objects.count()) == ("7", "出前講座を聞く", 2)


def test_a_relisted_measure_points_to_its_original_and_has_no_lines(division):
    paper = papers.two_measures()
    paper["measures"].append(papers.measure("3", "出前講座を開く", parent="n1", at="A20", relisted_of="1"))

    committed(paper, division)

    relisted = Measure.objects.get(number="3")
    assert (relisted.relisted_of.number, relisted.lines.count(), relisted.heading.title) == ("1", 0, "知る")


def test_an_older_page_cannot_commit(division):
    batch = papers.batch(papers.two_measures())
    decide(batch, [Decided("/measures/0/title", "accept")], revision=0, at=now(), by=division)

    with pytest.raises(Moved):
        commit(batch, revision=0, at=now(), by=division)

    assert Plan.objects.count() == 0


@pytest.mark.parametrize("values", [{"read_at": None}, {"problem": "読めません。"}])
def test_a_batch_that_is_being_read_or_could_not_be_read_is_not_committed(division, values):
    batch = papers.batch(papers.two_measures())
    type(batch).objects.filter(pk=batch.pk).update(**values)

    with pytest.raises(NotAllowed):
        papers.commit_now(batch, by=division)

    assert Plan.objects.count() == 0


def test_an_officer_does_not_commit(seat):
    _, _, officer = seat("officer", Role.OFFICER)
    batch = papers.batch(papers.two_measures())

    with pytest.raises(NotAllowed, match="協働担当課だけ"):
        papers.commit_now(batch, by=officer)

    assert Plan.objects.count() == 0


def test_a_failure_in_the_middle_leaves_nothing_behind(division):
    paper = papers.two_measures()
    paper["measures"][1]["lines"][1]["years"]["2017"]["status"] = "no such status"
    batch = papers.batch(paper)
    before = Party.objects.count()

    with pytest.raises(IntegrityError):
        papers.commit_now(batch, by=division)

    assert (Plan.objects.count(), Measure.objects.count(), Party.objects.count()) == (0, 0, before)
    batch.refresh_from_db()
    assert batch.stage == "review"
