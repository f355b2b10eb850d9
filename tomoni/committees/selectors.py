"""Reads about committees: who sits where on which day, how many were recruited publicly, what was said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet

from tomoni.committees.models import Appointment, Committee, Meeting, Seat, Term
from tomoni.kernel.fiscal import FiscalYear
from tomoni.parties.actor import Actor
from tomoni.parties.models import Party, User
from tomoni.parties.permissions import Permission


@dataclass(frozen=True, slots=True)
class Share:
    """Some of all: 5 of 12 members, 3 of 6 bodies."""

    some: int
    all: int

    @property
    def percent(self) -> float | None:
        """One decimal, as the city reports it; None of nothing."""
        return round(100 * self.some / self.all, 1) if self.all else None


def members_of(committee: Party, on: date) -> QuerySet[Seat]:
    """Who sits in that committee on that day, chair first. None when the party is no committee or between terms."""
    return Seat.objects.filter(
        term__committee__party=committee, term__starts__lte=on, term__ends__gte=on
    ).select_related("user", "term")


def public() -> QuerySet[Committee]:
    """All committees that have not ended, with their terms and seats, by name."""
    seats = Seat.objects.order_by("pk")
    terms = Term.objects.order_by("-number").prefetch_related(Prefetch("seats", queryset=seats))
    return (
        Committee.objects.filter(party__ended_on=None)
        .select_related("party", "party__parent")
        .prefetch_related(Prefetch("terms", queryset=terms))
        .order_by("party__name")
    )


def visible_to(_actor: Actor) -> QuerySet[Committee]:
    """Committees are public: what they are for and who sits there is for everybody."""
    return public()


def meetings_of(committee: Committee, *, by: Actor) -> QuerySet[Meeting]:
    """Its meetings, newest first; those that are not public only for its members and the division."""
    held = Meeting.objects.filter(committee=committee).order_by("-held_on", "-pk")
    return held if may_read_closed(committee, by) else held.filter(is_public=True)


def may_read_closed(committee: Committee, actor: Actor) -> bool:
    """Members of the committee and those who keep its records read what is not public."""
    return actor.may(Permission.COMMITTEE_WRITE) or actor.sits_in(committee.party)


def share_of(term: Term) -> Share:
    """How many of a term's members were recruited publicly (公募)."""
    seats = list(term.seats.all())
    return Share(sum(seat.appointed == Appointment.PUBLIC for seat in seats), len(seats))


def bodies_by_year(years: list[int]) -> list[tuple[FiscalYear, Share]]:
    """On 1 April of each year: how many advisory bodies had publicly recruited members, of those that had a term.

    The figure of 進行管理シート No.30. Years without any body are left out.
    """
    terms = (
        Term.objects.filter(committee__is_advisory_body=True)
        .annotate(recruited=Count("seats", filter=Q(seats__appointed=Appointment.PUBLIC)))
        .values_list("starts", "ends", "recruited")
    )
    found = []
    for year in map(FiscalYear, years):
        held = [recruited for starts, ends, recruited in terms if starts <= year.start <= ends]
        if held:
            found.append((year, Share(sum(recruited > 0 for recruited in held), len(held))))
    return found


def people_for(committee: Committee) -> QuerySet[User]:
    """Those who sign in for this committee, to be named in its seats."""
    return User.objects.filter(memberships__party=committee.party, memberships__until=None).distinct()
