"""A measure under review: its values, the cells near it that found no place, what it might be, what was noticed."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from tomoni.imports.kept import Kept, rows_of
from tomoni.imports.reading.grid import where
from tomoni.kernel.japanese import plain
from tomoni.plans.importing.pointers import Json
from tomoni.plans.importing.settle import ACCEPT, CORRECT
from tomoni.plans.importing.tables import TEXTS
from tomoni.plans.imports.values import DEPARTMENT, Cell, Reader, Value, joined
from tomoni.plans.words import long_year

TWIN, UNPLACED, FINDING = "twin", "unplaced", "finding"
NOWHERE = -1  # the card of cells above the first measure
UNUSED = "none"
MOST_ROWS = 8  # of the file, shown with a measure


@dataclass(slots=True)
class Stray:
    """A cell that found no place: where it stands, why, and where a person puts it (`to` and `field`, or unused)."""

    pointer: str
    cell: Cell
    why: str
    to: str = ""
    field: str = ""
    chosen_by: str = ""
    error: str = ""

    @property
    def id(self) -> str:
        return "u" + self.pointer.replace("/", "-")

    @property
    def waits(self) -> bool:
        return not self.to


@dataclass(frozen=True, slots=True)
class Twin:
    """A measure of the plan that might be the one of the file."""

    pk: int
    label: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A cell of the rows a measure stands in, and what it became."""

    cell: Cell
    became: str


@dataclass(slots=True)
class Card:
    """One measure (or, as NOWHERE, what stands above the first). `shown` are the values asked about, `others` the rest."""

    index: int
    title: str = ""
    number: str = ""
    path: str = ""
    at: str = ""
    state: str = ""
    relisted: bool = False
    shown: list[Value] = field(default_factory=list)
    others: list[Value] = field(default_factory=list)
    strays: list[Stray] = field(default_factory=list)
    twins: tuple[Twin, ...] = ()
    match: str = ""
    notes: tuple[str, ...] = ()
    targets: tuple[tuple[str, str], ...] = ()
    rows: list[tuple[int, list[Seen]]] = field(default_factory=list)

    @property
    def values(self) -> list[Value]:
        return self.shown + self.others

    @property
    def pointer(self) -> str:
        return f"/measures/{self.index}/match"

    @property
    def anchor(self) -> str:
        """The name of the card within the page."""
        return f"m{self.index}" if self.index >= 0 else "nowhere"

    @property
    def doubts(self) -> dict[str, bool]:
        """The kinds of doubt on this card, and whether any of that kind still waits."""
        found: dict[str, bool] = {}
        for value in self.values:
            for doubt in value.doubts:
                found[doubt] = found.get(doubt, False) or (value.waits and doubt != DEPARTMENT)
        if self.strays:
            found[UNPLACED] = any(stray.waits for stray in self.strays)
        if self.twins:
            found[TWIN] = not self.match
        if self.notes:
            found[FINDING] = False
        return found


@dataclass(slots=True)
class Deck:
    """All cards of a document in its order."""

    cards: list[Card]

    def waiting(self) -> int:
        """How many values, cells and matches nobody has decided about."""
        return sum(
            sum(value.waits for value in card.values)
            + sum(stray.waits for stray in card.strays)
            + bool(card.twins and not card.match)
            for card in self.cards
        )


def deck(reader: Reader) -> Deck:
    """The card of every measure, with the cells that found no place by the measure they stand at."""
    document = reader.document
    strays = _strays(reader)
    notes = _notes(document)
    paths = _paths(reader.look.settled)
    cards = [Card(NOWHERE, strays=strays[NOWHERE])] if strays[NOWHERE] else []
    headings = _headings(document)
    for index, measure in enumerate(document["measures"]):
        now = reader.look.settled["measures"][index]
        chosen = reader.look.choices.get(f"/measures/{index}/match")
        card = Card(
            index,
            title=now["title"],
            number=now["number"] or "",
            path=paths.get(measure["parent"] or "", ""),
            at=measure["at"] or "",
            state=reader.look.difference.measures.get(index, ""),
            relisted=measure["relisted_of"] is not None,
            others=[
                *(value for heading in headings.get(index, ()) for value in reader.heading(heading)),
                *reader.values(index),
            ],
            strays=strays[index],
            twins=_twins(reader, index),
            match="" if chosen is None else "0" if chosen.kind == ACCEPT else str(chosen.value or ""),
            notes=notes.get(measure["number"] or "", ()),
        )
        card.targets = _targets(reader, index) if card.strays else ()
        cards.append(card)
    return Deck(cards)


def _strays(reader: Reader) -> dict[int, list[Stray]]:
    """Each cell belongs to the last measure that begins at or above its row, in its own sheet."""
    starts: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for index, measure in enumerate(reader.document["measures"]):
        if place := _row(measure["at"]):
            starts[place[0]].append((place[1], index))
    for rows in starts.values():
        rows.sort()
    found: dict[int, list[Stray]] = defaultdict(list)
    for n, one in enumerate(reader.document["unplaced"]):
        place = _row(one["at"])
        rows = starts.get(place[0], []) if place else []
        last = bisect_right(rows, (place[1], 10**9)) - 1 if place and rows else -1
        found[rows[last][1] if last >= 0 else NOWHERE].append(_stray(reader, n, one))
    return found


