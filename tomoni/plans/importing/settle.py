"""The document with what people decided: pure, and it changes only what the decisions name."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from tomoni.kernel.japanese import plain
from tomoni.plans.importing.pointers import Json, Place, exists, place_of
from tomoni.plans.importing.tables import TEXTS

ACCEPT, CORRECT, OPEN = "accept", "correct", "open"
APART = frozenset({"match", "departments", "statuses", "unplaced"})  # decided here, carried out elsewhere
AND = "、"  # between the cells of a value that stands in several


@dataclass(frozen=True, slots=True)
class Chosen:
    """A decision as the pure part sees it: accept, correct or open, and the corrected value."""

    kind: str
    value: Any = None


def settled(document: Json, choices: Mapping[str, Chosen]) -> Json:
    """A copy of the document in which every decision has been carried out; the given one is left as it is.

    Words explained once for the whole file (`/statuses/○`) come first, so that a decision about one value wins.
    """
    made = {**document, **{key: deepcopy(document[key]) for key in ("nodes", "measures", "numbers")}}
    _explain_words(made, choices)
    told = [(place, chosen) for pointer, chosen in sorted(choices.items()) if (place := place_of(pointer))]
    for place, chosen in told:
        if chosen.kind == ACCEPT or place.field in APART or not exists(document, place):
            continue
        _set(made, place, chosen.value if chosen.kind == CORRECT else None)
    for place, chosen in told:
        if place.field == "unplaced" and exists(document, place):
            _put(made, place, chosen)
    _keep_figures_with_their_measures(document, made)
    return made


def _keep_figures_with_their_measures(was: Json, now: Json) -> None:
    """Figures name their measure by its number: a corrected number takes them along."""
    numbers = [measure["number"] for measure in was["measures"]]
    renamed = {
        before: after["number"]
        for before, after in zip(numbers, now["measures"], strict=True)
        if before and before != after["number"] and numbers.count(before) == 1
    }
    for figure in now["numbers"]:
        figure["measure"] = renamed.get(figure["measure"], figure["measure"])


def _explain_words(document: Json, choices: Mapping[str, Chosen]) -> None:
    """A status word explained by a person settles every open status that is written so."""
    told = {
        plain(pointer.removeprefix("/statuses/")): chosen.value
        for pointer, chosen in choices.items()
        if pointer.startswith("/statuses/") and chosen.kind == CORRECT
    }
    if not told:
        return
    for measure in document["measures"]:
        for line in measure["lines"]:
            for year in line["years"].values():
                if year["status"] is None and (meaning := told.get(plain(year["status_text"] or ""))):
                    year["status"], year["confidence"] = meaning, None


def _set(document: Json, place: Place, value: Any) -> None:
    if place.index is not None:
        key, name = ("numbers", "value") if place.field == "figure" else ("nodes", place.field[len("heading_") :])
        document[key][place.index][name] = value if value is not None else ""
    elif place.measure is not None:
        measure = document["measures"][place.measure]
        if place.line is None:
            _set_of_measure(measure, place, value)
        else:
            _set_of_line(measure["lines"][place.line], place, value)


def _set_of_measure(measure: Json, place: Place, value: Any) -> None:
    if place.field == "schedule":
        measure["schedule"][str(place.year)] = value or ""
    elif place.field == "description":
        measure["description"] = _text(measure["description"], value)
    elif place.field == "number":
        measure["number"], measure["number_inferred"] = value or None, False
    elif value:  # a measure cannot do without a title
        measure["title"] = value


def _set_of_line(line: Json, place: Place, value: Any) -> None:
    if place.year is None:
        line[place.field] = list(value or [])
        return
    year = _year(line, place.year)
    if place.field == "status":
        year["status"], year["confidence"] = value or None, None
    else:
        year[place.field] = _text(year[place.field], value)


def _text(held: Json | None, value: str | None) -> Json | None:
    return {"text": value, "at": held["at"] if held else ""} if value else None


def _year(line: Json, year: int) -> Json:
    blank: Json = {"status": None, "status_text": None, "status_at": None, "confidence": None}
    held: Json = line["years"].setdefault(str(year), {**blank, **dict.fromkeys(TEXTS)})
    return held


def _put(document: Json, place: Place, chosen: Chosen) -> None:
    """Carry the text of an unplaced cell to the field a person named, behind what stands there."""
    if chosen.kind != CORRECT or not isinstance(chosen.value, dict):
        return
    target = place_of(chosen.value.get("to", ""))
    if target is None or target.measure is None or not exists(document, target):
        return
    cell = document["unplaced"][place.index or 0]
    measure = document["measures"][target.measure]
    if target.field == "description":
        measure["description"] = _joined(measure["description"], cell)
    elif target.line is not None and target.year is not None:
        year = _year(measure["lines"][target.line], target.year)
        if target.field == "status":
            status = chosen.value.get("status") or None
            year.update(status=status, status_text=cell["text"], status_at=cell["at"], confidence=None)
        else:
            year[target.field] = _joined(year[target.field], cell)


def _joined(held: Json | None, cell: Json) -> Json:
    if not held:
        return {"text": cell["text"], "at": cell["at"]}
    return {"text": f"{held['text']}\n{cell['text']}", "at": AND.join(filter(None, (held["at"], cell["at"])))}
