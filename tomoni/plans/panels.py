"""What plans show on other pages: the newest plan on the city's home, measures on projects, projects on measures."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from tomoni.plans import permissions
from tomoni.plans.models import Measure, Plan
from tomoni.plans.pages.overview import in_short
from tomoni.plans.selectors import links
from tomoni.plans.selectors.plans import NoPlan, current_plan
from tomoni.projects.models import Project
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


@panel("measure.aside", "plans/_projects.html")
def projects(request: Request, measure: Measure) -> dict[str, Any] | None:
    """Public projects that serve the measure; nothing where there is none."""
    found = list(links.projects_of(measure))
    return {"projects": found} if found else None


@panel("project.aside", "plans/_measures.html")
def measures(request: Request, project: Project) -> dict[str, Any] | None:
    """The measures a project serves, and for people of the city the way to link one."""
    served = links.measures_of(project)
    may_link = permissions.may_link(request.actor)
    return {"measures": served, "may_link": may_link} if served or may_link else None


@panel("plan.ways", "ui/_way.html")
def way(request: Request, plan: Plan) -> dict[str, Any]:
    """The numbers a plan follows."""
    return {"url": reverse("indicators", args=[request.municipality.slug, plan.pk]), "label": _("指標")}
