"""Verbs about parties: found one, seat a person, let a department become another."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from tomoni.parties.models import Membership, Party, Succession, SuccessionKind, User
from tomoni.parties.permissions import Role


def found_party(*, kind: str, name: str, parent: Party | None = None) -> Party:
    """The party of that name under that parent, made if it is not there."""
    party, _made = Party.objects.get_or_create(name=name, parent=parent, ended_on=None, defaults={"kind": kind})
    return party


def seat(user: User, party: Party, *, role: Role, since: date) -> Membership:
    """Give a person a role in a party from that day; the same seat twice is one seat."""
    membership, _made = Membership.objects.get_or_create(
        user=user, party=party, role=role, until=None, defaults={"since": since}
    )
    return membership


@transaction.atomic
def succeed(before: Party, after: Party, *, kind: SuccessionKind, on: date, note: str = "") -> Succession:
    """Write down that one department became, joined or handed work to another. A renamed or merged one ends."""
    line = Succession(before=before, after=after, kind=kind, on=on, note=note)
    line.save()
    if kind in {SuccessionKind.RENAMED, SuccessionKind.MERGED}:
        before.ended_on = on
        before.save(update_fields=["ended_on"])
    return line
