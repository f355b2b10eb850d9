"""Reads of the desk: who sees which enquiries, whose turn it is, who answers what, and what everybody may read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from tomoni.consultations.asker import fingerprint
from tomoni.consultations.models import Channel, Consultation, QuestionAnswer
from tomoni.consultations.workflow import State
from tomoni.kernel.japanese import plain, search_key
from tomoni.parties.actor import Actor
from tomoni.parties.models import Membership, Party
from tomoni.parties.permissions import GRANTS, Permission, Role, grants
from tomoni.rulebooks.schema import Excluded, Rulebook
from tomoni.search.models import SearchEntry
from tomoni.search.selectors import found

KIND = "question"  # of the entries in the search index
ANSWERERS = sorted(role for role, granted in GRANTS.items() if Permission.CONSULTATION_ANSWER in granted)


def visible_to(actor: Actor) -> QuerySet[Consultation]:
    """All enquiries of the city for its people at work; none for anybody else, askers come by their link."""
    if not actor.may(Permission.CONSULTATION_READ):
        return Consultation.objects.none()
    return Consultation.objects.select_related("assigned_to", "asker", "rulebook", "municipality")


def awaiting(actor: Actor) -> QuerySet[Consultation]:
    """Enquiries in which it is this person's turn, oldest first."""
    parties = [seat.party for seat in actor.seats if grants(seat.role, Permission.CONSULTATION_ANSWER)]
    turn = Q(state=State.WITH_DESK, assigned_to__in=parties)
    if actor.may(Permission.CONSULTATION_RECEIVE):
        turn |= Q(state=State.RECEIVED)
    return visible_to(actor).filter(turn).order_by("begun_on", "pk")


def asked_with(token: str) -> QuerySet[Consultation]:
    """The enquiry this private link belongs to."""
    return Consultation.objects.filter(link_hash=fingerprint(token)).select_related(
        "assigned_to", "rulebook", "municipality"
    )


@dataclass(frozen=True, slots=True)
class Sought:
    """How a list of enquiries is narrowed."""

    words: str = ""
    state: str = ""
    theme: str = ""
    is_mine: bool = False


def narrowed(actor: Actor, sought: Sought) -> QuerySet[Consultation]:
    """The enquiries this person may read that fit, newest first; with `is_mine` those waiting for them, oldest first."""
    listed = awaiting(actor) if sought.is_mine else visible_to(actor).order_by("-begun_on", "-pk")
    if sought.state:
        listed = listed.filter(state=sought.state)
    if sought.theme:
        listed = listed.filter(theme=sought.theme)
    for word in sought.words.split():
        listed = listed.filter(words__contains=search_key(word))
    return listed


@dataclass(frozen=True, slots=True)
class Figures:
    """How the desk is doing, as counted today."""

    received: int
    with_desk: int
    longest_wait: int | None  # days the oldest unanswered enquiry has waited
    median_days: float | None  # from receipt to the first answer, over a year
    answered: int  # how many that median is of


def figures(actor: Actor, *, on: date) -> Figures:
    """Open enquiries and response times over the year before that day."""
    listed = visible_to(actor).order_by()
    counts = dict(listed.values_list("state").annotate(n=Count("pk")))
    unanswered = listed.filter(state__in=[State.RECEIVED, State.WITH_DESK], answered_on=None).order_by("begun_on")
    oldest = unanswered.values_list("begun_on", flat=True).first()
    spans = listed.filter(answered_on__gt=on - timedelta(days=365)).values_list("begun_on", "answered_on")
    days = [(answered - begun).days for begun, answered in spans if answered]
    return Figures(
        counts.get(State.RECEIVED, 0),
        counts.get(State.WITH_DESK, 0),
        (on - oldest).days if oldest else None,
        median(days) if days else None,
        len(days),
    )


def came_by_web_on(on: date) -> int:
    """How many enquiries the public form brought that day."""
    return Consultation.objects.filter(channel=Channel.WEB, begun_on=on).count()


def assignable() -> QuerySet[Party]:
    """Who may be given an enquiry: departments, and every party with people who answer.

    `is_seated` says whether there are any, `is_division` whether the division in charge of collaboration sits there.
    """
    here = Membership.objects.filter(party=OuterRef("pk"), until=None)
    parties = Party.objects.filter(ended_on=None).annotate(
        is_seated=Exists(here.filter(role__in=ANSWERERS)), is_division=Exists(here.filter(role=Role.DIVISION))
    )
    return parties.filter(Q(is_seated=True) | Q(parent__isnull=False)).order_by("name")


