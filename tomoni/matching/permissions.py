"""Who may do what on the board beyond the steps of an introduction."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tomoni.kernel.decisions import YES, Decision, no
from tomoni.matching.models import Introduction, Listing
from tomoni.parties.actor import Actor
from tomoni.parties.models import Party
from tomoni.parties.permissions import Permission


def may_post_for(actor: Actor, party: Party) -> Decision:
    """Post, mend or take down what this party offers or seeks."""
    if not actor.may(Permission.LISTING_WRITE, party):
        return no(_("この掲示を書けるのは、載せた主体の担当者だけです。"))
    return YES


def may_introduce(actor: Actor, one: Party, other: Party) -> Decision:
    """Bring two parties together: a coordinator, or one of the two themselves."""
    own = any(actor.may(Permission.LISTING_WRITE, party) for party in (one, other))
    if not actor.may(Permission.INTRODUCTION_MAKE) and not own:
        return no(_("紹介できるのは、コーディネーターと、当事者の担当者だけです。"))
    return YES


def may_accept(actor: Actor, introduction: Introduction) -> Decision:
    """Say yes for one's own side, once."""
    side = introduction.side_of(actor)
    if not side or not actor.may(Permission.INTRODUCTION_ANSWER, getattr(introduction, side)):
        return no(_("答えられるのは、紹介された双方の担当者だけです。"))
    if introduction.has_accepted(side):
        return no(_("すでに承諾しています。相手の返事を待っています。"))
    return YES


def may_edit(actor: Actor, listing: Listing) -> Decision:
    """Mend what stands on the board."""
    if listing.withdrawn_on:
        return no(_("取り下げた掲示は直せません。新しく載せてください。"))
    return may_post_for(actor, listing.party)
