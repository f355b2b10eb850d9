"""The figures of the papers as series: those people decided to follow, else those that at least two years tell. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from tomoni.kernel.fiscal import FiscalYear
from tomoni.papers.content import Content
from tomoni.plans.charts import Reading, number, series

MOST = 3  # series of one measure that are no indicators people chose


@dataclass(frozen=True, slots=True)
class Series:
    """What was counted, year by year, and the target where people set one."""

    label: str
    unit: str
    readings: tuple[Reading, ...]
    target: float | None = None
    target_year: int | None = None
    is_chosen: bool = False

    @property
    def trend(self) -> str:
        """The last year beside the one told before it, in words."""
        if len(self.readings) < 2:
            return ""
        before, last = self.readings[-2], self.readings[-1]
        year = FiscalYear(before.year)
        if last.value == before.value:
            return f"{year}と同じ"
        more, change = last.value > before.value, number(abs(last.value - before.value))
        unit = "ポイント" if self.unit in ("%", "％") else self.unit
        return f"{year}から{change}{unit}{'増' if more else '減'}"

    @property
    def goal(self) -> str:
        """目標 50人（令和3年度）; empty without a target."""
        if self.target is None:
            return ""
        by = f"（{FiscalYear(self.target_year)}）" if self.target_year else ""
        return f"目標 {number(self.target)}{self.unit}{by}"

    @property
    def line(self) -> str:
        """講座の参加者: H29 30人、H30 45人（平成29年度から15人増）。目標 50人."""
        told = "、".join(f"{FiscalYear(r.year).short} {number(r.value)}{self.unit}" for r in self.readings)
        told = told or "まだ数値がありません"
        tail = "。".join(part for part in (self.trend, self.goal) if part)
        return f"{self.label}: {told}" + (f"（{tail}）" if tail else "")


def series_of(measure: Content, content: Content) -> list[Series]:
    """The series of a measure: its indicators first; without any, the first few that its figures make."""
    found = series((f["label"], Reading(f["year"], f["value"], f["unit"])) for f in measure["figures"])
    chosen = [each for each in content["indicators"] if each["measure"] == measure["id"]]
    if not chosen:
        return [Series(label, unit, tuple(readings)) for (label, unit), readings in list(found.items())[:MOST]]
    told: list[Series] = []
    for each in chosen:
        held = [Reading(f["year"], f["value"], f["unit"]) for f in measure["figures"] if f["label"] == each["label"]]
        readings = next((r for (label, _unit), r in found.items() if label == each["label"]), held)
        told.append(
            Series(each["label"], each["unit"], tuple(readings), each["target"], each["target_year"], is_chosen=True)
        )
    return told
