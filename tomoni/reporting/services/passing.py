"""Passing reports on: hand in, take back, hand over, ask back, confirm one or all that are ready."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tomoni.cases import services as cases
from tomoni.cases.services import RulesBroken
from tomoni.history.services import record
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.actor import Actor
from tomoni.parties.models import Party
from tomoni.parties.permissions import Role
from tomoni.reporting import notices, permissions
from tomoni.reporting.models import Entry, YearRequest
from tomoni.reporting.services.opening import refuse_ended
from tomoni.reporting.workflow import State


@dataclass(slots=True)
class Bulk:
    """What became of many entries: how many moved, and what is in the way of the others."""

    moved: int = 0
    in_the_way: list[tuple[Entry, str]] = field(default_factory=list)


@transaction.atomic
def hand_in(entry: Entry, *, on: date, by: Actor, note: str = "") -> Entry:
    """Give what is written to the division; with a department's last line the division is told. RulesBroken says what is missing."""
    moved = cases.take("hand_in", entry, by=by, note=note, change={"handed_in_on": on})
    still_open = Entry.objects.filter(
        year_request=moved.year_request_id, department=moved.department_id, state=State.ASKED
    )
    if not still_open.exists():
        year_request = moved.year_request
        event = record("all_in", year_request, by=by, department=moved.department_id)
        text = _("%(department)sの%(year)sがそろいました。") % {"department": moved.department, "year": year_request}
        people = notices.acting(event, roles=[Role.DIVISION])
        notices.tell(people, text, year_request.get_absolute_url(), event=event, by=by)
    return moved


def hand_over(entry: Entry, *, to: Party, reason: str, by: Actor) -> Entry:
    """Give the line to another department with what is written so far. RulesBroken without a reason."""
    refuse_ended(to)
    if to.pk == entry.department_id:
        raise NotAllowed(_("いまの担当と同じ課です。ほかの課を選んでください。"))
    return cases.take("hand_over", entry, by=by, note=reason, change={"department": to})


@transaction.atomic
def hand_in_ready(entries: Iterable[Entry], *, on: date, by: Actor) -> Bulk:
    """Hand in everything that is finished; of the others it says what is missing."""
    done = Bulk()
    for entry in entries:
        if entry.state != State.ASKED:
            continue
        try:
            hand_in(entry, on=on, by=by)
        except (NotAllowed, RulesBroken) as problem:
            done.in_the_way.append((entry, str(problem)))
        else:
            done.moved += 1
    return done


@transaction.atomic
def confirm_ready(year_request: YearRequest, *, department: int | None = None, by: Actor) -> Bulk:
    """Confirm everything that is handed in, of one department or of all; the committee is told once all is confirmed."""
    permissions.may_ask(by).enforce()
    entries = entries_to_move(year_request)
    if department is not None:
        entries = [entry for entry in entries if entry.department_id == department]
    done = take_all("confirm", [entry for entry in entries if entry.state == State.HANDED_IN], by=by)
    done.in_the_way += [(e, _("担当の課がまだ出していません。")) for e in entries if e.state == State.ASKED]
    tell_committee_if_ready(year_request, by=by)
    return done


def take_all(step: str, entries: list[Entry], *, by: Actor) -> Bulk:
    """Take the step for each entry; what is in the way of one does not stop the others."""
    done = Bulk()
    for entry in entries:
        try:
            cases.take(step, entry, by=by)
        except (NotAllowed, RulesBroken) as problem:
            done.in_the_way.append((entry, str(problem)))
        else:
            done.moved += 1
    return done


def entries_to_move(year_request: YearRequest) -> list[Entry]:
    """Every entry of the year asked for in the order of the plan, with what its rules and its name need."""
    found = year_request.entries.select_related(
        "year_request", "year_request__plan", "line__measure", "department", "rulebook"
    )
    return list(found.defer("line__measure__search_key").order_by("line__measure__position", "line__position"))


def tell_committee_if_ready(year_request: YearRequest, *, by: Actor) -> None:
    """Tell the committee, once, that everything waits for its view."""
    states = set(year_request.entries.values_list("state", flat=True))
    if not year_request.asks_committee or State.CONFIRMED not in states or states & {State.ASKED, State.HANDED_IN}:
        return
    event = record("ask_committee", year_request, by=by)
    text = _("「%(plan)s」の%(year)sに、委員会の評価をお願いします。") % {
        "plan": year_request.plan,
        "year": year_request,
    }
    people = notices.acting(event, roles=[Role.COUNCIL])
    notices.tell(people, text, year_request.get_absolute_url() + "assessing/", event=event, by=by)
