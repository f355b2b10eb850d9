"""What the board shows on the pages of the desk: what was posted because of an enquiry, and whom it brought together."""

from __future__ import annotations

from typing import Any

from tomoni.consultations.models import Consultation
from tomoni.consultations.workflow import State
from tomoni.matching import selectors
from tomoni.parties.permissions import Permission
from tomoni.ui.panels import panel
from tomoni.ui.requests import Request


@panel("consultation.aside", "matching/_of_consultation.html")
def of_consultation(request: Request, enquiry: Consultation) -> dict[str, Any] | None:
    """Listings and introductions that came of an enquiry, and for people who may the way to begin one from it."""
    may = request.actor.may
    shown = {
        "listings": list(selectors.posted_for(enquiry)),
        "introductions": list(selectors.led_to_by(enquiry, request.actor)),
        "may_post": may(Permission.LISTING_WRITE),
        "may_introduce": enquiry.state != State.CLOSED and may(Permission.INTRODUCTION_MAKE),
    }
    return shown if any(shown.values()) else None
