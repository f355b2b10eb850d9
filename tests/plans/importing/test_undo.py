"""Undoing a commit: one step back to exactly what was there, or a sentence why not."""

import pytest

from tests import make
from tests.plans.importing import papers
from tests.plans.importing.snapshots import rows_of_everything
from tomoni.imports.services import Moved
from tomoni.kernel.clock import now
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.models import Party
from tomoni.parties.permissions import Role
from tomoni.plans.importing.undo import ChangedSince, undo
from tomoni.plans.models import Assessment, Measure, Plan, Progress


@pytest.fixture
def division(seat):
    return seat("division", Role.DIVISION)[2]


def undone(batch, division):
    batch.refresh_from_db()
    return undo(batch, revision=batch.revision, at=now(), by=division)


@pytest.fixture
def grown(division):
    """A plan from one file, and a second file that changed every kind of row."""
    first = papers.commit_now(papers.batch(papers.two_measures()), by=division)
    paper = papers.two_measures()
    paper["nodes"][0]["title"] = "知ってもらう"
    one, two = paper["measures"]
    one["title"], one["schedule"]["2018"] = "出前講座を毎年開く", "継続実施"
    one["lines"][0]["leads"] = ["広報課"]
    one["lines"][0]["years"]["2018"] = papers.year("done", at="N30", results=papers.text("3回開いた。", "O30"))
    two["lines"].append(papers.line("新しい課", years={2018: papers.year("on_track", at="N31")}))
    paper["measures"].append(papers.measure("3", "交流の場を設ける", at="A32"))
    paper["numbers"][0]["value"] = 3
    before = rows_of_everything()
    second = papers.commit_now(papers.batch(paper, plan=first.subject_id, content=b"second"), by=division)
    return first, second, before


def test_undoing_the_first_import_leaves_no_plan(division):
    before = rows_of_everything()
    batch = papers.commit_now(papers.batch(papers.two_measures()), by=division)

    undone(batch, division)

    assert rows_of_everything() == before
    assert Plan.objects.count() == 0
    batch.refresh_from_db()
    assert (batch.stage, batch.subject_id, batch.changes) == ("undone", None, [])


def test_undoing_a_later_import_restores_every_row_it_changed(division, grown):
    _first, second, before = grown
    assert rows_of_everything() != before

    undone(second, division)

    assert rows_of_everything() == before


def test_what_was_undone_can_be_committed_again(division, grown):
    _first, second, _before = grown
    after = {name: len(rows) for name, rows in rows_of_everything().items()}
    undone(second, division)

    papers.commit_now(second, by=division)

    assert {name: len(rows) for name, rows in rows_of_everything().items()} == after
    assert Progress.objects.get(line__measure__number="1", year=2018).status == "done"


def test_a_value_somebody_has_changed_since_is_not_thrown_away(division, grown):
    _first, second, _before = grown
    Progress.objects.filter(line__measure__number="1", year=2018).update(results="担当課が書き直した。")
    changed = rows_of_everything()

    with pytest.raises(ChangedSince, match="「年度の進捗」の「実績」を変えています"):
        undone(second, division)

    assert rows_of_everything() == changed
    second.refresh_from_db()
    assert second.stage == "committed"


def test_a_later_import_must_be_undone_first(division, grown):
    first, second, _before = grown

    with pytest.raises(ChangedSince):
        undone(first, division)
    undone(second, division)
    undone(first, division)

    assert Plan.objects.count() == 0


def test_an_opinion_written_on_an_imported_measure_is_not_thrown_away(division):
    batch = papers.commit_now(papers.batch(papers.two_measures()), by=division)
    Assessment.objects.create(
        measure=Measure.objects.first(), year=2018, committee=make.group("推進会議"), opinion="良い。"
    )

    with pytest.raises(ChangedSince, match="「委員会の評価」が書き加えられています"):
        undone(batch, division)

    assert Measure.objects.count() == 2


def test_a_priority_marked_by_a_person_is_not_thrown_away(division):
    batch = papers.commit_now(papers.batch(papers.two_measures()), by=division)
    Measure.objects.filter(number="1").update(is_priority=True)

    with pytest.raises(ChangedSince, match="「重点施策」"):
        undone(batch, division)

    assert Measure.objects.count() == 2


def test_a_department_that_has_people_meanwhile_stays(division, seat):
    batch = papers.commit_now(papers.batch(papers.two_measures()), by=division)
    seat("officer", Role.OFFICER, Party.objects.get(name="青少年課"))

    undone(batch, division)

    assert Party.objects.filter(name="青少年課").exists()
    assert not Party.objects.filter(name="広報課").exists()


def test_an_older_page_cannot_undo(division, grown):
    _first, second, _before = grown

    with pytest.raises(Moved):
        undo(second, revision=second.revision - 1, at=now(), by=division)

    assert Measure.objects.count() == 3


def test_an_officer_does_not_undo_and_nobody_undoes_what_is_not_in_force(division, seat, grown):
    _first, second, _before = grown
    _, _, officer = seat("officer", Role.OFFICER)

    with pytest.raises(NotAllowed, match="協働担当課だけ"):
        undone(second, officer)
    undone(second, division)
    with pytest.raises(NotAllowed, match="反映していない"):
        undone(second, division)


def test_every_old_text_of_a_year_is_kept_with_who_changed_it(division, grown):
    year = Progress.objects.get(line__measure__number="1", year=2018)

    versions = list(year.history.order_by("history_id").values_list("status", "results", "history_user_id"))

    assert versions == [("", "", division.user), ("done", "3回開いた。", division.user)]
