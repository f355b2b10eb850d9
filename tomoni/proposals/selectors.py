"""Reads about programmes, rounds and proposals: who sees what, whose turn it is, and what everybody may read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from tomoni.files.models import StoredFile
from tomoni.files.selectors import files_of
from tomoni.kernel.fiscal import FiscalYear, fiscal_year_on
from tomoni.matching.models import Introduction, Kind, Listing
from tomoni.matching.workflow import State as Met
from tomoni.organisations.models import Profile
from tomoni.parties.actor import Actor
from tomoni.parties.models import Membership, Party
from tomoni.parties.permissions import Permission, Role, grants
from tomoni.proposals.models import JUDGED, Marks, Partner, Programme, Proposal, ProposalVersion, Round
from tomoni.proposals.workflow import State

KIND = "proposal"
HANDED_IN = (State.SUBMITTED, State.TALKS, State.SCREENING, State.ADOPTED, State.DECLINED)


def _seats(actor: Actor, permission: Permission) -> list[int]:
    return [seat.party for seat in actor.seats if grants(seat.role, permission)]


def _whole() -> QuerySet[Proposal]:
    return Proposal.objects.select_related(
        "lead", "department", "rulebook", "municipality", "round__programme", "round__committee", "round__municipality"
    ).prefetch_related("seats__party")


def _own(actor: Actor) -> Q:
    groups = _seats(actor, Permission.PROPOSAL_WRITE)
    together = Partner.objects.filter(party__in=groups).values("proposal")
    return Q(lead__in=groups) | Q(pk__in=together)


def visible_to(actor: Actor) -> QuerySet[Proposal]:
    """Whole proposals: one's own and those one is asked to join; for the city what was handed in; for screeners what
    they judge. A draft is nowhere for anybody else.
    """
    seen = _own(actor)
    if actor.may(Permission.PROPOSAL_HANDLE):
        seen |= Q(state__in=HANDED_IN) | Q(state=State.WITHDRAWN, submitted_on__isnull=False)
    judges = _seats(actor, Permission.PROPOSAL_SCREEN)
    seen |= Q(round__committee__in=judges, state__in=JUDGED)
    return _whole().filter(seen).order_by("-begun_on", "-pk")


def public() -> QuerySet[Proposal]:
    """What was handed in: title, parties and stage are for everybody, the whole text once results are published."""
    return _whole().filter(state__in=HANDED_IN).order_by("pk")


def own(actor: Actor) -> QuerySet[Proposal]:
    """The proposals of this person's groups, drafts too."""
    return _whole().filter(_own(actor)).order_by("-begun_on", "-pk")


def awaiting(actor: Actor) -> QuerySet[Proposal]:
    """Proposals in which it is this person's turn, oldest first."""
    groups = _seats(actor, Permission.PROPOSAL_WRITE)
    agreed = Partner.objects.filter(party__in=groups, agreed_at__isnull=False).values("proposal")
    asked = Partner.objects.filter(party__in=groups, agreed_at=None).values("proposal")
    writes = Q(lead__in=groups) | Q(pk__in=agreed)
    turn = Q(state__in=[State.DRAFT, State.TALKS]) & writes | Q(state=State.DRAFT, pk__in=asked)
    desks = _seats(actor, Permission.PROPOSAL_HANDLE)
    turn |= Q(state__in=[State.SUBMITTED, State.TALKS], department__in=desks)
    if actor.may(Permission.PROPOSAL_DECIDE):
        turn |= Q(state=State.SUBMITTED) | Q(state=State.TALKS, department=None) | Q(pk__in=_decidable().values("pk"))
    if _seats(actor, Permission.PROPOSAL_SCREEN):
        turn |= Q(pk__in=_unmarked(actor).values("pk"))
    return visible_to(actor).filter(turn).order_by("begun_on", "pk")


