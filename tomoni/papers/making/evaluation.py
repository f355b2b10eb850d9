"""The evaluation table: how those who act rate each measure, what the committee rates and says, the figures beside it. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tomoni.kernel.fiscal import FiscalYear
from tomoni.papers.content import Content, measures_below
from tomoni.papers.making.series import series_of
from tomoni.papers.making.states import OUTSIDE, is_status
from tomoni.plans.writing.cells import printable

NAME = "達成状況評価表"


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a committee says of a measure or a heading in the year of the paper."""

    committee: str
    rating: str
    opinion: str


@dataclass(frozen=True, slots=True)
class Rated:
    """How one line rates itself: who, the rating as printed, the ratings of the years before, and what was done."""

    leads: str
    rating: str
    state: str
    before: str
    results: str


@dataclass(frozen=True, slots=True)
class Row:
    """A heading or a measure of the table."""

    kind: str  # heading or measure
    number: str
    title: str
    depth: int = 0
    marks: tuple[str, ...] = ()
    again: str = ""
    rated: tuple[Rated, ...] = ()
    figures: tuple[str, ...] = ()
    opinions: tuple[Opinion, ...] = field(default=())

    @property
    def committee_rating(self) -> str:
        """The committee's rating; with several committees, each with its name."""
        return "\n".join(self._said("rating"))

    @property
    def committee_opinion(self) -> str:
        """The committee's words; with several committees, each with its name."""
        return "\n".join(self._said("opinion"))

    def _said(self, name: str) -> list[str]:
        told = [(one.committee, str(getattr(one, name))) for one in self.opinions if getattr(one, name)]
        return [f"{committee}: {text}" if len(self.opinions) > 1 else text for committee, text in told]


def rows_of(content: Content) -> list[Row]:
    """The table from the top: measures without a heading, then each heading with what stands under it."""
    rows = [_measure(measure, content) for measure in measures_below(content, None)]
    for heading in content["headings"]:
        said = _opinions(heading, content)
        name = f"{heading['level']}{heading['number']}"
        rows.append(Row("heading", name, heading["title"], heading["depth"], opinions=said))
        rows += [_measure(measure, content) for measure in measures_below(content, heading["id"])]
    return rows


def _measure(measure: Content, content: Content) -> Row:
    words = content["words"]
    marks = ((words["priority"],) if measure["is_priority"] else ()) + (
        (words["relisted"],) if measure["relisted_of"] else ()
    )
    return Row(
        "measure",
        measure["number"],
        measure["title"],
        marks=marks,
        again=measure["original"] if measure["relisted_of"] else "",
        rated=tuple(_rated(line, content) for line in measure["lines"]),
        figures=tuple(each.line for each in series_of(measure, content)),
        opinions=_opinions(measure, content),
    )


def _rated(line: Content, content: Content) -> Rated:
    year = str(content["year"])
    entry = line["years"][year]
    before = [
        f"{FiscalYear(int(y)).short} {content['words']['short'][held['state']]}"
        for y, held in line["years"].items()
        if y != year and is_status(held["state"])
    ]
    return Rated(
        "、".join(line["leads"]), _word(entry["state"], content), entry["state"], "、".join(before), entry["results"]
    )


def _word(state: str, content: Content) -> str:
    word: str = content["words"]["full" if is_status(state) else "short"].get(state, "")
    return "" if state == OUTSIDE else word


def _opinions(of: Content, content: Content) -> tuple[Opinion, ...]:
    return tuple(
        Opinion(one["committee"], one["rating"], one["opinion"])
        for one in of["assessments"]
        if one["year"] == content["year"]
    )


def heads(content: Content) -> list[str]:
    """The labels of the columns, in the city's words."""
    words, year = content["words"], FiscalYear(content["year"])
    return [
        words["fields"]["number"],
        words["measure"],
        words["implementer"],
        f"{words['implementer']}の評価（{year}）",
        words["fields"]["results"],
        words["indicators"],
        f"{words['committee']}の評価",
        f"{words['committee']}の意見",
    ]


def title(content: Content) -> str:
    """○○計画 達成状況評価表（令和2年度）."""
    return f"{content['plan']['title']} {NAME}（{FiscalYear(content['year'])}）"


def cells(row: Row) -> list[str]:
    """The texts of a measure's row, one line of departments below the other."""
    marked = "".join(f"【{mark}】" for mark in row.marks)
    name = f"{marked}{row.title}" + (f"\n（もとの記載: {row.again}）" if row.again else "")
    several = len(row.rated) > 1
    ratings = [
        (f"{one.leads}: " if several else "") + (one.rating or "－") + (f"\n（{one.before}）" if one.before else "")
        for one in row.rated
    ]
    results = [(f"{one.leads}: " if several else "") + one.results for one in row.rated if one.results]
    return [
        row.number,
        name,
        "\n".join(one.leads for one in row.rated),
        "\n".join(ratings),
        "\n".join(results),
        "\n".join(row.figures),
        row.committee_rating,
        row.committee_opinion,
    ]


def printed(content: Content) -> dict[str, Any]:
    """The table for typst."""
    rows: list[dict[str, Any]] = []
    for row in rows_of(content):
        if row.kind == "heading":
            told = [f"{row.number} {row.title}", row.committee_rating, row.committee_opinion]
            rows.append({"kind": "heading", "depth": row.depth, "cells": [printable(text) for text in told]})
        else:
            rows.append({"kind": "measure", "cells": [printable(text) for text in cells(row)]})
    return {"title": title(content), "city": content["city"], "heads": heads(content), "rows": rows}
