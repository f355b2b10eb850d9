"""The story of a measure as it is printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tomoni.kernel.japanese import folded, sentences
from tomoni.plans.charts import Chart, Reading, chart, number, series, undated
from tomoni.plans.models import Measure, Plan
from tomoni.plans.pages.places import Place, Places
from tomoni.plans.selectors.records import FigureRow, Record
from tomoni.plans.selectors.story import LineStory, Story, story_lines, story_of
from tomoni.plans.selectors.tree import Department
from tomoni.plans.words import NO_RECORD, OPEN, OUTSIDE, TEXTS, Words, long_year, mark_of, short_year, words_of
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
class Told:
    """A figure in words: its year, the number with its unit, the sentence it stands in, and the cell of that."""

    label: str
    year: str
    number: str
    sentence: str
    place: Place


@dataclass(frozen=True, slots=True)
class Series:
    """A picture of figures, and the same numbers as rows."""

    chart: Chart
    rows: tuple[Told, ...]
    marks: tuple[tuple[str, float], ...]
    numbers: tuple[tuple[str, float, float], ...]
    description: str


def measure_content(plan: Plan, measure: Measure) -> dict[str, Any]:
    """The context of plans/measure.html."""
    words = words_of(plan.rulebook.book)
    places = Places(plan)
    story = story_of(plan, measure)
    told = _told(story, places)
    drawn = _series(told, plan)
    lines = [_line(line, words, places) for line in story.lines]
    return {
        "plan": plan,
        "measure": measure,
        "words": words,
        "story": story,
        "lines": lines,
        "years": max((len(line.entries) for line in lines), default=0),
        "description": places.of(story.about.places.get("description", ""), story.about.batch),
        "schedule": [{"label": long_year(year), "value": text} for year, text in story.about.schedule.items()],
        "series": drawn,
        "other_figures": _others(told, drawn),
        "assessments": [{"year": long_year(one.year), "said": one} for one in story.assessments],
        "corrections": _corrections(story, places),
    }


def lines_of(plan: Plan, measures: Sequence[Measure]) -> dict[int, list[Line]]:
    """The lines of measures as they are printed on their pages, for pages that go on with another measure's story."""
    words, places = words_of(plan.rulebook.book), Places(plan)
    return {pk: [_line(line, words, places) for line in lines] for pk, lines in story_lines(plan, measures).items()}


def drawn_figures(plan: Plan, figures: Iterable[FigureRow]) -> list[Series]:
    """The pictures of figures, which may be those of several measures that follow each other."""
    places = Places(plan)
    said = [_bare(one, places) for one in figures]
    return _series(said, plan)


def _bare(one: FigureRow, places: Places) -> tuple[FigureRow, Told]:
    words = number(one.value) + one.unit
    return one, Told(one.label, long_year(one.year), words, "", places.of(one.place, one.batch))


def _line(line: LineStory, words: Words, places: Places) -> Line:
    told = (record for record in line.records if record.state != OUTSIDE)
    return Line(line.leads, line.related, tuple(_entry(record, words, places) for record in told))


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


def _told(story: Story, places: Places) -> list[tuple[FigureRow, Told]]:
    """Every figure of the measure with the sentence it was found in."""
    texts = {
        record.places[name]: record.text(name)
        for line in story.lines
        for record in line.records
        for name in TEXTS
        if name in record.places
    }
    return [
        (
            one,
            Told(
                one.label,
                long_year(one.year),
                number(one.value) + one.unit,
                _sentence(texts.get(one.place, ""), one.value),
                places.of(one.place, one.batch),
            ),
        )
        for one in story.about.figures
    ]


def _sentence(text: str, value: float) -> str:
    """The sentence of a text that holds the number; "" when none does."""
    spelled = re.compile(rf"(?<![\d.]){re.escape(number(value).replace(',', ''))}(?![\d.])")
    return next((one for one in sentences(text) if spelled.search(folded(one).replace(",", ""))), "")


def _series(told: list[tuple[FigureRow, Told]], plan: Plan) -> list[Series]:
    readings = ((one.label, Reading(one.year, one.value, one.unit)) for one, _words in told)
    words = {(undated(one.label), one.unit, one.year): said for one, said in told}
    return [
        _drawn(chart(label, held, plan.years), tuple(words[label, unit, one.year] for one in held))
        for (label, unit), held in series(readings).items()
    ]


def _drawn(drawn: Chart, rows: tuple[Told, ...]) -> Series:
    axis = "" if drawn.begins_at_zero else _("縦の軸は%(low)sから始まります。") % {"low": number(drawn.low)}
    return Series(
        chart=drawn,
        rows=rows,
        marks=tuple((short_year(year), x) for year, x in drawn.years),
        numbers=tuple((number(point.reading.value), point.x, point.text_y) for point in drawn.points),
        description="、".join(f"{row.year} {row.number}" for row in rows) + "。" + axis,
    )


def _others(told: list[tuple[FigureRow, Told]], drawn: list[Series]) -> list[Told]:
    """Figures that make no series, for the list under the pictures."""
    shown = {(one.chart.label, one.chart.unit) for one in drawn}
    return [said for one, said in told if (undated(one.label), one.unit) not in shown]


def _corrections(story: Story, places: Places) -> list[dict[str, Any]]:
    return [
        {"was": one["was"], "now": one["now"], "place": places.of(one["at"], int(one["batch"]))}
        for one in story.corrections
    ]