def _screeners() -> QuerySet[Membership]:
    """Who judges the outer proposal: the screeners of its round's committee."""
    return Membership.objects.filter(party=OuterRef("round__committee"), role=Role.SCREENER, until=None)


def _still_to_judge() -> QuerySet[Membership]:
    """Screeners of the outer proposal who have to hand in marks: not in yet, and no part in it (models.conflicts)."""
    given = Marks.objects.filter(
        Q(conflict=True) | Q(handed_in_at__isnull=False), proposal=OuterRef(OuterRef("pk")), screener=OuterRef("user")
    )
    invited = Partner.objects.filter(proposal=OuterRef(OuterRef(OuterRef("pk"))), party=OuterRef("party"))
    involved = Membership.objects.filter(
        Exists(invited) | Q(party=OuterRef(OuterRef("lead"))), user=OuterRef("user"), until=None
    )
    return _screeners().exclude(Exists(given)).exclude(Exists(involved))


def _decidable() -> QuerySet[Proposal]:
    """Proposals of rounds in which every screener there is has done their part: the city decides, or finds more screeners."""
    judged = Proposal.objects.filter(state=State.SCREENING)
    open_rounds = judged.filter(Exists(_still_to_judge())).values("round")
    return judged.filter(Exists(_screeners())).exclude(round__in=open_rounds)


def _unmarked(actor: Actor) -> QuerySet[Proposal]:
    """Proposals this person has still to judge."""
    judges = _seats(actor, Permission.PROPOSAL_SCREEN)
    mine = _still_to_judge().filter(user=actor.user, party__in=judges)
    return Proposal.objects.filter(Exists(mine), state=State.SCREENING, round__committee__in=judges)


@dataclass(frozen=True, slots=True)
class Sought:
    """How the list of proposals is narrowed; "" for any."""

    words: str = ""
    state: str = ""
    call: str = ""
    is_mine: bool = False


def narrowed(actor: Actor, sought: Sought) -> QuerySet[Proposal]:
    """The proposals this person may read that fit; with `is_mine` those waiting for them."""
    listed = awaiting(actor) if sought.is_mine else visible_to(actor)
    if sought.state:
        listed = listed.filter(state=sought.state)
    if sought.call.isdecimal():
        listed = listed.filter(round=int(sought.call))
    for word in sought.words.split():
        listed = listed.filter(Q(title__icontains=word) | Q(lead__name__icontains=word))
    return listed


def programmes() -> QuerySet[Programme]:
    """All programmes, in the order they were made."""
    return Programme.objects.order_by("pk")


def rounds() -> QuerySet[Round]:
    """All rounds, newest first."""
    return Round.objects.select_related(
        "programme", "department", "committee", "issue__party", "municipality", "issue__municipality"
    ).order_by("-opens", "-pk")


def rounds_for(issue: Listing) -> QuerySet[Round]:
    """The rounds that were opened about an issue, newest first."""
    return rounds().filter(issue=issue)


@dataclass(frozen=True, slots=True)
class Calls:
    """Rounds as time has them: open, still to come, over and being judged, published."""

    open: tuple[Round, ...]
    coming: tuple[Round, ...]
    judging: tuple[Round, ...]
    published: tuple[Round, ...]


def calls(on: date) -> Calls:
    """All rounds, sorted by where they stand on that day."""
    listed = list(rounds())
    return Calls(
        tuple(each for each in listed if each.is_open(on)),
        tuple(each for each in listed if each.opens > on),
        tuple(each for each in listed if each.closes < on and not each.published_on),
        tuple(each for each in listed if each.closes < on and each.published_on),
    )


@dataclass(frozen=True, slots=True)
class Funnel:
    """One year of proposals: what was handed in, and in published rounds what was adopted and declined."""

    year: FiscalYear
    rounds: int
    handed_in: int
    adopted: int
    declined: int


