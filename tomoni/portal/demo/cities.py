"""The four cities of the demonstration as they are written down in demo/cities.yaml, and the verb that founds one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field

from tomoni.parties.actor import Actor
from tomoni.parties.models import Party, Succession, SuccessionKind
from tomoni.parties.permissions import ROLE_LABELS, Role
from tomoni.parties.services import found_party, succeed
from tomoni.rulebooks.loading import load_city
from tomoni.rulebooks.services import put_in_force
from tomoni.tenants.models import Municipality


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DemoPerson(_Part):
    """A sign-in that every city has."""

    key: str
    role: Role
    name: str
    does: str

    def mail(self, slug: str) -> str:
        """The address this person signs in with in that city."""
        return f"{self.key}@{slug}.example"

    @property
    def label(self) -> str:
        """The role in words."""
        return ROLE_LABELS[self.role]


class DemoParty(_Part):
    """A party of a kind the city's rulebook knows."""

    kind: str
    name: str


class DemoSuccession(_Part):
    """What became of a department."""

    before: str
    after: str
    kind: SuccessionKind
    day: date  # not "on", which YAML takes for true
    note: str


class DemoCity(_Part):
    """One city with its departments and those who take part."""

    slug: str
    name: str
    prefecture: str
    code: str
    accent: str
    departments: tuple[str, ...]
    council: str
    centre: DemoParty
    group: DemoParty
    seats: dict[str, tuple[str, ...]]
    successions: tuple[DemoSuccession, ...] = ()


class Demonstration(_Part):
    """Everything in demo/cities.yaml."""

    since: date
    people: tuple[DemoPerson, ...]
    cities: tuple[DemoCity, ...] = Field(min_length=1)


def load_demonstration(path: Path) -> Demonstration:
    """The cities and people in that file."""
    return Demonstration.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


def found_municipality(city: DemoCity) -> Municipality:
    """The municipality, made if it is not there; marked as a demonstration, so that every page says so."""
    municipality, _made = Municipality.objects.get_or_create(
        slug=city.slug,
        defaults={
            "name": city.name,
            "prefecture": city.prefecture,
            "code": city.code,
            "accent": city.accent,
            "is_demo": True,
        },
    )
    return municipality


def furnish(city: DemoCity, *, by: Actor) -> dict[str, Party]:
    """Inside the city's scope: its rulebook in force, its parties by name, and what became of its departments."""
    book = load_city(city.slug)
    put_in_force(book, number=book.number, title=book.source.title, on=book.in_force_from, by=by)
    hall = found_party(kind="city", name=city.name)
    parties = {city.name: hall}
    for name in city.departments:
        parties[name] = _once(name, hall)
    parties[city.council] = found_party(kind="city", name=city.council, parent=hall)
    for other in (city.centre, city.group):
        if other.name not in parties:
            parties[other.name] = found_party(kind=other.kind, name=other.name)
    for line in city.successions:
        before, after = parties[line.before], parties[line.after]
        if not Succession.objects.filter(before=before, after=after, on=line.day).exists():
            succeed(before, after, kind=line.kind, on=line.day, note=line.note)
    return parties


def _once(name: str, hall: Party) -> Party:
    """The department already there, also when it has ended since: founding the city again brings none of them back."""
    return Party.objects.filter(name=name, parent=hall).first() or found_party(kind="city", name=name, parent=hall)
