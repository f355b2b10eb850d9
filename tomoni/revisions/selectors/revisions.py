"""Which revisions one may see, the table of what each changes, and what its forms offer."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from tomoni.kernel.rules import REGISTRY, Finding, broken
from tomoni.parties.actor import Actor
from tomoni.parties.models import Party
from tomoni.parties.permissions import Permission
from tomoni.parties.selectors import departments as city_departments
from tomoni.plans.models import LineDepartment, Plan
from tomoni.revisions.models import ChangedMeasure, PlanChange, Revision
from tomoni.revisions.rules import CONTENT, blamed
from tomoni.revisions.shape import Draft, Kind
from tomoni.revisions.telling import LABELS, told_changes
from tomoni.revisions.workflow import State

SEEN_BY_ALL = (State.DECIDED, State.IN_FORCE)


def visible_to(actor: Actor) -> QuerySet[Revision]:
    """What has been decided is for everybody; the division also sees what it prepares, and what it gave up."""
    held = Revision.objects.select_related("plan", "decided_by", "municipality", "rulebook").order_by("-year", "-pk")
    if actor.may(Permission.REVISION_WRITE):
        return held
    return held.filter(state__in=SEEN_BY_ALL, plan__is_public=True)


def of_plan(plan: Plan, actor: Actor) -> QuerySet[Revision]:
    """The revisions of one plan, the latest year first."""
    return visible_to(actor).filter(plan=plan)


def awaiting(actor: Actor) -> QuerySet[Revision]:
    """Revisions the division has to go on with."""
    if not actor.may(Permission.REVISION_WRITE):
        return Revision.objects.none()
    return visible_to(actor).filter(state__in=[State.DRAFT, State.DECIDED]).order_by("begun_on", "pk")


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change as printed: what it does, both sides, why, the measures it leads to, and what is wrong with it."""

    pk: int
    kind: str
    label: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    reason: str
    carries_figures: bool
    measures: tuple[ChangedMeasure, ...]
    problems: tuple[str, ...] = ()


def table_of(revision: Revision) -> list[ChangeRow]:
    """What a revision changes. In force: as it was kept on the day; before: as it would be now, with its problems."""
    rows = list(revision.changes.prefetch_related("measures__measure").order_by("position"))
    if revision.state == State.IN_FORCE:
        return [_row(row, row.was) for row in rows]
    draft = revision.facts()
    said = told_changes(revision, draft)
    problems = _problems(draft) if revision.state in {State.DRAFT, State.DECIDED} else {}
    return [_row(row, said[row.pk], tuple(problems.get(row.pk, ()))) for row in rows]


def _row(row: PlanChange, said: dict[str, list[str]], problems: tuple[str, ...] = ()) -> ChangeRow:
    return ChangeRow(
        row.pk,
        row.kind,
        str(LABELS[Kind(row.kind)]),
        tuple(said.get("before", ())),
        tuple(said.get("after", ())),
        row.reason,
        row.carries_figures,
        tuple(row.measures.all()),
        problems,
    )


def _problems(draft: Draft) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for finding in problems_of(draft):
        for pk in blamed(REGISTRY[finding.rule], draft):
            found[pk].append(finding.message)
    return found


def problems_of(draft: Draft) -> list[Finding]:
    """Everything in the content of a draft that is in the way of deciding it."""
    return broken(CONTENT, draft)


Choice = tuple[int | str, str]


@dataclass(frozen=True, slots=True)
class Choices:
    """What the forms of a revision offer."""

    measures: list[Choice]
    lines: list[Choice]
    headings: list[Choice]
    own_headings: list[Choice]
    departments: list[Choice]
    years: list[int]
    measure_of: dict[int, int]  # by line


def choices_for(revision: Revision) -> Choices:
    """The measures carried out from the revision's year on, headings with those it adds, and the departments of today."""
    draft = revision.facts()
    shape, year = draft.shape, revision.year
    measures = [m for m in shape.measures.values() if m.relisted_of is None and (m.ends or year) >= year]
    known = {pk for m in measures for _line, leads in m.lines for pk in leads}
    names = dict(Party.objects.filter(pk__in=known).values_list("pk", "name"))
    headings: list[Choice] = [(h.pk, f"{'　' * h.depth}{h.number} {h.title}") for h in shape.headings.values()]
    added: list[Choice] = [(-c.pk, f"{c.number} {c.title}") for c in draft.changes if c.kind == Kind.HEADING_ADD]
    last = max(filter(None, (shape.last, *(c.year for c in draft.changes if c.kind == Kind.PERIOD))), default=year)
    return Choices(
        measures=[(m.pk, f"{m.number} {m.title}".strip()) for m in measures],
        lines=[
            (pk, f"{m.number} {m.title}（{'、'.join(names.get(lead, '') for lead in leads)}）")
            for m in measures
            for pk, leads in m.lines
        ],
        headings=[*headings, *added],
        own_headings=headings,
        departments=list(departments_now().values_list("pk", "name")),
        years=list(range(year, max(last, year) + 1)),
        measure_of={pk: m.pk for m in measures for pk, _leads in m.lines},
    )


def departments_now() -> QuerySet[Party]:
    """Departments that have not ended, and whoever else stands in a plan, by name."""
    in_plans = LineDepartment.objects.values("party_id")
    wanted = Q(pk__in=city_departments().values("pk")) | Q(pk__in=in_plans)
    return Party.objects.filter(wanted, ended_on=None).order_by("name")


def bodies() -> QuerySet[Party]:
    """Who may have decided a revision: committees, departments and the city itself."""
    return Party.objects.filter(Q(committee__isnull=False) | ~Q(parent=None) | Q(children__isnull=False)).distinct()
