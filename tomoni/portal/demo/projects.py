"""The projects of the demonstration: rooms opened from agreements, with what happened in them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from tomoni.agreements.models import Agreement
from tomoni.kernel.fiscal import fiscal_year_on
from tomoni.parties.actor import Actor
from tomoni.plans.models import Measure
from tomoni.plans.services import link_project
from tomoni.portal.demo.agreements import Day, as_of, somebody_of
from tomoni.portal.demo.sheets import folder
from tomoni.projects import filing, renewing, selectors, services
from tomoni.projects.models import Project, Risk
from tomoni.tenants.models import Municipality


class DemoFile(BaseModel):
    """A paper one side has put into the room."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    side: Literal["civic", "city"]
    title: str
    name: str
    text: str
    day: Day
    public: bool = False


class DemoRisk(BaseModel):
    """Something that may delay a project, and how it was settled, if it was."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    side: Literal["civic", "city"]
    text: str
    answer: str
    due: Day
    settled: str = ""


class DemoProject(BaseModel):
    """One project, as far as it has come."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    measure: str  # the number of the measure it serves
    field: str
    issue: str
    talks: tuple[tuple[Day, str, str], ...] = ()
    change: dict[str, Any] = Field(default_factory=dict)
    accounts: tuple[tuple[Literal["in", "out"], str, int, int | None], ...]
    ticks: dict[Literal["civic", "city"], tuple[int, ...]]  # which points of the checklist each side says are done
    report: dict[str, Any] = Field(default_factory=dict)
    figures: tuple[tuple[str, float, str, int], ...] = ()  # what, how many, of which unit, years from this fiscal year
    files: tuple[DemoFile, ...] = ()
    risks: tuple[DemoRisk, ...] = ()
    reviews: dict[Literal["civic", "city"], tuple[str, str, str]] = Field(default_factory=dict)  # well, to mend, why
    now: Literal["running", "reported", "finished"]


def seed(municipality: Municipality, *, at: datetime) -> None:
    """Inside the city's scope: open the rooms its projects.yaml names and fill them; what stands already stays."""
    file = folder() / municipality.slug / "projects.yaml"
    for told in yaml.safe_load(file.read_text(encoding="utf-8"))["projects"]:
        project = DemoProject.model_validate(told)
        if not Project.objects.filter(title=project.title).exists():
            _Telling(project, at).tell()


class _Telling:
    """One project told from its opening to where it stands."""

    def __init__(self, told: DemoProject, at: datetime) -> None:
        self.told, self.at = told, at
        self.agreement = Agreement.objects.select_related("civic", "city").get(title=told.title)
        self.actors: dict[str, Actor] = {
            side: somebody_of(getattr(self.agreement, side), side, at.date()) for side in ("civic", "city")
        }

    def moment(self, told: Day) -> datetime:
        """The moment meant by years from this fiscal year, month and day; never later than now."""
        day = date(fiscal_year_on(self.at.date()).year + told[0], told[1], told[2])
        return min(self.at, datetime.combine(day, self.at.timetz()))

    def tell(self) -> None:
        """Open, work, and close as far as it is told."""
        by = self.actors["civic"]
        begun = min(self.at, datetime.combine(self.agreement.starts or self.at.date(), self.at.timetz()))
        with as_of(begun):
            room = services.open_project(self.agreement, on=begun.date(), by=by)
            services.describe(room, summary=room.summary, issue=self.told.issue, field=self.told.field, by=by)
            room = services.start(room, by=by)
        for told, title, minutes in self.told.talks:
            with as_of(moment := self.moment(told)):
                services.note_talk(room, held_on=moment.date(), title=title, minutes=minutes, by=self.actors["city"])
        link_project(Measure.objects.get(number=self.told.measure, relisted_of=None), room, by=self.actors["city"])
        self._change(room)
        self._watch(room)
        self._file(room)
        self._keep(room)
        self._close(room)
        self._review(room)

    def _change(self, room: Project) -> None:
        if not (told := self.told.change):
            return
        with as_of(moment := self.moment(told["day"])):
            on = moment.date()
            change = services.propose_change(room, what=told["what"], why=told["why"], on=on, by=self.actors["civic"])
            services.answer_change(change, agreed=told["agreed"], answer=told["answer"], on=on, by=self.actors["city"])

    def _watch(self, room: Project) -> None:
        for told in self.told.risks:
            by, (years, month, day) = self.actors[told.side], told.due
            due = date(fiscal_year_on(self.at.date()).year + years, month, day)
            with as_of(min(self.at, datetime.combine(due, self.at.timetz()))):
                risk = Risk(side=told.side, text=told.text, answer=told.answer, due=due)
                risk = services.add_risk(room, risk, by=by)
                if told.settled:
                    services.settle_risk(risk, outcome=told.settled, on=due, by=by)

    def _review(self, room: Project) -> None:
        for side, (went_well, to_mend, why) in self.told.reviews.items():
            words = {"went_well": went_well, "to_mend": to_mend, "goes_on": True, "why": why}
            renewing.review(room, on=self.at.date(), by=self.actors[side], **words)

    def _file(self, room: Project) -> None:
        for told in self.told.files:
            by, content = self.actors[told.side], told.text.encode()
            with as_of(moment := self.moment(told.day)):
                kept = filing.add_file(room, content, name=told.name, title=told.title, at=moment, by=by)
                filing.show_file(kept, is_public=told.public, by=by)

    def _keep(self, room: Project) -> None:
        lines = [
            services.AccountLine(is_income=side == "in", label=label, planned=planned, actual=actual)
            for side, label, planned, actual in self.told.accounts
        ]
        services.keep_accounts(room, lines, by=self.actors["city"])
        for checklist in selectors.checklists(room):
            for side, done in self.told.ticks.items():
                ticks = {item.key: number in done for number, item in enumerate(checklist.ticks)}
                services.tick(room, checklist.key, ticks, on=room.begun_on, by=self.actors[side])
        for duty in room.duties.filter(due__lt=self.at.date()):
            services.finish_duty(duty, on=duty.due or room.begun_on, by=self.actors["civic"])

    def _close(self, room: Project) -> None:
        if self.told.now == "running":
            return
        closed = min(self.at, datetime.combine(self.agreement.ends or self.at.date(), self.at.timetz()))
        with as_of(closed):
            this_year = fiscal_year_on(self.at.date()).year
            figures = [
                services.Told(label, Decimal(str(value)), unit, this_year + year)
                for label, value, unit, year in self.told.figures
            ]
            by = self.actors["civic"]
            written = services.write_report(room, self.told.report, figures=figures, by=by)
            reported = services.report(written, by=self.actors["civic"])
            if self.told.now == "finished":
                services.finish(reported, by=self.actors["city"])
