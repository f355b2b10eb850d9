"""Reads of this room: whose checks and agreements these are, what is public, and whose turn it is."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from tomoni.agreements.models import Agreement, AgreementVersion, Side, Signature, SuitabilityAnswer, SuitabilityCheck
from tomoni.agreements.permissions import reads_all
from tomoni.agreements.workflow import State
from tomoni.history.models import Event
from tomoni.history.selectors import story_of
from tomoni.parties.actor import Actor
from tomoni.parties.models import Party
from tomoni.parties.permissions import Permission, grants
from tomoni.proposals.models import Proposal
from tomoni.rulebooks.schema import Rulebook

SEARCH_KIND = "agreement"
_WITH = ("civic", "city", "rulebook", "municipality")


def visible_to(actor: Actor) -> QuerySet[Agreement]:
    """The two sides see their own, the division in charge sees all; drafts are nobody else's."""
    rows = Agreement.objects.select_related(*_WITH, "proposal", "suitability").order_by("-begun_on", "-pk")
    if reads_all(actor):
        return rows
    return rows.filter(Q(civic__in=actor.parties) | Q(city__in=actor.parties))


def public() -> QuerySet[Agreement]:
    """Agreements that were ever concluded, newest first; what everybody reads is the version both signed last."""
    signed = AgreementVersion.objects.exclude(concluded_on=None).order_by("number")
    return (
        Agreement.objects.filter(Exists(signed.filter(agreement=OuterRef("pk"))))
        .select_related(*_WITH)
        .prefetch_related(Prefetch("versions", queryset=signed, to_attr="signed_versions"))
        .order_by("-begun_on", "-pk")
    )


def awaiting(actor: Actor) -> QuerySet[Agreement]:
    """Agreements in which it is this person's turn: drafts of their sides, and versions their side has not signed."""
    sides = acting_parties(actor)
    turn = Q(pk__in=[])
    for side in Side.values:
        own = Q(**{f"{side}__in": sides})
        signed = Signature.objects.filter(
            of_version__agreement=OuterRef("pk"), of_version__number=OuterRef("version"), side=side
        )
        turn |= own & (Q(state=State.DRAFT) | Q(~Exists(signed), state=State.OFFERED))
    return visible_to(actor).filter(turn).order_by("begun_on", "pk")


def checks_visible_to(actor: Actor) -> QuerySet[SuitabilityCheck]:
    """Checks of one's own parties; the division sees all. The answers inside stay blind until both are in."""
    rows = (
        SuitabilityCheck.objects.select_related(*_WITH, "proposal")
        .prefetch_related("answers")
        .order_by("-begun_on", "-pk")
    )
    if reads_all(actor):
        return rows
    return rows.filter(Q(civic__in=actor.parties) | Q(city__in=actor.parties))


def checks_awaiting(actor: Actor) -> QuerySet[SuitabilityCheck]:
    """Checks that wait for this person: for their side's answers, or, when both are in, for the result."""
    sides = acting_parties(actor)
    handed_in = SuitabilityAnswer.objects.exclude(handed_in_at=None)
    turn = Q(pk__in=[])
    for side in Side.values:
        other = Side.CITY if side == Side.CIVIC else Side.CIVIC
        mine_in = Exists(handed_in.filter(check_of=OuterRef("pk"), side=side))
        other_in = Exists(handed_in.filter(check_of=OuterRef("pk"), side=other))
        turn |= Q(**{f"{side}__in": sides}) & (Q(~mine_in) | Q(other_in))
    visible = checks_visible_to(actor).prefetch_related(None)  # whose turn it is says nothing of the answers
    return visible.filter(turn, suited=None).order_by("begun_on", "pk")


def acting_parties(actor: Actor) -> list[int]:
    """Keys of the parties for which this person writes agreements."""
    return [seat.party for seat in actor.seats if grants(seat.role, Permission.AGREEMENT_WRITE)]


def parties_of(side: str, book: Rulebook) -> QuerySet[Party]:
    """The parties that can stand on that side, by the rulebook's kinds; the city hall itself and those that ended are out."""
    kinds = [kind.key for kind in book.party_kinds if kind.side == side]
    rows = Party.objects.filter(kind__in=kinds, ended_on=None).order_by("name")
    return rows.exclude(parent=None) if side == Side.CITY else rows


def adopted_proposals(actor: Actor) -> QuerySet[Proposal]:
    """Adopted proposals from which this person may begin: those of their own parties."""
    sides = acting_parties(actor)
    own = Q(lead__in=sides) | Q(department__in=sides)
    return (
        Proposal.objects.filter(own, state="adopted")
        .select_related("lead", "department", "rulebook")
        .order_by("-decided_on", "-pk")
    )


def suited_checks(actor: Actor) -> QuerySet[SuitabilityCheck]:
    """Checks of one's own that ended with a yes."""
    return checks_visible_to(actor).filter(suited=True)


def agreements_of(proposal: Proposal) -> QuerySet[Agreement]:
    """Agreements that came from this proposal."""
    return Agreement.objects.filter(proposal=proposal).select_related(*_WITH).order_by("pk")


def checks_of(proposal: Proposal) -> QuerySet[SuitabilityCheck]:
    """Checks that were made of this proposal."""
    return SuitabilityCheck.objects.filter(proposal=proposal).select_related("municipality").order_by("pk")


def versions_of(agreement: Agreement) -> list[AgreementVersion]:
    """All versions with their signatures, newest first."""
    return list(agreement.versions.prefetch_related("signatures").order_by("-number"))


def version_of(agreement: Agreement, number: int) -> AgreementVersion | None:
    """That version with its signatures, or None."""
    return agreement.versions.filter(number=number).prefetch_related("signatures").first()


def last_writing(agreement: Agreement) -> Event | None:
    """Who wrote the draft last."""
    return story_of(agreement).filter(verb="write").first()


def rows_of(agreements: Iterable[Agreement]) -> list[dict[str, object]]:
    """What a public list tells of each: the words of the version both signed last."""
    return [{"agreement": each, "version": each.signed_versions[-1]} for each in agreements]  # type: ignore[attr-defined]  # prefetched by public()
