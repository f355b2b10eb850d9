"""Departments as they were and are, and what a change of them touches: lines of plans, people, open procedures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tomoni.agreements.models import Agreement
from tomoni.consultations.models import Consultation
from tomoni.kernel.fiscal import fiscal_year_on
from tomoni.parties.models import Membership, Party, Succession
from tomoni.parties.permissions import ROLE_LABELS, Role
from tomoni.parties.selectors import departments as city_departments
from tomoni.plans.models import LineDepartment
from tomoni.projects.models import Project
from tomoni.proposals.models import Proposal
from tomoni.revisions.rules import Handover, Past


def listed() -> QuerySet[Party]:
    """Departments of the city, those that have ended last."""
    return city_departments().order_by("ended_on", "name")


def successions() -> QuerySet[Succession]:
    """Everything that became of departments, the latest first."""
    return Succession.objects.select_related("before", "after").order_by("-on", "-pk")


def can_change() -> QuerySet[Party]:
    """Whose work can go elsewhere: departments that are there, and others that stand in a plan."""
    in_plans = LineDepartment.objects.values("party_id")
    return Party.objects.filter(Q(parent__isnull=False) | Q(pk__in=in_plans), ended_on=None).order_by("name")


def can_follow() -> QuerySet[Party]:
    """Who can take work over: departments first, then every other party, such as a designated manager."""
    return Party.objects.filter(ended_on=None, children=None).order_by("parent", "name")


def known_about(kind: str, befores: Iterable[Party], afters: Iterable[int | str], *, on: date, today: date) -> Handover:
    """What the rules look at."""
    held = list(befores)
    parents = {party.parent_id for party in held}
    return Handover(
        kind=kind,
        befores=tuple(party.pk for party in held),
        afters=tuple(afters),
        on=on,
        today=today,
        ended=frozenset(Party.objects.exclude(ended_on=None).values_list("pk", flat=True)),
        taken_names=frozenset(Party.objects.filter(parent__in=parents, ended_on=None).values_list("name", flat=True)),
        history=tuple(Past(*row) for row in Succession.objects.values_list("before_id", "after_id", "on")),
    )


def lines_of(befores: Iterable[Party], *, on: date) -> QuerySet[LineDepartment]:
    """The lines these departments still answer for on that day, in plans that are not over."""
    year = fiscal_year_on(on).year
    return (
        LineDepartment.objects.filter(party__in=list(befores))
        .filter(Q(line__measure__ends_with=None) | Q(line__measure__ends_with__gte=year))
        .filter(Q(line__measure__plan__last_year=None) | Q(line__measure__plan__last_year__gte=year))
        .select_related("party", "line__measure__plan")
        .order_by("line__measure__plan", "line__measure__position", "line__position", "-is_lead")
    )


def people_in(befores: Iterable[Party], *, on: date) -> QuerySet[Membership]:
    """Who sits in these departments on that day."""
    return (
        Membership.objects.filter(Q(until=None) | Q(until__gte=on), party__in=list(befores))
        .select_related("user", "party")
        .order_by("party__name", "user__display_name", "pk")
    )


def role_of(membership: Membership) -> str:
    """The role in words."""
    return ROLE_LABELS[Role(membership.role)]


@dataclass(frozen=True, slots=True)
class Open:
    """How many procedures of one kind still name these departments."""

    label: str
    count: int


def open_procedures(befores: Iterable[Party]) -> list[Open]:
    """What people of these departments still have in hand elsewhere: it stays with the old name. Four queries."""
    held = list(befores)
    counts = (
        (_("相談"), Consultation.objects.filter(assigned_to__in=held).exclude(state="closed")),
        (
            _("提案"),
            Proposal.objects.filter(department__in=held).exclude(state__in=["adopted", "declined", "withdrawn"]),
        ),
        (_("協定"), Agreement.objects.filter(city__in=held).exclude(state="ended")),
        (_("協働事業"), Project.objects.filter(city__in=held).exclude(state__in=["finished", "stopped"])),
    )
    return [Open(label, count) for label, cases in counts if (count := cases.count())]
