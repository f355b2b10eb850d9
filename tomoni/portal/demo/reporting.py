"""The yearly requests of the demonstration: what departments reported, what was asked back, what committees say."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from tomoni.cases import services as cases
from tomoni.parties.actor import Actor, actor_for
from tomoni.parties.models import Membership, Party
from tomoni.parties.permissions import Role
from tomoni.plans.models import Heading, Indicator, Measure, Plan
from tomoni.portal.demo.agreements import as_of, somebody_of
from tomoni.portal.demo.sheets import folder
from tomoni.reporting.models import Entry, YearRequest
from tomoni.reporting.services import assessing, drafting, opening, passing, publishing
from tomoni.tenants.models import Municipality

Now = Literal["draft", "handed_in", "asked_back", "confirmed", "assessed"]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DemoEntry(_Part):
    """What one department reports, and how far it has come."""

    measure: str = ""
    department: str = ""
    now: Now = "confirmed"
    status: str
    results: str = ""
    issues: str = ""
    next: str = ""
    self: str = ""
    unchanged: str = ""
    numbers: dict[str, int] = Field(default_factory=dict)
    question: str = ""
    rating: str = ""
    opinion: str = ""


class DemoIndicator(_Part):
    """A number asked for by name."""

    measure: str
    label: str
    unit: str
    target: int | None = None
    target_year: int | None = None


class DemoOpinion(_Part):
    """What the committee says of a policy."""

    heading: str
    rating: str
    opinion: str


class DemoRequest(_Part):
    """A year asked for; days count from today. `default` is what everybody else reports."""

    year: int
    opened: int
    due: int
    words: str
    committee: bool = True
    published: int | None = None
    default: DemoEntry | None = None
    indicators: tuple[DemoIndicator, ...] = ()
    opinions: tuple[DemoOpinion, ...] = ()
    entries: tuple[DemoEntry, ...]


def seed(municipality: Municipality, *, at: datetime) -> None:
    """Inside the city's scope: ask for what its reporting.yaml names, where there is one; what stands already stays."""
    file = folder() / municipality.slug / "reporting.yaml"
    if not file.exists():
        return
    plan = Plan.objects.select_related("rulebook").order_by("pk")[0]
    for each in yaml.safe_load(file.read_text(encoding="utf-8"))["requests"]:
        told = DemoRequest.model_validate(each)
        if not plan.year_requests.filter(year=told.year).exists():
            _Year(told, plan, at).tell()


class _Year:
    """One year told from its beginning to where it stands."""

    def __init__(self, told: DemoRequest, plan: Plan, at: datetime) -> None:
        self.told, self.plan, self.at = told, plan, at
        self.division, self.council = self._of(Role.DIVISION), self._of(Role.COUNCIL)

    def tell(self) -> None:
        """Ask, let everybody report, and go on as far as it is told."""
        told, opened = self.told, self._moment(self.told.opened)
        for each in told.indicators:
            self._follow(each)
        question = opening.Question(told.year, self._day(told.due), told.words, asks_committee=told.committee)
        with as_of(opened):
            held = opening.open_request(self.plan, question, on=opened.date(), by=self.division)
        written = self._moment(min(told.due - 3, -1))
        with as_of(written):
            for entry in passing.entries_to_move(held):
                if (said := self._said_of(entry)) is not None:
                    self._report(entry, said, written)
        for opinion in told.opinions:
            heading = Heading.objects.get(plan=self.plan, number=opinion.heading, depth=0)
            self._view(held, heading, opinion.rating, opinion.opinion)
        if told.published is not None:
            with as_of(moment := self._moment(told.published)):
                publishing.publish_ready(held, on=moment.date(), by=self.division)

    def _said_of(self, entry: Entry) -> DemoEntry | None:
        name = entry.department.name if entry.department else ""
        number = entry.line.measure.number
        found = (each for each in self.told.entries if (each.measure, each.department) == (number, name))
        return next(found, self.told.default)

    def _report(self, entry: Entry, said: DemoEntry, at: datetime) -> None:
        if entry.department is None:
            return
        officer = _officer(entry.department, on=at.date())
        fields = {
            "status": said.status,
            "results": said.results,
            "issues": said.issues,
            "next_action": said.next,
            "self_assessment": said.self,
            "is_unchanged": bool(said.unchanged),
            "unchanged_why": said.unchanged,
        }
        numbers = {
            each.indicator_id: drafting.Number(Decimal(said.numbers[each.indicator.label]))
            for each in entry.figures.select_related("indicator")
            if each.indicator.label in said.numbers
        }
        drafting.save_draft(entry, drafting.Draft(fields, numbers), version=entry.version, at=at, by=officer)
        if said.now == "draft":
            return
        passing.hand_in(entry, on=at.date(), by=officer)
        if said.now == "asked_back":
            cases.take("send_back", entry, by=self.division, note=said.question)
        elif said.now != "handed_in":
            cases.take("confirm", entry, by=self.division)
        if said.now == "assessed":
            self._view(entry.year_request, entry.line.measure, said.rating, said.opinion)

    def _view(self, held: YearRequest, of: Measure | Heading, rating: str, opinion: str) -> None:
        seat = self.council.acts_for
        committee = Party.objects.get(pk=seat.party if seat else 0)
        view = assessing.View(rating, opinion)
        assessing.write_view(held, of, view, committee=committee, at=self.at, by=self.council)

    def _follow(self, told: DemoIndicator) -> None:
        measure = Measure.objects.get(plan=self.plan, number=told.measure, relisted_of=None)
        target = {"target": told.target, "target_year": told.target_year}
        Indicator.objects.get_or_create(measure=measure, label=told.label, defaults={"unit": told.unit, **target})

    def _day(self, days: int) -> date:
        return (self.at + timedelta(days=days)).date()

    def _moment(self, days: int) -> datetime:
        return self.at + timedelta(days=days)

    def _of(self, role: Role) -> Actor:
        held = Membership.objects.filter(role=role, until=None).select_related("user").order_by("pk")[0]
        return actor_for(held.user, on=self.at.date())


def _officer(department: Party, *, on: date) -> Actor:
    """Who reports for that department: the one who signs in for it, else a person made up for it."""
    return somebody_of(department, "city", on)
