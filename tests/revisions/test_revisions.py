"""A revision is prepared, decided, put in force in one go, read as one story, and taken back while nobody stands on it."""

import pytest

from tests import make
from tests.plans.importing.snapshots import rows_of_everything
from tests.revisions.conftest import YEAR, drafted, end, heading, in_force, line, measure, merge, party, rename
from tomoni.cases import services as cases
from tomoni.cases.services import RulesBroken
from tomoni.history.models import Event
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.models import Party
from tomoni.parties.permissions import Role
from tomoni.plans.models import Heading, LineDepartment, Measure, Plan
from tomoni.plans.selectors.tree import tree_of
from tomoni.plans.services import link_project, relist
from tomoni.revisions.models import ChangedMeasure, FormerSeat, Revision
from tomoni.revisions.services import revisions
from tomoni.revisions.services.putting_in_force import put_in_force, take_back
from tomoni.revisions.shape import Change, Kind, Result
from tomoni.revisions.workflow import State
from tomoni.search.selectors import found

# Written by hand from docs/rooms.md: who may move a revision from where.
MAY = {
    ("draft", "decide"): {"division"},
    ("draft", "drop"): {"division"},
    ("decided", "reopen"): {"division"},
    ("decided", "put_in_force"): {"division"},
    ("decided", "drop"): {"division"},
    ("in_force", "take_back"): {"division"},
}


@pytest.mark.parametrize("step", ["decide", "reopen", "put_in_force", "take_back", "drop"])
@pytest.mark.parametrize("state", State.values)
def test_a_revision_moves_only_as_the_table_says(state, step, plan, division, seat):
    revision = drafted(plan, rename("出前講座", "1 話しに行く講座"), by=division)
    for role in Role:
        Revision.objects.update(state=state)
        _, _, actor = seat(f"x{role}", role, make.department("よその課"))
        if role in MAY.get((state, step), set()):
            assert cases.take(step, revision, by=actor, note="理由").state != state
        else:
            with pytest.raises(NotAllowed):
                cases.take(step, revision, by=actor, note="理由")
            revision.refresh_from_db()
            assert revision.state == state


def test_a_draft_says_everything_that_is_wrong_and_stays_a_draft(plan, division):
    wrong = drafted(plan, merge("出前講座", "情報紙"), end("情報紙"), rename("表彰", "3 表彰"), by=division)

    with pytest.raises(RulesBroken) as refusal:
        revisions.decide(wrong, by=division)

    assert {finding.rule for finding in refusal.value.findings} == {"RV-07", "RV-09"}
    wrong.refresh_from_db()
    assert wrong.state == "draft"


def test_what_is_decided_is_not_rewritten(plan, division):
    decided = revisions.decide(drafted(plan, end("表彰"), by=division), by=division)

    with pytest.raises(NotAllowed, match="案に戻してから"):
        revisions.add_change(decided, end("研修"), by=division)
    assert decided.changes.count() == 1


def test_two_measures_become_one_and_both_old_ones_stay(plan, division):
    revision = in_force(plan, merge("出前講座", "情報紙"), by=division)

    new = measure("学びと発信")
    assert (new.number, new.begins_in, new.heading.title) == ("11", 2021, "知る")
    assert [str(party) for party in new.lines.get().departments.all()] == ["市民協働課"]
    assert [(m.number, m.ends_with) for m in Measure.objects.filter(title__in=["出前講座", "情報紙"])] == [
        ("1", 2020),
        ("2", 2020),
    ]
    order = list(Measure.objects.order_by("position").values_list("title", flat=True))
    assert order == ["出前講座", "情報紙", "学びと発信", "事例集", "交流会", "表彰", "研修"]
    assert new.former == [
        {"number": "1", "title": "出前講座", "until": 2020},
        {"number": "2", "title": "情報紙", "until": 2020},
    ]
    assert ChangedMeasure.objects.filter(change__revision=revision).count() == 3
    assert revision.state == "in_force"


def test_a_measure_is_found_by_the_name_it_had_before(plan, division):
    in_force(plan, rename("事例集", "3-1 つながりの記録"), by=division)

    held = measure("つながりの記録")
    assert held.former == [{"number": "3", "title": "事例集", "until": 2020}]
    assert [entry.title for entry in found("事例集")] == ["3-1 つながりの記録"]
    assert [m.title for m in tree_of(plan, words=["事例集"]).measures] == ["つながりの記録"]


