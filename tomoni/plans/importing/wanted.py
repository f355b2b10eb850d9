"""What a settled document asks for, as headings, measures and lines: the same words for every sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tomoni.kernel.japanese import plain
from tomoni.plans.importing.pointers import Json, places
from tomoni.plans.importing.tables import TEXTS, decimal_text

LONGEST_LABEL = 90  # leaves room for a number behind it


@dataclass(slots=True)
class WantedHeading:
    """A heading of the file; `parent` is the index of the one above."""

    level: str
    number: str
    title: str
    parent: int | None
    depth: int
    at: str


@dataclass(slots=True)
class WantedYear:
    """A year of a line: values that were read, by column; and where each stood."""

    year: int
    values: dict[str, str]
    sources: dict[str, str]
    confidence: float | None


@dataclass(slots=True)
class WantedLine:
    """A row of a measure, by the names of its departments."""

    leads: list[str]
    related: list[str]
    years: list[WantedYear]


@dataclass(slots=True)
class WantedFigure:
    """A number found in a text; `index` is its place in the document."""

    index: int
    year: int
    label: str
    value: str
    unit: str
    at: str


@dataclass(slots=True)
class WantedMeasure:
    """A measure of the file, in its order."""

    heading: int | None
    number: str
    number_inferred: bool
    title: str
    description: str
    relisted_of: int | None
    schedule: dict[int, str]
    sources: dict[str, str]
    lines: list[WantedLine]
    figures: list[WantedFigure] = field(default_factory=list)


@dataclass(slots=True)
class Wanted:
    """Everything a document asks for. `astray` are the places of figures that belong to no measure."""

    headings: list[WantedHeading]
    measures: list[WantedMeasure]
    years: list[int]
    astray: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Told:
    """What measures of a document refer to: headings by id, cells by pointer, originals of relisted measures."""

    headings: Mapping[str, int]
    cells: Mapping[str, list[str]]
    originals: Mapping[str, int]


def wanted(document: Json) -> Wanted:
    """Turn a settled document into what the plan should hold."""
    told = _Told({node["id"]: n for n, node in enumerate(document["nodes"])}, places(document), _originals(document))
    measures = [_measure(n, measure, told) for n, measure in enumerate(document["measures"])]
    made = Wanted(_headings(document), measures, sorted(document["plan"]["years"]))
    _add_figures(made, document)
    return made


def _headings(document: Json) -> list[WantedHeading]:
    index = {node["id"]: n for n, node in enumerate(document["nodes"])}
    made: list[WantedHeading] = []
    for node in document["nodes"]:
        above = index.get(node["parent"])
        parent = above if above is not None and above < len(made) else None
        depth = made[parent].depth + 1 if parent is not None else 0
        made.append(WantedHeading(node["level"], node["number"] or "", node["title"], parent, depth, node["at"] or ""))
    return made


def _originals(document: Json) -> dict[str, int]:
    """Number or title -> index of the one measure a relisted one may point to."""
    found: dict[str, list[int]] = {}
    for n, measure in enumerate(document["measures"]):
        if measure["relisted_of"] is None:
            for key in {plain(measure["number"] or ""), plain(measure["title"])} - {""}:
                found.setdefault(key, []).append(n)
    return {key: indices[0] for key, indices in found.items() if len(indices) == 1}


def _measure(n: int, measure: Json, told: _Told) -> WantedMeasure:
    points_to = measure["relisted_of"]
    original = told.originals.get(plain(points_to)) if points_to is not None else None
    if points_to is not None and original is None:
        original = told.originals.get(plain(measure["title"]))
    description = measure["description"] or {"text": "", "at": ""}
    start = f"/measures/{n}/"
    sources = {"title": measure["at"] or "", "description": description["at"] or ""}
    sources |= {
        pointer.removeprefix(start): "、".join(found)
        for pointer in (f"{start}number", *(f"{start}schedule/{year}" for year in measure["schedule"]))
        if (found := told.cells.get(pointer))
    }
    return WantedMeasure(
        heading=told.headings.get(measure["parent"]),
        number=measure["number"] or "",
        number_inferred=bool(measure["number_inferred"]),
        title=measure["title"],
        description=description["text"],
        relisted_of=original,
        schedule={int(year): text for year, text in sorted(measure["schedule"].items()) if text},
        sources={name: at for name, at in sources.items() if at},
        lines=[] if original is not None else [_line(line) for line in measure["lines"]],
    )


def _line(line: Json) -> WantedLine:
    return WantedLine(
        leads=[name.strip() for name in line["leads"] if name.strip()],
        related=[name.strip() for name in line["related"] if name.strip()],
        years=[made for year, entry in sorted(line["years"].items()) if (made := _year(int(year), entry)).values],
    )


def _year(year: int, entry: Json) -> WantedYear:
    values = {"status": entry["status"] or "", "status_text": entry["status_text"] or ""}
    sources = {"status": entry["status_at"] or ""}
    for name in TEXTS:
        if text := entry[name]:
            values[name], sources[name] = text["text"], text["at"] or ""
    return WantedYear(
        year,
        {name: value for name, value in values.items() if value},
        {name: at for name, at in sources.items() if at},
        entry["confidence"] if entry["status"] else None,
    )


def _add_figures(made: Wanted, document: Json) -> None:
    """Figures name their measure by its number; one that names none, or a number twice used, belongs to none."""
    by_number: dict[str, list[WantedMeasure]] = {}
    for one in made.measures:
        if one.number and one.relisted_of is None:
            by_number.setdefault(plain(one.number), []).append(one)
    for index, number in enumerate(document["numbers"]):
        if number["value"] in {"", None}:  # left out by a person
            continue
        owners = by_number.get(plain(number["measure"] or ""), [])
        try:
            value = decimal_text(number["value"])
        except ArithmeticError:
            value = ""
        if len(owners) != 1 or not value:
            made.astray.append(number["at"] or "")
            continue
        at = number["at"] or ""
        figures = owners[0].figures
        label = _once(number["label"], {one.label for one in figures if (one.year, one.at) == (number["year"], at)})
        figures.append(WantedFigure(index, number["year"], label, value, number["unit"] or "", at))


def _once(label: str, taken: set[str]) -> str:
    """A label of its own among the figures of one cell: 参加者, 参加者（2）, 参加者（3）."""
    label, n = label[:LONGEST_LABEL], 1
    made = label
    while made in taken:
        n += 1
        made = f"{label}（{n}）"
    return made
