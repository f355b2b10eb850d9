"""Indicators and figures as they are printed: all of a plan for everybody, those of a measure for its people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from tomoni.plans.charts import number
from tomoni.plans.models import Figure, Indicator, Measure, Plan
from tomoni.plans.pages.places import Place, Places
from tomoni.plans.pages.series import Series, followed, target_of, told
from tomoni.plans.selectors import indicators as selectors
from tomoni.plans.selectors.records import FigureRow
from tomoni.plans.selectors.redactions import blackened_in
from tomoni.plans.spellings import Group, grouped, key
from tomoni.plans.words import long_year
from tomoni.tenants.scope import current


@dataclass(frozen=True, slots=True)
class Shown:
    """An indicator: where it stands, its target, until when it is asked for, and its picture where it has a number."""

    indicator: Indicator
    target: str
    until: str
    series: Series | None


def shown(plan: Plan, indicators: list[Indicator]) -> list[Shown]:
    """Indicators with their pictures. Three queries, however many."""
    measures = {one.measure_id for one in indicators}
    figures, texts = selectors.figures_by_measure(measures), selectors.texts_by_measure(measures, blackened_in(plan))
    places = Places(plan)
    found = []
    for one in indicators:
        mine = told(figures[one.measure_id], texts[one.measure_id], places)
        drawn = followed(mine, [one], plan)
        until = long_year(one.ends_with) if one.ends_with else ""
        found.append(Shown(one, target_of(one), until, drawn[0] if drawn else None))
    return found


def rows_of(held: Iterable[Shown]) -> Iterator[list[object]]:
    """One row per indicator and year, for a spreadsheet; an indicator without a number has one row."""
    for one in held:
        it = one.indicator
        aim = "" if it.target is None else number(float(it.target)).replace(",", "")
        start = [it.measure.number, it.measure.title, it.label, it.unit]
        end = [aim, it.target_year or "", "1" if it.less_is_better else ""]
        points = one.series.chart.points if one.series else ()
        rows = one.series.rows if one.series else ()
        if not points:
            yield [*start, "", "", "", *end, "", ""]
        for point, row in zip(points, rows, strict=True):
            value = number(point.reading.value).replace(",", "")
            yield [*start, point.reading.year, row.year, value, *end, row.place.at, row.sentence]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Figures that seem to be one series: their names, their numbers, and where to follow them."""

    label: str
    labels: tuple[str, ...]
    numbers: str
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    """One figure with its cell and its page."""

    figure: Figure
    year: str
    number: str
    place: Place
    url: str


def figures_content(plan: Plan, measure: Measure) -> dict[str, Any]:
    """The context of plans/figures.html."""
    held, places = list(selectors.figures_of(measure)), Places(plan)
    indicators = list(selectors.indicators_of(measure))
    where = [current().slug, plan.pk, measure.pk]
    return {
        "plan": plan,
        "measure": measure,
        "indicators": shown(plan, indicators),
        "candidates": [_candidate(each, where) for each in _free(held, indicators)],
        "rows": [_row(each, places, where) for each in held if not each.set_aside],
        "aside": [_row(each, places, where) for each in held if each.set_aside],
    }


def group_named(measure: Measure, wanted: str) -> Group | None:
    """The group of a measure's figures that goes by this key; None where there is no such one."""
    return next((each for each in _groups(selectors.figures_of(measure)) if _key(each) == wanted), None)


def _free(held: Iterable[Figure], indicators: Iterable[Indicator]) -> list[Group]:
    taken = {(key(one.label), one.unit) for one in indicators}
    return [each for each in _groups(held) if (key(each.label), each.unit) not in taken]


def _groups(held: Iterable[Figure]) -> list[Group]:
    counting = [each for each in held if not each.set_aside]
    return grouped(
        FigureRow(each.year, each.label, float(each.value), each.unit, each.source_at, each.batch_id)
        for each in counting
    )


def _key(group: Group) -> str:
    return f"{key(group.label)}/{group.unit}"


def _candidate(group: Group, where: list[Any]) -> Candidate:
    numbers = "、".join(f"{long_year(row.year)} {number(row.value)}{row.unit}" for row in group.rows)
    address = reverse("indicator-new", args=where) + "?" + urlencode({"key": _key(group)})
    return Candidate(group.label, group.labels, numbers, address)


def _row(figure: Figure, places: Places, where: list[Any]) -> Row:
    return Row(
        figure=figure,
        year=long_year(figure.year),
        number=number(float(figure.value)) + figure.unit,
        place=places.of(figure.source_at, figure.batch_id),
        url=reverse("figure", args=[*where, figure.pk]),
    )
