"""Pointers into a document: which value a decision, a cell or a doubt speaks of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]
MEASURE_TEXTS = ("number", "title", "description")

_VALUE = re.compile(
    r"/measures/(?P<measure>\d+)/(?:(?P<own>number|title|description|match)|schedule/(?P<planned>\d+)"
    r"|lines/(?P<line>\d+)/(?:(?P<side>leads|related)|years/(?P<year>\d+)/(?P<field>status|results|issues|next_action|remarks)))"
)
_OTHER = re.compile(r"/(?P<kind>nodes)/(?P<index>\d+)/(?P<own>title|number)|/(?P<list>numbers|unplaced)/(?P<at>\d+)")
_WORDS = re.compile(r"/(?P<kind>departments|statuses)/(?P<word>.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Place:
    """A pointer taken apart: `field` is what the value is; the rest says of what. `index` is of nodes, numbers, unplaced."""

    field: str
    measure: int | None = None
    line: int | None = None
    year: int | None = None
    index: int | None = None
    word: str = ""


def place_of(pointer: str) -> Place | None:
    """The place a pointer names, or None when it names none that a person may decide."""
    if found := _VALUE.fullmatch(pointer):
        return _in_a_measure(found)
    if found := _OTHER.fullmatch(pointer):
        if found["list"]:
            return Place({"numbers": "figure", "unplaced": "unplaced"}[found["list"]], index=int(found["at"]))
        return Place(f"heading_{found['own']}", index=int(found["index"]))
    if found := _WORDS.fullmatch(pointer):
        return Place(found["kind"], word=found["word"])
    return None


def _in_a_measure(found: re.Match[str]) -> Place:
    measure = int(found["measure"])
    if found["planned"]:
        return Place("schedule", measure, year=int(found["planned"]))
    if found["own"]:
        return Place(found["own"], measure)
    year = int(found["year"]) if found["year"] else None
    return Place(found["side"] or found["field"], measure, int(found["line"]), year)


def exists(document: Json, place: Place) -> bool:
    """Does the document hold what the place speaks of? A year of a line may be new."""
    try:
        if place.index is not None:
            key = {"figure": "numbers", "unplaced": "unplaced"}.get(place.field, "nodes")
            return place.index < len(document[key])
        if place.measure is not None:
            measure = document["measures"][place.measure]
            return place.line is None or bool(measure["lines"][place.line])
    except IndexError:
        return False
    return bool(place.word)


def read_value(document: Json, place: Place) -> Any:
    """The value as it stands in a document: a text, a status or "", a list of names, a figure."""
    if place.index is not None:
        if place.field == "figure":
            return document["numbers"][place.index]["value"]
        if place.field == "unplaced":
            return document["unplaced"][place.index]["text"]
        return document["nodes"][place.index][place.field.removeprefix("heading_")] or ""
    if place.measure is None:
        return ""
    return _of_measure(document["measures"][place.measure], place)


def _of_measure(measure: Json, place: Place) -> Any:
    if place.field == "match":
        return ""
    if place.field == "schedule":
        return measure["schedule"].get(str(place.year), "")
    if place.line is None:
        return _plain_text(measure[place.field])
    line = measure["lines"][place.line]
    if place.field in {"leads", "related"}:
        return line[place.field]
    return _plain_text(line["years"].get(str(place.year), {}).get(place.field))


def _plain_text(value: Any) -> str:
    return (value["text"] if isinstance(value, dict) else value) or ""


def places(document: Json) -> Mapping[str, list[str]]:
    """Pointer -> the cells it came from, from the document's own account of its cells."""
    found: dict[str, list[str]] = defaultdict(list)
    for at, told in document.get("cells", {}).items():
        for pointer in [told] if isinstance(told, str) else told:
            if pointer.startswith("/"):
                found[pointer].append(at)
    return found


def years_of(document: Json) -> list[int]:
    """Every fiscal year some line of the document reports, and those its heads name, in order."""
    told = set(document["plan"]["years"])
    for measure in document["measures"]:
        for line in measure["lines"]:
            told |= {int(year) for year in line["years"]}
    return sorted(told)
