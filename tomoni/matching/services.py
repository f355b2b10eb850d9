"""Verbs of the board: post, mend, take down, introduce, accept, decline, say how it went."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tomoni.cases import services as cases
from tomoni.cases.notices import tell_new_holder
from tomoni.consultations.models import Consultation
from tomoni.history.selectors import story_of
from tomoni.history.services import record
from tomoni.kernel.decisions import NotAllowed
from tomoni.kernel.rules import broken
from tomoni.matching import permissions, rules
from tomoni.matching.models import Introduction, Kind, Listing
from tomoni.matching.selectors import SEARCH_KIND
from tomoni.parties.actor import Actor
from tomoni.search.services import forget, index


@transaction.atomic
def post(listing: Listing, *, at: datetime, by: Actor) -> Listing:
    """Put an offer, a wish or an issue on the board for everybody to find; an existing one is mended.

    RulesBroken when it came of an enquiry and still tells who asked.
    """
    is_new = listing.pk is None
    permissions.may_edit(by, listing).enforce()
    if findings := broken([rules.asker_is_not_told], listing.facts()):
        raise cases.RulesBroken(findings)
    if is_new:
        listing.posted_on = at.date()
    listing.touched_at = at
    listing.save()
    record("post" if is_new else "write", listing, by=by, is_public=True)
    if is_new and listing.consultation is not None:
        record("post_listing", listing.consultation, by=by, note=listing.title)
    text = f"{listing.text}\n{listing.party.name}\n{listing.area}"
    index(listing, kind=SEARCH_KIND, title=listing.title, text=text, url=listing.get_absolute_url())
    return listing


@transaction.atomic
def take_down(listing: Listing, *, at: datetime, by: Actor) -> Listing:
    """Take it off the board. What came of it stays readable."""
    permissions.may_edit(by, listing).enforce()
    listing.withdrawn_on, listing.touched_at = at.date(), at
    listing.save(update_fields=["withdrawn_on", "touched_at"])
    record("take_down", listing, by=by, is_public=True)
    forget(listing)
    return listing


@transaction.atomic
def introduce(
    seeking: Listing, giving: Listing, *, reason: str, at: datetime, by: Actor, consultation: Consultation | None = None
) -> Introduction:
    """Bring the parties of two listings together. Whoever introduces themselves has accepted by doing so.

    NotAllowed for others than coordinators and the two, for one party with itself, for listings that are over or that
    are no pair, and when the two are already being introduced over these listings.
    """
    permissions.may_introduce(by, seeking.party, giving.party).enforce()
    _hold_pair(seeking, giving, at.date())
    new = Introduction(
        one=seeking.party,
        other=giving.party,
        wish=seeking,
        offer=giving,
        reason=reason,
        consultation=consultation or seeking.consultation or giving.consultation,
    )
    side = new.side_of(by)
    if side:
        setattr(new, f"accepted_by_{side}_at", at)
    begun = cases.begin(new, on=at.date(), by=by)
    tell_new_holder(begun, story_of(begun)[0], by=by)
    return begun


def _hold_pair(seeking: Listing, giving: Listing, on: date) -> None:
    if seeking.kind == Kind.OFFER or giving.kind != Kind.OFFER:
        raise NotAllowed(_("求めるものと、提供するものを1つずつ選んでください。"))
    if seeking.party_id == giving.party_id:
        raise NotAllowed(_("同じ主体どうしは紹介できません。"))
    if not (seeking.is_open(on) and giving.is_open(on)):
        raise NotAllowed(_("終わった掲示があります。掲示板を開き直してください。"))
    held = Introduction.objects.filter(wish=seeking, offer=giving).exclude(state="declined")
    if held.exists():
        raise NotAllowed(_("この2つは、すでに紹介しています。"))


@transaction.atomic
def accept(introduction: Introduction, *, at: datetime, by: Actor) -> Introduction:
    """Say yes for one's own side; with the second yes the two are brought together."""
    held = Introduction.objects.select_for_update().get(pk=introduction.pk)
    if held.workflow.step("confirm", held.state) is None:
        raise NotAllowed(_("この紹介は、すでに先に進んでいます。画面を開き直してください。"))
    permissions.may_accept(by, held).enforce()
    column = f"accepted_by_{held.side_of(by)}_at"
    setattr(held, column, at)
    held.save(update_fields=[column])
    record("accept", held, by=by)
    if held.accepted_by_one_at and held.accepted_by_other_at:
        return cases.take("confirm", held, by=by)
    return held


def decline(introduction: Introduction, *, reason: str, by: Actor) -> Introduction:
    """Say no for one's own side, with the reason."""
    return cases.take("decline", introduction, by=by, note=reason)


def record_outcome(introduction: Introduction, *, outcome: str, by: Actor) -> Introduction:
    """Write down how it went; RulesBroken when nothing is written."""
    return cases.take("record_outcome", introduction, by=by, change={"outcome": outcome})
