"""Who may write down committees: the division that keeps their records."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tomoni.kernel.decisions import YES, Decision, no
from tomoni.parties.actor import Actor
from tomoni.parties.permissions import Permission


def may_write(actor: Actor) -> Decision:
    """The division in charge, and the program's own commands."""
    if actor.may(Permission.COMMITTEE_WRITE) or (actor.user is None and actor.name):
        return YES
    return no(_("会議の記録を書けるのは、協働担当課だけです。"))
