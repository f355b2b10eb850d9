"""What the checks look at: a line of a plan, what it reported year by year, its figures, targets and schedule."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

_COLUMN = re.compile(r"(?:(?<=!)|^)[A-Z]+(?=\d+$)")
TEXTS = ("results", "issues", "next_action", "remarks")
ON_PLAN = frozenset({"on_track", "done"})


def row_of(at: str) -> str:
    """The row a place stands in: 進行管理!10 of 進行管理!AB10."""
    return _COLUMN.sub("", at)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a line says of a year. `status` is one of the five, or "" while it is open."""

    status: str = ""
    results: str = ""
    issues: str = ""
    next_action: str = ""
    remarks: str = ""

    def text(self, name: str) -> str:
        """The text of one of the four fields."""
        return str(getattr(self, name))

    @property
    def is_on_plan(self) -> bool:
        """Does the rating say that all went as planned?"""
        return self.status in ON_PLAN

    @property
    def is_reported(self) -> bool:
        """Is anything said at all?"""
        return bool(self.status) or any(self.text(name) for name in TEXTS)


@dataclass(frozen=True, slots=True)
class Value:
    """A figure of a year, from a list of figures or out of the prose."""

    year: int
    label: str
    value: float
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """What an indicator is to reach, and by when; without a year, in every year, until it is no longer asked for."""

    label: str
    value: float
    unit: str = ""
    year: int | None = None
    less_is_better: bool = False
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a plan asks for at all: its years, in which of them a next action, and whether departments are named."""

    years: tuple[int, ...] = ()
    next_action_in: frozenset[int] = frozenset()
    departments: bool = True


@dataclass(frozen=True, slots=True)
class LineFacts:
    """One line over all its years.

    `is_looped` when the file it was read from repeats itself in this row; `open_years` are those of which words of the
    file may not have found their field, so that nothing can be called missing.
    """

    title: str
    asked: Asked
    entries: Mapping[int, Entry]
    leads: tuple[str, ...] = ()
    schedule: Mapping[int, str] = field(default_factory=dict)
    figures: tuple[Value, ...] = ()
    targets: tuple[Target, ...] = ()
    is_looped: bool = False
    open_years: frozenset[int] = frozenset()
    is_relisted: bool = False

    def years(self) -> Iterator[tuple[int, Entry]]:
        """The years something is said of, in order."""
        return ((year, self.entries[year]) for year in sorted(self.entries) if self.entries[year].is_reported)

    def pairs(self) -> Iterator[tuple[int, Entry, Entry]]:
        """Each year that follows a reported one: the year, the entry before it and its own."""
        return ((year, self.entries[year - 1], now) for year, now in self.years() if self._is_reported(year - 1))

    def _is_reported(self, year: int) -> bool:
        return year in self.entries and self.entries[year].is_reported
