"""Who may write in a plan, write down a committee's view of it, and link projects to it. Reading is open to all."""

from __future__ import annotations

from collections.abc import Collection

from tomoni.imports.models import Batch
from tomoni.kernel.decisions import YES, Decision, no
from tomoni.parties.actor import Actor
from tomoni.parties.models import Party
from tomoni.parties.permissions import Permission, grants


def may_write(actor: Actor) -> Decision:
    """The division in charge writes plans; so do the program's own commands, which have a name but no person."""
    if _is_program(actor) or actor.may(Permission.PLAN_WRITE):
        return YES
    return no("行動計画を書き直せるのは、協働担当課だけです。")


def may_assess(actor: Actor, committee: Party) -> Decision:
    """Members write their own committee's view; the division writes it down for any committee."""
    if _is_program(actor) or actor.may(Permission.PLAN_WRITE):
        return YES
    if actor.may(Permission.PLAN_ASSESS, committee):
        return YES
    return no("評価を書けるのは、その委員会の委員と協働担当課だけです。")


def may_link(actor: Actor) -> Decision:
    """People of the city, in the departments and in the division, say which measure a project serves."""
    if _is_program(actor) or actor.may(Permission.PROJECT_LINK):
        return YES
    return no("事業と施策をつなげるのは、市の各課と協働担当課だけです。")


def may_follow(actor: Actor, leads: Collection[int]) -> Decision:
    """The departments that lead the measure (their keys) and the division say which of its figures are followed."""
    own = any(seat.party in leads and grants(seat.role, Permission.INDICATOR_WRITE) for seat in actor.seats)
    if _is_program(actor) or own or actor.may(Permission.PLAN_WRITE):
        return YES
    return no("数値と指標を直せるのは、担当課と協働担当課だけです。")


def may_see_source(actor: Actor, batch: Batch) -> Decision:
    """The file a plan came from is public while what it says is in force; before, only for those who review it."""
    if batch.stage == "committed" or actor.may(Permission.IMPORT_READ):
        return YES
    return no("この表は、まだ公開されていません。")


def _is_program(actor: Actor) -> bool:
    return actor.user is None and bool(actor.name)
