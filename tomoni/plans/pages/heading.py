"""A policy as it is printed: its measures, and a table of how they stood in each year."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from tomoni.plans.matrix import blocks, counted, facts, legend, year_to_show
from tomoni.plans.models import Heading, Plan
from tomoni.plans.selectors.headings import heading_page
from tomoni.plans.words import long_year, short_year, words_of
from tomoni.tenants.scope import current


def heading_content(plan: Plan, heading: Heading) -> dict[str, Any]:
    """The context of plans/heading.html."""
    words = words_of(plan.rulebook.book)
    held = heading_page(plan, heading)
    year = year_to_show(held.tree)
    return {
        "plan": plan,
        "heading": heading,
        "held": held,
        "words": words,
        "legend": legend(held.tree, words),
        "facts": facts(held.tree, year, words) if year and held.tree.lines else [],
        "counts": [(long_year(y), counted(held.tree, y)) for y in held.tree.years] if held.tree.lines else [],
        "blocks": blocks(held.tree, words, held.tree.years),
        "columns": [{"short": short_year(y), "long": long_year(y)} for y in held.tree.years],
        "width": 3 + len(held.tree.years),
        "prefix": reverse("plan", args=[current().slug, plan.pk]),
        "assessments": [{"year": long_year(one.year), "said": one} for one in held.assessments],
    }
