"""What became of promises, what the committee asked for, and which numbers are followed, in the demonstration."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from tomoni.kernel.fiscal import FiscalYear
from tomoni.parties.actor import Actor, actor_for
from tomoni.parties.models import Membership, Party
from tomoni.parties.permissions import Role
from tomoni.plans.following import Aim, follow
from tomoni.plans.models import Heading, Indicator, Line, Measure, Plan
from tomoni.portal.demo.agreements import as_of
from tomoni.portal.demo.cities import DemoCity
from tomoni.portal.demo.sheets import folder
from tomoni.promises.models import Answer, PromiseVerdict, Recommendation, Verdict
from tomoni.promises.permissions import may_judge
from tomoni.promises.selectors import promises_of
from tomoni.promises.selectors.lines import lines_of
from tomoni.promises.services import answer, judge, recommend

JULY = 7  # verdicts and answers of a year are given in the July after it


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DemoVerdict(_Part):
    """A verdict on the promise a measure made in a year; of several lines or parts, the one named."""

    measure: str
    year: int
    line: int = 0
    part: int = 0
    verdict: Verdict
    why: str = ""


def _year(told: DemoVerdict) -> int:
    return told.year


class DemoAnswer(_Part):
    """What the city answered in a year."""

    year: int
    answer: Answer
    reason: str


class DemoRecommendation(_Part):
    """What the council asked for in a year: of a measure or heading by its number, or of the whole plan."""

    year: int
    measure: str = ""
    heading: str = ""
    text: str
    answers: tuple[DemoAnswer, ...] = ()


class DemoIndicator(_Part):
    """A number that is followed, and the other spellings it goes by."""

    measure: str
    label: str
    unit: str
    spellings: tuple[str, ...] = ()
    target: Decimal | None = None
    target_year: int | None = None
    better: Literal["more", "less"] = "more"


class DemoPromises(_Part):
    """One city's file."""

    verdicts: tuple[DemoVerdict, ...] = ()
    recommendations: tuple[DemoRecommendation, ...] = ()
    indicators: tuple[DemoIndicator, ...] = ()


def seed(city: DemoCity, parties: Mapping[str, Party], *, at: datetime) -> None:
    """Inside the city's scope: tell what its promises.yaml says, where there is one; what stands stays."""
    file = folder() / city.slug / "promises.yaml"
    if not file.exists():
        return
    told = DemoPromises.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))
    _Telling(told, parties[city.council], at).tell()


class _Telling:
    """One city's file told: numbers first, then verdicts, then advice with its answers."""

    def __init__(self, told: DemoPromises, council: Party, at: datetime) -> None:
        self.told, self.council, self.at = told, council, at
        self.plan = Plan.objects.order_by("pk")[0]
        self.measures = {each.number: each for each in Measure.objects.filter(plan=self.plan, relisted_of=None)}
        for each in self.measures.values():
            each.plan = self.plan
        self.division, self.officer = self._of(Role.DIVISION), self._of(Role.OFFICER)
        self.lines = lines_of(self.plan)

    def tell(self) -> None:
        """Everything that is not there yet."""
        followed = set(Indicator.objects.values_list("measure__number", "label"))
        for each in self.told.indicators:
            if (each.measure, each.label) not in followed:  # the yearly request may follow it already
                self._follow(each)
        if not PromiseVerdict.objects.exists():
            self._judge()
        if not Recommendation.objects.exists():
            for one in self.told.recommendations:
                self._advise(one)

    def _follow(self, told: DemoIndicator) -> None:
        aim = Aim(told.target, told.target_year, told.better == "less")
        spellings = (told.label, *told.spellings)
        of = self.measures[told.measure]
        with as_of(self.at):
            follow(of, label=told.label, unit=told.unit, spellings=spellings, aim=aim, by=self.division)

    def _judge(self) -> None:
        lines = dict(Line.objects.filter(measure__plan=self.plan).values_list("pk", "position"))
        held = {(each.measure, lines[each.line], each.year, each.part): each for each in promises_of(self.plan)}
        for year, told in groupby(sorted(self.told.verdicts, key=_year), key=_year):
            with as_of(moment := self._after(year + 1)):
                for each in told:
                    promise = held[self.measures[each.measure].pk, each.line, year, each.part]
                    by = self._judging(promise.line)
                    judge(promise, verdict=each.verdict, why=each.why, at=moment, by=by)

    def _judging(self, line: int) -> Actor:
        """The officer for the lines of their own department, else the division."""
        return self.officer if may_judge(self.officer, self.lines[line].leads) else self.division

    def _advise(self, told: DemoRecommendation) -> None:
        of = self.measures.get(told.measure) or self._heading(told.heading) or self.plan
        with as_of(self._after(told.year)):
            made = recommend(of, committee=self.council, year=told.year, text=told.text, by=self._of(Role.COUNCIL))
        for each in told.answers:
            with as_of(moment := self._after(each.year)):
                answer(made, year=each.year, answer=each.answer, reason=each.reason, at=moment, by=self.division)

    def _heading(self, number: str) -> Heading | None:
        return Heading.objects.filter(plan=self.plan, depth=0, number=number).first() if number else None

    def _after(self, year: int) -> datetime:
        """A day in the July after that fiscal year, never later than now."""
        return min(self.at, datetime.combine(date(FiscalYear(year).end.year, JULY, 10), self.at.timetz()))

    def _of(self, role: Role) -> Actor:
        held = Membership.objects.filter(role=role, until=None).select_related("user").order_by("pk")[0]
        return actor_for(held.user, on=self.at.date())
