"""What a rulebook says about how its city writes sheets, as the reader wants to hear it. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from tomoni.kernel.japanese import plain
from tomoni.plans.sheet.reading import Reading
from tomoni.rulebooks.schema import Rulebook

ROLES = {"leads": "lead"}  # where the reader has another word for a column than the rulebook


def reading_of(book: Rulebook, aliases: Mapping[str, Mapping[str, str]] | None = None) -> Reading:
    """Level names, status words, column heads and departments of a rulebook.

    `aliases` are what people have explained since, by kind (status, column, department); they win.
    """
    told = aliases or {}
    scale = {level.key: level.status for level in book.scale}
    statuses: dict[str, str] = {}
    for level in book.scale:
        statuses |= dict.fromkeys((level.label, *level.marks), level.status)
    for key, words in book.reading.statuses.items():
        if key in scale:
            statuses |= dict.fromkeys(words, scale[key])
    columns = {
        plain(word): ROLES.get(column, column) for column, words in book.reading.columns.items() for word in words
    }
    departments = {also: entry.name for entry in book.reading.departments for also in entry.also}
    return Reading(
        levels=tuple(level.label for level in book.plan_layout.levels[:-1]),
        statuses=statuses | dict(told.get("status", {})),
        aliases=columns | dict(told.get("column", {})),
        departments=departments | dict(told.get("department", {})),
    )
