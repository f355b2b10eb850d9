"""What agreements show on the pages of earlier rooms."""

from __future__ import annotations

from typing import Any

from tomoni.agreements import selectors
from tomoni.parties.permissions import Permission
from tomoni.proposals.models import Proposal
from tomoni.ui.panels import panel
from tomoni.ui.requests import Request


@panel("proposal.aside", "agreements/_of_proposal.html")
def of_proposal(request: Request, proposal: Proposal) -> dict[str, Any] | None:
    """What came of an adopted proposal, and for its two sides the way to the next stage."""
    if proposal.state != "adopted":
        return None
    seen = selectors.visible_to(request.actor)
    own = [party for party in (proposal.lead, proposal.department) if party is not None]
    begins = any(request.actor.may(Permission.AGREEMENT_WRITE, party) for party in own)
    agreements = list(selectors.agreements_of(proposal).filter(pk__in=seen.values("pk")))
    public = selectors.public().filter(proposal=proposal).exclude(pk__in=[each.pk for each in agreements])
    checks = selectors.checks_of(proposal).filter(pk__in=selectors.checks_visible_to(request.actor).values("pk"))
    told = {"agreements": [*agreements, *public], "checks": checks, "begins": begins}
    return told if begins or told["agreements"] or checks else None
