"""The mutual evaluations of the demonstration: how two sides marked their work, and what came of the talk."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from tomoni.evaluations import services
from tomoni.evaluations.models import Evaluation
from tomoni.kernel.fiscal import fiscal_year_on
from tomoni.parties.actor import Actor, actor_for
from tomoni.parties.models import Membership
from tomoni.parties.permissions import Role
from tomoni.portal.demo.agreements import Day, as_of, somebody_of
from tomoni.portal.demo.sheets import folder
from tomoni.projects.models import Project
from tomoni.tenants.models import Municipality

Side = Literal["civic", "city"]
SIDES: tuple[Side, ...] = ("civic", "city")


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DemoWords(_Part):
    """Something said on a day."""

    day: Day
    said: str


class DemoPromise(_Part):
    """An improvement, by whom and by when, and perhaps when it was done."""

    text: str
    side: Side
    due: Day
    done: Day | None = None


class DemoEvaluation(_Part):
    """One evaluation, as far as it has come; without a talk the sides are still talking."""

    project: str
    begun: Day
    opened: Day | None = None
    marks: dict[Side, dict[str, int]]
    reasons: dict[Side, dict[str, str]] = Field(default_factory=dict)
    talk: DemoWords | None = None
    improvements: tuple[DemoPromise, ...] = ()
    opinion: DemoWords | None = None
    published: Day | None = None
    follow_up: DemoWords | None = None


def seed(municipality: Municipality, *, at: datetime) -> None:
    """Inside the city's scope: evaluate what its evaluations.yaml names, where there is one; what stands stays."""
    file = folder() / municipality.slug / "evaluations.yaml"
    if not file.exists():
        return
    for told in yaml.safe_load(file.read_text(encoding="utf-8"))["evaluations"]:
        evaluation = DemoEvaluation.model_validate(told)
        project = Project.objects.select_related("civic", "city").get(title=evaluation.project)
        if not project.evaluations.exists():
            _Telling(evaluation, project, at).tell()


class _Telling:
    """One evaluation told from its beginning to where it stands."""

    def __init__(self, told: DemoEvaluation, project: Project, at: datetime) -> None:
        self.told, self.project, self.at = told, project, at
        self.actors = {side: somebody_of(getattr(project, side), side, at.date()) for side in SIDES}

    def moment(self, told: Day) -> datetime:
        """The moment meant by years from this fiscal year, month and day; never later than now."""
        return min(self.at, datetime.combine(self.day(told), self.at.timetz()))

    def day(self, told: Day) -> date:
        """The day meant, which may lie ahead."""
        return date(fiscal_year_on(self.at.date()).year + told[0], told[1], told[2])

    def tell(self) -> None:
        """Answer blind, open, and go on as far as it is told."""
        told = self.told
        with as_of(begun := self.moment(told.begun)):
            held = services.begin(self.project, on=begun.date(), by=self.actors["civic"])
            for side in SIDES:
                services.answer(held, self._sheet(side), by=self.actors[side], handed_in_at=begun)
        with as_of(self.moment(told.opened or told.begun)):
            held = services.open_both(held, by=self.actors["city"])
        if told.talk:
            self._talk(held, told.talk)
            self._publish(held)

    def _sheet(self, side: Side) -> dict[str, dict[str, object]]:
        reasons = self.told.reasons.get(side, {})
        return {key: {"mark": mark, "reason": reasons.get(key, "")} for key, mark in self.told.marks[side].items()}

    def _talk(self, held: Evaluation, told: DemoWords) -> None:
        by = self.actors["city"]
        with as_of(moment := self.moment(told.day)):
            services.note_talk(held, talk=told.said, talked_on=moment.date(), by=by)
            for each in self.told.improvements:
                services.add_improvement(held, text=each.text, side=each.side, due=self.day(each.due), by=by)
            services.agree(held, by=by)
        for promise, each in zip(held.improvements.order_by("pk"), self.told.improvements, strict=True):
            if each.done:
                with as_of(done := self.moment(each.done)):
                    services.mark_done(promise, on=done.date(), by=self.actors[each.side])

    def _publish(self, held: Evaluation) -> None:
        told = self.told
        if told.opinion:
            with as_of(self.moment(told.opinion.day)):
                services.opine(held, opinion=told.opinion.said, by=self._of(Role.COUNCIL))
        if told.published:
            with as_of(moment := self.moment(told.published)):
                held = services.publish(held, on=moment.date(), by=self._of(Role.DIVISION))
        if told.follow_up:
            with as_of(self.moment(told.follow_up.day)):
                services.follow_up(held, told=told.follow_up.said, by=self.actors["civic"])

    def _of(self, role: Role) -> Actor:
        held = Membership.objects.filter(role=role, until=None).select_related("user").order_by("pk")[0]
        return actor_for(held.user, on=self.at.date())
