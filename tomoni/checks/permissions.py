"""Who reads what the checks found, and who answers. Findings are never public."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from tomoni.kernel.decisions import YES, Decision, no
from tomoni.parties.actor import Actor, Seat
from tomoni.parties.permissions import Permission, grants


def reads_all(actor: Actor) -> bool:
    """The division and the committees read those of every department; officers those of their own."""
    return actor.may(Permission.PLAN_WRITE) or actor.may(Permission.PLAN_ASSESS)


def may_answer(actor: Actor, leads: Iterable[int]) -> Decision:
    """Officers of the departments in charge (their primary keys), the division, and the program's own commands."""
    if (actor.user is None and bool(actor.name)) or actor.may(Permission.PLAN_WRITE):
        return YES
    if seat_among(actor, leads) is not None:
        return YES
    return no(_("答えを書けるのは、その施策の担当課と協働担当課だけです。"))


def seat_among(actor: Actor, leads: Iterable[int]) -> int | None:
    """The first of these departments the person answers for."""
    return next((pk for pk in leads if any(_answers_for(seat, pk) for seat in actor.seats)), None)


def _answers_for(seat: Seat, party: int) -> bool:
    return seat.party == party and grants(seat.role, Permission.CHECK_ANSWER)
