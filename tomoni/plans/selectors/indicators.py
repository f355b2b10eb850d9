"""Indicators: which numbers are asked for by name each year, and what is known of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from tomoni.plans.charts import Reading
from tomoni.plans.models import Figure, Indicator, Measure


@dataclass(frozen=True, slots=True)
class Asked:
    """An indicator as it is asked for: its name, unit and target, and the numbers of the years that are known."""

    pk: int
    label: str
    unit: str
    target: float | None
    target_year: int | None
    less_is_better: bool
    readings: tuple[Reading, ...]

    def of(self, year: int) -> Reading | None:
        """The number of a year, where exactly one is known."""
        found = [one for one in self.readings if one.year == year]
        return found[0] if len({one.value for one in found}) == 1 else None


def followed(year: int | None = None) -> QuerySet[Indicator]:
    """Indicators that are asked for; in a year, those not stopped before it."""
    open_end = Q(ends_with=None)
    return Indicator.objects.filter(open_end if year is None else open_end | Q(ends_with__gte=year))


def asked_of(measures: Iterable[Measure], year: int | None = None) -> dict[int, tuple[Asked, ...]]:
    """By measure, the indicators to ask for in a year (now), in the order they were set; of a relisted one, its original's.

    Two queries, however many measures.
    """
    keys = {measure.relisted_of_id or measure.pk for measure in measures}
    numbers: dict[tuple[int, str], list[Reading]] = defaultdict(list)
    figures = Figure.objects.filter(measure__in=keys, set_aside="").order_by("year", "pk")
    for each in figures.values_list("measure_id", "label", "year", "value", "unit", named=True):
        numbers[each.measure_id, each.label].append(Reading(each.year, float(each.value), each.unit))
    found: dict[int, list[Asked]] = {key: [] for key in keys}
    for one in followed(year).filter(measure__in=keys).order_by("pk"):
        held = tuple(each for each in numbers[one.measure_id, one.label] if each.unit == one.unit)
        target = None if one.target is None else float(one.target)
        found[one.measure_id].append(
            Asked(one.pk, one.label, one.unit, target, one.target_year, one.less_is_better, held)
        )
    return {key: tuple(asked) for key, asked in found.items()}


def indicators_of(measure: Measure) -> QuerySet[Indicator]:
    """All indicators of a measure, in the order they were set; stopped ones keep their series."""
    return Indicator.objects.filter(measure=measure).order_by("pk")
