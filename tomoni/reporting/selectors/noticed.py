"""What the checks notice in a report before it is in the plan: in one while it is written, or in all a committee reads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tomoni.checks.models import CheckAnswer
from tomoni.checks.selectors.findings import Told, findings_for
from tomoni.checks.selectors.lines import lines_of, with_draft
from tomoni.plans.checking.check import Finding
from tomoni.plans.checking.facts import Value
from tomoni.plans.checking.run import findings_in
from tomoni.reporting.models import Entry, EntryFigure, YearRequest


def noticed_in(entry: Entry) -> list[Told]:
    """What the checks notice in this report, as it is written now."""
    figures = list(entry.figures.select_related("indicator").order_by("indicator_id"))
    return findings_for(entry.line, entry.year_request.year, draft_of(entry, figures))


def draft_of(entry: Entry, figures: Iterable[EntryFigure]) -> dict[str, Any]:
    """A report as the checks take it."""
    year = entry.year_request.year
    told = [
        Value(year, each.indicator.label, float(each.value), each.indicator.unit)
        for each in figures
        if each.value is not None
    ]
    texts = {name: getattr(entry, name) for name in ("status", "issues", "next_action", "remarks")}
    return {**texts, "results": entry.results_told, **({"figures": told} if told else {})}


def noticed_of(year_request: YearRequest, entries: Iterable[Entry]) -> dict[int, list[Finding]]:
    """By entry, what nobody has answered yet. A fixed number of queries, however many lines."""
    held = list(entries)
    facts = {each.pk: each.facts for each in lines_of(year_request.plan)}
    figures: dict[int, list[EntryFigure]] = {}
    asked = EntryFigure.objects.filter(entry__in=[each.pk for each in held]).select_related("indicator")
    for one in asked:
        figures.setdefault(one.entry_id, []).append(one)
    answered = {
        (each.line_id, each.rule, each.field, each.fingerprint)
        for each in CheckAnswer.objects.filter(line__in=[each.line_id for each in held])
    }
    year, found = year_request.year, {}
    for entry in held:
        line = with_draft(facts[entry.line_id], year, draft_of(entry, figures.get(entry.pk, ())))
        found[entry.pk] = [
            each
            for each in findings_in(line)
            if each.year in {0, year} and (entry.line_id, each.rule, each.field, each.fingerprint) not in answered
        ]
    return found
