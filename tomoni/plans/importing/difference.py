"""What a file would change in a plan: one change per row, and a mark on every value that was read."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from tomoni.plans.importing.held import Held
from tomoni.plans.importing.tables import TABLES, Ref, Row

NEW, CHANGED, SAME = "new", "changed", "same"


@dataclass(slots=True)
class Change:
    """A row to make (`before` is None), to write over, or to take away (`after` is None)."""

    table: str
    ref: str
    pk: int | None
    before: Row | None
    after: Row | None


@dataclass(frozen=True, slots=True)
class Mark:
    """How a value of the file stands against the plan, and what the plan holds there."""

    state: str
    held: Any = ""


@dataclass(slots=True)
class Difference:
    """Everything an import would do, and what it leaves alone because the file does not have it."""

    changes: list[Change] = field(default_factory=list)
    marks: dict[str, Mark] = field(default_factory=dict)
    measures: dict[int, str] = field(default_factory=dict)
    rows: dict[int, int] = field(default_factory=dict)  # measure of the file -> its row
    unsure: dict[int, tuple[int, ...]] = field(default_factory=dict)
    new_departments: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    left_years: int = 0
    astray: list[str] = field(default_factory=list)

    def count(self, table: str, *, new: bool) -> int:
        """How many rows of a table would be made, or written over."""
        return sum(one.table == table and (one.before is None) is new and one.after is not None for one in self.changes)


def said(value: Any) -> bool:
    """Did the file say anything here? What it leaves blank is never a reason to change the plan."""
    return value not in ("", None, []) or value is False


class Writer:
    """Compares rows one by one and collects the changes."""

    def __init__(self, held: Held) -> None:
        self.held = held
        self.difference = Difference()

    def row(self, table: str, ref: str, *, pk: int | None, content: Row, origin: Row | None = None) -> Collection[str]:
        """Ask for a row. The names of the columns that change: all that say anything, when the row is new."""
        spec = TABLES[table]
        content = spec.fitted(content)
        if pk is None:
            made = {**content, **spec.fitted(origin or {})}
            self.difference.changes.append(Change(table, ref, None, None, made))
            return {name for name, value in content.items() if said(value)}
        row = self.held.rows[table][pk]
        changed = [name for name, value in content.items() if said(value) and value != row[name]]
        if changed:
            after = {name: content[name] for name in changed} | spec.fitted(origin or {})
            before = {name: row[name] for name in after}
            self.difference.changes.append(Change(table, ref, pk, before, after))
        return changed

    def gone(self, table: str, pk: int) -> None:
        """Ask for a row to be taken away."""
        self.difference.changes.append(Change(table, "", pk, dict(self.held.rows[table][pk]), None))

    def mark(self, pointer: str, *, value: Any, held: Any, changed: bool) -> None:
        """Say how a value of the file stands against the plan."""
        if said(value):
            state = (CHANGED if said(held) else NEW) if changed else SAME
            self.difference.marks[pointer] = Mark(state, held if state == CHANGED else "")

    def marks(self, start: str, row: Mapping[str, Any], held: Mapping[str, Any], changed: Collection[str]) -> None:
        """The same for several columns of a row, each under its own name."""
        for name, value in row.items():
            self.mark(start + name, value=value, held=held.get(name, ""), changed=name in changed)


def key_of(table: str, ref: str, pk: int | None) -> int | Ref:
    """What other rows point to: the number of a row, or a stand-in until it is written."""
    return pk if pk is not None else Ref(f"{table}:{ref}")
