"""Every value of a measure as a reviewer sees it: what was read, the cell as it stands, what the plan holds, the doubts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from tomoni.kernel.japanese import plain
from tomoni.plans.importing.counts import is_low
from tomoni.plans.importing.difference import Mark
from tomoni.plans.importing.look import Look
from tomoni.plans.importing.pointers import Json, place_of, read_value, years_of
from tomoni.plans.importing.settle import AND
from tomoni.plans.importing.tables import TEXTS
from tomoni.plans.words import Words, long_year

STATUS, TEXT, SHORT, NAMES, FIGURE = "status", "text", "short", "names", "figure"
OPEN_STATUS, LOW, CORRECTED, INFERRED, DEPARTMENT = "open", "low", "corrected", "inferred", "department"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the file: its place, and its text as it stands there."""

    at: str
    text: str


@dataclass(slots=True)
class Value:
    """One value. `value` is what would be committed, as the control shows it; `read` is what the machine read."""

    pointer: str
    label: str
    control: str
    value: str
    read: str
    cells: tuple[Cell, ...] = ()
    line: str = ""
    doubts: frozenset[str] = frozenset()
    slips: tuple[tuple[str, str], ...] = ()
    mark: Mark | None = None
    held: str = ""
    confidence: float | None = None
    choice: str = ""
    chosen_by: str = ""
    settled_by_word: bool = False
    error: str = ""

    @property
    def id(self) -> str:
        """The name of its control within the page."""
        return "v" + self.pointer.replace("/", "-")

    @property
    def is_blank(self) -> bool:
        return not self.read and not self.value and not self.choice

    @property
    def waits(self) -> bool:
        """Doubtful, and nobody has said anything yet. Departments are asked about once for the whole file."""
        return bool(self.doubts - {DEPARTMENT}) and not self.choice and not self.settled_by_word

    @property
    def percent(self) -> str:
        return "" if self.confidence is None else f"{self.confidence:.0%}"


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of the city, and its words for the statuses."""

    words: Words

    def status(self, key: str) -> str:
        """The city's word for a status; "" for none."""
        return self.words.full.get(key, key) if key else ""

    def show(self, control: str, value: Any) -> str:
        """A value as people read it."""
        if control == STATUS:
            return self.status(value or "")
        return joined(value) if control == NAMES else str(value or "")


def joined(names: Any) -> str:
    """Several departments in one line."""
    return AND.join(names or ())


@dataclass(slots=True)
class Reader:
    """Makes the values of measures; holds what is the same for all of them."""

    look: Look
    document: Json
    wording: Wording
    texts: Mapping[str, str]
    cells: Mapping[str, list[str]]
    people: Mapping[str, str]  # pointer -> who decided
    slips: dict[str, tuple[str, str]] = field(default_factory=dict)
    unknown: frozenset[str] = frozenset()  # departments nobody has decided about
    years: tuple[int, ...] = ()
    figures: dict[str, list[tuple[int, Json]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.slips = {one["at"]: (one["from"], one["to"]) for one in self.document["corrections"]}
        self.years = tuple(years_of(self.document))
        for n, one in enumerate(self.document["numbers"]):
            self.figures.setdefault(one["measure"] or "", []).append((n, one))

    def values(self, index: int) -> Iterator[Value]:
        """Every value of a measure, in the order of the sheet."""
        measure = self.document["measures"][index]
        start, fields = f"/measures/{index}", self.wording.words.fields
        yield self._make(f"{start}/number", _("番号"), SHORT, [], INFERRED if measure["number_inferred"] else "")
        yield self._make(f"{start}/title", self.wording.words.measure, SHORT, [measure["at"]])
        at = (measure["description"] or {}).get("at", "")
        yield self._make(f"{start}/description", fields["description"], TEXT, [at])
        for year in measure["schedule"]:
            yield self._make(f"{start}/schedule/{year}", _("%s の計画") % long_year(int(year)), SHORT, [])
        for n, line in enumerate(measure["lines"]):
            yield from self._line(
                f"{start}/lines/{n}", line, joined(line["leads"]) if len(measure["lines"]) > 1 else ""
            )
        for n, one in self.figures.get(measure["number"] or "", ()):
            label = _("%(year)s の数値: %(label)s") % {"year": long_year(one["year"]), "label": one["label"]}
            yield self._make(
                f"/numbers/{n}", f"{label}（{one['unit']}）" if one["unit"] else label, FIGURE, [one["at"]]
            )

    def heading(self, index: int) -> Iterator[Value]:
        """Number and title of a heading."""
        node = self.document["nodes"][index]
        yield self._make(f"/nodes/{index}/number", _("%s の番号") % node["level"], SHORT, [node["at"]])
        yield self._make(f"/nodes/{index}/title", node["level"], SHORT, [node["at"]])

    def _line(self, start: str, line: Json, name: str) -> Iterator[Value]:
        fields = self.wording.words.fields
        for side in ("leads", "related"):
            new = any(plain(one) in self.unknown for one in line[side])
            yield self._make(f"{start}/{side}", fields[side], NAMES, [], DEPARTMENT if new else "", line=name)
        for year in self.years:
            entry = line["years"].get(str(year))
            told, where = long_year(year), f"{start}/years/{year}"
            if entry is not None:
                yield self._status(f"{where}/status", f"{told} {fields['status']}", entry, name)
            for text in TEXTS:
                at = ((entry or {}).get(text) or {}).get("at", "")
                yield self._make(f"{where}/{text}", f"{told} {fields[text]}", TEXT, [at], line=name)

    def _status(self, pointer: str, label: str, entry: Json, name: str) -> Value:
        doubt = OPEN_STATUS if entry["status"] is None else LOW if is_low(entry) else ""
        value = self._make(pointer, label, STATUS, [entry["status_at"]], doubt, line=name)
        value.confidence = entry["confidence"] if entry["status"] else None
        value.settled_by_word = doubt == OPEN_STATUS and bool(value.value) and not value.choice
        return value

    def _make(
        self, pointer: str, label: str, control: str, at: list[str | None], *doubts: str, line: str = ""
    ) -> Value:
        place = place_of(pointer)
        chosen, mark = self.look.choices.get(pointer), self.look.difference.marks.get(pointer)
        places = [one for one in at if one] or self.cells.get(pointer, [])
        cells = tuple(Cell(one, self.texts.get(one, "")) for told in places for one in told.split(AND))
        slips = tuple(self.slips[cell.at] for cell in cells if cell.at in self.slips)
        told = {doubt for doubt in doubts if doubt} | ({CORRECTED} if slips else set())
        value = read_value(self.look.settled, place) if place else ""
        read = read_value(self.document, place) if place else ""
        return Value(
            pointer=pointer,
            label=label,
            control=control,
            value=joined(value) if control == NAMES else str(value or ""),
            read=self.wording.show(control, read),
            cells=cells,
            line=line,
            doubts=frozenset(told),
            slips=slips,
            mark=mark,
            held=self._held(control, mark),
            choice=chosen.kind if chosen else "",
            chosen_by=self.people.get(pointer, "") if chosen else "",
        )

    def _held(self, control: str, mark: Mark | None) -> str:
        if mark is None or not mark.held:
            return ""
        if control == NAMES:
            return joined(self.look.names.names.get(pk, "") for pk in mark.held)
        return self.wording.show(control, mark.held)
