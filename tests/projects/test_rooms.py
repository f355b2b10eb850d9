"""The project room: both sides share out the work, keep accounts, agree changes, and report."""

from datetime import date

import pytest

from tests import make
from tests.projects.conftest import REPORT, put_in_order
from tomoni.cases import services as cases
from tomoni.cases.services import RulesBroken
from tomoni.history.models import Event, Notice
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.actor import NOBODY
from tomoni.parties.permissions import Role
from tomoni.projects import selectors, services
from tomoni.projects.models import Change, Project
from tomoni.projects.workflow import State
from tomoni.search.selectors import found

# Written by hand from docs/rooms.md: who may move a project from where.
MAY = {
    ("preparing", "start"): {"civic", "city"},
    ("preparing", "stop"): {"division"},
    ("running", "report"): {"civic", "city"},
    ("running", "stop"): {"division"},
    ("reported", "send_back"): {"city"},
    ("reported", "finish"): {"city"},
}
PEOPLE = ["civic", "city", "member", "officer", "division", "coordinator", "resident", "council"]


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("step", ["start", "report", "send_back", "finish", "stop"])
def test_a_project_moves_only_as_the_table_says(state, step, project, member, seat):
    put_in_order(project, member)
    for who in PEOPLE:
        Project.objects.update(state=state)
        party = {"civic": make.group(), "city": make.department("道路課"), "officer": make.department("公園課")}.get(
            who
        )
        role = {"civic": Role.MEMBER, "city": Role.OFFICER}.get(who, who)
        _, _, actor = seat(f"x{who}", role, party or make.group("よその会"))
        if who in MAY.get((state, step), set()):
            assert cases.take(step, project, by=actor, note="理由").state != state or step == "stay"
        else:
            with pytest.raises(NotAllowed):
                cases.take(step, project, by=actor, note="理由")
            project.refresh_from_db()
            assert project.state == state


def test_a_room_opens_with_the_agreements_duties_and_costs(project):
    assert [(d.side, d.text, d.due) for d in project.duties.order_by("pk")] == [
        ("civic", "灯りを置く", date(2026, 6, 30)),
        ("city", "許可を出す", None),
    ]
    assert [(a.is_income, a.label, a.planned, a.actual) for a in project.accounts.all()] == [
        (True, "市の負担", 100000, None)
    ]


def test_an_agreement_has_one_room_and_only_its_sides_open_it(agreement, project, member, seat):
    _, _, stranger = seat("yoso", Role.MEMBER, make.group("よその会"))

    with pytest.raises(NotAllowed, match="すでにあります"):
        services.open_project(agreement, on=make.APRIL, by=member)
    with pytest.raises(NotAllowed, match="双方の担当者だけ"):
        services.open_project(agreement, on=make.APRIL, by=stranger)
    assert Project.objects.count() == 1


def test_only_a_concluded_agreement_gets_a_room(agreement, member):
    type(agreement).objects.update(state="offered")
    agreement.refresh_from_db()

    with pytest.raises(NotAllowed, match="締結した協定から"):
        services.open_project(agreement, on=make.APRIL, by=member)


def test_a_project_is_found_by_everybody_once_it_has_begun(project, member):
    assert list(found("夜道")) == []
    assert selectors.public().count() == 0

    services.start(project, by=member)

    assert [e.title for e in found("夜道")] == ["夜道の灯り"]
    assert selectors.visible_to(NOBODY).count() == 1


def test_a_report_names_everything_that_is_missing(running, member, officer):
    services.propose_change(running, what="灯りを30個に", why="道が長い", on=make.APRIL, by=member)
    services.keep_accounts(running, [services.AccountLine(is_income=True, label="市", planned=1, actual=5)], by=member)

    with pytest.raises(RulesBroken) as refusal:
        services.report(running, by=member)

    assert [f.rule for f in refusal.value.findings] == ["PJ-01", "PJ-02", "PJ-03"]
    running.refresh_from_db()
    assert running.state == "running"


