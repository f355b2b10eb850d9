"""What papers show on other pages: on a plan the way to what was published, on a yearly request to what is prepared."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from tomoni.parties.permissions import Permission
from tomoni.plans.models import Plan
from tomoni.reporting.models import YearRequest
from tomoni.ui.panels import panel
from tomoni.ui.requests import Request


@panel("plan.ways", "ui/_way.html")
def way(request: Request, plan: Plan) -> dict[str, Any]:
    """The sheet, the evaluation table and the summary. Without a query: the page of a plan is opened most of all."""
    return {"url": reverse("papers", args=[request.municipality.slug, plan.pk]), "label": _("資料（シート・まとめ）")}


@panel("year-request.ways", "ui/_way.html")
def way_to_names(request: Request, asked: YearRequest) -> dict[str, Any] | None:
    """For those who publish: the names and contacts to decide about before the year is public."""
    if not request.actor.may(Permission.PAPER_PUBLISH):
        return None
    return {"url": _address(request, "paper-names", asked), "label": _("名前や連絡先の確認")}


@panel("year-request.ways", "ui/_way.html")
def way_to_draft(request: Request, asked: YearRequest) -> dict[str, Any] | None:
    """The papers as they would be today, for the division and the committee."""
    if not request.actor.may(Permission.PAPER_READ):
        return None
    return {"url": _address(request, "paper-draft", asked), "label": _("委員会に出す資料の案")}


def _address(request: Request, name: str, asked: YearRequest) -> str:
    return reverse(name, args=[request.municipality.slug, asked.plan_id, asked.year])
