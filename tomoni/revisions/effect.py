"""What a revision writes: the difference between the plan as it stands and the shape it becomes, row by row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tomoni.plans.importing.difference import Change as RowChange
from tomoni.plans.importing.held import Held
from tomoni.plans.importing.tables import Ref, Row
from tomoni.revisions.shape import ENDING, MAKING, Draft, Heading, Measure, reshaped


def effect_of(draft: Draft, held: Held) -> list[RowChange]:
    """Every row to make, to write over or to take away; nothing when the changes change nothing."""
    return list(Effect(draft, held).rows())


class Effect:
    """One comparison of two shapes; `held` are the rows of the plan as they stand."""

    def __init__(self, draft: Draft, held: Held) -> None:
        self.draft, self.held = draft, held
        self.before, self.after = draft.shape, reshaped(draft)

    def rows(self) -> Iterator[RowChange]:
        """In no particular order: writing sorts them by table."""
        if self.before.last != self.after.last:
            yield self._over("plan", self.held.plan or 0, {"last_year": self.after.last})
        yield from self._headings()
        yield from self._measures()

    def _over(self, table: str, pk: int, columns: Row) -> RowChange:
        row = self.held.rows[table][pk]
        return RowChange(table, "", pk, {name: row[name] for name in columns}, columns)

    def _headings(self) -> Iterator[RowChange]:
        places = _places([(pk, row["position"]) for pk, row in self._in_order("heading")], self._new_headings())
        for pk, heading in self.after.headings.items():
            if pk < 0:
                yield RowChange("heading", str(-pk), None, None, self._heading_row(heading, places[pk]))
                continue
            columns = _differing(self.held.rows["heading"][pk], {"number": heading.number, "title": heading.title})
            columns |= _differing(self.held.rows["heading"][pk], {"position": places[pk]})
            if columns:
                yield self._over("heading", pk, columns)

    def _in_order(self, table: str) -> list[tuple[int, Row]]:
        return sorted(self.held.rows[table].items(), key=lambda each: (each[1]["position"], each[0]))

    def _new_headings(self) -> list[tuple[int, int | None]]:
        """Each new heading behind everything that stands under its parent."""
        order = [pk for pk, _row in self._in_order("heading")]
        return [(pk, self._last_below(one.parent, order)) for pk, one in self.after.headings.items() if pk < 0]

    def _last_below(self, parent: int | None, order: list[int]) -> int | None:
        inside = {parent}
        last = parent
        for pk in order:
            if self.after.headings[pk].parent in inside:
                inside.add(pk)
                last = pk
        return last

    def _heading_row(self, heading: Heading, position: int) -> Row:
        levels: list[str] = self.held.rows["plan"][self.held.plan or 0]["levels"]
        beside = [row["level"] for row in self.held.rows["heading"].values() if row["depth"] == heading.depth]
        named = beside[:1] or levels[heading.depth : heading.depth + 1] or levels[-1:] or [""]
        return {
            "plan_id": self.held.plan,
            "parent_id": _key("heading", heading.parent),
            "level": named[0],
            "depth": heading.depth,
            "number": heading.number,
            "title": heading.title,
            "position": position,
            "source_at": "",
        }

    def _measures(self) -> Iterator[RowChange]:
        places = _places([(pk, row["position"]) for pk, row in self._in_order("measure")], self._new_measures())
        for pk, measure in self.after.measures.items():
            if pk < 0:
                yield from self._made(measure, places[pk])
                continue
            row = self.held.rows["measure"][pk]
            columns = _differing(row, {**_columns(measure), "position": places[pk]})
            if "number" in columns:
                columns["number_inferred"] = False
            if columns:
                yield self._over("measure", pk, columns)
            yield from self._lines(measure)
            yield from self._schedule(measure)

    def _new_measures(self) -> list[tuple[int, int | None]]:
        """What others became stands behind them, what is added behind the last measure of its heading."""
        order = [pk for pk, _row in self._in_order("measure")]
        found: list[tuple[int, int | None]] = []
        for change in self.draft.changes:
            if change.kind not in MAKING:
                continue
            for index, one in enumerate(change.results):
                under = {pk for pk in order if self.before.measures[pk].heading == one.heading}
                beside = set(change.sources) if change.kind in ENDING else under
                anchor = next((pk for pk in reversed(order) if pk in beside), order[-1] if order else None)
                found.append((change.key_of(index), anchor))
        return found

    def _made(self, measure: Measure, position: int) -> Iterator[RowChange]:
        ref = str(-measure.pk)
        row = _columns(measure) | {
            "plan_id": self.held.plan,
            "number_inferred": False,
            "description": measure.description,
            "relisted_of_id": None,
            "position": position,
            "sources": {},
            "batch_id": None,
        }
        yield RowChange("measure", ref, None, None, row)
        yield RowChange("line", ref, None, None, {"measure_id": Ref(f"measure:{ref}"), "position": 0})
        for _line, leads in measure.lines:
            yield from (self._seat(Ref(f"line:{ref}"), n, party) for n, party in enumerate(leads))

    def _seat(self, line: int | Ref, position: int, party: int) -> RowChange:
        content: Row = {"line_id": line, "party_id": party, "is_lead": True, "position": position}
        return RowChange("seat", f"{line}:{party}", None, None, content)

    def _lines(self, measure: Measure) -> Iterator[RowChange]:
        for line, leads in measure.lines:
            if leads == dict(self.before.measures[measure.pk].lines)[line]:
                continue
            rows = self.held.rows["seat"]
            known = {rows[pk]["party_id"]: pk for pk in self.held.under("seat", "line_id", line) if rows[pk]["is_lead"]}
            for party in known.keys() - set(leads):
                yield RowChange("seat", "", known[party], dict(rows[known[party]]), None)
            yield from (self._seat(line, n, party) for n, party in enumerate(leads) if party not in known)

    def _schedule(self, measure: Measure) -> Iterator[RowChange]:
        rows = self.held.rows["schedule"]
        known = {rows[pk]["year"]: pk for pk in self.held.under("schedule", "measure_id", measure.pk)}
        for year, text in measure.schedule.items():
            if year not in known:
                content: Row = {"measure_id": measure.pk, "year": year, "text": text}
                yield RowChange("schedule", f"{measure.pk}:{year}", None, None, content)
            elif rows[known[year]]["text"] != text:
                yield self._over("schedule", known[year], {"text": text})


def _key(table: str, pk: int | None) -> int | Ref | None:
    return Ref(f"{table}:{-pk}") if pk is not None and pk < 0 else pk


def _columns(measure: Measure) -> Row:
    return {
        "heading_id": _key("heading", measure.heading),
        "number": measure.number,
        "title": measure.title,
        "begins_in": measure.begins,
        "ends_with": measure.ends,
        "former": [{"number": was.number, "title": was.title, "until": was.until} for was in measure.former],
    }


def _differing(row: Row, wanted: Row) -> dict[str, Any]:
    return {name: value for name, value in wanted.items() if row[name] != value}


def _places(held: list[tuple[int, int]], new: list[tuple[int, int | None]]) -> dict[int, int]:
    """Positions with new rows behind their anchors; those in the way move back, the others stay where they are."""
    order = [pk for pk, _position in held]
    for key, anchor in reversed(new):
        order.insert(order.index(anchor) + 1 if anchor in order else len(order), key)
    positions, found, last = dict(held), {}, -1
    for pk in order:
        last = max(positions.get(pk, last + 1), last + 1)
        found[pk] = last
    return found
