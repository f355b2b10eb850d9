"""Which plans one may see, and the one a city works with now."""

from __future__ import annotations

from django.db.models import F, QuerySet

from tomoni.parties.actor import Actor
from tomoni.parties.permissions import Permission
from tomoni.plans.models import Plan


class NoPlan(LookupError):
    """This city has no plan to show."""


def visible_to(actor: Actor) -> QuerySet[Plan]:
    """Published plans for everybody; the division in charge sees those it still prepares."""
    plans = Plan.objects.defer("rulebook__content").select_related("rulebook")
    return plans if actor.may(Permission.PLAN_WRITE) else plans.filter(is_public=True)


def revision_of(pk: int, *, actor: Actor) -> int | None:
    """How often the plan has changed; None when there is none one may see. The lightest question to ask of a plan."""
    return visible_to(actor).filter(pk=pk).values_list("revision", flat=True).first()


def newest_first(actor: Actor) -> QuerySet[Plan]:
    """Plans one may see, the one with the latest first year on top."""
    return visible_to(actor).order_by(F("first_year").desc(nulls_last=True), "-pk")


def current_plan(actor: Actor) -> Plan:
    """The plan shown on the city's home: the newest. NoPlan where there is none."""
    plan = newest_first(actor).first()
    if plan is None:
        raise NoPlan
    return plan
