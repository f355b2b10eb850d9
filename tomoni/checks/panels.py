"""What checks show on other pages: on a plan, the way to what does not fit, for those who may read it."""

from __future__ import annotations

from typing import Any

from tomoni.parties.permissions import Permission
from tomoni.plans.models import Plan
from tomoni.ui.panels import panel
from tomoni.ui.requests import Request


@panel("plan.more", "checks/_of_plan.html")
def of_plan(request: Request, plan: Plan) -> dict[str, Any] | None:
    """The way to the findings; nothing for the public."""
    return {"plan": plan} if request.actor.may(Permission.CHECK_READ) else None
