"""Who decides what became of a promise, who writes down a recommendation, and who answers it. Reading is open to all."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _

from tomoni.kernel.decisions import YES, Decision, no
from tomoni.parties.actor import Actor
from tomoni.parties.models import Party
from tomoni.parties.permissions import Permission, grants
from tomoni.plans.permissions import may_assess


def may_judge(actor: Actor, leads: Collection[int]) -> Decision:
    """The officers of a department that leads the line, and the division. `leads` are the keys of those departments."""
    if _is_program(actor) or actor.may(Permission.PLAN_WRITE) or _sits(actor, leads, Permission.PROMISE_JUDGE):
        return YES
    return no(_("約束の結果を判断できるのは、担当課と協働担当課だけです。"))


def may_recommend(actor: Actor, committee: Party) -> Decision:
    """Members for their own committee; the division writes it down for any."""
    if may_assess(actor, committee):
        return YES
    return no(_("意見を書けるのは、その委員会の委員と協働担当課だけです。"))


def may_answer(actor: Actor, leads: Collection[int]) -> Decision:
    """The departments that lead the measure, and the division; on a heading or the whole plan, the division."""
    if _is_program(actor) or actor.may(Permission.PLAN_WRITE) or _sits(actor, leads, Permission.RECOMMENDATION_ANSWER):
        return YES
    return no(_("意見への対応を書けるのは、担当課と協働担当課だけです。"))


def _sits(actor: Actor, parties: Collection[int], permission: Permission) -> bool:
    return any(seat.party in parties and grants(seat.role, permission) for seat in actor.seats)


def _is_program(actor: Actor) -> bool:
    return actor.user is None and bool(actor.name)
