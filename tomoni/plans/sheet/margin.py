"""The hidden margin of a sheet we wrote: what each column and row is, so that reading it again needs no guessing.

The margin never holds what people read. A row of codes says what the columns hold, a column of notes what each row is;
both move with their column or row when people insert, sort or cut. A note also remembers how a cell was understood
(a mark whose legend stood elsewhere, two departments in one cell), and is believed only while the cell says the same.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tomoni.plans.sheet.document import FORMAT
from tomoni.plans.sheet.hierarchy import UNNAMED

SHEET = FORMAT
NUMBERS = f"{FORMAT}#numbers"
TITLE = "plan"
JOINED = "\n"  # between several departments of one cell


@dataclass(frozen=True, slots=True)
class Code:
    """What a column holds: a field of measure or line, and the fiscal year it speaks of."""

    name: str
    year: int | None = None

    def __str__(self) -> str:
        return self.name if self.year is None else f"{self.name}:{self.year}"

    @classmethod
    def parse(cls, text: str) -> Code | None:
        name, _, year = text.partition(":")
        if not name.replace("_", "").isalpha() or not name.isascii() or (year and not year.isdecimal()):
            return None
        return cls(name, int(year) if year else None)


@dataclass(slots=True)
class Note:
    """The note of one row. `kind` is plan, node, line or number; `told` what the visible cells do not say."""

    kind: str
    told: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return json.dumps({self.kind: self.told}, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def parse(cls, text: str) -> Note | None:
        """The note a margin cell holds; None when it holds none, or one that people have written over."""
        try:
            raw = json.loads(text)
        except (ValueError, RecursionError):
            return None
        if not isinstance(raw, Mapping) or len(raw) != 1:
            return None
        kind, told = next(iter(raw.items()))
        return cls(kind, dict(told)) if isinstance(told, Mapping) else None


def before_title(level: str, number: str | None) -> str:
    """What a heading row prints before its title: 推進方策1, 【基本目標】, (1), or nothing."""
    if level in ("", UNNAMED):
        return f"{number} " if number else ""
    return f"{level}{number} " if number else f"【{level}】"
