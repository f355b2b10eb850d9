"""Reads about the register: the directory, a party's page, registrations and whose turn they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from tomoni.kernel.fiscal import fiscal_year_on
from tomoni.kernel.japanese import search_key
from tomoni.organisations import permissions
from tomoni.organisations.models import Contact, Profile, Registration
from tomoni.organisations.showing import LISTS, Reader, facet
from tomoni.organisations.workflow import State
from tomoni.parties.actor import Actor
from tomoni.parties.models import Party, Succession
from tomoni.parties.permissions import Permission, Role
from tomoni.rulebooks.schema import Rulebook

STAFF = (Role.COORDINATOR, Role.OFFICER, Role.DIVISION)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for in the directory: words, a kind of party, and keys of lists by column."""

    words: str = ""
    kind: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)


def city_kinds(book: Rulebook) -> tuple[str, ...]:
    """The kinds of party on the city's side."""
    return tuple(kind.key for kind in book.party_kinds if kind.side == "city")


def standing() -> QuerySet[Registration]:
    """Accepted registrations after which the group has not withdrawn, of any year."""
    later = Registration.objects.filter(
        party=OuterRef("party"), state=State.WITHDRAWN, accepted_on__isnull=False, pk__gt=OuterRef("pk")
    )
    return Registration.objects.filter(~Exists(later), state=State.ACCEPTED)


def registered(on: date) -> QuerySet[Registration]:
    """Registrations that count on that day: this fiscal year's, and last year's until it is renewed."""
    year = fiscal_year_on(on).year
    return standing().filter(year__in=(year, year - 1))


def public(book: Rulebook, *, on: date) -> QuerySet[Party]:
    """Who stands in the directory: registered groups, then the city with its departments and committees."""
    own = city_kinds(book)
    side = Case(When(kind__in=own, then=Value(1)), default=Value(0), output_field=IntegerField())
    return (
        Party.objects.filter(Q(pk__in=registered(on).values("party")) | Q(kind__in=own), ended_on=None)
        .select_related("profile", "parent")
        .order_by(side, "name", "pk")
    )


def found(parties: QuerySet[Party], wanted: Wanted) -> QuerySet[Party]:
    """Those of them that hold every word and every key in what is public of them; words of two letters are enough."""
    for word in wanted.words.split():
        parties = parties.filter(Q(profile__search_key__contains=search_key(word)) | Q(name__contains=word))
    if wanted.kind:
        parties = parties.filter(kind=wanted.kind)
    for column, key in wanted.keys.items():
        if key and column in LISTS:
            parties = parties.filter(profile__facets__contains=facet(column, key))
    return parties


def readable(book: Rulebook, *, by: Actor) -> QuerySet[Party]:
    """The parties whose page this person may open: the city's, groups that registered and stayed, and their own.

    A page outlives the year's registration and the party itself, so that links from elsewhere lead somewhere.
    """
    parties = Party.objects.select_related("profile", "parent")
    if permissions.is_desk(by):
        return parties
    shown = Q(kind__in=city_kinds(book)) | Q(pk__in=standing().values("party")) | Q(pk__in=spoken_for(by))
    return parties.filter(shown)


def spoken_for(actor: Actor) -> list[int]:
    """Keys of the parties in whose name this person may write."""
    return [seat.party for seat in actor.seats if seat.role.value in permissions.SPEAKING]


def reader_of(actor: Actor, party: Party, *, on: date) -> Reader:
    """How much of the profile of a party this person may read."""
    if permissions.is_desk(actor) or permissions.speaks_for(actor, party):
        return Reader.STAFF
    own = [seat.party for seat in actor.seats if seat.role == Role.MEMBER]
    if actor.holds(*STAFF) or (own and registered(on).filter(party__in=own).exists()):
        return Reader.MEMBERS
    return Reader.PUBLIC


def profile_of(party: Party) -> Profile:
    """The profile of a party, an empty unsaved one when nobody has written it yet."""
    return Profile.objects.filter(party=party).first() or Profile(party=party, municipality=party.municipality)


def contacts_of(party: Party, *, by: Actor) -> QuerySet[Contact]:
    """How to reach its people; none for those who may not know."""
    return Contact.objects.filter(party=party) if permissions.may_reach(by, party) else Contact.objects.none()


def years_of(party: Party) -> list[int]:
    """The fiscal years a party was registered in, newest first."""
    held = Registration.objects.filter(party=party, state=State.ACCEPTED)
    return list(held.order_by("-year").values_list("year", flat=True))


def has_begun(party: int, *, year: int) -> bool:
    """Is there a registration of that party for that year, at whatever stage but withdrawn?"""
    return (
        Registration.objects.filter(party__in=Party.objects.filter(pk=party), year=year)
        .exclude(state=State.WITHDRAWN)
        .exists()
    )


def registered_by_year() -> list[tuple[int, int]]:
    """Fiscal year and number of registered parties, oldest first (進行管理シート No.12 reports it each year)."""
    counted = Registration.objects.filter(state=State.ACCEPTED).values("year").annotate(parties=Count("party"))
    return [(row["year"], row["parties"]) for row in counted.order_by("year")]


def changes_of(party: Party) -> QuerySet[Succession]:
    """What a party was before and what became of it, oldest first."""
    lines = Succession.objects.filter(Q(before=party) | Q(after=party))
    return lines.select_related("before", "after").order_by("on", "pk")


def visible_to(actor: Actor) -> QuerySet[Registration]:
    """A group sees its own; the desk what was ever handed in, and what it wrote down itself. Drafts are the group's."""
    own = [seat.party for seat in actor.seats if seat.role == Role.MEMBER]
    seen = Q(party__in=own)
    if actor.may(Permission.ORGANISATION_CHECK):
        seen |= Q(handed_in_on__isnull=False) | Q(taken_at_desk=True)
    return Registration.objects.filter(seen).select_related("party", "rulebook").order_by("-year", "party__name", "pk")


def awaiting(actor: Actor) -> QuerySet[Registration]:
    """Registrations in which it is this person's turn: drafts of their group, and for the desk what waits for a check."""
    own = [seat.party for seat in actor.seats if seat.role == Role.MEMBER]
    turn = Q(state=State.DRAFT, party__in=own)
    if actor.may(Permission.ORGANISATION_CHECK):
        others = Q(state=State.SUBMITTED) | Q(state=State.DRAFT, taken_at_desk=True)
        turn |= others & ~Q(party__in=actor.parties)
    return Registration.objects.filter(turn).select_related("party", "rulebook").order_by("begun_on", "pk")


def last_before(party: Party, year: int) -> Registration | None:
    """The newest accepted registration before that fiscal year, to begin the next one with."""
    held = Registration.objects.filter(party=party, state=State.ACCEPTED, year__lt=year)
    return held.order_by("-year").first()


def own_groups(actor: Actor) -> QuerySet[Party]:
    """The groups this person may register."""
    own = [seat.party for seat in actor.seats if seat.role == Role.MEMBER]
    return Party.objects.filter(pk__in=own, ended_on=None).order_by("name")


def known_groups(book: Rulebook) -> QuerySet[Party]:
    """All parties that are not the city's, to compare names with."""
    return Party.objects.filter(ended_on=None).exclude(kind__in=city_kinds(book)).order_by("name")