def _row(at: str | None) -> tuple[str, int] | None:
    try:
        sheet, row, _column = where(at or "")
    except ValueError:
        return None
    return sheet, row


def _stray(reader: Reader, n: int, one: Json) -> Stray:
    pointer = f"/unplaced/{n}"
    made = Stray(pointer, Cell(one["at"], one["text"]), one["why"], chosen_by=reader.people.get(pointer, ""))
    chosen = reader.look.choices.get(pointer)
    if chosen is None:
        return made
    made.to = UNUSED
    if chosen.kind == CORRECT and isinstance(chosen.value, dict):
        made.to, _slash, made.field = str(chosen.value.get("to", "")).rpartition("/")
    return made


def rows_near(card: Card, document: Json, grid: Kept | None) -> list[tuple[int, list[Seen]]]:
    """The rows of the file from this measure to the next, as they stand, with what became of each cell."""
    place = _row(card.at)
    if place is None:
        return []
    told = [_row(measure["at"]) for measure in document["measures"]]
    ends = [one[1] for one in told if one and one[0] == place[0] and one[1] > place[1]]
    last = min([*ends, place[1] + MOST_ROWS])
    became = {cell.at: value.label for value in card.values for cell in value.cells}
    words = {"header": _("見出し"), "furniture": _("表題など"), "unplaced": _("置き場所が決まらない")}
    cells = document["cells"]
    found = []
    for sheet, row in rows_of(grid):
        if (not place[0] or sheet == place[0]) and place[1] < row.number <= last:
            seen = [
                Seen(Cell(at, text), became.get(at) or words.get(_one(cells.get(at)), "")) for _c, at, text in row.cells
            ]
            found.append((row.number, seen))
    return found


def _one(told: str | list[str] | None) -> str:
    return told if isinstance(told, str) else ""


def _notes(document: Json) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for finding in document["findings"]:
        found[finding["measure"] or ""].append(finding["message"])
    return {number: tuple(dict.fromkeys(messages)) for number, messages in found.items()}


def _headings(document: Json) -> dict[int, list[int]]:
    """Measure -> the headings that begin with it, from the top down: they are shown on its card."""
    index = {node["id"]: n for n, node in enumerate(document["nodes"])}
    seen: set[int] = set()
    found: dict[int, list[int]] = {}
    for n, measure in enumerate(document["measures"]):
        above = index.get(measure["parent"] or "")
        while above is not None and above not in seen:
            seen.add(above)
            found.setdefault(n, []).insert(0, above)
            above = index.get(document["nodes"][above]["parent"] or "")
    return found


def _paths(document: Json) -> dict[str, str]:
    """Heading id -> the headings down to it, as one line."""
    nodes = {node["id"]: node for node in document["nodes"]}
    found: dict[str, str] = {}
    for node in document["nodes"]:
        above = found.get(node["parent"] or "", "") if node["parent"] in nodes else ""
        own = f"{node['level']}{node['number'] or ''} {node['title']}".strip()
        found[node["id"]] = f"{above} › {own}" if above else own
    return found


def _twins(reader: Reader, index: int) -> tuple[Twin, ...]:
    """Candidates are shown as long as the match is open, and afterwards so that it can be changed."""
    difference, rows = reader.look.difference, reader.look.held.rows["measure"]
    chosen = reader.look.choices.get(f"/measures/{index}/match")
    near = difference.unsure.get(index, ())
    if chosen is not None and not near:
        told = [difference.rows[index]] if index in difference.rows else []
        near = tuple(told) or tuple(_alike(reader, index))
    return tuple(Twin(pk, f"{rows[pk]['number']} {rows[pk]['title']}".strip()) for pk in near if pk in rows)


def _alike(reader: Reader, index: int) -> list[int]:
    taken = set(reader.look.difference.rows.values())
    number = plain(reader.look.settled["measures"][index]["number"] or "")
    rows = reader.look.held.rows["measure"]
    return [pk for pk, row in rows.items() if pk not in taken and number and plain(row["number"]) == number]


def _targets(reader: Reader, index: int) -> tuple[tuple[str, str], ...]:
    """Where a cell of this measure may go: a year of one of its lines, or its description."""
    lines = reader.document["measures"][index]["lines"]
    years = [
        (
            f"/measures/{index}/lines/{n}/years/{year}",
            f"{long_year(year)}（{joined(line['leads'])}）" if len(lines) > 1 and line["leads"] else long_year(year),
        )
        for n, line in enumerate(lines)
        for year in reader.years
    ]
    return (*years, (f"/measures/{index}", _("内容")))


def target_fields() -> tuple[str, ...]:
    """The fields of a year a cell may be put into."""
    return ("status", *TEXTS)