def test_a_whole_project_is_reported_and_finished(running, member, officer):
    put_in_order(running, member)

    reported = services.report(running, by=member)
    back = services.send_back(reported, reason="人数を書いてください", by=officer)
    again = services.report(services.write_report(back, {**REPORT, "people": 120}, by=member), by=member)
    done = services.finish(again, by=officer)

    assert done.state == "finished"
    with pytest.raises(NotAllowed, match="終わっています"):
        services.add_duty(done, side="civic", text="追加", due=None, by=member)


def test_a_change_is_answered_by_the_other_side_once(running, member, officer):
    change = services.propose_change(running, what="灯りを30個に", why="道が長い", on=make.APRIL, by=member)
    assert Notice.objects.filter(user=officer.user).exists()

    with pytest.raises(NotAllowed, match="相手の返事を待ちます"):
        services.answer_change(change, agreed=True, answer="", on=make.APRIL, by=member)
    services.answer_change(change, agreed=True, answer="よいと思います", on=make.APRIL, by=officer)
    with pytest.raises(NotAllowed, match="すでに返事があります"):
        services.answer_change(change, agreed=False, answer="", on=make.APRIL, by=officer)

    assert [(c.agreed, c.answer) for c in Change.objects.all()] == [(True, "よいと思います")]


def test_both_sides_tick_and_the_difference_is_shown(running, member, officer):
    checklist = selectors.checklists(running)[0]
    first, *_others = [item.key for item in checklist.ticks]

    services.tick(running, checklist.key, {first: True}, on=make.APRIL, by=member)
    services.tick(running, checklist.key, {first: False}, on=make.APRIL, by=officer)

    ticks = selectors.checklists(running)[0].ticks
    assert (ticks[0].civic, ticks[0].city, ticks[0].differs) == (True, False, True)
    assert all(tick.civic is None and not tick.differs for tick in ticks[1:])


def test_what_the_accounts_were_before_stays_in_the_history(running, member):
    put_in_order(running, member)

    event = Event.objects.filter(verb="accounts").latest("pk")
    assert event.details == {"before": [[True, "市の負担", 100000, None]]}
    assert selectors.sums(selectors.account_lines(running)) == selectors.Sums(100000, 100000, 90000, 90000)


def test_a_duty_is_done_once(running, member):
    duty = running.duties.first()

    services.finish_duty(duty, on=date(2026, 5, 1), by=member)
    services.finish_duty(duty, on=date(2026, 6, 1), by=member)

    duty.refresh_from_db()
    assert duty.done_on == date(2026, 5, 1)


def test_strangers_write_nothing(running, seat):
    _, _, stranger = seat("yoso", Role.MEMBER, make.group("よその会"))

    for write in (
        lambda: services.add_duty(running, side="civic", text="x", due=None, by=stranger),
        lambda: services.note_talk(running, held_on=make.APRIL, title="x", minutes="x", by=stranger),
        lambda: services.propose_change(running, what="x", why="x", on=make.APRIL, by=stranger),
        lambda: services.keep_accounts(running, [], by=stranger),
        lambda: services.write_report(running, {}, by=stranger),
        lambda: services.tick(running, "doing", {}, on=make.APRIL, by=stranger),
        lambda: services.describe(running, summary="x", issue="", field="", by=stranger),
    ):
        with pytest.raises(NotAllowed, match="双方の担当者だけ"):
            write()
    running.refresh_from_db()
    assert (running.summary, running.talks.count(), running.accounts.count()) == ("通学路を明るくします。", 0, 1)


def test_what_waits_for_whom(project, member, officer, division):
    assert [selectors.awaiting(a).count() for a in (member, officer, division)] == [1, 1, 0]

    services.start(project, by=member)

    assert [selectors.awaiting(a).count() for a in (member, officer)] == [0, 0]
