"""What proposals show on the pages of the board: an issue can become a call, an introduction a proposal."""

from __future__ import annotations

from typing import Any

from tomoni.kernel.clock import today
from tomoni.matching.models import Introduction, Kind, Listing
from tomoni.matching.workflow import State as Met
from tomoni.parties.permissions import Permission
from tomoni.proposals import selectors
from tomoni.ui.panels import panel
from tomoni.ui.requests import Request


@panel("listing.aside", "proposals/_listing.html")
def of_an_issue(request: Request, listing: Listing) -> dict[str, Any] | None:
    """The rounds opened about this issue, and for the division the way to open one; nothing beside offers and wishes."""
    if listing.kind != Kind.ISSUE:
        return None
    rounds = list(selectors.rounds_for(listing))
    may_open = request.actor.may(Permission.PROGRAMME_WRITE) and listing.is_open(today())
    return {"rounds": rounds, "may_open": may_open} if rounds or may_open else None


@panel("introduction.aside", "proposals/_of_introduction.html")
def of_an_introduction(request: Request, introduction: Introduction) -> dict[str, Any] | None:
    """The proposals that came of two who met, and for their groups the way to begin one."""
    made = list(selectors.visible_to(request.actor).filter(introduction=introduction))
    met = introduction.state in {Met.ACCEPTED, Met.CONCLUDED}
    begins = met and any(
        request.actor.may(Permission.PROPOSAL_WRITE, party) for party in (introduction.one, introduction.other)
    )
    return {"proposals": made, "begins": begins} if made or begins else None
