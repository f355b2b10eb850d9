"""A plan up to a year as the data of its papers: one reading for the sheet, the evaluation table and the summary."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from tomoni.papers.content import FORMAT, TEXTS, Content
from tomoni.plans.models import Assessment, Indicator, Plan
from tomoni.plans.redacting import Blackened
from tomoni.plans.selectors.records import About, Record, about, missing, records_of
from tomoni.plans.selectors.story import assessments_of
from tomoni.plans.selectors.tree import HeadingRow, LineRow, MeasureRow, Tree, tree_of
from tomoni.plans.words import NO_RECORD, words_of
from tomoni.promises.models import Verdict
from tomoni.promises.selectors import counts_of, promises_of
from tomoni.rulebooks.schema import Rulebook
from tomoni.tenants.scope import current

NOTHING = Blackened()  # the inner data; selectors.names.published_form takes away what is blackened


def content_of(plan: Plan, year: int) -> Content:
    """Everything the papers of that year say, with the years before beside it. A fixed number of queries."""
    years = [each for each in sorted({*plan.years, year}) if each <= year]
    tree, records, said = tree_of(plan), records_of(plan, blackened=NOTHING), about(plan, blackened=NOTHING)
    ratings: dict[str, str] = {level.key: level.label for level in plan.rulebook.book.scale}
    opinions = _opinions(plan, years, ratings)
    return {
        "format": FORMAT,
        "city": current().name,
        "plan": {
            "id": plan.pk,
            "title": plan.title,
            "summary": plan.summary,
            "first_year": plan.first_year,
            "last_year": plan.last_year,
        },
        "year": year,
        "years": years,
        "words": _words(plan.rulebook.book),
        "headings": [_heading(each, opinions) for each in tree.headings],
        "measures": [
            _measure(each, said[each.pk], records, years) | opinions["measure", each.pk] for each in _in_order(tree)
        ],
        "indicators": _indicators(plan),
        "promises": _promises(plan, year),
    }


def _in_order(tree: Tree) -> list[MeasureRow]:
    """The measures as they are printed: under their headings; one listed again comes where its heading stands."""
    order = {heading.pk: place for place, heading in enumerate(tree.headings)}
    return sorted(tree.measures, key=lambda measure: order.get(measure.heading or 0, -1))


def _words(book: Rulebook) -> dict[str, Any]:
    words, layout = words_of(book), book.plan_layout
    assessors = {each.role: each.label for each in layout.assessors}
    return {
        "measure": words.measure,
        "priority": words.priority,
        "relisted": words.relisted,
        "fields": words.fields,
        "short": words.short,
        "full": words.full,
        "indicators": layout.indicators or "参考指標",
        "implementer": assessors.get("implementer") or words.fields["leads"],
        "committee": assessors.get("committee") or book.terms.committee,
        "columns": [[column.column, column.label] for column in layout.columns],
    }


def _heading(row: HeadingRow, opinions: dict[tuple[str, int], Content]) -> Content:
    told = {"id": row.pk, "parent": row.parent, "level": row.level, "depth": row.depth}
    return told | {"number": row.number, "title": row.title} | opinions["heading", row.pk]


def _measure(row: MeasureRow, said: About, records: dict[int, dict[int, Record]], years: list[int]) -> Content:
    return {
        "id": row.pk,
        "heading": row.heading,
        "number": row.number,
        "title": row.title,
        "is_priority": row.is_priority,
        "relisted_of": row.relisted_of,
        "original": row.original,
        "description": said.description,
        "schedule": {str(year): text for year, text in said.schedule.items()},
        "figures": [
            {"year": one.year, "label": one.label, "value": one.value, "unit": one.unit}
            for one in said.figures
            if one.year in years
        ],
        "lines": [_line(line, records.get(line.pk, {}), years) for line in row.lines],
    }


def _line(row: LineRow, held: dict[int, Record], years: list[int]) -> Content:
    return {
        "id": row.pk,
        "leads": [each.name for each in row.departments if each.is_lead],
        "related": [each.name for each in row.departments if not each.is_lead],
        "years": {str(year): _year(held.get(year) or missing(year), row.states.get(year, NO_RECORD)) for year in years},
    }


def _year(record: Record, state: str) -> Content:
    return {
        "state": state,
        "status_text": record.status_text,
        **{name: record.text(name) for name in TEXTS},
    }


def _opinions(plan: Plan, years: list[int], ratings: dict[str, str]) -> defaultdict[tuple[str, int], Content]:
    """What committees said, by measure and by heading, oldest year first."""
    found: defaultdict[tuple[str, int], Content] = defaultdict(lambda: {"assessments": []})
    one: Assessment
    for one in reversed(list(assessments_of(plan).filter(year__in=years))):
        key = ("measure", one.measure_id) if one.measure_id else ("heading", one.heading_id or 0)
        found[key]["assessments"].append(
            {
                "year": one.year,
                "committee_id": one.committee_id,
                "committee": one.committee.name,
                "rating": ratings.get(one.rating, one.rating),
                "opinion": one.opinion,
            }
        )
    return found


def _indicators(plan: Plan) -> list[Content]:
    rows = Indicator.objects.filter(measure__plan=plan).order_by("measure__position", "pk")
    return [
        {
            "measure": one.measure_id,
            "label": one.label,
            "unit": one.unit,
            "target": float(one.target) if one.target is not None else None,
            "target_year": one.target_year,
        }
        for one in rows
    ]


def _promises(plan: Plan, year: int) -> Content | None:
    """How the promises of the year before stand; None where none was made or nobody has decided."""
    counts = next((each for each in counts_of(promises_of(plan)) if each.year == year - 1), None)
    if counts is None or not counts.decided:
        return None
    by_verdict = [[str(each.label), counts.by_verdict[each.value]] for each in Verdict]
    return {"promised": counts.promised, "reported": counts.reported, "by_verdict": by_verdict}
