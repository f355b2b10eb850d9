"""What a reader asked for in the lists of promises and recommendations. Anything that makes no sense is left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from urllib.parse import urlencode

from tomoni.promises.models import Verdict
from tomoni.promises.selectors.promised import Promise
from tomoni.promises.standing import Standing

UNDECIDED, WAITING = "undecided", "waiting"
STATES = (*Verdict.values, UNDECIDED, WAITING)


@dataclass(frozen=True, slots=True)
class Filter:
    """Empty text and None mean: all."""

    year: int | None = None
    department: int | None = None
    verdict: str = ""
    measure: int | None = None

    @property
    def query(self) -> str:
        """The rest of an address before its page number: "year=2019&" or ""."""
        given = {name: value for name, value in asdict(self).items() if value}
        return f"{urlencode(given)}&" if given else ""

    def keeps(self, promise: Promise, parties: Iterable[int]) -> bool:
        """Does this promise of a line with these departments fit?"""
        return (
            self.year in {None, promise.year}
            and self.measure in {None, promise.measure}
            and (self.department is None or self.department in parties)
            and self.verdict in {"", state_of(promise)}
        )


def state_of(promise: Promise) -> str:
    """A verdict; or that it is undecided; or that it waits for the next year's report."""
    if promise.verdict:
        return promise.verdict.verdict
    return UNDECIDED if promise.is_reported else WAITING


def asked(given: Mapping[str, str]) -> Filter:
    """Read an address's query."""
    verdict = given.get("verdict", "")
    return Filter(
        year=number(given.get("year", "")),
        department=number(given.get("department", "")),
        verdict=verdict if verdict in STATES else "",
        measure=number(given.get("measure", "")),
    )


def asked_standing(given: Mapping[str, str]) -> Standing | None:
    """Which standing of recommendations; None means all."""
    wanted = given.get("standing", "")
    return Standing(wanted) if wanted in set(Standing) else None


def number(text: str) -> int | None:
    """A number of an address, or None."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
