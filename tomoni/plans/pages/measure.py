"""The story of a measure as it is printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tomoni.plans.charts import undated
from tomoni.plans.models import Measure, Plan
from tomoni.plans.pages.places import Place, Places
from tomoni.plans.pages.series import Figured, Series, Told, followed, others, told
from tomoni.plans.selectors.indicators import indicators_of
from tomoni.plans.selectors.records import FigureRow, Record
from tomoni.plans.selectors.redactions import blackened_in
from tomoni.plans.selectors.story import LineStory, Story, story_lines, story_of
from tomoni.plans.selectors.tree import Department
from tomoni.plans.words import NO_RECORD, OPEN, OUTSIDE, TEXTS, Words, long_year, mark_of, words_of
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


def measure_content(plan: Plan, measure: Measure) -> dict[str, Any]:
    """The context of plans/measure.html."""
    words = words_of(plan.rulebook.book)
    places = Places(plan)
    story = story_of(plan, measure)
    figures = told(story.about.figures, _texts(story), places)
    held = list(indicators_of(measure))
    drawn = [*followed(figures, held, plan), *others(figures, held, plan)]
    lines = [_line(line, words, places) for line in story.lines]
    return {
        "plan": plan,
        "measure": measure,
        "words": words,
        "story": story,
        "lines": lines,
        "years": max((len(line.entries) for line in lines), default=0),
        "about": story.about.description,
        "description": places.of(story.about.places.get("description", ""), story.about.batch),
        "schedule": [{"label": long_year(year), "value": text} for year, text in story.about.schedule.items()],
        "leads": {each.pk for line in story.lines for each in line.leads},
        "series": drawn,
        "other_figures": _others(figures, drawn),
        "assessments": [{"year": long_year(one.year), "said": one} for one in story.assessments],
        "corrections": _corrections(story, places),
    }


def lines_of(plan: Plan, measures: Sequence[Measure]) -> dict[int, list[Line]]:
    """The lines of measures as they are printed on their pages, for pages that go on with another measure's story."""
    words, places = words_of(plan.rulebook.book), Places(plan)
    told = story_lines(plan, measures, blackened=blackened_in(plan))
    return {pk: [_line(line, words, places) for line in lines] for pk, lines in told.items()}


def drawn_figures(plan: Plan, figures: Iterable[FigureRow]) -> list[Series]:
    """The pictures of figures, which may be those of several measures that follow each other."""
    return others(told(figures, {}, Places(plan)), (), plan)


def _line(line: LineStory, words: Words, places: Places) -> Line:
    inside = (record for record in line.records if record.state != OUTSIDE)
    return Line(line.leads, line.related, tuple(_entry(record, words, places) for record in inside))


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


def _texts(story: Story) -> dict[str, str]:
    """Every report of the measure by the cell it was read from."""
    return {
        record.places[name]: record.text(name)
        for line in story.lines
        for record in line.records
        for name in TEXTS
        if name in record.places
    }


def _others(figures: list[Told], drawn: list[Series]) -> list[Figured]:
    """Figures that make no series, for the list under the pictures."""
    shown = {(one.chart.label, one.chart.unit) for one in drawn}
    return [said for one, said in figures if (undated(one.label), one.unit) not in shown]


def _corrections(story: Story, places: Places) -> list[dict[str, Any]]:
    return [
        {"was": one["was"], "now": one["now"], "place": places.of(one["at"], int(one["batch"]))}
        for one in story.corrections
    ]
