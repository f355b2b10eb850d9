"""Figures as they are printed: each with its sentence and cell, series as pictures, and what they say in words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tomoni.kernel.japanese import folded, sentences
from tomoni.plans.charts import Chart, Reading, chart, number, series, undated
from tomoni.plans.models import Indicator, Plan
from tomoni.plans.pages.places import Place, Places
from tomoni.plans.selectors.records import FigureRow
from tomoni.plans.trend import Trend, Way, missing, trend
from tomoni.plans.words import long_year, short_year

Told = tuple[FigureRow, "Figured"]


@dataclass(frozen=True, slots=True)
class Figured:
    """A figure in words: its year, the number with its unit, the sentence it stands in, and the cell of that."""

    label: str
    year: str
    number: str
    sentence: str
    place: Place


@dataclass(frozen=True, slots=True)
class Series:
    """A picture of figures, and the same numbers as rows; of an indicator also its target, and what it says."""

    chart: Chart
    rows: tuple[Figured, ...]
    marks: tuple[tuple[str, float], ...]
    numbers: tuple[tuple[str, float, float], ...]
    description: str
    indicator: Indicator | None = None
    target: str = ""
    sentences: tuple[str, ...] = ()


def told(figures: Iterable[FigureRow], texts: Mapping[str, str], places: Places) -> list[Told]:
    """Every figure with the sentence it was found in; `texts` are the reports by their cell."""
    return [
        (
            one,
            Figured(
                one.label,
                long_year(one.year),
                number(one.value) + one.unit,
                _sentence(texts.get(one.place, ""), one.value),
                places.of(one.place, one.batch),
            ),
        )
        for one in figures
    ]


def _sentence(text: str, value: float) -> str:
    """The sentence of a text that holds the number; "" when none does."""
    spelled = re.compile(rf"(?<![\d.]){re.escape(number(value).replace(',', ''))}(?![\d.])")
    return next((one for one in sentences(text) if spelled.search(folded(one).replace(",", ""))), "")


def followed(figures: Sequence[Told], indicators: Iterable[Indicator], plan: Plan) -> list[Series]:
    """A series for each indicator that has a number; years with two different numbers are left out."""
    made = (_followed([each for each in figures if each[0].label == one.label], one, plan) for one in indicators)
    return [each for each in made if each]


def _followed(figures: Sequence[Told], one: Indicator, plan: Plan) -> Series | None:
    by_year: dict[int, list[Told]] = defaultdict(list)
    for row, words in figures:
        if row.unit == one.unit:
            by_year[row.year].append((row, words))
    clear = [held[0] for _year, held in sorted(by_year.items()) if len({row.value for row, _words in held}) == 1]
    if not clear:
        return None
    readings = [Reading(row.year, row.value, row.unit) for row, _words in clear]
    target = None if one.target is None else float(one.target)
    picture = chart(one.label, readings, plan.years, target=target, by=one.target_year)
    went = trend(readings, target=target, less_is_better=one.less_is_better)
    still = missing(readings[-1].value, target, less_is_better=one.less_is_better)
    said = tuple(each for each in (way_in_words(went) if went else "", target_in_words(one, still)) if each)
    return drawn(picture, [words for _row, words in clear], indicator=one, said=said)


def others(figures: Sequence[Told], indicators: Iterable[Indicator], plan: Plan) -> list[Series]:
    """Series nobody follows yet."""
    taken = {(one.label, one.unit) for one in indicators}
    free = [each for each in figures if (each[0].label, each[0].unit) not in taken]
    words = {(undated(row.label), row.unit, row.year): said for row, said in free}
    found = series((row.label, Reading(row.year, row.value, row.unit)) for row, _said in free)
    return [
        drawn(chart(label, held, plan.years), [words[label, unit, one.year] for one in held])
        for (label, unit), held in found.items()
    ]


def drawn(
    picture: Chart, rows: Sequence[Figured], *, indicator: Indicator | None = None, said: tuple[str, ...] = ()
) -> Series:
    """A picture with its numbers placed and described."""
    axis = "" if picture.begins_at_zero else _("縦の軸は%(low)sから始まります。") % {"low": number(picture.low)}
    aim = target_of(indicator) if indicator else ""
    numbers = "、".join(f"{row.year} {row.number}" for row in rows) + "。"
    return Series(
        chart=picture,
        rows=tuple(rows),
        marks=tuple((short_year(year), x) for year, x in picture.years),
        numbers=tuple((number(point.reading.value), point.x, point.text_y) for point in picture.points),
        description=numbers + (_("目標は%sです。") % aim if aim else "") + axis,
        indicator=indicator,
        target=aim,
        sentences=said,
    )


def target_of(one: Indicator) -> str:
    """The target with its unit and year; "" without one."""
    if one.target is None:
        return ""
    value = number(float(one.target)) + one.unit
    return f"{value}（{long_year(one.target_year)}）" if one.target_year else value


def way_in_words(went: Trend) -> str:
    """増えている（平成29年度 46.3% → 令和2年度 50.9%、+4.6ポイント）."""
    way = {Way.UP: _("増えている"), Way.LEVEL: _("横ばい"), Way.DOWN: _("減っている")}[went.way]
    first = f"{long_year(went.first.year)} {number(went.first.value)}{went.first.unit}"
    last = f"{long_year(went.last.year)} {number(went.last.value)}{went.last.unit}"
    sign = "+" if went.difference > 0 else "±" if went.difference == 0 else "-"
    unit = _("ポイント") if went.ratio is None and "%" in went.first.unit else went.first.unit
    change = f"{sign}{number(abs(went.difference))}{unit}"
    times = "、" + _("%s倍") % number(went.ratio) if went.ratio is not None else ""
    return f"{way}（{first} → {last}、{change}{times}）"


def target_in_words(one: Indicator, still: float | None) -> str:
    """Whether the target is met, or how much is missing; "" without a target."""
    if still is None:
        return ""
    if still == 0:
        return _("目標の%sに届いた") % target_of(one)
    unit = _("ポイント") if "%" in one.unit else one.unit
    words = {"aim": target_of(one), "still": number(still) + unit}
    if one.less_is_better:
        return _("目標の%(aim)sまで、あと%(still)s減らす") % words
    return _("目標の%(aim)sまで、あと%(still)s") % words
