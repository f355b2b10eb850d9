"""Table heads: where one stands in a sheet, and the stack of labels over each column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from tomoni.imports.reading.grid import Cell, Sheet
from tomoni.kernel.fiscal import FiscalYear, mentions
from tomoni.kernel.japanese import plain
from tomoni.plans.sheet.vocabulary import PROGRESS, YEARLY, Heading, Role, heading

SEARCHED_ROWS = 300
LONGEST_LABEL = 40
NEAR_THE_TOP = 12
_BARE_YEAR = re.compile(r"(\d{1,2})年度")
_ONLY_HEISEI = range(15, 32)
_GROUPS = YEARLY | {Role.IGNORE, Role.LABEL, Role.LEAD, Role.LEVEL}

Row = tuple[Cell, ...]


@dataclass(slots=True)
class Head:
    """Rows ``first`` to ``last`` of a sheet that head a table; ``labels`` top down for each column."""

    first: int
    last: int
    labels: dict[int, list[Heading]] = field(default_factory=dict)
    cells: list[Cell] = field(default_factory=list)

    @property
    def texts(self) -> frozenset[str]:
        return frozenset(plain(cell.text) for cell in self.cells)


@dataclass(slots=True)
class HeadFinder:
    """Finds the heads of a sheet from top to bottom; a later head must share words with one seen before."""

    sheet: Sheet
    aliases: Mapping[str, str]
    seen: set[str] = field(default_factory=set)
    _headings: dict[str, Heading] = field(default_factory=dict)

    def heads(self) -> Iterator[Head]:
        row = 0
        while row < len(self.sheet.rows):
            if self._may_head(row) and self._is_head(self.sheet.rows[row]):
                head = self._whole(row)
                if self._is_enough(head):
                    self.seen |= {t for t in head.texts if len(t) > 1}
                    yield head
                row = head.last + 1
            else:
                row += 1

    def known(self, text: str) -> Heading:
        if text not in self._headings:
            self._headings[text] = heading(text, self.aliases, near=self._near(text))
        return self._headings[text]

    def _may_head(self, row: int) -> bool:
        """Cheap first look: before any head is known near the top, afterwards only rows with words of a known head."""
        own = own_cells(self.sheet.rows[row])
        if len(own) < 2 or any(len(cell.text) > 3 * LONGEST_LABEL for cell in own):
            return False
        shared = sum(plain(cell.text) in self.seen for cell in own if len(cell.text) <= LONGEST_LABEL)
        return shared >= 2 if self.seen else row < SEARCHED_ROWS

    def _is_head(self, row: Row) -> bool:
        own = own_cells(row)
        known = [self.known(cell.text) for cell in own if len(cell.text) <= LONGEST_LABEL]
        told = [h for h in known if h.is_known]
        roles = {h.role for h in told if h.role}
        years = {h.year for h in told if h.year}
        return (
            len(told) >= 2
            and len(told) * 2 >= len(own)
            and (len(roles) >= 2 or bool(roles and years) or len(years) >= 2)
        )

    def _continues(self, row: Row, *, above: bool) -> bool:
        """Whether a row beside a head belongs to it: all it says are labels."""
        own = own_cells(row)
        if not own or any(len(cell.text) > LONGEST_LABEL for cell in own):
            return False
        told = [self.known(cell.text).is_known for cell in own]
        if above:
            return any(told) and (sum(told) * 3 >= len(own)) and not (len(own) == 1 and own[0].column == 0)
        return sum(told) * 5 >= len(own) * 3 and (len(own) > 1 or own[0].column > 0)

    def _whole(self, row: int) -> Head:
        rows = self.sheet.rows
        first = last = row
        while first > 0 and row - first < 3 and self._continues(rows[first - 1], above=True):
            first -= 1
        while last + 1 < len(rows) and last - row < 4 and self._goes_on(first, last + 1):
            last += 1
        head = Head(first, last)
        for index in range(first, last + 1):
            head.cells += own_cells(rows[index])
        head.labels = self._labels(rows[first : last + 1])
        return head

    def _goes_on(self, first: int, row: int) -> bool:
        """Whether the row below still belongs to the head: labels only, or cells beside a label merged down into it."""
        cells = self.sheet.rows[row]
        if cells and not own_cells(cells):
            return True
        heads = {c.at for r in self.sheet.rows[first:row] for c in own_cells(r)}
        if any(c.spread_from in heads for c in cells) and all(len(c.text) <= LONGEST_LABEL for c in own_cells(cells)):
            return True
        return self._continues(cells, above=False)

    def _labels(self, rows: Sequence[Row]) -> dict[int, list[Heading]]:
        """Each column's labels from the top down. Group labels reach to the right where nothing was merged."""
        is_merged = any(not cell.is_own for row in rows for cell in row)
        below = [{cell.column for r in rows[i + 1 :] for cell in r} for i in range(len(rows))]
        labels: dict[int, list[Heading]] = {}
        years: list[FiscalYear] = []
        for index, row in enumerate(rows):
            for cell, following in zip_longest(row, row[1:]):
                near = years[-1] if years else None
                found = heading(cell.text, self.aliases, near=near) if near else self.known(cell.text)
                years += [found.year] if found.year else []
                for column in self._columns_under(cell, following, found, set() if is_merged else below[index]):
                    stack = labels.setdefault(column, [])
                    if not stack or plain(stack[-1].text) != plain(cell.text):
                        stack.append(found)
        return labels

    def _near(self, text: str) -> FiscalYear | None:
        """Which year the first one without an era (24年度) is close to: one told near the top of the sheet.

        Without any, 平成 is meant where no other era can be: 令和 has not come that far, 昭和 is too long ago.
        """
        bare = _BARE_YEAR.match(plain(text))
        if bare is None:
            return None
        above = (m.year for row in self.sheet.rows[:NEAR_THE_TOP] for c in own_cells(row) for m in mentions(c.text))
        heisei = FiscalYear(1988 + int(bare[1])) if int(bare[1]) in _ONLY_HEISEI else None
        return next(above, heisei)

    def _columns_under(self, cell: Cell, following: Cell | None, found: Heading, below: set[int]) -> list[int]:
        """The columns a label stands over: its own, and for a group label those up to the next label of its row."""
        if not (found.year or found.role in _GROUPS):
            return [cell.column]
        end = following.column if following else max(below, default=cell.column) + 1
        return [cell.column, *(c for c in range(cell.column + 1, end) if c in below)]

    def _is_enough(self, head: Head) -> bool:
        roles = {role for stack in head.labels.values() for label in stack for role in label.roles}
        named = roles & {Role.TITLE, Role.NUMBER, Role.LEVEL, Role.DESCRIPTION, Role.LEAD}
        return bool(named) and (bool(roles & PROGRESS) or Role.SCHEDULE in roles or len(roles) >= 3)


def own_cells(row: Row) -> list[Cell]:
    return [cell for cell in row if cell.is_own and cell.text.strip()]
