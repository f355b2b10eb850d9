"""Compare what a file asks for with the plan as it stands. Pure: from rows and words to a difference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tomoni.kernel.fiscal import fiscal_range
from tomoni.kernel.japanese import plain
from tomoni.plans.importing.departments import LONGEST_NAME, Directory
from tomoni.plans.importing.difference import CHANGED, NEW, SAME, Difference, Writer, key_of
from tomoni.plans.importing.held import Held
from tomoni.plans.importing.lines import LineComparison
from tomoni.plans.importing.match import Named, match_headings, match_measures
from tomoni.plans.importing.tables import Ref, Row
from tomoni.plans.importing.wanted import Wanted, WantedMeasure


@dataclass(frozen=True, slots=True)
class Into:
    """Where the file goes: the name of a plan still to be made, its rulebook, and the batch it comes through."""

    title: str
    rulebook: int
    batch: int


def compare(wanted: Wanted, held: Held, *, names: Directory, into: Into, answers: Mapping[int, int]) -> Difference:
    """The difference a settled document makes; `answers` say which measure is which (0: a new one)."""
    made = Comparison(wanted, held, names, into)
    made.plan()
    made.headings()
    made.measures(answers)
    return made.writer.difference


class Comparison:
    """One comparison; the three steps build on each other."""

    def __init__(self, wanted: Wanted, held: Held, names: Directory, into: Into) -> None:
        self.wanted, self.held, self.names, self.into = wanted, held, names, into
        self.writer = Writer(held)
        self._headings: dict[int, int | Ref] = {}
        self._parties: dict[str, Ref] = {}
        self._plan: int | Ref = 0

    def plan(self) -> None:
        """Its years and the names of its levels grow with the file; the title is never changed and says the period."""
        row = self.held.rows["plan"].get(self.held.plan or 0, {})
        first, last = self._period(row)
        levels = dict.fromkeys([*row.get("levels", []), *(one.level for one in self.wanted.headings)])
        content: Row = {
            "first_year": first,
            "last_year": last,
            "years": sorted({*row.get("years", []), *self.wanted.years}),
            "levels": [level for level in levels if level],
        }
        if not row:
            content |= {"title": self.into.title, "rulebook_id": self.into.rulebook}
        self.writer.row("plan", "plan", pk=self.held.plan, content=content)
        self._plan = key_of("plan", "plan", self.held.plan)

    def _period(self, row: Row) -> tuple[int | None, int | None]:
        """What the plan's title says; a report may be of the year before. Else all years planned, reported or held."""
        if (said := fiscal_range(row.get("title") or self.into.title)) is not None:
            return said[0].year, said[1].year
        ends: set[int] = {year for measure in self.wanted.measures for year in measure.schedule}
        ends |= {*self.wanted.years, *(year for name in ("first_year", "last_year") if (year := row.get(name)))}
        return min(ends, default=None), max(ends, default=None)

    def headings(self) -> None:
        """Level by level, so that each is looked for under the heading that was found for the one above."""
        same: dict[int, int] = {}
        for depth in sorted({one.depth for one in self.wanted.headings}):
            for parent in {one.parent for one in self.wanted.headings if one.depth == depth}:
                above = same.get(parent) if parent is not None else None
                if parent is None or above is not None:
                    same |= self._children(depth, parent, above)
        start = self._positions("heading", same)
        for index, one in enumerate(self.wanted.headings):
            content: Row = {
                "plan_id": self._plan,
                "parent_id": self._headings.get(one.parent) if one.parent is not None else None,
                "level": one.level,
                "depth": one.depth,
                "number": one.number,
                "title": one.title,
                "position": self._position("heading", same.get(index), index, start),
            }
            pk = same.get(index)
            changed = self.writer.row("heading", str(index), pk=pk, content=content, origin={"source_at": one.at})
            row = self.held.rows["heading"].get(pk or 0, {})
            shown = {name: content[name] for name in ("number", "title")}
            self.writer.marks(f"/nodes/{index}/", shown, row, changed)
            self._headings[index] = key_of("heading", str(index), pk)

    def _children(self, depth: int, parent: int | None, above: int | None) -> dict[int, int]:
        asked = [
            Named(index, None, one.number, one.title, one.level)
            for index, one in enumerate(self.wanted.headings)
            if one.depth == depth and one.parent == parent
        ]
        rows = self.held.rows["heading"]
        known = [
            Named(pk, None, rows[pk]["number"], rows[pk]["title"], rows[pk]["level"])
            for pk in self.held.under("heading", "parent_id", above)
        ]
        return match_headings(asked, known)

    def measures(self, answers: Mapping[int, int]) -> None:
        """Every measure with its schedule, figures and lines; what the plan has beyond them is listed."""
        rows = self.held.rows["measure"]
        asked = [self._asked(index, one) for index, one in enumerate(self.wanted.measures)]
        known = [_named(pk, row) for pk, row in rows.items() if not self._is_over(row)]
        matching = match_measures(asked, known, answers)
        found = self.writer.difference
        found.unsure, found.rows, found.astray = matching.unsure, matching.same, self.wanted.astray
        start = self._positions("measure", matching.same)
        for index, one in enumerate(self.wanted.measures):
            self._measure(index, one, matching.same, start)
        kept = {*matching.same.values(), *(pk for near in matching.unsure.values() for pk in near)}
        found.left = [
            f"{row['number']} {row['title']}".strip()
            for pk, row in rows.items()
            if pk not in kept and not self._is_over(row)
        ]

    def _asked(self, index: int, one: WantedMeasure) -> Named:
        kind = "relisted" if one.relisted_of is not None else ""
        told = max((year.year for line in one.lines for year in line.years if year.values), default=None)
        return Named(index, self._above(one), one.number, one.title, kind, until=told)

    def _is_over(self, row: Row) -> bool:
        """Had this measure ended before every year the file tells of? Then nothing in the file can be it."""
        ended: int | None = row["ends_with"]
        return ended is not None and bool(self.wanted.years) and min(self.wanted.years) > ended

    def _above(self, one: WantedMeasure) -> int | Ref | None:
        return self._headings.get(one.heading) if one.heading is not None else None

    def _measure(self, index: int, one: WantedMeasure, same: Mapping[int, int], start: int | None) -> None:
        pk, before = same.get(index), len(self.writer.difference.changes)
        row = self.held.rows["measure"].get(pk or 0, {})
        original = one.relisted_of
        content: Row = {
            "plan_id": self._plan,
            "heading_id": self._above(one),
            "number": one.number,
            "number_inferred": one.number_inferred,
            "title": one.title,
            "description": one.description,
            "relisted_of_id": key_of("measure", str(original), same.get(original)) if original is not None else None,
            "position": self._position("measure", pk, index, start),
        }
        if any(plain(one.number) == plain(was["number"]) for was in row.get("former", ())):
            content["number"] = None  # an old sheet does not take a revision back
        if any(plain(one.title) == plain(was["title"]) for was in row.get("former", ())):
            content["title"] = None
        if pk is not None and (one.number_inferred or not one.number):
            content["number_inferred"] = None  # a number printed once is not doubted again
        origin: Row = {"sources": {**row.get("sources", {}), **one.sources}, "batch_id": self.into.batch}
        changed = self.writer.row("measure", str(index), pk=pk, content=content, origin=origin)
        shown = {name: content[name] for name in ("number", "title", "description")}
        self.writer.marks(f"/measures/{index}/", shown, row, changed)
        below = LineComparison(self.writer, self.held, self.into.batch, self._seat)
        below.measure(index, one, pk)
        state = SAME if len(self.writer.difference.changes) == before else CHANGED
        self.writer.difference.measures[index] = NEW if pk is None else state

    def _seat(self, name: str) -> int | Ref:
        """The party of a department as written; one nobody knows is made under the city."""
        if (pk := self.names.find(name)) is not None:
            return pk
        key = plain(name)
        if key not in self._parties:
            hall = self.names.hall
            if hall.pk is None and not self._parties:
                self.writer.row("party", "hall", pk=None, content={"kind": hall.kind, "name": hall.name})
            content: Row = {
                "kind": hall.kind,
                "name": name[:LONGEST_NAME],
                "parent_id": key_of("party", "hall", hall.pk),
            }
            self.writer.row("party", key, pk=None, content=content)
            self.writer.difference.new_departments.append(name[:LONGEST_NAME])
            self._parties[key] = Ref(f"party:{key}")
        return self._parties[key]

    def _positions(self, table: str, same: Mapping[int, int]) -> int | None:
        """None when the file has every row of the plan, so that its order counts; else where new rows are put."""
        rows = self.held.rows[table]
        if set(rows) <= set(same.values()):
            return None
        last: int = max(row["position"] for row in rows.values())
        return last + 1

    def _position(self, table: str, pk: int | None, index: int, start: int | None) -> int | None:
        if start is None:
            return index
        return None if pk is not None else start + index


def _named(pk: int, row: Row) -> Named:
    kind = "relisted" if row["relisted_of_id"] else ""
    former = tuple((was["number"], was["title"]) for was in row["former"])
    return Named(pk, row["heading_id"], row["number"], row["title"], kind, former, row["ends_with"])
