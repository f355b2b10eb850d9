"""One department: what it leads and takes part in, and what became of it over the years."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from tomoni.parties.models import Party, SuccessionKind
from tomoni.parties.selectors import departments as city_departments
from tomoni.parties.selectors import story_of
from tomoni.plans.models import LineDepartment, Measure, Plan


@dataclass(frozen=True, slots=True)
class Share:
    """What a department has to do in one plan."""

    plan: Plan
    leads: tuple[Measure, ...]
    helps: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """Something that happened to the department: `what` in words."""

    on: date
    what: str
    before: Party
    after: Party
    note: str


@dataclass(frozen=True, slots=True)
class DepartmentPage:
    """All a department's page shows."""

    department: Party
    shares: tuple[Share, ...]
    story: tuple[Change, ...]


def departments() -> QuerySet[Party]:
    """Departments of the city, and any other party that stands in a plan; those that ended too."""
    in_plans = LineDepartment.objects.values("party_id")
    return Party.objects.filter(Q(pk__in=city_departments().values("pk")) | Q(pk__in=in_plans))


def department_page(department: Party, plans: Iterable[Plan]) -> DepartmentPage:
    """Read a department's part in the plans one may see: three queries, and one for its story."""
    plans = list(plans)
    led, helped = _measures(department, plans, is_lead=True), _measures(department, plans, is_lead=False)
    shares = (
        Share(
            plan,
            tuple(measure for measure in led if measure.plan_id == plan.pk),
            tuple(measure for measure in helped if measure.plan_id == plan.pk),
        )
        for plan in plans
    )
    story = (
        Change(line.on, str(SuccessionKind(line.kind).label), line.before, line.after, line.note)
        for line in story_of(department)
    )
    return DepartmentPage(department, tuple(s for s in shares if s.leads or s.helps), tuple(story))


def _measures(department: Party, plans: list[Plan], *, is_lead: bool) -> list[Measure]:
    seats = LineDepartment.objects.filter(party=department, is_lead=is_lead).values("line__measure_id")
    return list(
        Measure.objects.filter(pk__in=seats, plan__in=plans).only("plan_id", "number", "title").order_by("position")
    )
