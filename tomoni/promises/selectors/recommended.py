"""Recommendations of committees with the answers of each year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet

from tomoni.plans.models import LineDepartment, Plan
from tomoni.promises.models import Recommendation, Response
from tomoni.promises.standing import OPEN, Standing, standing


@dataclass(frozen=True, slots=True)
class Advice:
    """A recommendation, its answers with the oldest first, and where it stands."""

    recommendation: Recommendation
    responses: tuple[Response, ...]
    standing: Standing

    @property
    def is_open(self) -> bool:
        return self.standing in OPEN


def with_answers() -> Prefetch[Any]:
    """The answers of recommendations and the departments that gave them, in one query."""
    return Prefetch("responses", queryset=Response.objects.select_related("given_for").order_by("year"))


def recommendations_of(plan: Plan) -> QuerySet[Recommendation]:
    """All recommendations for a plan, newest year first. With their answers two queries."""
    return (
        Recommendation.objects.filter(plan=plan)
        .select_related("plan", "measure", "heading", "committee", "meeting__committee", "evaluation__project")
        .prefetch_related(with_answers())
        .order_by("-year", "-pk")
    )


def advice_of(recommendation: Recommendation) -> Advice:
    """A recommendation that was read with its answers, as it stands."""
    responses = tuple(recommendation.responses.all())
    return Advice(recommendation, responses, standing([each.answer for each in responses]))


def open_in(held: QuerySet[Recommendation], year: int) -> list[Advice]:
    """Those made before a year that are still open and have no answer for that year yet. Two queries."""
    found = [advice_of(each) for each in held.filter(year__lt=year)]
    return [each for each in found if each.is_open and all(one.year < year for one in each.responses)]


def leads_of(recommendation: Recommendation) -> frozenset[int]:
    """The departments that lead the measure it is about; none for a heading or the whole plan."""
    if recommendation.measure_id is None:
        return frozenset()
    return leads_of_measures([recommendation.measure_id]).get(recommendation.measure_id, frozenset())


def leads_of_measures(measures: Iterable[int]) -> dict[int, frozenset[int]]:
    """The departments that lead each measure. One query."""
    found: dict[int, set[int]] = {}
    seats = LineDepartment.objects.filter(line__measure__in=list(measures), is_lead=True)
    for measure, party in seats.values_list("line__measure_id", "party_id"):
        found.setdefault(measure, set()).add(party)
    return {measure: frozenset(parties) for measure, parties in found.items()}
