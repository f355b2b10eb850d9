"""What a year's request brings along from the year before: what each line promised, and advice that still waits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from tomoni.plans.models import Line, Measure
from tomoni.promises.models import Recommendation
from tomoni.promises.selectors.promised import Promise, promises_for
from tomoni.promises.selectors.recommended import Advice, open_in, with_answers


@dataclass(frozen=True, slots=True)
class Open:
    """For one line: the promises of the year before, and open recommendations about its measure."""

    promises: tuple[Promise, ...] = ()
    recommendations: tuple[Advice, ...] = ()


def open_for(lines: Iterable[Line], year: int) -> dict[int, Open]:
    """By line, what is open when `year` is reported: the promises made in the year before and advice given before it.

    Every line asked for has an entry. Four queries, however many lines; of a relisted measure, ask its original's lines.
    """
    held = list(lines)
    promised: dict[int, list[Promise]] = defaultdict(list)
    for each in promises_for((line.pk for line in held), year - 1):
        promised[each.line].append(each)
    advised: dict[int, list[Advice]] = defaultdict(list)
    about = Recommendation.objects.filter(measure__in={line.measure_id for line in held})
    about = about.select_related("plan", "measure", "committee").prefetch_related(with_answers())
    for advice in open_in(about.order_by("year", "pk"), year):
        advised[advice.recommendation.measure_id or 0].append(advice)
    return {line.pk: Open(tuple(promised[line.pk]), tuple(advised[line.measure_id])) for line in held}


def open_for_measures(measures: Iterable[Measure], year: int) -> dict[int, Open]:
    """The same for all lines of measures. Five queries."""
    return open_for(Line.objects.filter(measure__in=list(measures)).only("measure_id"), year)
