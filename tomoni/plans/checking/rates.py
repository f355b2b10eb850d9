"""How much of what departments write is that of the year before: counts per department and year, never per person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from tomoni.plans.checking.facts import TEXTS, LineFacts
from tomoni.plans.checking.repeats import alike


@dataclass(frozen=True, slots=True)
class Rate:
    """Of so many texts that stand in both years, so many are repeated."""

    repeated: int = 0
    compared: int = 0

    @property
    def percent(self) -> int:
        """In whole percent; 0 where nothing could be compared."""
        return round(100 * self.repeated / self.compared) if self.compared else 0


def repeat_rates(lines: Iterable[LineFacts]) -> dict[str, dict[int, Rate]]:
    """Rates by department and year. Rows that the file itself repeats are left out: they say nothing about people."""
    counts: dict[tuple[str, int], list[int]] = defaultdict(lambda: [0, 0])
    for line in (line for line in lines if not line.is_looped):
        for year, before, now in line.pairs():
            pairs = [(before.text(name), now.text(name)) for name in TEXTS if before.text(name) and now.text(name)]
            repeated = sum(bool(alike(one, two)) for one, two in pairs)
            for lead in line.leads:
                counts[lead, year][0] += repeated
                counts[lead, year][1] += len(pairs)
    found: dict[str, dict[int, Rate]] = defaultdict(dict)
    for (lead, year), (repeated, compared) in counts.items():
        if compared:
            found[lead][year] = Rate(repeated, compared)
    return dict(found)
