"""A plan as a shape, what people want to change in it, and the shape it becomes. Pure: no database, no clock."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum


class Kind(StrEnum):
    """What a change does."""

    ADD = "add"
    END = "end"
    NAME = "name"
    MERGE = "merge"
    SPLIT = "split"
    MOVE = "move"
    LEADS = "leads"
    SCHEDULE = "schedule"
    HEADING_NAME = "heading_name"
    HEADING_ADD = "heading_add"
    PERIOD = "period"


ENDING = frozenset({Kind.END, Kind.MERGE, Kind.SPLIT})
MAKING = frozenset({Kind.ADD, Kind.MERGE, Kind.SPLIT})
MOST_RESULTS = 20


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the plan; one that a change adds has the change's number below zero."""

    pk: int
    parent: int | None
    depth: int
    number: str
    title: str


@dataclass(frozen=True, slots=True)
class Name:
    """What a measure was called until a year."""

    number: str
    title: str
    until: int


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure; `lines` are its rows with the departments that lead them; one still to be made has a key below zero."""

    pk: int
    heading: int | None
    number: str
    title: str
    begins: int | None = None
    ends: int | None = None
    lines: tuple[tuple[int, tuple[int, ...]], ...] = ()
    schedule: Mapping[int, str] = field(default_factory=dict)
    description: str = ""
    relisted_of: int | None = None
    last_report: int | None = None
    former: tuple[Name, ...] = ()
    comes_from: tuple[int, ...] = ()

    def is_carried_out_in(self, year: int) -> bool:
        """Whether it is to be reported for that fiscal year."""
        return self.relisted_of is None and (self.begins or year) <= year <= (self.ends or year)


@dataclass(frozen=True, slots=True)
class Shape:
    """A whole plan. `closed` are the departments that have ended."""

    first: int | None
    last: int | None
    headings: Mapping[int, Heading]
    measures: Mapping[int, Measure]
    closed: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Result:
    """A measure that a change makes."""

    number: str
    title: str
    heading: int | None
    leads: tuple[int, ...]
    description: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One change people wrote down. Which fields it uses depends on its kind; `pk` is its number in the database."""

    pk: int
    kind: Kind
    reason: str = ""
    sources: tuple[int, ...] = ()
    results: tuple[Result, ...] = ()
    heading: int | None = None
    line: int | None = None
    leads: tuple[int, ...] = ()
    number: str = ""
    title: str = ""
    year: int | None = None  # of END the last year it is carried out, of PERIOD the new last year
    schedule: Mapping[int, str] = field(default_factory=dict)

    def key_of(self, index: int) -> int:
        """What stands for the measure this change makes until it has a number."""
        return -(self.pk * 100 + index + 1)


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything the rules look at: the plan as it stands, and what is to be done to it from a fiscal year on."""

    shape: Shape
    changes: tuple[Change, ...]
    year: int
    title: str = ""
    reason: str = ""
    is_decided: bool = False
    reports_since: int = 0
    later_revisions: int = 0


def last_year(draft: Draft) -> int | None:
    """The last year of the plan when the revision is in force: a revision may prolong it."""
    told = [c.year for c in draft.changes if c.kind == Kind.PERIOD and c.year]
    return told[-1] if told else draft.shape.last


def reshaped(draft: Draft) -> Shape:
    """The plan after all changes, in their order. What makes no sense is left out: the rules say what is wrong."""
    shape = replace(draft.shape, last=last_year(draft))
    headings, measures = dict(shape.headings), dict(shape.measures)
    for change in draft.changes:
        _change_headings(change, headings)
        for pk in change.sources:
            if pk in measures:
                measures[pk] = _changed(measures[pk], change, draft.year)
        measures |= {made.pk: made for made in _made(change, measures, draft.year)}
    return replace(shape, headings=headings, measures=_with_relisted(draft.shape.measures, measures))


def _change_headings(change: Change, headings: dict[int, Heading]) -> None:
    held = headings.get(change.heading or 0)
    if change.kind == Kind.HEADING_NAME and held:
        headings[held.pk] = replace(held, number=change.number, title=change.title)
    if change.kind == Kind.HEADING_ADD and (held or change.heading is None):
        depth = held.depth + 1 if held else 0
        headings[-change.pk] = Heading(-change.pk, change.heading, depth, change.number, change.title)


def _changed(measure: Measure, change: Change, year: int) -> Measure:
    if change.kind in ENDING:
        return replace(measure, ends=change.year if change.kind == Kind.END and change.year else year - 1)
    if change.kind == Kind.NAME and (measure.number, measure.title) != (change.number, change.title):
        was = Name(measure.number, measure.title, year - 1)
        return replace(measure, number=change.number, title=change.title, former=(*measure.former, was))
    if change.kind == Kind.MOVE:
        return replace(measure, heading=change.heading)
    if change.kind == Kind.SCHEDULE:
        return replace(measure, schedule={**measure.schedule, **change.schedule})
    if change.kind == Kind.LEADS:
        lines = tuple((pk, change.leads if pk == change.line else leads) for pk, leads in measure.lines)
        return replace(measure, lines=lines)
    return measure


def _made(change: Change, measures: Mapping[int, Measure], year: int) -> Iterator[Measure]:
    if change.kind not in MAKING:
        return
    sources = [measures[pk] for pk in change.sources if pk in measures]
    former = [name for one in sources for name in (*one.former, Name(one.number, one.title, year - 1))]
    for index, one in enumerate(change.results):
        key = change.key_of(index)
        yield Measure(
            pk=key,
            heading=one.heading,
            number=one.number,
            title=one.title,
            begins=year,
            lines=((key, one.leads),),
            description=one.description,
            former=tuple(former),
            comes_from=change.sources,
        )


def _with_relisted(before: Mapping[int, Measure], after: dict[int, Measure]) -> dict[int, Measure]:
    """A relisted measure goes with its original: it ends with it, and takes its new title."""
    for pk, again in before.items():
        original = after.get(again.relisted_of or 0)
        if original is not None:
            was = before[original.pk]
            title = original.title if again.title == was.title else again.title
            after[pk] = replace(again, ends=original.ends, title=title)
    return after


def numbers_in(shape: Shape, year: int) -> list[tuple[int | None, str]]:
    """Heading and number of every numbered measure that is carried out in a year."""
    return [(m.heading, m.number) for m in shape.measures.values() if m.number and m.is_carried_out_in(year)]
