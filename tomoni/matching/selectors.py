"""Reads of the board: what stands open, who might meet whom, and whose introductions these are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Count, Max, Q, QuerySet

from tomoni.consultations import selectors as consultations
from tomoni.consultations.models import Consultation
from tomoni.consultations.workflow import State as Enquiry
from tomoni.matching.models import Introduction, Listing
from tomoni.matching.nearness import Board, Suggestion
from tomoni.matching.workflow import State
from tomoni.parties.actor import Actor
from tomoni.parties.models import Party
from tomoni.parties.permissions import Permission, grants
from tomoni.rulebooks.selectors import in_force
from tomoni.search.selectors import found
from tomoni.tenants.scope import current

SEARCH_KIND = "listing"


def public(on: date) -> QuerySet[Listing]:
    """What stands open on the board on that day, newest first."""
    still = Q(ends=None) | Q(ends__gte=on)
    return (
        Listing.objects.filter(still, withdrawn_on=None)
        .select_related("party", "municipality")
        .order_by("-posted_on", "-pk")
    )


def listings_seen_by(actor: Actor) -> QuerySet[Listing]:
    """Listings that were ever public can be read by their address, also when they are over."""
    return Listing.objects.select_related("party", "municipality")


@dataclass(frozen=True, slots=True)
class Sought:
    """How the board is narrowed; "" for any."""

    words: str = ""
    kind: str = ""
    category: str = ""
    field: str = ""


def narrowed(sought: Sought, *, on: date) -> QuerySet[Listing]:
    """Open listings that fit, newest first; words are found from two letters on."""
    wanted = {"kind": sought.kind, "category": sought.category, "field": sought.field}
    listed = public(on).filter(**{name: value for name, value in wanted.items() if value})
    if sought.words.strip():
        listed = listed.filter(pk__in=found(sought.words, kind=SEARCH_KIND).order_by().values("subject_id"))
    return listed


def counts(on: date) -> dict[str, int]:
    """How many offers, wishes and issues stand open."""
    return dict(public(on).order_by().values_list("kind").annotate(n=Count("pk")))


@dataclass(frozen=True, slots=True)
class Partner:
    """A listing that might fit, and why."""

    listing: Listing
    score: float
    reasons: tuple[str, ...]


def partners_for(listing: Listing, *, on: date, top: int = 5) -> list[Partner]:
    """Who might meet this one, best first; empty when nothing fits or the listing is over."""
    if not listing.is_open(on):
        return []
    suggested: list[Suggestion] = _board_of_today(on).rank(str(listing.pk), on=on, top=top)
    rows = Listing.objects.select_related("party", "municipality").in_bulk([int(each.id) for each in suggested])
    return [Partner(rows[int(each.id)], each.score, each.reasons) for each in suggested]


def _board_of_today(on: date) -> Board:
    newest = Listing.objects.aggregate(n=Count("pk"), touched=Max("touched_at"))
    return _indexed(current().pk, f"{newest['n']}:{newest['touched']}", on)


@lru_cache(maxsize=8)
def _indexed(_municipality: int, _stamp: str, on: date) -> Board:
    """The index is made once for each state of the board; the stamp tells when it has changed."""
    named = {each.key: each.label for each in in_force(on).book.fields}
    return Board(listing.as_matched(named) for listing in public(on))


def visible_to(actor: Actor) -> QuerySet[Introduction]:
    """A coordinator sees all introductions, everybody else those of their own parties."""
    rows = Introduction.objects.select_related("one", "other", "wish", "offer", "rulebook", "municipality")
    if actor.may(Permission.INTRODUCTION_MAKE):
        return rows.order_by("-begun_on", "-pk")
    own = Q(one__in=actor.parties) | Q(other__in=actor.parties)
    return rows.filter(own).order_by("-begun_on", "-pk")


def awaiting(actor: Actor) -> QuerySet[Introduction]:
    """Introductions in which it is this person's turn, oldest first."""
    sides = [seat.party for seat in actor.seats if grants(seat.role, Permission.INTRODUCTION_ANSWER)]
    turn = Q(state=State.PROPOSED) & (
        Q(one__in=sides, accepted_by_one_at=None) | Q(other__in=sides, accepted_by_other_at=None)
    )
    if actor.may(Permission.INTRODUCTION_MAKE):
        turn |= Q(state=State.ACCEPTED)
    return visible_to(actor).filter(turn).order_by("begun_on", "pk")


def posted_for(enquiry: Consultation) -> QuerySet[Listing]:
    """Listings that came of an enquiry, newest first."""
    return Listing.objects.filter(consultation=enquiry).select_related("municipality").order_by("-pk")


def posting_parties(actor: Actor) -> QuerySet[Party]:
    """The parties this person may post for."""
    own = [seat.party for seat in actor.seats if grants(seat.role, Permission.LISTING_WRITE)]
    return Party.objects.filter(pk__in=own, ended_on=None).order_by("name")


def enquiries_for(actor: Actor) -> QuerySet[Consultation]:
    """Enquiries a coordinator may name as what led to an introduction: those that are not closed."""
    if not actor.may(Permission.INTRODUCTION_MAKE):
        return Consultation.objects.none()
    return consultations.visible_to(actor).exclude(state=Enquiry.CLOSED).order_by("-begun_on", "-pk")


def led_to_by(consultation: Consultation, actor: Actor) -> QuerySet[Introduction]:
    """Introductions an enquiry led to, as far as this person may read them."""
    return visible_to(actor).filter(consultation=consultation)


def introduced_to(listing: Listing) -> QuerySet[Introduction]:
    """Introductions made from this listing, newest first."""
    rows = Introduction.objects.select_related("one", "other", "municipality")
    return rows.filter(Q(wish=listing) | Q(offer=listing)).order_by("-begun_on", "-pk")
