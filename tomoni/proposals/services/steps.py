"""Verbs that move a proposal: hand in, talk, send back, judge, decide."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tomoni.cases import services as cases
from tomoni.cases.notices import tell
from tomoni.history.services import record
from tomoni.parties.actor import Actor, Seat
from tomoni.proposals import permissions
from tomoni.proposals.models import Proposal, Talk
from tomoni.proposals.services.shown import show
from tomoni.proposals.services.writing import keep_version


@transaction.atomic
def submit(proposal: Proposal, *, at: datetime, by: Actor, note: str = "") -> Proposal:
    """Hand it in on that day. RulesBroken says everything that is in the way, a second after the last day too."""
    change = {"submitted_on": at.date()}
    handed_in = cases.take("submit", proposal, by=by, note=note, change=change)
    keep_version(handed_in, why=_("提出"), at=at, by=by)
    show(handed_in)
    return handed_in


def withdraw(proposal: Proposal, *, by: Actor, note: str) -> Proposal:
    """Take it back for good, with the reason."""
    return _moved("withdraw", proposal, by=by, note=note)


def send_back(proposal: Proposal, *, by: Actor, note: str) -> Proposal:
    """Give it back to be mended, with the reason; it is nowhere public again."""
    return _moved("send_back", proposal, by=by, note=note)


def begin_talks(proposal: Proposal, *, by: Actor, note: str = "") -> Proposal:
    """Begin to talk about it with those who propose."""
    return _moved("talk", proposal, by=by, note=note)


def to_screening(proposal: Proposal, *, by: Actor, note: str = "") -> Proposal:
    """Give it to the screeners as it now stands."""
    return _moved("to_screening", proposal, by=by, note=note)


@transaction.atomic
def _moved(step: str, proposal: Proposal, *, by: Actor, note: str) -> Proposal:
    moved = cases.take(step, proposal, by=by, note=note)
    show(moved)
    return moved


@transaction.atomic
def decide(proposal: Proposal, *, adopts: bool, reasons: str, on: date, by: Actor) -> Proposal:
    """Adopt or decline, with reasons; those who proposed are told. RulesBroken while marks or reasons are missing."""
    change = {"reasons": reasons.strip(), "decided_on": on}
    decided = cases.take("adopt" if adopts else "decline", proposal, by=by, note=reasons.strip(), change=change)
    show(decided)
    return decided


@transaction.atomic
def write_talk(proposal: Proposal, *, held_on: date, text: str, at: datetime, by: Actor) -> Talk:
    """Write down what was said; the other side is told."""
    permissions.may_talk(by, proposal).enforce()
    seat = _seat_here(proposal, by)
    talk = Talk(proposal=proposal, held_on=held_on, text=text, party_id=seat.party if seat else None, at=at)
    talk.save()
    event = record("talk_written", proposal, by=by)
    others = [party for party in proposal.tell() if not by.sits_in(party)]
    told = _("「%(title)s」の話し合いの記録が増えました。") % {"title": proposal.title}
    tell(others, told, event=event, about=proposal, by=by)
    return talk


def _seat_here(proposal: Proposal, by: Actor) -> Seat | None:
    """The seat in which this person talks: one of the parties concerned, else the first."""
    concerned = {party.pk for party in proposal.tell()}
    return next((seat for seat in by.seats if seat.party in concerned), by.acts_for)
