"""What a person with the plan on their desk would decide while reviewing the sheet: pure, from the reading and the plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tomoni.imports.reading.grid import where
from tomoni.imports.services import Decided
from tomoni.kernel.japanese import plain
from tomoni.portal.demo.clean import TEXT_FIELDS, CleanLine, CleanPlan, YearEntry

Json = dict[str, Any]
FIELDS = {name: "next_action" if name == "next" else name for name in TEXT_FIELDS}


@dataclass(slots=True)
class Review:
    """One pass over a reading: decisions made so far, and the cells that are still free to be put somewhere."""

    document: Json
    decided: list[Decided] = field(default_factory=list)
    free: dict[tuple[int, str], list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for index, cell in enumerate(self.document["unplaced"]):
            _sheet, row, _column = where(cell["at"])
            self.free.setdefault((row, plain(cell["text"])), []).append(index)


def review(document: Json, plan: CleanPlan, *, leave: frozenset[str] = frozenset()) -> list[Decided]:
    """Decisions that bring the reading to the plan: open statuses the plan knows, texts without a place, mistakes.

    A status the plan itself leaves blank stays open; measures whose number is in `leave` are not looked at.
    """
    clean = {measure.number: measure for measure in plan.measures() if not measure.relisted_of}
    work = Review(document)
    for index, measure in enumerate(document["measures"]):
        original = clean.get(measure["number"] or "")
        if original is None or original.number in leave or measure["relisted_of"]:
            continue
        for place, (line, true) in enumerate(zip(measure["lines"], original.lines, strict=False)):
            _review_line(work, f"/measures/{index}/lines/{place}", line, true)
    return work.decided


def _review_line(work: Review, pointer: str, line: Json, true: CleanLine) -> None:
    row = _row_of(line)
    for year in sorted({*true.years, *(int(told) for told in line["years"])}):
        held: Mapping[str, Any] = line["years"].get(str(year), {})
        entry = true.years.get(year, YearEntry())
        here = f"{pointer}/years/{year}"
        if (held.get("status") or "") != entry.status:
            work.decided.append(Decided(f"{here}/status", *_settled(entry.status)))
        for name, key in FIELDS.items():
            text, wanted = (held.get(key) or {}).get("text", ""), getattr(entry, name)
            work.decided.extend(_review_text(work, f"{here}/{key}", row, text=text, wanted=wanted))


def _review_text(work: Review, pointer: str, row: int | None, *, text: str, wanted: str) -> Iterator[Decided]:
    if plain(text) == plain(wanted):
        return
    cells = work.free.get((row, plain(wanted)), []) if row is not None else []
    if wanted and cells and not text:
        yield Decided(f"/unplaced/{cells.pop(0)}", "correct", {"to": pointer})
    elif wanted or text:
        yield Decided(pointer, *_settled(wanted))


def _settled(value: str) -> tuple[str, str | None]:
    return ("correct", value) if value else ("open", None)


def _row_of(line: Json) -> int | None:
    """The row of the file a line stands in, told by any of its values."""
    for told in line["years"].values():
        places = [told["status_at"], *((told[key] or {}).get("at") for key in FIELDS.values())]
        for at in filter(None, places):
            return where(at.split("、")[0])[1]
    return None
