"""The rooms the portal knows: how each is called, and whose turn it is in it. The order is that of the river."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tomoni.agreements import selectors as agreements
from tomoni.agreements.models import Agreement, SuitabilityCheck
from tomoni.consultations import selectors as consultations
from tomoni.consultations.models import Consultation
from tomoni.evaluations import selectors as evaluations
from tomoni.evaluations.models import Evaluation
from tomoni.kernel.clock import today
from tomoni.kernel.fiscal import FiscalYear, fiscal_year_on
from tomoni.matching import selectors as matching
from tomoni.matching.models import Introduction
from tomoni.organisations import selectors as organisations
from tomoni.organisations.models import Registration
from tomoni.parties.actor import Actor
from tomoni.projects import selectors as projects
from tomoni.projects.models import Project
from tomoni.proposals import selectors as proposals
from tomoni.proposals.models import Proposal
from tomoni.reporting.models import Entry
from tomoni.reporting.selectors import requests as reporting
from tomoni.revisions.models.revision import Revision
from tomoni.revisions.selectors import revisions
from tomoni.tenants.scope import current


@dataclass(frozen=True, slots=True)
class Row:
    """One case that waits, as the database tells it: enough to name it and to lead there."""

    room: int
    pk: int
    state: str
    begun_on: date
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Room:
    """One kind of case: the word people know, the cases in which it is a person's turn, and how each is named there."""

    label: str | Promise
    model: type[Any]
    awaiting: Callable[[Actor], QuerySet[Any]]
    first: str  # the column that names a case
    second: str = ""  # a further one
    named: Callable[[Row], str] = lambda row: row.first
    has_states: bool = True


def _year(text: str) -> FiscalYear:
    return FiscalYear(int(text))


def _enquiry(row: Row) -> str:
    """Its number, as people say it on the phone, and what it is about; this page is read by people at work only."""
    return f"{fiscal_year_on(row.begun_on).short}-{row.pk} {row.first}"


ROOMS: tuple[Room, ...] = (
    Room(
        _("団体の登録"),
        Registration,
        organisations.awaiting,
        "party__name",
        "year",
        lambda r: f"{r.first} {_year(r.second)}",
    ),
    Room(_("相談"), Consultation, consultations.awaiting, "title", named=_enquiry),
    Room(_("紹介"), Introduction, matching.awaiting, "one__name", "other__name", lambda r: f"{r.first} と {r.second}"),
    Room(_("提案"), Proposal, proposals.awaiting, "title"),
    Room(_("適性の検証"), SuitabilityCheck, agreements.checks_awaiting, "title", has_states=False),
    Room(_("協定"), Agreement, agreements.awaiting, "title"),
    Room(_("協働事業"), Project, projects.awaiting, "title"),
    Room(_("相互評価"), Evaluation, lambda actor: evaluations.awaiting(actor, on=today()), "project__title"),
    Room(
        _("年度の報告"),
        Entry,
        reporting.awaiting,
        "line__measure__title",
        "year_request__year",
        lambda r: f"{_year(r.second).short} {r.first}",
    ),
    Room(_("計画の改訂"), Revision, revisions.awaiting, "title"),
)

# What can be found by the one search, by the kind its room gives it.
KINDS: dict[str, str | Promise] = {
    "organisation": _("団体・課・会議"),
    "committee": _("委員会・会議"),
    "meeting": _("会議の記録"),
    "listing": _("課題と提供"),
    "proposal": _("提案"),
    "agreement": _("協定"),
    "project": _("協働事業"),
    "evaluation": _("評価"),
    "measure": _("計画の施策"),
    "question": _("よくある質問"),
}
MOST = 20


@dataclass(frozen=True, slots=True)
class Waits:
    """One case that waits, as the page shows it."""

    title: str
    url: str
    state: str
    since: date


@dataclass(frozen=True, slots=True)
class Waiting:
    """The cases of one room that wait for a person: the first ones, and how many there are."""

    label: str
    cases: list[Waits]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.cases)


def _rows(actor: Actor) -> QuerySet[Any, tuple[Any, ...]]:
    """Everything that waits for this person in all rooms, in one query; a room may ask one more to know its turns."""
    parts = [
        room.awaiting(actor)
        .order_by()
        .annotate(
            in_room=Value(number),
            stands=Cast(F("state"), TextField()) if room.has_states else Value("", TextField()),
            first_name=Cast(F(room.first), TextField()),
            second_name=Cast(F(room.second), TextField()) if room.second else Value("", TextField()),
        )
        .values_list("in_room", "pk", "stands", "begun_on", "first_name", "second_name")
        for number, room in enumerate(ROOMS)
    ]
    together: QuerySet[Any, tuple[Any, ...]] = parts[0].union(*parts[1:], all=True)
    return together


def count_waiting(actor: Actor) -> int:
    """How many cases wait for this person in all rooms."""
    return _rows(actor).count()


def waiting_for(actor: Actor) -> list[Waiting]:
    """All rooms in which something waits for this person, the oldest first in each."""
    rows = sorted((Row(*told) for told in _rows(actor)), key=lambda row: (row.room, row.begun_on, row.pk))
    return [_waiting(ROOMS[number], list(held)) for number, held in groupby(rows, key=lambda row: row.room)]


def _waiting(room: Room, rows: list[Row]) -> Waiting:
    return Waiting(str(room.label), [_waits(room, row) for row in rows[:MOST]], len(rows))


def _waits(room: Room, row: Row) -> Waits:
    case = room.model(pk=row.pk, municipality=current())
    label = room.model.workflow.labels[row.state].desk if room.has_states else ""
    return Waits(room.named(row), case.get_absolute_url(), label, row.begun_on)
