"""Who publishes papers, decides about names and withdraws versions. Published versions are open to all."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tomoni.kernel.decisions import YES, Decision, no
from tomoni.parties.actor import Actor
from tomoni.parties.permissions import Permission


def may_publish(actor: Actor) -> Decision:
    """The division; so do the program's own commands, which have a name but no person."""
    if (actor.user is None and actor.name) or actor.may(Permission.PAPER_PUBLISH):
        return YES
    return no(_("資料を公表したり取り下げたりできるのは、協働担当課だけです。"))
