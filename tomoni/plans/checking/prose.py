"""Figures of a year as its texts tell them."""

from __future__ import annotations

from tomoni.plans.checking.facts import Entry, Value
from tomoni.plans.sheet.document import Text
from tomoni.plans.sheet.told import told


def values_in(entry: Entry, year: int) -> tuple[Value, ...]:
    """The labelled figures in what was done, and in the remarks those with brackets, colon or list."""
    numbers = (
        *told(Text(entry.results, ""), None, year),
        *told(Text(entry.remarks, ""), None, year, in_passing=False),
    )
    return tuple(Value(one.year, one.label, float(one.value), one.unit) for one in numbers)
