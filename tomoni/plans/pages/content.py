"""All that is handed out as open data, under the filter of the page."""

from __future__ import annotations

from tomoni.plans.exports import Content
from tomoni.plans.filters import Filter
from tomoni.plans.matrix import filtered
from tomoni.plans.models import Plan
from tomoni.plans.selectors.records import about, records_of
from tomoni.plans.selectors.redactions import blackened_in
from tomoni.plans.selectors.tree import tree_of
from tomoni.plans.words import words_of
from tomoni.tenants.scope import current


def whole_content(plan: Plan, asked: Filter) -> Content:
    """The lines a filter leaves, with everything said about them. Ten queries, whatever the size."""
    blackened = blackened_in(plan)
    return Content(
        city=current(),
        plan=plan,
        tree=filtered(tree_of(plan, words=asked.words), asked),
        records=records_of(plan, blackened=blackened),
        about=about(plan, blackened=blackened),
        years=(asked.year,) if asked.year else tuple(plan.years),
        words=words_of(plan.rulebook.book),
    )
