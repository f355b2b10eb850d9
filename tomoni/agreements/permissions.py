"""Who may read, write and sign what in this room, beyond what the steps declare."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tomoni.agreements.models import Agreement, Side, SuitabilityCheck
from tomoni.agreements.workflow import State
from tomoni.kernel.decisions import YES, Decision, no
from tomoni.parties.actor import Actor
from tomoni.parties.models import Party
from tomoni.parties.permissions import Permission, Role

TwoSided = Agreement | SuitabilityCheck


def reads_all(actor: Actor) -> bool:
    """The division in charge reads every draft."""
    return actor.holds(Role.DIVISION)


def sides_of(actor: Actor, held: TwoSided, permission: Permission = Permission.AGREEMENT_WRITE) -> tuple[str, ...]:
    """The sides this person may act for."""
    return tuple(side for side in Side.values if actor.may(permission, held.side_party(side)))


def reader_side(actor: Actor, held: TwoSided) -> str:
    """The side whose points to watch this person reads; "" for the division, which reads both."""
    return next((side for side in Side.values if actor.sits_in(held.side_party(side))), "")


def may_begin(actor: Actor, civic: Party, city: Party) -> Decision:
    """Begin a check or an agreement: somebody of one of the two sides."""
    if any(actor.may(Permission.AGREEMENT_WRITE, party) for party in (civic, city)):
        return YES
    return no(_("はじめられるのは、双方のどちらかの担当者だけです。"))


def may_write(actor: Actor, agreement: Agreement) -> Decision:
    """Write the draft: either side, while it is a draft."""
    if not sides_of(actor, agreement):
        return no(_("案を書けるのは、双方の担当者だけです。"))
    if agreement.state != State.DRAFT:
        return no(_("署名を求めている版と、締結した協定は書き直せません。先に案に戻してください。"))
    return YES


def may_sign(actor: Actor, agreement: Agreement, side: str) -> Decision:
    """Sign the present version for that side, once."""
    if side not in sides_of(actor, agreement, Permission.AGREEMENT_SIGN):
        return no(_("署名できるのは、双方の担当者だけです。"))
    if agreement.state != State.OFFERED:
        return no(_("いまは署名の段階ではありません。画面を開き直してください。"))
    if side in agreement.signed_sides():
        return no(_("この側は、すでに署名しています。"))
    return YES


def may_answer(actor: Actor, check: SuitabilityCheck, side: str) -> Decision:
    """Answer for that side, until its answers are handed in."""
    if side not in sides_of(actor, check):
        return no(_("答えられるのは、双方の担当者だけです。それぞれ自分の側について答えます。"))
    if any(row.side == side and row.handed_in_at for row in check.answers.all()):
        return no(_("出した答えは書き直せません。"))
    return YES


def both_are_in(check: SuitabilityCheck) -> bool:
    """Have both sides handed in? Until then nobody sees the other's answers."""
    return len({row.side for row in check.answers.all() if row.handed_in_at}) == len(Side.values)


def may_decide(actor: Actor, check: SuitabilityCheck) -> Decision:
    """Write down what both decided: either side, once both have answered, once."""
    if not sides_of(actor, check):
        return no(_("結果を書けるのは、双方の担当者だけです。"))
    if check.is_decided:
        return no(_("結果は、すでに書いてあります。書き直せません。"))
    if not both_are_in(check):
        return no(_("双方の答えがそろってから、話し合って結果を書きます。"))
    return YES
