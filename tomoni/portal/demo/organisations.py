"""The register of the demonstration, as written down in demo/<city>/organisations.yaml: profiles and registrations."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from tomoni.history.models import Event, Notice
from tomoni.kernel.clock import now
from tomoni.kernel.fiscal import FiscalYear, fiscal_year_on
from tomoni.organisations.models import Profile, Registration
from tomoni.organisations.services import Writing, begin_registration, describe, take_step, write_registration
from tomoni.organisations.sheet import PROFILE
from tomoni.parties.actor import Actor, Seat, program
from tomoni.parties.models import Membership, Party
from tomoni.parties.permissions import Role
from tomoni.parties.services import found_party
from tomoni.portal.demo.sheets import folder
from tomoni.rulebooks.schema import Rulebook
from tomoni.rulebooks.selectors import in_force
from tomoni.tenants.models import Municipality

TOLD = ("purpose", "activities", "area", "field", "members", "founded", "gives", "seeks", "vision", "website")
BEFORE = "前のしくみの登録簿から引き継ぎました。"
ON_PAPER = "窓口で紙の申請を受け取りました。"
MISSING = "会員の人数が、名簿と合っていないようです。確かめてください。"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DemoDescribed(_Part):
    """What a party says of itself."""

    name: str
    purpose: str = ""
    activities: str = ""
    area: str = ""
    field: tuple[str, ...] = ()
    members: int | None = None
    founded: date | None = None
    gives: str = ""
    seeks: str = ""
    vision: str = ""
    going: str = ""
    website: str = ""
    public_contact: str = ""
    stage: str = ""
    capabilities: tuple[str, ...] = ()
    hide: Mapping[str, Literal["members", "staff"]] = Field(default_factory=dict)

    def answers(self) -> dict[str, Any]:
        """As answers to the sheet for registrations."""
        told = {key: getattr(self, key) for key in (*TOLD, "public_contact", "stage", "capabilities")}
        told["now"] = self.going
        kept = {key: list(value) if isinstance(value, tuple) else value for key, value in told.items()}
        kept |= {"founded": self.founded.isoformat()} if self.founded else {}
        return {key: value for key, value in kept.items() if value not in (None, "", [])}

    def visibility(self) -> dict[str, str]:
        """Who reads what, by column of the profile."""
        columns = {"going": "now", "activities": "summary", "field": "fields", "founded": "founded_on"}
        return {columns.get(key, key): level for key, level in self.hide.items()}


class DemoGroup(DemoDescribed):
    """A group with its registrations."""

    kind: str
    years: int = Field(ge=1)
    now: Literal["taken", "online", "submitted", "sent_back", "draft", "lapsed"]


class DemoRegister(_Part):
    """What this module reads of one city's file."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    groups: tuple[DemoGroup, ...]
    departments: tuple[DemoDescribed, ...] = ()


def told_of(slug: str) -> Path:
    """The file of that city."""
    return folder() / slug / "organisations.yaml"


def load_register(slug: str) -> DemoRegister:
    """The groups and departments of that city."""
    return DemoRegister.model_validate(yaml.safe_load(told_of(slug).read_text(encoding="utf-8")))


def seed(city: Municipality, *, at: datetime) -> int:
    """Inside the city's scope: register what is not there yet; the number of groups brought in.

    Needs the city's rulebook, departments, coordinator and division.
    """
    told, book = load_register(city.slug), in_force(at.date()).book
    new = [group for group in told.groups if not Registration.objects.filter(party__name=group.name).exists()]
    for place, group in enumerate(new):
        _Register(group, book, at, place).bring_in()
    for department in told.departments:
        party = Party.objects.filter(name=department.name, ended_on=None).first()
        if party and not Profile.objects.filter(party=party).exists():
            values = {PROFILE[key]: value for key, value in department.answers().items()}
            describe(party, values, visibility=department.visibility(), book=book, by=program("demo"))
    return len(new)


class _Register:
    """One group on its way into the register, year by year."""

    def __init__(self, told: DemoGroup, book: Rulebook, at: datetime, place: int) -> None:
        self.told, self.book, self.at, self.place = told, book, at, place
        self.party = found_party(kind=told.kind, name=told.name)
        self.desk = checker(self.party)
        member = Seat(self.party.pk, self.party.name, None, Role.MEMBER)
        self.member = Actor(user=None, name="見本 担当", seats=(member,))

    def bring_in(self) -> None:
        """Every year before this one from the old register, then this year's as far as it has come."""
        this = fiscal_year_on(self.at.date()).year
        first = this - self.told.years + (self.told.now != "lapsed")
        last = this if self.told.now == "taken" else this - 1
        for year in range(first, last + 1):
            self._taken(year, BEFORE if year < this else ON_PAPER)
        if self.told.now not in ("taken", "lapsed"):
            self._applied(this)
        if self.told.hide and Profile.objects.filter(party=self.party).exists():
            hidden = self.told.visibility()
            describe(self.party, {}, visibility=hidden, book=self.book, by=program("demo"))

    def _day(self, year: int) -> date:
        """A spring day of that year, never later than today."""
        return min(FiscalYear(year).start + timedelta(days=7 + self.place), self.at.date())

    def _taken(self, year: int, note: str) -> None:
        started, on = now(), self._day(year)
        begun = begin_registration(self.party, year=year, on=on, by=self.desk, at_desk=True)
        write_registration(begun, self._writing(), by=self.desk)
        take_step("take_over", begun, on=on, by=self.desk, note=note)
        self._set_back(started, on)

    def _applied(self, year: int) -> None:
        started, on = now(), self._day(year)
        begun = begin_registration(self.party, year=year, on=on, by=self.member)
        write_registration(begun, self._writing(), by=self.member)
        if self.told.now != "draft":
            take_step("submit", begun, on=on, by=self.member)
        if self.told.now == "online":
            take_step("accept", begun, on=on, by=self.desk)
        if self.told.now == "sent_back":
            take_step("send_back", begun, on=on, by=self.desk, note=MISSING)
        self._set_back(started, on)

    def _writing(self) -> Writing:
        """The answers with a contact that nobody can reach."""
        reach = {"contact_person": "見本 担当", "contact_phone": f"000-0{self.place:03}-0000"}
        answers = self.told.answers()
        return Writing({**answers, "representative": "架空 代表", **reach})

    def _set_back(self, since: datetime, on: date) -> None:
        """History as if it had happened on that day; of what is settled nobody is told today."""
        moment = datetime.combine(on, self.at.timetz())
        events = Event.objects.filter(at__gte=since)
        if self.told.now != "submitted":
            Notice.objects.filter(event__in=events).delete()
        events.update(at=moment)


def checker(party: Party) -> Actor:
    """Somebody who may check this party's registration: the coordinator, for the centre itself the division."""
    seats = (
        Membership.objects.filter(role__in=[Role.COORDINATOR, Role.DIVISION], until=None)
        .exclude(party=party)
        .select_related("user", "party")
        .order_by("role", "pk")
    )
    held = seats[0]
    seat = Seat(held.party_id, held.party.name, held.party.parent_id, Role(held.role))
    return Actor(user=held.user_id, name=held.user.display_name, seats=(seat,))