def test_years_outside_are_not_called_open(plan, division):
    in_force(plan, merge("出前講座", "情報紙"), end("表彰"), by=division)
    Plan.objects.filter(pk=plan.pk).update(years=[2018, 2019, 2020, 2021])
    plan.refresh_from_db()

    states = {m.title: m.lines[0].states for m in tree_of(plan).measures}
    assert states["出前講座"][2021] == states["表彰"][2021] == "outside"
    assert states["学びと発信"] == {2018: "outside", 2019: "outside", 2020: "outside", 2021: "none"}
    assert states["研修"][2021] == "none"


def test_everything_a_revision_can_do_happens_in_one_go(plan, division):
    longer = Change(0, Kind.PERIOD, "延ばすため", year=2024)
    half = tuple(Result(f"6-{n}", f"研修{n}", heading("加わる").pk, (party("職員課").pk,)) for n in (1, 2))
    in_force(
        plan,
        longer,
        Change(0, Kind.SPLIT, "対象が違うため", (measure("研修").pk,), half),
        Change(
            0, Kind.ADD, "足りないため", results=(Result("7", "場づくり", heading("知る").pk, (party("政策課").pk,)),)
        ),
        Change(0, Kind.HEADING_NAME, "言葉を改める", heading=heading("知る").pk, number="1", title="気づく"),
        Change(0, Kind.HEADING_ADD, "新しい柱", number="3", title="広げる"),
        Change(0, Kind.MOVE, "つながりから", (measure("交流会").pk,), heading=heading("知る").pk),
        Change(0, Kind.SCHEDULE, "早めるため", (measure("表彰").pk,), schedule={2021: "見直し", 2023: "拡充"}),
        Change(
            0, Kind.LEADS, "組織の見直し", (measure("情報紙").pk,), line=line("情報紙").pk, leads=(party("政策課").pk,)
        ),
        by=division,
    )

    plan.refresh_from_db()
    assert plan.last_year == 2024
    assert [(h.number, h.title, h.level) for h in Heading.objects.order_by("position")] == [
        ("1", "気づく", "柱"),
        ("2", "加わる", "柱"),
        ("3", "広げる", "柱"),
    ]
    assert measure("交流会").heading.title == "気づく"
    assert list(measure("表彰").schedule.order_by("year").values_list("year", "text")) == [
        (2021, "見直し"),
        (2023, "拡充"),
    ]
    assert [(m.number, m.begins_in) for m in Measure.objects.filter(title__startswith="研修").order_by("position")] == [
        ("6", None),
        ("6-1", 2021),
        ("6-2", 2021),
    ]
    assert LineDepartment.objects.get(line=line("情報紙")).party.name == "政策課"
    assert [(s.party.name, s.last_year, s.followed_by.name) for s in FormerSeat.objects.all()] == [
        ("市民協働課", 2020, "政策課")
    ]
    order = list(Measure.objects.filter(heading__title="気づく").order_by("position").values_list("title", flat=True))
    assert order == ["出前講座", "情報紙", "事例集", "場づくり", "交流会"]


def test_a_measure_moves_under_a_heading_that_comes_with_the_same_revision(plan, division):
    draft = drafted(plan, Change(0, Kind.HEADING_ADD, "新しい柱", number="3", title="広げる"), by=division)
    row = draft.changes.get()
    revisions.add_change(draft, Change(0, Kind.MOVE, "移すため", (measure("表彰").pk,), heading=-row.pk), by=division)

    put_in_force(revisions.decide(draft, by=division), at=make.NOON, by=division)

    assert measure("表彰").heading.title == "広げる"


