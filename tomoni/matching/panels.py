"""What the board shows on the pages of earlier rooms: what was posted because of an enquiry, and the way to post it."""

from __future__ import annotations

from typing import Any

from tomoni.consultations.models import Consultation
from tomoni.matching import selectors
from tomoni.parties.permissions import Permission
from tomoni.ui.panels import panel
from tomoni.ui.requests import Request


@panel("consultation.aside", "matching/_of_consultation.html")
def of_consultation(request: Request, enquiry: Consultation) -> dict[str, Any] | None:
    """Listings that came of an enquiry, and for people who may post the way to begin one from it."""
    listings = list(selectors.posted_for(enquiry))
    may_post = request.actor.may(Permission.LISTING_WRITE)
    return {"listings": listings, "may_post": may_post} if listings or may_post else None
