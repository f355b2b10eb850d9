"""Who may do what with a yearly request beyond the steps."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tomoni.kernel.decisions import YES, Decision, no
from tomoni.parties.actor import Actor
from tomoni.parties.models import Party
from tomoni.parties.permissions import Permission
from tomoni.plans.permissions import may_assess
from tomoni.reporting.models import Entry
from tomoni.reporting.workflow import State


def may_ask(actor: Actor) -> Decision:
    """Open a request, move its deadline, remind, and put a department in charge: the division."""
    if not actor.may(Permission.REPORT_CHECK):
        return no(_("照会を始めたり直したりできるのは、協働担当課だけです。"))
    return YES


def may_write(actor: Actor, entry: Entry) -> Decision:
    """Write down what a line reports: the department in charge, until it has handed it in."""
    if not entry.is_with(actor):
        return no(_("書けるのは、担当の課の人だけです。"))
    if entry.state != State.ASKED:
        return no(_("提出したものは書き直せません。直すときは、先に「提出を取りやめて直す」を押してください。"))
    return YES


def may_read(actor: Actor, entry: Entry) -> bool:
    """Read what is written: the department and the division at any time, other people at work once it is handed in."""
    if entry.is_with(actor) or actor.may(Permission.REPORT_CHECK):
        return True
    if actor.may(Permission.REPORT_WRITE):
        return entry.state != State.ASKED
    return actor.may(Permission.PLAN_ASSESS) and entry.state not in {State.ASKED, State.HANDED_IN, State.RELEASED}


def may_view(actor: Actor, committee: Party) -> Decision:
    """Write a committee's view before it is public: its members, and the division that takes notes for them."""
    return may_assess(actor, committee)
