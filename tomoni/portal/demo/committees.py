"""The committees of the demonstration, from the same file as the register: terms, seats and meetings."""

from __future__ import annotations

from datetime import datetime, timedelta

import yaml
from pydantic import BaseModel, ConfigDict

from tomoni.committees import services
from tomoni.committees.models import Committee, Meeting, Term
from tomoni.committees.selectors import people_for
from tomoni.kernel.fiscal import FiscalYear, fiscal_year_on
from tomoni.parties.actor import program
from tomoni.parties.models import Party
from tomoni.parties.services import found_party
from tomoni.portal.demo.organisations import told_of
from tomoni.tenants.models import Municipality

BY = program("demo")


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DemoTerm(_Part):
    """A term that began so many fiscal years from this one. A seat is name, office, appointment and background."""

    number: int
    begins: int
    years: int
    seats: tuple[tuple[str, str, str, str], ...]


class DemoMeeting(_Part):
    """A meeting so many days ago."""

    days_ago: int
    title: str
    minutes: str
    is_public: bool = True


class DemoCommittee(_Part):
    """One committee."""

    name: str
    purpose: str
    is_advisory_body: bool = True
    terms: tuple[DemoTerm, ...]
    meetings: tuple[DemoMeeting, ...] = ()


class DemoCommittees(_Part):
    """What this module reads of one city's file."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    committees: tuple[DemoCommittee, ...] = ()


def seed(city: Municipality, *, at: datetime) -> int:
    """Inside the city's scope: found the committees that are not there yet; their number.

    Needs the city's hall and, for seats that sign in, its people.
    """
    told = DemoCommittees.model_validate(yaml.safe_load(told_of(city.slug).read_text(encoding="utf-8")))
    hall = Party.objects.get(name=city.name, parent=None)
    new = [each for each in told.committees if not Committee.objects.filter(party__name=each.name).exists()]
    for each in new:
        _found(each, found_party(kind="city", name=each.name, parent=hall), at)
    return len(new)


def _found(told: DemoCommittee, party: Party, at: datetime) -> None:
    committee = services.found_committee(party, purpose=told.purpose, is_advisory_body=told.is_advisory_body, by=BY)
    this = fiscal_year_on(at.date()).year
    for term in told.terms:
        first, last = FiscalYear(this + term.begins), FiscalYear(this + term.begins + term.years - 1)
        opened = services.open_term(committee, number=term.number, starts=first.start, ends=last.end, by=BY)
        _seat(opened, term)
    for meeting in told.meetings:
        held_on = at.date() - timedelta(days=meeting.days_ago)
        values = {"title": meeting.title, "minutes": meeting.minutes, "is_public": meeting.is_public}
        if not Meeting.objects.filter(committee=committee, title=meeting.title).exists():
            services.write_meeting(committee, {"held_on": held_on, **values}, by=BY)


def _seat(term: Term, told: DemoTerm) -> None:
    people = {person.display_name: person for person in people_for(term.committee)}
    for name, office, appointed, background in told.seats:
        values = {"name": name, "office": office, "appointed": appointed, "background": background}
        services.write_seat(term, {**values, "user": people.get(name)}, by=BY)
