"""Indicators: which numbers are asked for by name each year, and what is known of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from tomoni.plans.charts import Reading
from tomoni.plans.models import Figure, Indicator, LineDepartment, Measure, Plan, Progress
from tomoni.plans.redacting import Blackened, line_place
from tomoni.plans.selectors.records import FigureRow
from tomoni.plans.words import TEXTS


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


def leads_of(measure: Measure) -> frozenset[int]:
    """The keys of the departments that lead a measure."""
    seats = LineDepartment.objects.filter(line__measure=measure, is_lead=True)
    return frozenset(seats.values_list("party_id", flat=True))


def figures_of(measure: Measure) -> QuerySet[Figure]:
    """Every figure of a measure, those set aside too."""
    return Figure.objects.filter(measure=measure).select_related("measure__plan").order_by("label", "year", "pk")


def of_plan(plan: Plan) -> QuerySet[Indicator]:
    """The indicators of a plan in its order; stopped ones last within their measure."""
    held = Indicator.objects.filter(measure__plan=plan).select_related("measure")
    return held.order_by("measure__position", F("ends_with").desc(nulls_first=True), "pk")


def figures_by_measure(measures: Iterable[int]) -> dict[int, list[FigureRow]]:
    """The figures that count, by measure. One query."""
    found: dict[int, list[FigureRow]] = defaultdict(list)
    for one in Figure.objects.filter(measure__in=list(measures), set_aside="").order_by("label", "year", "pk"):
        row = FigureRow(one.year, one.label, float(one.value), one.unit, one.source_at, one.batch_id)
        found[one.measure_id].append(row)
    return found


def texts_by_measure(measures: Iterable[int], blackened: Blackened) -> dict[int, dict[str, str]]:
    """The reports of measures by the cell each was read from, without what is blackened. One query."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for one in Progress.objects.filter(line__measure__in=list(measures)).select_related("line"):
        places = {name: at for name, at in one.sources.items() if name in TEXTS and isinstance(at, str)}
        found[one.line.measure_id] |= {
            at: blackened.shown(line_place(one.line_id, one.year, name), getattr(one, name))
            for name, at in places.items()
        }
    return found
