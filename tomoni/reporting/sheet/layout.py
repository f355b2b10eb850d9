"""What the sheet holds: its columns by their codes, its rows as values, and the marks that rows are known by."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256

MARK = "tomoni-report:"  # before the code of a column, in the hidden first row
KEY, BASE = "key", "base"
TOLD = (
    "status",
    "results",
    "issues",
    "next_action",
    "remarks",
    "unchanged_why",
    "self_assessment",
    "response",
)
LAST = ("last_status", "last_results", "last_issues", "last_next_action")
NUMBER_TOLD = ("value", "why")


@dataclass(frozen=True, slots=True)
class SheetNumber:
    """A number asked for, on the second sheet."""

    indicator: int
    label: str
    unit: str
    last: str
    value: str
    why: str


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One line as the sheet shows it. `told` and `last` hold words: the status is the city's own word."""

    entry: int
    version: int
    number: str
    title: str
    department: str
    schedule: str
    last: dict[str, str]
    told: dict[str, str]
    numbers: tuple[SheetNumber, ...] = ()
    closed: str = ""  # why nothing may be written in it now; "" while it may


@dataclass(frozen=True, slots=True)
class SheetForm:
    """A whole sheet: which request it belongs to, the words over its columns, and its rows."""

    request: int
    title: str
    labels: dict[str, str]  # code of a column -> the word over it
    this_year: str
    last_year: str
    statuses: dict[str, str]  # the city's word -> status, in the order of its scale
    hint: str
    secret: str = field(repr=False)  # what the marks of the rows are signed with
    rows: tuple[SheetRow, ...] = ()

    @property
    def furniture(self) -> frozenset[str]:
        """What stands in the head of the sheet."""
        return frozenset({self.title, self.hint, self.this_year, self.last_year, *self.labels.values()})


def print_of(text: str) -> str:
    """A short fingerprint of a text as it was handed out, so that a later change of it is noticed."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def prints_of(texts: list[str]) -> str:
    """The fingerprints of several texts in one cell."""
    return " ".join(print_of(text) for text in texts)


def mark_of(request: int, entry: int, version: int, *, secret: str, number: int = 0) -> str:
    """What a row is known by: request, line, version, and a sum that shows whether somebody wrote over it."""
    told = f"{request}-{entry}-{version}-{number}"
    return f"{told}-{sha256(f'{secret}:{told}'.encode()).hexdigest()[:8]}"


def marked(text: str, *, secret: str) -> tuple[int, int, int, int] | None:
    """Request, line, version and number of a mark; None for one that was written over."""
    parts = text.strip().split("-")
    if len(parts) != 5 or not all(part.isascii() and part.isdigit() and len(part) < 19 for part in parts[:4]):
        return None
    request, entry, version, number = map(int, parts[:4])
    if mark_of(request, entry, version, secret=secret, number=number) != text.strip():
        return None
    return request, entry, version, number


def plain_number(value: Decimal | None) -> str:
    """A number as the sheet shows it: 1234.5, without digits that say nothing."""
    return "" if value is None else f"{value.normalize():f}"
