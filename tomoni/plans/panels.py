"""What plans show on other pages: the newest plan in short on the city's home."""

from __future__ import annotations

from typing import Any

from tomoni.plans.pages.overview import in_short
from tomoni.plans.selectors.plans import NoPlan, current_plan
from tomoni.tenants.models import Municipality
from tomoni.ui.panels import panel
from tomoni.ui.requests import Request


@panel("home.main", "plans/_home.html")
def home(request: Request, city: Municipality) -> dict[str, Any] | None:
    """The newest plan's figures; nothing where the city has none."""
    try:
        return {"plan": in_short(current_plan(request.actor))}
    except NoPlan:
        return None
