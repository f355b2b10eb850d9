"""Verbs about committees: found and describe one, open a term, seat people, write down a meeting."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tomoni.cases.services import RulesBroken
from tomoni.committees import permissions, rules
from tomoni.committees.models import Committee, Meeting, Seat, Term
from tomoni.committees.rules import TermFacts
from tomoni.history.services import record
from tomoni.kernel.rules import broken
from tomoni.parties.actor import Actor
from tomoni.parties.models import Party
from tomoni.search.services import forget, index

KIND = "committee"
MEETING = "meeting"
TERM_RULES = (rules.term_ends_after_it_starts, rules.terms_do_not_overlap)


@transaction.atomic
def found_committee(party: Party, *, purpose: str, by: Actor, is_advisory_body: bool = True) -> Committee:
    """Make a committee of a party, once. Raises NotAllowed."""
    permissions.may_write(by).enforce()
    committee, made = Committee.objects.get_or_create(
        party=party, defaults={"purpose": purpose, "is_advisory_body": is_advisory_body}
    )
    if made:
        record("found", committee, by=by)
        _publish(committee)
    return committee


@transaction.atomic
def describe_committee(committee: Committee, *, purpose: str, is_advisory_body: bool, by: Actor) -> Committee:
    """Write what it is for. Raises NotAllowed."""
    permissions.may_write(by).enforce()
    committee.purpose, committee.is_advisory_body = purpose, is_advisory_body
    committee.save(update_fields=["purpose", "is_advisory_body"])
    record("describe", committee, by=by)
    _publish(committee)
    return committee


@transaction.atomic
def open_term(committee: Committee, *, number: int, starts: date, ends: date, by: Actor) -> Term:
    """A new term. Raises NotAllowed, RulesBroken when it overlaps another, ValidationError for a number used twice."""
    permissions.may_write(by).enforce()
    others = list(Term.objects.filter(committee=committee).values_list("starts", "ends"))
    if findings := broken(TERM_RULES, TermFacts(starts, ends, others)):
        raise RulesBroken(findings)
    term = Term(committee=committee, number=number, starts=starts, ends=ends, municipality=committee.municipality)
    _checked(term)
    term.save()
    record("open_term", committee, by=by, number=number)
    return term


@transaction.atomic
def write_seat(term: Term, values: Mapping[str, Any], *, by: Actor, seat: Seat | None = None) -> Seat:
    """Seat somebody, or correct a seat. Raises NotAllowed, and ValidationError for a second chair or the same person."""
    permissions.may_write(by).enforce()
    written = seat or Seat(term=term, municipality=term.municipality)
    for name, value in values.items():
        setattr(written, name, value)
    _checked(written)
    written.save()
    record("seat", term.committee, by=by, term=term.number)
    return written


@transaction.atomic
def leave_seat(seat: Seat, *, by: Actor) -> None:
    """Take a seat out that was written by mistake. Raises NotAllowed."""
    permissions.may_write(by).enforce()
    record("leave_seat", seat.term.committee, by=by, term=seat.term.number)
    seat.delete()


@transaction.atomic
def write_meeting(
    committee: Committee, values: Mapping[str, Any], *, by: Actor, meeting: Meeting | None = None
) -> Meeting:
    """Write down a meeting, or correct it; found by everybody while it is public. Raises NotAllowed."""
    permissions.may_write(by).enforce()
    written = meeting or Meeting(committee=committee, municipality=committee.municipality)
    for name, value in values.items():
        setattr(written, name, value)
    written.save()
    record("meet", committee, by=by, held_on=written.held_on.isoformat())
    if written.is_public:
        url = f"{committee.get_absolute_url()}#meeting-{written.pk}"
        index(written, kind=MEETING, title=f"{committee}「{written.title}」", text=written.minutes, url=url)
    else:
        forget(written)
    return written


def _publish(committee: Committee) -> None:
    index(
        committee,
        kind=KIND,
        title=committee.party.name,
        text=committee.purpose,
        url=committee.get_absolute_url(),
    )


def _checked(row: Term | Seat) -> None:
    """Say what a constraint would refuse before the database does."""
    try:
        row.validate_constraints()
    except ValidationError as problem:
        raise ValidationError(problem.messages) from problem
