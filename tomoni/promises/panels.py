"""What promises and recommendations show on the pages of plans."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from tomoni.parties.permissions import Permission
from tomoni.plans.models import Heading, Measure, Plan
from tomoni.promises import selectors
from tomoni.promises.selectors import sources
from tomoni.promises.selectors.lines import lines_of
from tomoni.promises.showing import chain, overview, shown, shown_advice
from tomoni.ui.panels import panel
from tomoni.ui.requests import Request


@panel("plan.more", "promises/_of_plan.html")
def of_plan(request: Request, plan: Plan) -> dict[str, Any] | None:
    """How the promises of each year stand, and how many recommendations wait."""
    held = overview(plan)
    return {"overview": held} if held.rows else None


@panel("measure.below", "promises/_chain.html")
def of_measure(request: Request, measure: Measure) -> dict[str, Any] | None:
    """The chain of a measure: promised, then done."""
    told = selectors.promises_of(measure.plan, measure=measure.pk)
    if not told:
        return None
    lines = lines_of(measure.plan, measure=measure.pk)
    return {"links": chain(shown(told, lines, measure.plan, request.actor)), "several": len(lines) > 1}


@panel("measure.aside", "promises/_advice.html")
def advice_of_measure(request: Request, measure: Measure) -> dict[str, Any] | None:
    """What committees asked of a measure; those who write for one find the way to do so."""
    about = measure.relisted_of_id or measure.pk
    return _advice(request, selectors.recommendations_of(measure.plan).filter(measure=about), f"measure:{about}")


@panel("plan-heading.more", "promises/_advice.html")
def advice_of_heading(request: Request, heading: Heading) -> dict[str, Any] | None:
    """What committees asked of all that stands under a heading."""
    held = selectors.recommendations_of(heading.plan).filter(heading=heading)
    return _advice(request, held, f"heading:{heading.pk}")


def _advice(request: Request, held: Any, about: str) -> dict[str, Any] | None:
    told = shown_advice(selectors.advice_of(each) for each in held)
    writes = request.actor.may(Permission.PLAN_ASSESS)
    if not (told or writes):
        return None
    unasked = sources.unasked(about, request.actor) if writes else []
    return {"advice": told, "about": about, "writes": writes, "assessments": unasked}


@panel("plan.ways", "ui/_way.html")
def way_to_promises(request: Request, plan: Plan) -> dict[str, Any]:
    """What was promised, and what was done."""
    return {"url": reverse("promises", args=[request.municipality.slug, plan.pk]), "label": _("約束と結果")}


@panel("plan.ways", "ui/_way.html")
def way_to_recommendations(request: Request, plan: Plan) -> dict[str, Any]:
    """What committees said, and what the city did with it."""
    return {
        "url": reverse("recommendations", args=[request.municipality.slug, plan.pk]),
        "label": _("委員会の意見と市の対応"),
    }
