"""Requests, and who has answered them: departments by states, in a fixed number of queries."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from tomoni.parties.actor import Actor
from tomoni.parties.models import Party
from tomoni.parties.permissions import Permission, grants
from tomoni.plans.models import Line
from tomoni.reporting.models import Entry, YearRequest
from tomoni.reporting.workflow import WORKFLOW, State

STATES = tuple(State.values)


@dataclass(frozen=True, slots=True)
class Row:
    """One department: how many of its lines stand in each state, and whether it is late."""

    department: int
    name: str
    counts: tuple[int, ...]  # in the order of STATES
    begun: int  # of those asked for, how many have been written in
    is_late: bool

    @property
    def total(self) -> int:
        return sum(self.counts)

    @property
    def open(self) -> int:
        return self.counts[0]


@dataclass(frozen=True, slots=True)
class Overview:
    """Who has answered: a row for each department, the sum, and the lines nobody is in charge of."""

    rows: tuple[Row, ...]
    totals: tuple[int, ...]
    unassigned: tuple[Entry, ...]

    @property
    def lines(self) -> int:
        return sum(self.totals)

    @property
    def late(self) -> int:
        return sum(row.is_late for row in self.rows)

    @property
    def done_departments(self) -> int:
        return sum(row.open == 0 for row in self.rows)

    def count(self, *states: str) -> int:
        """How many lines stand in one of these states."""
        return sum(n for state, n in zip(STATES, self.totals, strict=True) if state in states)


def requests() -> QuerySet[YearRequest]:
    """All requests, the newest year first, with how many lines were asked for and are still open."""
    return (
        YearRequest.objects.select_related("plan", "municipality")
        .annotate(lines=Count("entries"), still_open=Count("entries", filter=Q(entries__state=State.ASKED)))
        .order_by("-year", "plan__title")
    )


def own_departments(actor: Actor) -> list[int]:
    """The parties for which this person reports."""
    return [seat.party for seat in actor.seats if grants(seat.role, Permission.REPORT_WRITE)]


def overview(year_request: YearRequest, *, on: date) -> Overview:
    """Departments by states. Late are those that have not handed everything in after the deadline. Two queries."""
    found = year_request.entries.exclude(department=None).values_list("department_id", "department__name", "state")
    counted: dict[tuple[int, str], Counter[str]] = {}
    for key, name, state, many, begun in found.annotate(Count("pk"), Count("saved_at")).order_by("department__name"):
        held = counted.setdefault((key, name), Counter())
        held[state] += many
        held["begun"] += begun if state == State.ASKED else 0
    is_over = on > year_request.due_on
    rows = tuple(
        Row(key, name, tuple(held[s] for s in STATES), held["begun"], is_over and held[State.ASKED] > 0)
        for (key, name), held in counted.items()
    )
    unassigned = tuple(in_order(year_request.entries.filter(department=None)))
    totals = [sum(row.counts[n] for row in rows) for n in range(len(STATES))]
    totals[0] += len(unassigned)
    return Overview(rows, tuple(totals), unassigned)


def in_order(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """Entries in the order of the plan, with what their names and their pages need."""
    named = entries.select_related(
        "year_request", "year_request__plan", "line__measure__heading", "department", "saved_by"
    )
    return named.defer("line__measure__search_key").order_by("line__measure__position", "line__position")


def entries_of(year_request: YearRequest, departments: list[int]) -> QuerySet[Entry]:
    """The lines these departments are asked to report."""
    return in_order(year_request.entries.filter(department__in=departments))


def lines_added_since(year_request: YearRequest) -> int:
    """How many lines the plan has that nobody was asked for."""
    lines = Line.objects.filter(measure__plan=year_request.plan_id).exclude(entries__year_request=year_request)
    return sum(line.measure.is_carried_out_in(year_request.year) for line in lines.select_related("measure"))


def departments_now() -> QuerySet[Party]:
    """Departments one may put in charge: those of the city that have not ended."""
    return Party.objects.filter(ended_on=None).exclude(parent=None).order_by("name")


def visible_to(actor: Actor) -> QuerySet[Entry]:
    """People at work see where every line stands; committees those the division has confirmed."""
    found = Entry.objects.defer("line__measure__search_key").select_related(
        "year_request",
        "year_request__plan",
        "line__measure__heading",
        "department",
        "saved_by",
        "municipality",
        "rulebook",
    )
    if actor.may(Permission.REPORT_WRITE):
        return found
    if actor.may(Permission.PLAN_ASSESS):
        return found.exclude(state__in=[State.ASKED, State.HANDED_IN, State.RELEASED])
    return found.none()


def awaiting(actor: Actor) -> QuerySet[Entry]:
    """Lines in which it is this person's turn: to write, to check, to assess or to publish."""
    turn = Q(state=State.ASKED, department__in=own_departments(actor))
    if actor.may(Permission.REPORT_CHECK):
        turn |= Q(state__in=[State.HANDED_IN, State.ASSESSED]) | Q(
            state=State.CONFIRMED, year_request__asks_committee=False
        )
    elif actor.may(Permission.PLAN_ASSESS):
        turn |= Q(state=State.CONFIRMED, year_request__asks_committee=True)
    return visible_to(actor).filter(turn).order_by("year_request__due_on", "line__measure__position", "line__position")


def state_labels() -> list[tuple[str, str]]:
    """Each state with the word people at work read."""
    return [(state, WORKFLOW.labels[state].desk) for state in STATES]