def test_taking_a_revision_back_leaves_nothing_of_it(plan, division):
    relist(measure("出前講座"), under=heading("加わる"), by=division)
    make.group("推進会議")
    before = rows_of_everything()
    revision = in_force(
        plan,
        merge("出前講座", "情報紙"),
        rename("事例集", "3-1 つながりの記録"),
        Change(0, Kind.LEADS, "見直し", (measure("研修").pk,), line=line("研修").pk, leads=(party("広報課").pk,)),
        by=division,
    )
    assert rows_of_everything() != before

    taken = take_back(revision, reason="議決が延びたため", by=division)

    after = rows_of_everything()
    assert {name: rows for name, rows in after.items() if rows != before[name]}.keys() <= {"plan", "seat"}
    assert (taken.state, taken.kept, taken.put_in_force_at) == ("decided", {}, None)
    assert list(found("学びと発信")) == []
    assert FormerSeat.objects.count() == 0
    again = put_in_force(taken, at=make.NOON, by=division)
    assert again.state == "in_force"


def test_who_reported_on_the_new_shape_keeps_it_in_force(plan, division):
    revision = in_force(plan, merge("出前講座", "情報紙"), by=division)
    make.progress(measure("学びと発信").lines.get(), 2021)

    with pytest.raises(RulesBroken, match="すでに報告などが書かれています"):
        take_back(revision, reason="やり直し", by=division)

    revision.refresh_from_db()
    assert revision.state == "in_force"
    assert measure("学びと発信").lines.count() == 1


def test_a_report_of_an_earlier_year_does_not_hold_a_revision(plan, division):
    revision = in_force(plan, rename("事例集", "3-1 つながりの記録"), by=division)
    make.progress(measure("つながりの記録").lines.get(), 2017)

    assert take_back(revision, reason="やり直し", by=division).state == "decided"


def test_work_that_hangs_on_a_new_measure_is_never_thrown_away(plan, division, people_room):
    revision = in_force(plan, merge("出前講座", "情報紙"), by=division)
    link_project(measure("学びと発信"), people_room, by=division)

    with pytest.raises(NotAllowed, match="書き加えられたもの"):
        take_back(revision, reason="やり直し", by=division)

    assert measure("学びと発信").project_links.count() == 1
    assert measure("出前講座").ends_with == 2020


def test_revisions_are_taken_back_from_the_last(plan, division):
    first = in_force(plan, rename("事例集", "3-1 つながりの記録"), by=division)
    second = revisions.decide(drafted(plan, rename("表彰", "5-1 たたえる日"), by=division, year=2022), by=division)
    put_in_force(second, at=make.NOON.replace(hour=13), by=division)

    with pytest.raises(RulesBroken, match="後の改訂から順に"):
        take_back(first, reason="やり直し", by=division)
    assert measure("つながりの記録").number == "3-1"


def test_a_plan_that_has_moved_on_is_looked_at_again_when_it_comes_in_force(plan, division):
    decided = revisions.decide(drafted(plan, end("表彰"), by=division), by=division)
    make.progress(line("表彰"), 2021)

    with pytest.raises(RulesBroken, match="報告が、すでにある"):
        put_in_force(decided, at=make.NOON, by=division)
    assert measure("表彰").ends_with is None


def test_everybody_reads_in_the_history_that_a_measure_was_revised(plan, division):
    in_force(plan, merge("出前講座", "情報紙"), by=division)

    told = Event.objects.filter(verb="revise", is_public=True)
    assert sorted(e.subject_type for e in told) == ["plans.measure", "plans.measure", "plans.measure", "plans.plan"]


def test_a_change_keeps_both_sides_in_words(plan, division):
    revision = in_force(plan, merge("出前講座", "情報紙"), end("表彰"), by=division)

    assert [row.was for row in revision.changes.order_by("position")] == [
        {"before": ["1 出前講座", "2 情報紙"], "after": ["11 学びと発信（市民協働課、1 知る）"]},
        {"before": ["5 表彰"], "after": ["令和2年度で終わり"]},
    ]


def test_a_department_that_has_ended_gets_no_work(plan, division):
    gone = party("広報課")
    Party.objects.filter(pk=gone.pk).update(ended_on=make.APRIL)
    change = Change(0, Kind.LEADS, "見直し", (measure("情報紙").pk,), line=line("情報紙").pk, leads=(gone.pk,))

    with pytest.raises(RulesBroken, match="なくなった課"):
        revisions.decide(drafted(plan, change, by=division), by=division)
    assert Revision.objects.get().year == YEAR
