"""Papers as web pages: the same rows as in print, with marks, pictures and addresses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from tomoni.kernel.fiscal import FiscalYear
from tomoni.papers.content import Content, years_of
from tomoni.papers.making import evaluation, states, summary
from tomoni.plans.charts import Chart, chart, number
from tomoni.ui.marks import mark


@dataclass(frozen=True, slots=True)
class Picture:
    """A series as a picture with the same numbers as words."""

    measure: str
    chart: Chart
    numbers: tuple[tuple[str, float, float], ...]
    years: tuple[tuple[str, float], ...]
    described: str
    trend: str
    goal: str


def shown_state(state: str, content: Content) -> SafeString:
    """A state as shape, word and colour."""
    key = state if states.is_status(state) or state == states.OUTSIDE else ""
    return mark(key, content["words"]["short"].get(state, ""))


def summary_page(content: Content) -> dict[str, Any]:
    """The context of papers/_summary.html."""
    said, left_out = summary.opinions(content)
    return {
        "title": summary.title(content),
        "lead": content["plan"]["summary"],
        "years": [{"short": FiscalYear(int(y)).short, "long": str(FiscalYear(int(y)))} for y in years_of(content)],
        "counts": [row | {"mark": mark(row["state"], row["word"])} for row in summary.counts(content)],
        "by_heading": summary.is_by_heading(content),
        "matrix": [_row(row, content) for row in summary.matrix(content)],
        "width": len(content["years"]) + 1,
        "pictures": [_picture(name, one, content) for name, one in summary.series(content)],
        "promises": content["promises"] and content["promises"]["by_verdict"],
        "opinions": said,
        "rest": summary.rest(left_out),
        "words": content["words"],
    }


def _row(row: summary.MatrixRow, content: Content) -> dict[str, Any]:
    cells = [
        {
            "year": FiscalYear(int(year)).short,
            "marks": [shown_state(state, content) if state else sign for state, sign in cell],
        }
        for year, cell in zip(years_of(content), row.cells, strict=False)
    ]
    return {"kind": row.kind, "name": row.name, "note": row.note, "cells": cells}


def _picture(name: str, one: Any, content: Content) -> Picture:
    drawn = chart(one.label, one.readings, content["years"])
    return Picture(
        name,
        drawn,
        tuple((number(p.reading.value), p.x, p.text_y) for p in drawn.points),
        tuple((FiscalYear(year).short, x) for year, x in drawn.years),
        "、".join(f"{FiscalYear(r.year)} {number(r.value)}{one.unit}" for r in one.readings),
        one.trend,
        one.goal,
    )


def evaluation_page(content: Content) -> dict[str, Any]:
    """The context of papers/_evaluation.html."""
    return {
        "title": evaluation.title(content),
        "heads": evaluation.heads(content),
        "rows": [
            {
                "row": row,
                "rated": [{"line": one, "mark": shown_state(one.state, content)} for one in row.rated],
            }
            for row in evaluation.rows_of(content)
        ],
        "words": content["words"],
    }
