"""Below a measure: its schedule, its figures, and a line per department with what was reported each year."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from tomoni.kernel.japanese import plain
from tomoni.plans.charts import undated
from tomoni.plans.importing.difference import Writer, key_of
from tomoni.plans.importing.held import Held
from tomoni.plans.importing.match import match_lines
from tomoni.plans.importing.tables import TEXTS, Ref, Row
from tomoni.plans.importing.wanted import WantedFigure, WantedLine, WantedMeasure, WantedYear

Seat = Callable[[str], int | Ref]


class LineComparison:
    """What one measure of the file changes below the measure itself."""

    def __init__(self, writer: Writer, held: Held, batch: int, seat: Seat) -> None:
        self.writer, self.held, self.batch, self.seat = writer, held, batch, seat

    def measure(self, index: int, one: WantedMeasure, pk: int | None) -> None:
        """Everything below measure `index` of the file, which is row `pk` of the plan or a new one."""
        self._schedule(index, one, pk)
        self._figures(index, one, pk)
        leads = [frozenset(map(self.seat, line.leads)) for line in one.lines]
        known = {line: self._leads(line) for line in self._below("line", "measure_id", pk)}
        same = match_lines(leads, known)
        last = max((self.held.rows["line"][line]["position"] for line in known), default=-1)
        for n, line in enumerate(one.lines):
            if n not in same:
                last += 1
            self._line(f"{index}:{n}", line, same.get(n), (key_of("measure", str(index), pk), last))
        told = {(same.get(n), year.year) for n, line in enumerate(one.lines) for year in line.years}
        held = {(line, self.held.rows["progress"][y]["year"]) for line in known for y in self._years(line)}
        self.writer.difference.left_years += len(held - told)

    def _below(self, table: str, column: str, pk: int | None) -> Sequence[int]:
        return self.held.under(table, column, pk) if pk is not None else ()

    def _years(self, line: int | None) -> Sequence[int]:
        return self._below("progress", "line_id", line)

    def _leads(self, line: int) -> frozenset[Any]:
        seats = self.held.rows["seat"]
        return frozenset(seats[pk]["party_id"] for pk in self._below("seat", "line_id", line) if seats[pk]["is_lead"])

    def _schedule(self, index: int, one: WantedMeasure, pk: int | None) -> None:
        rows = self.held.rows["schedule"]
        known = {rows[key]["year"]: key for key in self._below("schedule", "measure_id", pk)}
        for year, text in one.schedule.items():
            content = {"measure_id": key_of("measure", str(index), pk), "year": year, "text": text}
            changed = self.writer.row("schedule", f"{index}:{year}", pk=known.get(year), content=content)
            held = rows.get(known.get(year, 0), {}).get("text", "")
            self.writer.mark(f"/measures/{index}/schedule/{year}", value=text, held=held, changed="text" in changed)

    def _figures(self, index: int, one: WantedMeasure, pk: int | None) -> None:
        rows = self.held.rows["figure"]
        known = {key: rows[key] for key in self._below("figure", "measure_id", pk)}
        same, renamed = match_figures(one.figures, known), renamed_by_people(known.values())
        for n, figure in enumerate(one.figures):
            name = renamed.get((spelling(figure.label), figure.unit), figure.label)
            content = {
                "measure_id": key_of("measure", str(index), pk),
                "year": figure.year,
                "label": name,
                "value": figure.value,
                "unit": figure.unit,
            }
            printed = {"printed_label": figure.label} if name != figure.label else {}
            origin = {"source_at": figure.at, "batch_id": self.batch, **printed}
            key = same.get(n)
            changed = self.writer.row("figure", f"{index}:{n}", pk=key, content=content, origin=origin)
            held = rows.get(key or 0, {}).get("value", "")
            pointer = f"/numbers/{figure.index}"
            self.writer.mark(pointer, value=figure.value, held=held, changed="value" in changed)

    def _line(self, ref: str, one: WantedLine, pk: int | None, where: tuple[int | Ref, int]) -> None:
        if pk is None:
            self.writer.row("line", ref, pk=None, content={"measure_id": where[0], "position": where[1]})
        measure, n = ref.split(":")
        start = f"/measures/{measure}/lines/{n}/"
        for name, is_lead in (("leads", True), ("related", False)):
            self._seats(ref, start + name, getattr(one, name), (pk, is_lead))
        rows = self.held.rows["progress"]
        known = {rows[key]["year"]: key for key in self._years(pk)}
        for year in one.years:
            self._year(ref, year, known.get(year.year), (pk, f"{start}years/{year.year}/"))

    def _seats(self, ref: str, pointer: str, names: Sequence[str], of: tuple[int | None, bool]) -> None:
        """The departments a line names take the place of those it had; naming none leaves them."""
        pk, is_lead = of
        rows = self.held.rows["seat"]
        known = {
            rows[key]["party_id"]: key for key in self._below("seat", "line_id", pk) if rows[key]["is_lead"] is is_lead
        }
        wanted = list(dict.fromkeys(map(self.seat, names)))
        if not wanted:
            return
        for party in [party for party in known if party not in wanted]:
            self.writer.gone("seat", known[party])
        for position, party in enumerate(wanted):
            if party not in known:
                content = {
                    "line_id": key_of("line", ref, pk),
                    "party_id": party,
                    "is_lead": is_lead,
                    "position": position,
                }
                self.writer.row("seat", f"{ref}:{is_lead}:{position}", pk=None, content=content)
        self.writer.mark(pointer, value=list(names), held=list(known), changed=set(wanted) != set(known))

    def _year(self, ref: str, one: WantedYear, pk: int | None, of: tuple[int | None, str]) -> None:
        row = self.held.rows["progress"].get(pk or 0, {})
        values = dict(one.values)
        if row.get("status") and "status" not in values:
            values.pop("status_text", None)  # a mark nobody could read says nothing against a status we have
        blank = dict.fromkeys(("status", "status_text", *TEXTS), "") if pk is None else {}
        content: Row = {"line_id": key_of("line", ref, of[0]), "year": one.year, **blank, **values}
        origin: Row = {"sources": sources(one, row), "batch_id": self.batch}
        if pk is None or "status" in values:
            origin["confidence"] = one.confidence
        changed = self.writer.row("progress", f"{ref}:{one.year}", pk=pk, content=content, origin=origin)
        self.writer.marks(of[1], values, row, changed)


def sources(one: WantedYear, row: Mapping[str, Any]) -> dict[str, Any]:
    """Where each value of a year stands. Values the file does not have keep their place, and under "of" their batch."""
    if not row:
        return dict(one.sources)
    held: dict[str, Any] = dict(row["sources"])
    batches: dict[str, int] = dict(held.pop("of", {}))
    kept = {name: at for name, at in held.items() if name not in one.values and row.get(name)}
    of = {name: batch for name in kept if (batch := batches.get(name, row["batch_id"]))}
    return {**kept, **one.sources, **({"of": of} if of else {})}


def match_figures(asked: Sequence[WantedFigure], known: Mapping[int, Row]) -> dict[int, int]:
    """Which figure of a measure is which: by year, label and place; then by value; then as the only one of its label.

    The place comes first, so that two figures never change places on their way (the database refuses that).
    """
    same: dict[int, int] = {}
    free = dict(known)

    def take(mine: Callable[[WantedFigure], Any], theirs: Callable[[Row], Any], *, alone: bool = False) -> None:
        for n, figure in enumerate(asked):
            found = [pk for pk, row in free.items() if theirs(row) == mine(figure)] if n not in same else []
            rivals = [m for m, other in enumerate(asked) if m not in same and mine(other) == mine(figure)]
            if found and (not alone or len(found) == len(rivals) == 1):
                same[n] = found[0]
                del free[found[0]]

    take(lambda f: (f.year, plain(f.label), f.at), lambda r: (r["year"], _printed(r), r["source_at"]))
    take(lambda f: (f.year, plain(f.label), f.value), lambda r: (r["year"], _printed(r), r["value"]))
    take(lambda f: (f.year, plain(f.label)), lambda r: (r["year"], _printed(r)), alone=True)
    return same


def _printed(row: Row) -> str:
    """The name a figure was read under, whatever people call it since."""
    return plain(row["printed_label"] or row["label"])


def renamed_by_people(rows: Iterable[Row]) -> dict[tuple[str, str], str]:
    """Spellings and units that people gave a name of their own: the next sheet is read with it."""
    return {(spelling(row["printed_label"]), row["unit"]): row["label"] for row in rows if row["printed_label"]}


def spelling(label: str) -> str:
    """The key of a label: its year does not matter, nor width and blanks."""
    return plain(undated(label))
