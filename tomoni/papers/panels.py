"""What papers show on a plan: the way to what was published, and for people at work to what is being prepared."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from tomoni.plans.models import Plan
from tomoni.ui.panels import panel
from tomoni.ui.requests import Request


@panel("plan.ways", "ui/_way.html")
def way(request: Request, plan: Plan) -> dict[str, Any]:
    """The sheet, the evaluation table and the summary. Without a query: the page of a plan is opened most of all."""
    return {"url": reverse("papers", args=[request.municipality.slug, plan.pk]), "label": _("資料（シート・まとめ）")}