def funnel() -> list[Funnel]:
    """Counts by the year in which rounds opened, newest first. Decisions count once they are published; drafts never."""
    opened = Counter(fiscal_year_on(day).year for day in Round.objects.values_list("opens", flat=True))
    held: dict[int, Counter[str]] = {year: Counter() for year in opened}
    rows = Proposal.objects.filter(state__in=HANDED_IN).values_list("round__opens", "round__published_on", "state")
    for opens, published_on, state in rows:
        counts = held[fiscal_year_on(opens).year]
        counts["handed_in"] += 1
        if published_on and state in {State.ADOPTED, State.DECLINED}:
            counts[state] += 1
    return [
        Funnel(FiscalYear(year), opened[year], held[year]["handed_in"], held[year]["adopted"], held[year]["declined"])
        for year in sorted(opened, reverse=True)
    ]


def leads_for(actor: Actor) -> QuerySet[Party]:
    """The groups this person may propose for."""
    return Party.objects.filter(pk__in=_seats(actor, Permission.PROPOSAL_WRITE), ended_on=None).order_by("name")


def departments() -> QuerySet[Party]:
    """The departments of the city hall."""
    return Party.objects.filter(parent__isnull=False, ended_on=None, committee=None).order_by("name")


def partners_possible(proposal: Proposal) -> QuerySet[Party]:
    """Who may be asked to propose together: groups and other parties outside the city hall, except the lead."""
    halls = Party.objects.filter(parent__isnull=False).values("parent")
    listed = Party.objects.filter(ended_on=None, parent=None).exclude(pk__in=halls)
    return listed.exclude(pk=proposal.lead_id).order_by("name")


def committees() -> QuerySet[Party]:
    """Where screeners sit, and every other committee."""
    judged = Membership.objects.filter(role=Role.SCREENER, until=None).values("party")
    return Party.objects.filter(Q(pk__in=judged) | Q(committee__isnull=False), ended_on=None).order_by("name")


def issues(on: date) -> QuerySet[Listing]:
    """Local issues on the board that can become a call."""
    still = Q(ends=None) | Q(ends__gte=on)
    return Listing.objects.filter(still, kind=Kind.ISSUE, withdrawn_on=None).order_by("-posted_on", "-pk")


def issues_or(listed: QuerySet[Listing], held: int | None) -> QuerySet[Listing]:
    """These issues, and the one a round already stands for although it is over."""
    return listed | Listing.objects.filter(pk=held) if held else listed


def introductions_of(actor: Actor) -> QuerySet[Introduction]:
    """Introductions of one's own groups that both have accepted: where a proposal may come from."""
    groups = _seats(actor, Permission.PROPOSAL_WRITE)
    met = Introduction.objects.filter(state__in=[Met.ACCEPTED, Met.CONCLUDED]).select_related("one", "other")
    return met.filter(Q(one__in=groups) | Q(other__in=groups)).order_by("-begun_on", "-pk")


def people_in(party: Party) -> int | None:
    """How many members the register says a group has; None when it does not say."""
    return Profile.objects.filter(party=party).values_list("members", flat=True).first()


def versions_of(proposal: Proposal) -> list[ProposalVersion]:
    """Every version, newest first."""
    return list(proposal.versions.select_related("talk").order_by("-number"))


def attached_to(proposal: Proposal) -> QuerySet[StoredFile]:
    """Its attachments."""
    return files_of(proposal).order_by("uploaded_at", "pk")


def invitation_for(actor: Actor, proposal: Proposal) -> Partner | None:
    """The seat this person's group is asked to take, while it has not answered."""
    groups = set(_seats(actor, Permission.PROPOSAL_WRITE))
    return next((seat for seat in proposal.seats.all() if seat.party_id in groups and not seat.agreed_at), None)


def marks_by(actor: Actor, proposal: Proposal) -> Marks | None:
    """One's own marks."""
    return Marks.objects.filter(proposal=proposal, screener=actor.user).first() if actor.user else None
