"""The story of a measure as it is printed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tomoni.plans.charts import Chart, Reading, chart, number, series
from tomoni.plans.models import Measure, Plan
from tomoni.plans.pages.places import Place, Places
from tomoni.plans.selectors.records import FigureRow, Record
from tomoni.plans.selectors.story import LineStory, Story, story_of
from tomoni.plans.selectors.tree import Department
from tomoni.plans.words import NO_RECORD, OPEN, TEXTS, Words, long_year, mark_of, short_year, words_of
from tomoni.ui.marks import mark


@dataclass(frozen=True, slots=True)
class Value:
    """A text under its label, and the cell it was read from."""

    label: str
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Entry:
    """What a line reports for one year."""

    year: str
    mark: SafeString
    words: str
    place: Place
    values: tuple[Value, ...]
    is_empty: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its departments and its years, newest first."""

    leads: tuple[Department, ...]
    related: tuple[Department, ...]
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """A picture of figures and the same numbers as rows of (year, number, place)."""

    chart: Chart
    rows: tuple[tuple[str, str, Place], ...]
    marks: tuple[tuple[str, float], ...]
    numbers: tuple[tuple[str, float, float], ...]
    description: str


def measure_content(plan: Plan, measure: Measure) -> dict[str, Any]:
    """The context of plans/measure.html."""
    words = words_of(plan.rulebook.book)
    places = Places(plan)
    story = story_of(plan, measure)
    drawn = _series(story.about.figures, plan, places)
    return {
        "plan": plan,
        "measure": measure,
        "words": words,
        "story": story,
        "lines": [_line(line, words, places) for line in story.lines],
        "years": len(plan.years),
        "description": places.of(story.about.places.get("description", ""), story.about.batch),
        "schedule": [{"label": long_year(year), "value": text} for year, text in story.about.schedule.items()],
        "series": drawn,
        "other_figures": _others(story.about.figures, drawn, places),
        "assessments": [{"year": long_year(one.year), "said": one} for one in story.assessments],
        "corrections": _corrections(story, places),
    }


def _line(line: LineStory, words: Words, places: Places) -> Line:
    return Line(line.leads, line.related, tuple(_entry(record, words, places) for record in line.records))


def _entry(record: Record, words: Words, places: Places) -> Entry:
    values = tuple(
        Value(words.fields[name], record.text(name), places.of(record.places.get(name, ""), record.batch))
        for name in TEXTS
        if record.text(name)
    )
    return Entry(
        year=long_year(record.year),
        mark=mark(mark_of(record.state), words.short[record.state]),
        words=_in_full(record, words),
        place=places.of(record.places.get("status", ""), record.batch),
        values=values,
        is_empty=record.state == NO_RECORD,
    )


def _in_full(record: Record, words: Words) -> str:
    """The city's own wording, and what the sheet has where that is something else."""
    full, printed = words.full[record.state], record.status_text
    said = full if full != words.short[record.state] else ""
    if printed and printed not in {full, words.short[record.state]}:
        shown = _("表の記載は「%(text)s」") % {"text": printed}
        return f"{said}（{shown}）" if said and record.state not in OPEN else shown
    return said


def _series(figures: Iterable[FigureRow], plan: Plan, places: Places) -> list[Series]:
    readings = ((one.label, Reading(one.year, one.value, one.unit, one.place, one.batch)) for one in figures)
    return [_drawn(label, held, plan, places) for (label, _unit), held in series(readings).items()]


def _drawn(label: str, held: list[Reading], plan: Plan, places: Places) -> Series:
    drawn = chart(label, held, plan.years)
    told = [(long_year(one.year), number(one.value) + one.unit, places.of(one.place, one.batch)) for one in held]
    axis = "" if drawn.begins_at_zero else _("縦の軸は%(low)sから始まります。") % {"low": number(drawn.low)}
    return Series(
        chart=drawn,
        rows=tuple(told),
        marks=tuple((short_year(year), x) for year, x in drawn.years),
        numbers=tuple((number(point.reading.value), point.x, point.text_y) for point in drawn.points),
        description="、".join(f"{year} {value}" for year, value, _place in told) + "。" + axis,
    )


def _others(figures: Iterable[FigureRow], drawn: list[Series], places: Places) -> list[tuple[str, str, str, Place]]:
    """Numbers that make no series, for the table under the pictures."""
    shown = {(one.chart.label, one.chart.unit) for one in drawn}
    return [
        (one.label, long_year(one.year), number(one.value) + one.unit, places.of(one.place, one.batch))
        for one in figures
        if (one.label, one.unit) not in shown
    ]


def _corrections(story: Story, places: Places) -> list[dict[str, Any]]:
    return [
        {"was": one["was"], "now": one["now"], "place": places.of(one["at"], int(one["batch"]))}
        for one in story.corrections
    ]
