"""What papers show on a plan: the way to what was published, and for people at work to what is being prepared."""

from __future__ import annotations

from typing import Any

from tomoni.parties.permissions import Permission
from tomoni.plans.models import Plan
from tomoni.ui.panels import panel
from tomoni.ui.requests import Request


@panel("plan.more", "papers/_of_plan.html")
def on_plan(request: Request, plan: Plan) -> dict[str, Any]:
    """A link without a query: the page of a plan is opened most of all."""
    return {"plan": plan, "is_preparing": request.actor.may(Permission.PAPER_READ)}