def party_named(name: str, among: Sequence[Party]) -> Party | None:
    """The party a rulebook means by a name: written alike, or the only one whose name begins so."""
    wanted = plain(name)
    if exact := [party for party in among if plain(party.name) == wanted]:
        return exact[0]
    near = [party for party in among if plain(party.name).startswith(wanted)]
    return near[0] if len(near) == 1 else None


def _in_charge(department: str, book: Rulebook, among: Sequence[Party]) -> Party | None:
    """The party of that name; where the table only says "the division", the party the division sits in."""
    if named := party_named(department, among):
        return named
    divisions = [party for party in among if party.is_division]  # type: ignore[attr-defined]  # see assignable()
    return divisions[0] if department == book.terms.division and divisions else None


def routed_to(book: Rulebook, theme: str) -> Party | None:
    """The party the routing table names for a theme; None when it names none that is registered."""
    route = next((each for each in book.routing if each.key == theme), None)
    return _in_charge(route.department, book, list(assignable())) if route else None


def told_as_well(consultation: Consultation) -> list[Party]:
    """The parties the table names beside the one that answers, as far as they are registered; never the one in charge."""
    book = consultation.rulebook.book
    route = next((each for each in book.routing if each.key == consultation.theme), None)
    if route is None or not route.also:
        return []
    among = list(assignable())
    found = [_in_charge(name, book, among) for name in route.also]
    return [party for party in found if party and party.pk != consultation.assigned_to_id]


@dataclass(frozen=True, slots=True)
class Route:
    """One line of the routing table, with the party it leads to and what is open there."""

    key: str
    label: str
    text: str
    cites: str
    department: str
    also: tuple[str, ...]
    party: Party | None
    waiting: int


def routing_table(book: Rulebook, actor: Actor) -> list[Route]:
    """The rulebook's table of themes, each with who answers and how many enquiries are open."""
    among = list(assignable())
    open_now = visible_to(actor).order_by().filter(state__in=[State.RECEIVED, State.WITH_DESK])
    waiting = dict(open_now.values_list("theme").annotate(n=Count("pk")))
    return [
        Route(
            each.key,
            each.label,
            each.text,
            each.cites,
            each.department,
            each.also,
            _in_charge(each.department, book, among),
            waiting.get(each.key, 0),
        )
        for each in book.routing
    ]


def exclusion_of(consultation: Consultation) -> Excluded | None:
    """The excluded activity this enquiry was said to be, in the words of its rulebook; None when it is none."""
    listed = consultation.rulebook.book.excluded
    return next((each for each in listed if each.key == consultation.excluded_as), None)


def groups() -> QuerySet[Party]:
    """Parties that are no part of the city hall: who may ask as a group."""
    cities = Party.objects.filter(parent__isnull=False).values("parent")
    return Party.objects.filter(ended_on=None, parent=None).exclude(pk__in=cities).order_by("name")


def public() -> QuerySet[QuestionAnswer]:
    """Questions with answers that everybody may read, newest first."""
    return QuestionAnswer.objects.exclude(published_on=None).order_by("-published_on", "-pk")


def questions_for(actor: Actor) -> QuerySet[QuestionAnswer]:
    """What is public, and for those who write them also the drafts."""
    if not actor.may(Permission.CONSULTATION_ANSWER):
        return public()
    return QuestionAnswer.objects.select_related("consultation").order_by("-published_on", "-pk")


def questions_found(words: str, theme: str) -> QuerySet[QuestionAnswer]:
    """Public questions that hold every word, also words of two letters."""
    listed = public()
    if theme:
        listed = listed.filter(theme=theme)
    if words.strip():
        entries: QuerySet[SearchEntry] = found(words, kind=KIND).order_by()
        listed = listed.filter(pk__in=entries.values("subject_id"))
    return listed


def drafts(actor: Actor) -> QuerySet[QuestionAnswer]:
    """Questions not yet public, for those who write them."""
    return questions_for(actor).filter(published_on=None) if actor.is_signed_in else QuestionAnswer.objects.none()


def questions_of(consultation: Consultation) -> QuerySet[QuestionAnswer]:
    """What was made of this enquiry."""
    return QuestionAnswer.objects.filter(consultation=consultation).order_by("pk")
