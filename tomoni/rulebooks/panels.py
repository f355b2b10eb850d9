"""What rulebooks show on the pages of other apps."""

from __future__ import annotations

from typing import Any

from tomoni.kernel.clock import today
from tomoni.rulebooks import parts, selectors
from tomoni.tenants.models import Municipality
from tomoni.ui.panels import panel
from tomoni.ui.requests import Request


@panel("home.more", "rulebooks/_home.html")
def on_home(_request: Request, municipality: Municipality) -> dict[str, Any] | None:
    """What this city means by working together, in its own words and numbers; nothing without a rulebook."""
    try:
        book = selectors.book_of(municipality, today())
    except selectors.NoRulebook:
        return None
    own = parts.own(book.principles)
    return {"book": book, "doors": parts.doors(book), "principles": parts.things(len(own)) if own else ""}
