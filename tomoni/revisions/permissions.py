"""Who may prepare a revision, change departments, and say which measure serves the overall plan. All may read."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tomoni.kernel.decisions import YES, Decision, no
from tomoni.parties.actor import Actor
from tomoni.parties.permissions import Permission
from tomoni.revisions.models import Revision
from tomoni.revisions.workflow import State


def _is_program(actor: Actor) -> bool:
    return actor.user is None and bool(actor.name)


def may_begin(actor: Actor) -> Decision:
    """The division prepares revisions."""
    if _is_program(actor) or actor.may(Permission.REVISION_WRITE):
        return YES
    return no(_("計画の改訂を準備できるのは、協働担当課だけです。"))


def may_write(actor: Actor, revision: Revision) -> Decision:
    """A revision is written while it is a draft; what has been decided stays as it was decided."""
    if not (decision := may_begin(actor)):
        return decision
    if revision.state != State.DRAFT:
        return no(_("決定した改訂は書き直せません。案に戻してから書き直してください。"))
    return YES


def may_change_departments(actor: Actor) -> Decision:
    """The division writes down what became of departments."""
    if _is_program(actor) or actor.may(Permission.DEPARTMENT_CHANGE):
        return YES
    return no(_("組織の移り変わりを記録できるのは、協働担当課だけです。"))


def may_write_overall(actor: Actor) -> Decision:
    """The division brings the list of the overall plan in."""
    if _is_program(actor) or actor.may(Permission.OVERALL_WRITE):
        return YES
    return no(_("総合計画の一覧を取り込めるのは、協働担当課だけです。"))


def may_link_overall(actor: Actor) -> Decision:
    """People of the city say which entry of the overall plan a measure serves."""
    if _is_program(actor) or actor.may(Permission.OVERALL_LINK):
        return YES
    return no(_("総合計画とのつながりを書けるのは、市の各課と協働担当課だけです。"))
