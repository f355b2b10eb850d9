"""What committees show on the pages of other apps."""

from __future__ import annotations

from typing import Any

from tomoni.committees import selectors
from tomoni.kernel.clock import today
from tomoni.parties.models import Party
from tomoni.tenants.models import Municipality
from tomoni.ui.panels import panel
from tomoni.ui.requests import Request


@panel("organisation.aside", "committees/_of_party.html")
def on_party(_request: Request, party: Party) -> dict[str, Any] | None:
    """Who sits there now, on the page of a party that is a committee."""
    committee = selectors.public().filter(party=party).first()
    if committee is None:
        return None
    return {"committee": committee, "seats": selectors.members_of(party, today())}


@panel("organisations.more", "committees/_door.html")
def on_directory(_request: Request, _municipality: Municipality) -> dict[str, Any]:
    """The way from the directory to the committees."""
    return {}
