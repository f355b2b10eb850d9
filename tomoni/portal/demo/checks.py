"""What departments answered to the checks of a plan in the demonstration."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from tomoni.checks import services
from tomoni.checks.selectors.findings import Told, findings_of_plan
from tomoni.checks.selectors.lines import lines_in
from tomoni.parties.actor import Actor, actor_for
from tomoni.parties.models import Membership
from tomoni.parties.permissions import Role
from tomoni.plans.models import Plan
from tomoni.portal.demo.sheets import folder
from tomoni.tenants.models import Municipality


class DemoAnswer(BaseModel):
    """One answer, and the finding it is given to."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    measure: str
    year: int
    rule: str
    field: str
    role: Literal["officer", "division"]
    reason: str

    def is_meant(self, told: Told) -> bool:
        """Is this the finding?"""
        found = told.finding
        number = told.name.split(" ")[0]
        return (number, found.year, found.rule, found.field) == (self.measure, self.year, self.rule, self.field)


def seed(municipality: Municipality, *, at: datetime) -> None:
    """Inside the city's scope: answer what its checks.yaml names, where there is one; what is answered stays."""
    file = folder() / municipality.slug / "checks.yaml"
    if not file.exists():
        return
    plan = Plan.objects.order_by("pk")[0]
    found = findings_of_plan(plan)
    for told in yaml.safe_load(file.read_text(encoding="utf-8"))["answers"]:
        one = DemoAnswer.model_validate(told)
        by = _somebody(Role(one.role), at)
        meant = next(each for each in found if one.is_meant(each) and _is_theirs(each, one.role, by))
        if not (meant.answer or meant.lapsed):
            services.answer(lines_in(plan).get(pk=meant.line), meant.finding, reason=one.reason, at=at, by=by)


def _somebody(role: Role, at: datetime) -> Actor:
    held = Membership.objects.filter(role=role, until=None).select_related("user").order_by("pk")[0]
    return actor_for(held.user, on=at.date())


def _is_theirs(told: Told, role: str, by: Actor) -> bool:
    return role == Role.DIVISION or any(lead.pk in by.parties for lead in told.leads)
