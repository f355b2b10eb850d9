"""How much a document holds, for lists and for the head of the review. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from tomoni.plans.importing.pointers import Json

SURE = 0.9  # below this a status is shown as doubtful until a person has looked at it


def year_entries(document: Json) -> Iterator[Json]:
    """Every year of every line; relisted measures report under their original."""
    for measure in document["measures"]:
        if measure["relisted_of"] is None:
            for line in measure["lines"]:
                yield from line["years"].values()


def is_low(entry: Json) -> bool:
    """A status that was read, but not for certain."""
    return entry["status"] is not None and entry["confidence"] is not None and entry["confidence"] < SURE


def counts_of(document: Json) -> dict[str, int]:
    """Measures, lines, statuses read and open, and what should be looked at."""
    entries = list(year_entries(document))
    return {
        "measures": len(document["measures"]),
        "lines": sum(len(measure["lines"]) for measure in document["measures"]),
        "read": sum(entry["status"] is not None for entry in entries),
        "open": sum(entry["status"] is None for entry in entries),
        "low": sum(map(is_low, entries)),
        "inferred": sum(bool(measure["number_inferred"]) for measure in document["measures"]),
        "corrections": len(document["corrections"]),
        "unplaced": len(document["unplaced"]),
        "figures": len(document["numbers"]),
    }
