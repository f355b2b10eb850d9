"""Who is acting: a person with the seats they hold in this municipality today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from tomoni.parties.models import Membership, Party, User
from tomoni.parties.permissions import Role, grants

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


@dataclass(frozen=True, slots=True)
class Seat:
    """One role in one party, and the party above it (a department's city)."""

    party: int
    party_name: str
    parent: int | None
    role: Role


@dataclass(frozen=True, slots=True)
class Actor:
    """The person behind an act. `user` is None for somebody who is not signed in and for the program's own commands."""

    user: int | None
    name: str
    seats: tuple[Seat, ...] = ()

    @property
    def is_signed_in(self) -> bool:
        return self.user is not None

    @property
    def parties(self) -> frozenset[int]:
        """Primary keys of the parties this person acts for."""
        return frozenset(seat.party for seat in self.seats)

    @property
    def acts_for(self) -> Seat | None:
        """The seat shown beside the person's name; the first one held."""
        return self.seats[0] if self.seats else None

    def may(self, permission: str, party: Party | None = None) -> bool:
        """Does a seat in that party grant this? Without a party: does any seat in this municipality?"""
        return any(grants(seat.role, permission) for seat in self.seats if party is None or seat.party == party.pk)

    def holds(self, *roles: Role) -> bool:
        """Does this person hold one of these roles anywhere in the municipality?"""
        return any(seat.role in roles for seat in self.seats)

    def sits_in(self, party: Party) -> bool:
        """Does this person act for that party in any role?"""
        return party.pk in self.parties


NOBODY = Actor(user=None, name="")


def program(name: str) -> Actor:
    """The program itself, acting through a command of that name."""
    return Actor(user=None, name=name)


def actor_for(user: User | AnonymousUser, *, on: date) -> Actor:
    """The actor a signed-in user is in the municipality in scope on that day. One query; none for visitors."""
    if not user.is_authenticated:
        return NOBODY
    held = (
        Membership.objects.filter(Q(until=None) | Q(until__gte=on), user=user, since__lte=on)
        .select_related("party")
        .order_by("since", "pk")
    )
    seats = tuple(Seat(m.party_id, m.party.name, m.party.parent_id, Role(m.role)) for m in held)
    return Actor(user=user.pk, name=user.display_name, seats=seats)
