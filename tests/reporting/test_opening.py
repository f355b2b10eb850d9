"""Asking for a year: what is asked of whom, departments that are no more, and what is refused."""

from datetime import date

import pytest

from tests import make
from tests.reporting.conftest import DUE, ON, PARKS, ROADS, YEAR
from tomoni.cases.services import RulesBroken
from tomoni.history.models import Event, Notice
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.models import SuccessionKind
from tomoni.parties.services import succeed
from tomoni.plans.models import Measure
from tomoni.reporting.models import Entry, EntryFigure, YearRequest
from tomoni.reporting.selectors.requests import lines_added_since, overview
from tomoni.reporting.services import opening, reminding
from tomoni.reporting.services.opening import Question


def asked(request):
    return [
        (e.line.measure.number, e.line.position, e.department and e.department.name)
        for e in request.entries.order_by("line__measure__position", "line__position")
    ]


def test_every_line_of_the_year_is_asked_of_its_lead_department(request_, plan):
    assert asked(request_) == [("1", 0, ROADS), ("2", 0, PARKS), ("2", 1, ROADS)]
    assert [(f.indicator.label, f.entry.line.measure.number) for f in EntryFigure.objects.all()] == [
        ("点検した街灯", "1")
    ]


def test_each_officer_is_told_once_for_all_lines(request_, roads, parks, division):
    assert [n.text for n in Notice.objects.order_by("pk")] == [
        "「あかり計画」の令和2年度の報告を、5月15日までに書いてください。"
    ] * 2
    assert {n.user_id for n in Notice.objects.all()} == {roads.user, parks.user}


def test_measures_that_have_ended_and_relisted_ones_are_not_asked_for(plan, division):
    Measure.objects.filter(number="1").update(ends_with=YEAR - 1)
    make.measure(plan, "街灯を点検する", relisted_of=plan.measures.get(number="2"))

    made = opening.open_request(plan, Question(YEAR, DUE), on=ON, by=division)

    assert asked(made) == [("2", 0, PARKS), ("2", 1, ROADS)]


@pytest.mark.parametrize(
    ("question", "rule"),
    [
        (Question(YEAR, date(2026, 3, 31)), "RP-01"),
        (Question(2030, DUE), "RP-02"),
    ],
)
def test_a_past_deadline_and_a_year_outside_the_plan_are_refused(plan, division, question, rule):
    with pytest.raises(RulesBroken) as met:
        opening.open_request(plan, question, on=ON, by=division)

    assert [finding.rule for finding in met.value.findings] == [rule]
    assert (YearRequest.objects.count(), Entry.objects.count(), Notice.objects.count()) == (0, 0, 0)


def test_a_year_is_asked_for_once_and_only_by_the_division(request_, plan, division, roads):
    with pytest.raises(NotAllowed, match="もう始まっています"):
        opening.open_request(plan, Question(YEAR, DUE), on=ON, by=division)
    with pytest.raises(NotAllowed, match="協働担当課だけ"):
        opening.open_request(plan, Question(YEAR - 1, DUE), on=ON, by=roads)

    assert YearRequest.objects.count() == 1


def test_a_renamed_department_is_followed_and_one_that_split_leaves_its_lines_to_the_division(plan, division, parks):
    succeed(
        make.department(PARKS), make.department("緑地課"), kind=SuccessionKind.RENAMED, on=date(2026, 3, 1), note=""
    )
    old = make.department(ROADS)
    for name in ("道路整備課", "道路管理課"):
        succeed(old, make.department(name), kind=SuccessionKind.SPLIT, on=date(2026, 3, 1))
    old.ended_on = date(2026, 3, 1)
    old.save()

    made = opening.open_request(plan, Question(YEAR, DUE), on=ON, by=division)

    assert asked(made) == [("1", 0, None), ("2", 0, "緑地課"), ("2", 1, None)]
    assert [e.line.measure.number for e in overview(made, on=ON).unassigned] == ["1", "2"]
    lost = made.entries.filter(department=None).first()
    opening.assign(lost, to=make.department("道路管理課"), by=division)
    with pytest.raises(NotAllowed, match="引き継ぐ"):
        opening.assign(lost, to=make.department("道路整備課"), by=division)
    lost.refresh_from_db()
    assert lost.department.name == "道路管理課"


def test_lines_added_since_are_asked_for_once(request_, plan, division):
    make.line(make.measure(plan, "ベンチを直す"), PARKS)
    assert lines_added_since(request_) == 1

    assert opening.ask_for_new_lines(request_, on=ON, by=division) == 1
    assert opening.ask_for_new_lines(request_, on=ON, by=division) == 0

    assert asked(request_)[-1] == ("3", 0, PARKS)
    assert lines_added_since(request_) == 0


def test_reminders_come_on_their_days_once_a_person_and_stop_when_all_is_in(request_, roads, parks, division):
    Notice.objects.all().delete()
    Entry.objects.filter(department__name=PARKS).update(state="handed_in")

    told = [
        reminding.remind_due(on=day, by=division)
        for day in (date(2026, 5, 7), date(2026, 5, 8), date(2026, 5, 8), date(2026, 5, 22))
    ]

    assert told == [0, 1, 0, 1]
    assert [(n.user_id, n.text) for n in Notice.objects.order_by("pk")] == [
        (roads.user, "「あかり計画」の令和2年度の報告の締め切りまで、あと7日です。"),
        (roads.user, "「あかり計画」の令和2年度の報告の締め切りを、7日過ぎています。"),
    ]
    Entry.objects.update(state="handed_in")
    assert reminding.remind(request_, on=date(2026, 5, 23), by=division) == 0
    assert Event.objects.filter(verb="remind").count() == 2


def test_the_deadline_moves_only_ahead(request_, division):
    with pytest.raises(RulesBroken, match="過ぎた日"):
        opening.move_deadline(request_, due_on=date(2026, 5, 1), on=date(2026, 5, 2), by=division)
    request_.refresh_from_db()
    assert request_.due_on == DUE

    assert opening.move_deadline(request_, due_on=date(2026, 6, 1), on=ON, by=division).due_on == date(2026, 6, 1)


def test_who_has_answered_is_counted_by_department_and_state(request_, roads):
    Entry.objects.filter(line__measure__number="1").update(state="handed_in")

    whole = overview(request_, on=date(2026, 5, 16))

    assert [(r.name, r.counts, r.is_late) for r in whole.rows] == [
        (PARKS, (1, 0, 0, 0, 0, 0), True),
        (ROADS, (1, 1, 0, 0, 0, 0), True),
    ]
    assert (whole.totals, whole.lines, whole.late, whole.done_departments) == ((2, 1, 0, 0, 0, 0), 3, 2, 0)
    assert overview(request_, on=DUE).late == 0
