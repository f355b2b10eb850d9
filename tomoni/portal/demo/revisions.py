"""How a plan of the demonstration was revised, what became of departments, and how it stands in the overall plan."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict

from tomoni.imports.services import Upload
from tomoni.kernel.clock import JAPAN
from tomoni.parties.actor import Actor, actor_for
from tomoni.parties.models import Membership, Party, SuccessionKind
from tomoni.parties.permissions import Role
from tomoni.parties.services import found_party
from tomoni.plans.models import Heading, Measure, Plan
from tomoni.portal.demo.agreements import as_of
from tomoni.portal.demo.sheets import folder, sheet_of
from tomoni.revisions.models import OverallEntry, Revision
from tomoni.revisions.selectors import departments as selectors
from tomoni.revisions.services import overall, revisions
from tomoni.revisions.services.departments import Wanted, change_departments
from tomoni.revisions.services.putting_in_force import put_in_force
from tomoni.revisions.services.revisions import About
from tomoni.revisions.shape import Change, Kind, Result
from tomoni.tenants.models import Municipality


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DemoChange(_Part):
    """One change; measures are named by their numbers, headings by their titles."""

    kind: Kind
    reason: str
    sources: tuple[str, ...] = ()
    number: str = ""
    title: str = ""
    heading: str = ""
    leads: tuple[str, ...] = ()
    description: str = ""
    year: int | None = None
    figures: bool = False


class DemoDepartment(_Part):
    """What became of a department; without `measures` all its lines follow."""

    kind: SuccessionKind
    before: str
    after: str
    party_kind: str = ""  # of a successor that is no department
    measures: tuple[str, ...] = ()
    day: date
    note: str


class DemoOverall(_Part):
    """An overall plan: its list, and which measure serves which of its entries."""

    title: str
    first_year: int
    last_year: int
    file: str
    links: tuple[tuple[str, str], ...]


class DemoRevision(_Part):
    """Everything in a city's revision.yaml."""

    title: str
    reason: str
    year: int
    decided_on: date
    put_in_force_on: date
    changes: tuple[DemoChange, ...]
    departments: tuple[DemoDepartment, ...] = ()
    overall: DemoOverall


def seed(municipality: Municipality, *, at: datetime, council: str) -> None:
    """Inside the city's scope: revise its plan as its revision.yaml says; what has been done already stays."""
    file = folder() / municipality.slug / "revision.yaml"
    if not file.exists():
        return
    told = DemoRevision.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))
    if not Revision.objects.filter(title=told.title).exists():
        _Telling(told, municipality, at).tell(council)


class _Telling:
    """One city's story, told in the order it happened."""

    def __init__(self, told: DemoRevision, municipality: Municipality, at: datetime) -> None:
        self.told, self.municipality, self.at = told, municipality, at
        self.plan = Plan.objects.get(title=sheet_of(municipality.slug).plan.title)
        seat = Membership.objects.filter(role=Role.DIVISION, until=None).select_related("user").order_by("pk")[0]
        self.by: Actor = actor_for(seat.user, on=at.date())

    def tell(self, council: str) -> None:
        """The revision first, then departments, then the overall plan."""
        with as_of(_noon(self.told.decided_on)):
            draft = self._drafted(council)
            decided = revisions.decide(draft, by=self.by)
        with as_of(moment := _noon(self.told.put_in_force_on)):
            put_in_force(decided, at=moment, by=self.by)
        for change in self.told.departments:
            with as_of(_noon(change.day)):
                self._depart(change)
        self._bring_in()

    def _drafted(self, council: str) -> Revision:
        told = self.told
        body = Party.objects.get(name=council)
        about = About(told.title, told.reason, told.year, told.decided_on, body)
        draft = revisions.begin_revision(self.plan, about, on=told.decided_on, by=self.by)
        for change in told.changes:
            revisions.add_change(draft, self._change(change), carries_figures=change.figures, by=self.by)
        return draft

    def _change(self, told: DemoChange) -> Change:
        made: dict[str, Any] = {}
        if told.kind == Kind.MERGE:
            heading = Heading.objects.get(plan=self.plan, title=told.heading).pk
            leads = tuple(Party.objects.get(name=name, ended_on=None).pk for name in told.leads)
            made = {"results": (Result(told.number, told.title, heading, leads, told.description),)}
        elif told.kind == Kind.NAME:
            made = {"number": told.number, "title": told.title}
        sources = tuple(self._measure(number).pk for number in told.sources)
        return Change(0, told.kind, told.reason, sources, year=told.year, **made)

    def _measure(self, number: str) -> Measure:
        return Measure.objects.get(plan=self.plan, number=number, relisted_of=None)

    def _depart(self, told: DemoDepartment) -> None:
        before = Party.objects.get(name=told.before, ended_on=None)
        after = found_party(kind=told.party_kind, name=told.after) if told.party_kind else told.after
        wanted = Wanted(told.kind, [before], [after], told.day, told.note)
        lines = {
            seat.pk: 0
            for seat in selectors.lines_of([before], on=told.day)
            if not told.measures or seat.line.measure.number in told.measures
        }
        change_departments(wanted, lines=lines, people={}, today=self.at.date(), by=self.by)

    def _bring_in(self) -> None:
        told = self.told.overall
        path = folder() / self.municipality.slug / told.file
        named = overall.Named(told.title, told.first_year, told.last_year)
        batch = overall.receive(Upload(path.name, path.read_bytes()), named, at=self.at, by=self.by)
        overall.commit_overall(batch, revision=batch.revision, at=self.at, by=self.by)
        for measure, entry in told.links:
            overall.link_overall(self._measure(measure), OverallEntry.objects.get(number=entry), by=self.by)


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=JAPAN)
