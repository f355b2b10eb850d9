"""Who may do what in a project room beyond the steps."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tomoni.kernel.decisions import YES, Decision, no
from tomoni.parties.actor import Actor
from tomoni.parties.permissions import Permission
from tomoni.projects.models import Change, Project, RoomFile
from tomoni.projects.workflow import State

OPEN = {State.PREPARING, State.RUNNING, State.REPORTED}


def may_open_for(actor: Actor, civic: int, city: int) -> Decision:
    """Begin a project: somebody of either side."""
    if not actor.may(Permission.PROJECT_WRITE) or not actor.parties & {civic, city}:
        return no(_("事業の部屋を開けるのは、取り組む双方の担当者だけです。"))
    return YES


def may_work(actor: Actor, project: Project) -> Decision:
    """Write in the room: somebody of either side, while the project is not over."""
    if not project.side_of(actor) or not actor.may(Permission.PROJECT_WRITE):
        return no(_("書けるのは、この事業に取り組む双方の担当者だけです。"))
    if project.state not in OPEN:
        return no(_("この事業は終わっています。記録は読めますが、書き足せません。"))
    return YES


def may_answer(actor: Actor, change: Change) -> Decision:
    """Answer a change: the other side, once."""
    if not (decision := may_work(actor, change.project)):
        return decision
    if change.project.side_of(actor) == change.proposed_by:
        return no(_("申し出た側は、相手の返事を待ちます。"))
    if change.agreed is not None:
        return no(_("この変更には、すでに返事があります。"))
    return YES


def may_show(actor: Actor, project: Project) -> Decision:
    """Say whether everybody sees a file: somebody of either side, at any time."""
    if not project.side_of(actor) or not actor.may(Permission.PROJECT_WRITE):
        return no(_("公開を決められるのは、この事業に取り組む双方の担当者だけです。"))
    return YES


def may_review(actor: Actor, project: Project) -> Decision:
    """Say whether to go on, and go on: somebody of either side, once the project has begun and was not stopped."""
    if not project.side_of(actor) or not actor.may(Permission.PROJECT_WRITE):
        return no(_("続けるかどうかを書けるのは、この事業に取り組む双方の担当者だけです。"))
    if project.state not in {State.RUNNING, State.REPORTED, State.FINISHED}:
        return no(_("続けるかどうかは、事業が始まってから書きます。"))
    return YES


def may_take_back(actor: Actor, kept: RoomFile) -> Decision:
    """Take a file out again: the side it came from, while the project is not over."""
    if not (decision := may_work(actor, kept.project)):
        return decision
    if kept.project.side_of(actor) != kept.side:
        return no(_("取り下げられるのは、その資料を置いた側だけです。"))
    return YES


def may_enter(actor: Actor, project: Project) -> bool:
    """See the room itself: the two sides and the division."""
    return bool(project.side_of(actor)) or actor.may(Permission.PROJECT_STOP)
