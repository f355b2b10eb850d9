"""What checks show on other pages: on a plan, the way to what does not fit, for those who may read it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from tomoni.parties.permissions import Permission
from tomoni.plans.models import Plan
from tomoni.ui.panels import panel
from tomoni.ui.requests import Request


@panel("plan.ways", "ui/_way.html")
def way(request: Request, plan: Plan) -> dict[str, Any] | None:
    """The way to the findings; nothing for the public."""
    if not request.actor.may(Permission.CHECK_READ):
        return None
    return {"url": reverse("plan-checks", args=[request.municipality.slug, plan.pk]), "label": _("記入の点検")}
