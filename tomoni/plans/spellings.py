"""Figures that seem to count the same thing under several names: groups for a person to confirm. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from tomoni.kernel.japanese import plain
from tomoni.plans.charts import undated
from tomoni.plans.selectors.records import FigureRow

_FRAME = re.compile(r"[【】「」()（）［］\[\]・、]")
_TAIL = re.compile(r"(?:の?(?:人数|件数|回数|延べ数|合計|数))$")
_PART = re.compile(r"[①-⑳]$")


@dataclass(frozen=True, slots=True)
class Group:
    """Figures of one unit that may be one series: the names they go by, the newest first."""

    unit: str
    labels: tuple[str, ...]
    rows: tuple[FigureRow, ...]

    @property
    def label(self) -> str:
        """The name to begin with: the newest year's."""
        return undated(self.labels[0])


def grouped(rows: Iterable[FigureRow]) -> list[Group]:
    """Figures by what they seem to count. Parts of a year (①) are no series and are left out; nothing is merged by this."""
    found: dict[tuple[str, str], list[FigureRow]] = defaultdict(list)
    for row in rows:
        if not _PART.search(row.label):
            found[key(row.label), row.unit].append(row)
    return [_group(unit, held) for (_key, unit), held in sorted(found.items())]


def _group(unit: str, rows: list[FigureRow]) -> Group:
    held = sorted(rows, key=lambda row: -row.year)
    return Group(unit, tuple(dict.fromkeys(row.label for row in held)), tuple(sorted(rows, key=lambda row: row.year)))


def key(label: str) -> str:
    """参加者数, 【参加者】 and 参加者 share one; so do labels that differ only in their date."""
    bare = _FRAME.sub("", plain(undated(label)))
    return _TAIL.sub("", bare) or bare
