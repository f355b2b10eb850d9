"""Two pages for everybody: how each measure stood year by year, the counts, the figures, and what the committee said. Pure."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from tomoni.kernel.fiscal import FiscalYear
from tomoni.papers.content import Content, name_of, years_of
from tomoni.papers.making.evaluation import NAME as TABLE
from tomoni.papers.making.series import Series, series_of
from tomoni.papers.making.states import counted, legend, sign
from tomoni.plans.charts import chart, number
from tomoni.plans.writing.cells import printable

MOST_MEASURES = 60  # a longer plan is shown by its headings, so that two pages hold it
MOST_SERIES = 6
MOST_OPINIONS = 6
LONGEST = 160


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One row of the matrix: a heading, or a measure with a cell for each year."""

    kind: str  # heading or measure
    name: str
    cells: tuple[tuple[tuple[str, str], ...], ...] = ()  # by year: (state, sign), one for each line
    note: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What the committee said of one thing."""

    about: str
    rating: str
    opinion: str


def title(content: Content) -> str:
    """○○計画 令和2年度のまとめ."""
    return f"{content['plan']['title']} {FiscalYear(content['year'])}のまとめ"


def matrix(content: Content) -> list[MatrixRow]:
    """Measures under their uppermost headings; of a long plan, counts under each heading."""
    top = _tops(content)
    rows = [row for heading in _uppermost(content) for row in _under(heading, top, content)]
    return [*_under(None, top, content), *rows]


def is_by_heading(content: Content) -> bool:
    """Whether the matrix shows headings with counts, because the measures are too many for two pages."""
    return sum(bool(measure["lines"]) for measure in content["measures"]) > MOST_MEASURES


def _uppermost(content: Content) -> list[Content]:
    return [heading for heading in content["headings"] if heading["parent"] is None]


def _tops(content: Content) -> dict[int | None, int | None]:
    """The uppermost heading above each heading."""
    tops: dict[int | None, int | None] = {None: None}
    for heading in content["headings"]:
        tops[heading["id"]] = tops.get(heading["parent"]) if heading["parent"] else heading["id"]
    return tops


def _under(heading: Content | None, tops: dict[int | None, int | None], content: Content) -> list[MatrixRow]:
    key = heading["id"] if heading else None
    held = [m for m in content["measures"] if m["lines"] and tops.get(m["heading"]) == key]
    if not held:
        return []
    name = f"{heading['level']}{heading['number']} {heading['title']}" if heading else ""
    if is_by_heading(content):
        return [
            MatrixRow("measure", name or "見出しのない取組", tuple((("", _share(held, y)),) for y in years_of(content)))
        ]
    rows = [MatrixRow("heading", name)] if name else []
    return rows + [_row(measure, content) for measure in held]


def _share(measures: list[Content], year: str) -> str:
    """5/7: so many of the lines under a heading stand well."""
    states = [line["years"][year]["state"] for m in measures for line in m["lines"]]
    states = [state for state in states if state != "outside"]
    return f"{sum(state in ('on_track', 'done') for state in states)}/{len(states)}" if states else ""


def _row(measure: Content, content: Content) -> MatrixRow:
    cells = tuple(
        tuple((state, sign(state)) for line in measure["lines"] if (state := line["years"][year]["state"]) is not None)
        for year in years_of(content)
    )
    note = content["words"]["priority"] if measure["is_priority"] else ""
    return MatrixRow("measure", name_of(measure), cells, note)


def counts(content: Content) -> list[dict[str, Any]]:
    """Lines by status and year; statuses nobody has are left out."""
    by_year = {year: counted(content, year) for year in years_of(content)}
    words = content["words"]["short"] | {"": "状況が不明"}
    return [
        {"state": state, "sign": sign(state), "word": words[state], "numbers": [by_year[y][state] for y in by_year]}
        for state in ("on_track", "done", "changed", "off_track", "not_started", "")
        if any(by_year[year][state] for year in by_year)
    ]


def series(content: Content) -> list[tuple[str, Series]]:
    """The series shown, each with its measure: those people chose, then those with the most years."""
    told = [(name_of(m), each) for m in content["measures"] for each in series_of(m, content) if len(each.readings) > 1]
    return sorted(told, key=lambda t: (not t[1].is_chosen, -len(t[1].readings)))[:MOST_SERIES]


def opinions(content: Content) -> tuple[list[Said], int]:
    """What the committee said in the year: of headings first, then of measures; and how many are left out."""
    told = [
        Said(f"{h['level']}{h['number']} {h['title']}", one["rating"], one["opinion"])
        for h in content["headings"]
        for one in h["assessments"]
        if one["year"] == content["year"]
    ]
    told += [
        Said(name_of(measure), one["rating"], one["opinion"])
        for measure in content["measures"]
        for one in measure["assessments"]
        if one["year"] == content["year"]
    ]
    return told[:MOST_OPINIONS], len(told[MOST_OPINIONS:])


def rest(left_out: int) -> str:
    """Where the opinions stand that found no room."""
    return f"ほか{left_out}件は、{TABLE}にあります。" if left_out else ""


def shortened(text: str) -> str:
    """The text as far as two pages hold it; what is left out is said by the sign of omission."""
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def printed(content: Content) -> dict[str, Any]:
    """The summary for typst."""
    said, left_out = opinions(content)
    told = {
        "title": title(content),
        "city": content["city"],
        "lead": content["plan"]["summary"],
        "years": [FiscalYear(int(year)).short for year in years_of(content)],
        "year": str(FiscalYear(content["year"])),
        "measure": content["words"]["measure"],
        "by_heading": is_by_heading(content),
        "legend": legend(content),
        "counts": counts(content),
        "matrix": [[_printed_row(row) for row in half] for half in halves(matrix(content))],
        "series": [_printed_series(name, each, content) for name, each in series(content)],
        "promises": content["promises"] and content["promises"]["by_verdict"],
        "committee": content["words"]["committee"],
        "opinions": [asdict(one) | {"opinion": shortened(one.opinion)} for one in said],
        "rest": rest(left_out),
    }
    clean: dict[str, Any] = _clean(told)
    return clean


def halves(rows: list[MatrixRow]) -> tuple[list[MatrixRow], list[MatrixRow]]:
    """The matrix in two columns of about one length, cut before a heading where there is one near the middle."""
    middle = (len(rows) + 1) // 2
    near = [place for place, row in enumerate(rows) if row.kind == "heading" and abs(place - middle) * 6 <= len(rows)]
    cut = min(near, key=lambda place: abs(place - middle), default=middle)
    return rows[:cut], rows[cut:]


def _printed_row(row: MatrixRow) -> dict[str, Any]:
    cells = [" ".join(sign for _state, sign in cell) for cell in row.cells]
    return {"kind": row.kind, "name": row.name, "note": row.note, "cells": cells}


def _printed_series(name: str, one: Series, content: Content) -> dict[str, Any]:
    drawn = chart(one.label, one.readings, content["years"])
    return {
        "measure": name,
        "label": f"{one.label}（{one.unit}）" if one.unit else one.label,
        "numbers": {FiscalYear(r.year).short: number(r.value) for r in one.readings},
        "trend": one.trend,
        "goal": one.goal,
        "points": [[point.x, point.y] for point in drawn.points],
        "runs": [[float(n) for n in path[1:].replace("L", "").split()] for path in drawn.paths],
    }


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: _clean(each) for key, each in value.items()}
    return [_clean(each) for each in value] if isinstance(value, (list, tuple)) else value
