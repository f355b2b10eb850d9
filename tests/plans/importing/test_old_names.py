"""A sheet in the words of last year: what a revision has renamed, merged or ended is a candidate, never a silent match."""

import pytest

from tests.plans.importing import papers
from tomoni.imports.services import Decided, decide
from tomoni.kernel.clock import now
from tomoni.parties.permissions import Role
from tomoni.plans.importing.commit import NotReady
from tomoni.plans.importing.look import look
from tomoni.plans.importing.match import Named, match_measures
from tomoni.plans.models import Measure, Progress
from tomoni.rulebooks.selectors import in_force


@pytest.fixture
def division(seat):
    return seat("division", Role.DIVISION)[2]


@pytest.fixture
def plan(division):
    """Two measures with reports of 2017 and 2018."""
    return papers.commit_now(papers.batch(papers.two_measures()), by=division).subject_id


def old_paper(year):
    """The first measure under the number and title it had in 2018, with a report of another year."""
    line = papers.line("市民協働課", years={year: papers.year("done")})
    paper = papers.document([papers.measure("1", "出前講座を開く", lines=[line])])
    paper["plan"]["years"] = [year]
    return paper


def seen(batch):
    return look(batch, rulebook=in_force(now().date())).difference


def test_an_old_number_and_title_are_a_candidate_and_change_nothing_by_themselves(plan, division):
    first = Measure.objects.get(number="1")
    Measure.objects.filter(pk=first.pk).update(
        number="A-1", title="話しに行く講座", former=[{"number": "1", "title": "出前講座を開く", "until": 2018}]
    )
    batch = papers.batch(old_paper(2019), plan=plan, content=b"old")

    assert seen(batch).unsure == {0: (first.pk,)}
    with pytest.raises(NotReady):
        papers.commit_now(batch, by=division)

    assert not Progress.objects.filter(year=2019).exists()


def test_a_person_says_it_is_the_same_and_it_keeps_its_new_name(plan, division):
    first = Measure.objects.get(number="1")
    Measure.objects.filter(pk=first.pk).update(
        number="A-1", title="話しに行く講座", former=[{"number": "1", "title": "出前講座を開く", "until": 2018}]
    )
    batch = papers.batch(old_paper(2019), plan=plan, content=b"old")
    said = Decided("/measures/0/match", "correct", first.pk)

    batch = decide(batch, [said], revision=batch.revision, at=now(), by=division)
    papers.commit_now(batch, by=division)

    first.refresh_from_db()
    assert (first.number, first.title) == ("A-1", "話しに行く講座")
    assert Progress.objects.get(year=2019).line.measure == first


def test_a_measure_that_has_ended_takes_no_later_year_and_what_it_went_into_is_offered(plan):
    first, second = Measure.objects.order_by("position")
    Measure.objects.filter(pk=first.pk).update(ends_with=2018)
    Measure.objects.filter(pk=second.pk).update(former=[{"number": "1", "title": "出前講座を開く", "until": 2018}])

    assert seen(papers.batch(old_paper(2019), plan=plan, content=b"old")).unsure == {0: (second.pk,)}
    assert "1 出前講座を開く" not in seen(papers.batch(old_paper(2019), plan=plan, content=b"again")).left


def test_a_sheet_of_earlier_years_still_finds_the_measure_that_has_ended(plan):
    first = Measure.objects.get(number="1")
    Measure.objects.filter(pk=first.pk).update(ends_with=2018)

    assert seen(papers.batch(old_paper(2018), plan=plan, content=b"old")).rows == {0: first.pk}


def test_a_sheet_that_goes_on_where_a_measure_ended_is_doubted():
    known = [Named(7, 1, "3", "講座を開く", until=2018), Named(8, 1, "9", "学ぶ場", former=(("3", "講座を開く"),))]
    asked = [Named(0, 1, "3", "講座を開く", until=2019)]

    matching = match_measures(asked, known, {})

    assert (matching.same, matching.unsure) == ({}, {0: (7, 8)})


def test_two_measures_that_changed_their_numbers_are_both_doubted():
    known = [
        Named(7, 1, "4", "講座を開く", former=(("3", "講座を開く"),)),
        Named(8, 1, "3", "紙を出す", former=(("4", "紙を出す"),)),
    ]
    asked = [Named(0, 1, "3", "講座を開く"), Named(1, 1, "4", "紙を出す")]

    matching = match_measures(asked, known, {})

    assert matching.same == {}
    assert {index: set(near) for index, near in matching.unsure.items()} == {0: {7, 8}, 1: {7, 8}}
