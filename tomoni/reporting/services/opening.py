"""Asking for a year: open it, ask for lines added since, put departments in charge, move the deadline."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tomoni.cases import services as cases
from tomoni.cases.notices import tell_new_holder
from tomoni.cases.services import RulesBroken
from tomoni.history.services import record
from tomoni.kernel.decisions import NotAllowed
from tomoni.kernel.rules import broken
from tomoni.parties.actor import Actor
from tomoni.parties.models import Party, Succession, SuccessionKind
from tomoni.plans.models import Line, LineDepartment, Plan
from tomoni.plans.selectors.indicators import followed
from tomoni.reporting import notices, permissions, rules
from tomoni.reporting.models import Entry, EntryFigure, YearRequest
from tomoni.reporting.rules import RequestFacts
from tomoni.reporting.workflow import State

REMINDER_DAYS = (7, 1, -1, -7)
_FOLLOWED = frozenset({SuccessionKind.RENAMED.value, SuccessionKind.MERGED.value})


@dataclass(frozen=True, slots=True)
class Question:
    """What the division asks: which year, until when, in which words, and when people are reminded."""

    year: int
    due_on: date
    words: str = ""
    reminder_days: tuple[int, ...] = REMINDER_DAYS
    asks_committee: bool = True


@transaction.atomic
def open_request(plan: Plan, question: Question, *, on: date, by: Actor) -> YearRequest:
    """Ask for a year: every line carried out in it becomes an entry of its department; each officer is told once.

    RulesBroken for a deadline in the past, a year outside the plan, or a plan without lines; NotAllowed when asked twice.
    """
    permissions.may_ask(by).enforce()
    if plan.year_requests.filter(year=question.year).exists():
        raise NotAllowed(_("この年度の照会は、もう始まっています。"))
    lines = _lines(plan, question.year)
    facts = RequestFacts(question.year, plan.first_year, plan.last_year, on, question.due_on, len(lines))
    asked = (rules.deadline_lies_ahead, rules.year_is_within_the_plan, rules.something_is_asked_for)
    if findings := broken(asked, facts):
        raise RulesBroken(findings)
    year_request = YearRequest(
        plan=plan,
        year=question.year,
        opened_on=on,
        due_on=question.due_on,
        words=question.words,
        reminder_days=sorted(set(question.reminder_days), reverse=True),
        asks_committee=question.asks_committee,
    )
    year_request.save()
    record("open", year_request, by=by, lines=len(lines))
    _ask(year_request, lines, on=on, by=by)
    return year_request


@transaction.atomic
def ask_for_new_lines(year_request: YearRequest, *, on: date, by: Actor) -> int:
    """Ask for lines the plan has got since the year was asked for; how many. Asking twice asks for nothing new."""
    permissions.may_ask(by).enforce()
    held = set(year_request.entries.values_list("line_id", flat=True))
    new = [line for line in _lines(year_request.plan, year_request.year) if line.pk not in held]
    if new:
        record("extend", year_request, by=by, lines=len(new))
        _ask(year_request, new, on=on, by=by)
    return len(new)


@transaction.atomic
def move_deadline(year_request: YearRequest, *, due_on: date, on: date, by: Actor) -> YearRequest:
    """Give everybody another day. RulesBroken when it is past."""
    permissions.may_ask(by).enforce()
    facts = RequestFacts(year_request.year, year_request.plan.first_year, year_request.plan.last_year, on, due_on, 1)
    if findings := broken((rules.deadline_lies_ahead,), facts):
        raise RulesBroken(findings)
    was, year_request.due_on = year_request.due_on, due_on
    year_request.save(update_fields=["due_on"])
    record("move_deadline", year_request, by=by, before=was.isoformat(), due_on=due_on.isoformat())
    return year_request


@transaction.atomic
def assign(entry: Entry, *, to: Party, by: Actor) -> Entry:
    """Put a department in charge of a line nobody has. NotAllowed when somebody has it: that is handing over."""
    permissions.may_ask(by).enforce()
    locked = Entry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    if locked.department_id is not None:
        raise NotAllowed(_("担当の課が決まっています。変えるときは「ほかの課に引き継ぐ」を使ってください。"))
    refuse_ended(to)
    locked.department = to
    locked.save(update_fields=["department"])
    tell_new_holder(locked, record("assign", locked, by=by, department=to.pk), by=by)
    return locked


def refuse_ended(department: Party) -> None:
    """NotAllowed for a department that is no more."""
    if department.ended_on is not None:
        raise NotAllowed(_("「%s」は、もうありません。いまある課を選んでください。") % department)


def _lines(plan: Plan, year: int) -> list[Line]:
    found = Line.objects.filter(measure__plan=plan).select_related("measure").order_by("measure__position", "position")
    return [line for line in found if line.measure.is_carried_out_in(year)]


def _ask(year_request: YearRequest, lines: list[Line], *, on: date, by: Actor) -> None:
    leads = _leads(lines)
    heirs = heirs_of({party.pk: party for party in leads.values()}.values(), on=on)
    asked = []
    for line in lines:
        lead = leads.get(line.pk)
        entry = Entry(year_request=year_request, line=line, department=heirs.get(lead.pk) if lead else None)
        asked.append(cases.begin(entry, on=on, by=by))
    EntryFigure.objects.bulk_create(_figures(asked))
    _tell(year_request, asked, by=by)


def _leads(lines: list[Line]) -> dict[int, Party]:
    """The first lead department of each line; one asks one department, also where several work together."""
    seats = LineDepartment.objects.filter(line__in=[line.pk for line in lines], is_lead=True)
    found: dict[int, Party] = {}
    for seat in seats.select_related("party").order_by("position", "pk"):
        found.setdefault(seat.line_id, seat.party)
    return found


def heirs_of(parties: Iterable[Party], *, on: date) -> dict[int, Party | None]:
    """Who does the work of each department on that day: itself, the one it was renamed or merged into, or nobody known."""
    became: dict[int, list[Party]] = {}
    for line in Succession.objects.filter(kind__in=_FOLLOWED, on__lte=on).select_related("after").order_by("on", "pk"):
        became.setdefault(line.before_id, []).append(line.after)
    return {party.pk: _heir(party, became, on) for party in parties}


def _heir(party: Party, became: dict[int, list[Party]], on: date) -> Party | None:
    seen: set[int] = set()
    while party.ended_on is not None and party.ended_on <= on:
        later = became.get(party.pk, [])
        if len(later) != 1 or party.pk in seen:
            return None
        seen.add(party.pk)
        party = later[0]
    return party


def _figures(entries: list[Entry]) -> list[EntryFigure]:
    """A measure's numbers are asked of its first line, so that nobody gives them twice."""
    first: dict[int, Entry] = {}
    for entry in entries:
        if entry.line.position == 0 or entry.line.measure_id not in first:
            first.setdefault(entry.line.measure_id, entry)
    year = entries[0].year_request.year if entries else None
    indicators = followed(year).filter(measure__in=list(first)).order_by("pk")
    return [EntryFigure(entry=first[each.measure_id], indicator=each) for each in indicators]


def _tell(year_request: YearRequest, entries: list[Entry], *, by: Actor) -> None:
    departments = {entry.department_id for entry in entries if entry.department_id and entry.state == State.ASKED}
    if not departments:
        return
    event = record("ask", year_request, by=by, lines=len(entries))
    text = _("「%(plan)s」の%(year)sを、%(day)sまでに書いてください。") % {
        "plan": year_request.plan,
        "year": year_request,
        "day": f"{year_request.due_on.month}月{year_request.due_on.day}日",
    }
    notices.tell(
        notices.acting(event, parties=departments), text, year_request.get_absolute_url() + "mine/", event=event, by=by
    )
