"""The original sheet as it is printed: a page of rows, each cell with what became of it."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.urls import reverse

from tomoni.imports.models import Batch
from tomoni.plans.models import Plan
from tomoni.plans.selectors.redactions import blackened_in
from tomoni.plans.selectors.source import Stretch, measures_in, page_with, source_page, stretches
from tomoni.plans.words import words_of
from tomoni.tenants.scope import current


def source_content(plan: Plan, batch: Batch, *, at: str, number: str) -> dict[str, Any]:
    """The context of plans/source.html: the page that holds cell `at`, or the page of that number."""
    pages = stretches(batch)
    paginator: Paginator[Stretch] = Paginator(pages, 1)
    shown: Page[Stretch] = paginator.get_page(page_with(pages, at) if at else number)
    return {
        "plan": plan,
        "batch": batch,
        "words": words_of(plan.rulebook.book),
        "pages": shown,
        "sheet": source_page(batch, shown.object_list[0], measures_in(batch, plan), blackened_in(plan))
        if pages
        else None,
        "at": at,
        "prefix": reverse("plan", args=[current().slug, plan.pk]),
    }
