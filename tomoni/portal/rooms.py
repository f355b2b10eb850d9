"""The rooms the portal knows: how each is called, and whose turn it is in it. The order is that of the river."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tomoni.agreements import selectors as agreements
from tomoni.cases.models import Case
from tomoni.consultations import selectors as consultations
from tomoni.evaluations import selectors as evaluations
from tomoni.kernel.clock import today
from tomoni.matching import selectors as matching
from tomoni.organisations import selectors as organisations
from tomoni.parties.actor import Actor
from tomoni.projects import selectors as projects
from tomoni.proposals import selectors as proposals
from tomoni.reporting.selectors import requests as reporting
from tomoni.revisions.selectors import revisions


@dataclass(frozen=True, slots=True)
class Room:
    """One kind of case: the word people know, and the cases in which it is a person's turn."""

    label: str | Promise
    awaiting: Callable[[Actor], QuerySet[Any]]


ROOMS: tuple[Room, ...] = (
    Room(_("団体の登録"), organisations.awaiting),
    Room(_("相談"), consultations.awaiting),
    Room(_("紹介"), matching.awaiting),
    Room(_("提案"), proposals.awaiting),
    Room(_("適性の検証"), agreements.checks_awaiting),
    Room(_("協定"), agreements.awaiting),
    Room(_("協働事業"), projects.awaiting),
    Room(_("相互評価"), lambda actor: evaluations.awaiting(actor, on=today())),
    Room(_("年度の報告"), reporting.awaiting),
    Room(_("計画の改訂"), revisions.awaiting),
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
class Waiting:
    """The cases of one room that wait for a person: the first ones, and how many there are."""

    label: str
    cases: list[Case]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.cases)


def waiting_for(actor: Actor) -> list[Waiting]:
    """All rooms in which something waits for this person. Two queries a room."""
    found = []
    for room in ROOMS:
        cases = room.awaiting(actor)
        first = list(cases[:MOST])
        if first:
            found.append(Waiting(str(room.label), first, len(first) if len(first) < MOST else cases.count()))
    return found
