"""Founding the demonstration, as often as one likes: what is there already stays as it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction

from tomoni.files.models import StoredFile
from tomoni.parties.actor import program
from tomoni.parties.models import User
from tomoni.portal.demo import (
    agreements,
    board,
    checks,
    committees,
    consultations,
    evaluations,
    organisations,
    papers,
    projects,
    promises,
    proposals,
    reporting,
    revisions,
)
from tomoni.portal.demo.cities import DemoCity, Demonstration, found_municipality, furnish, load_demonstration
from tomoni.portal.demo.people import seat_people
from tomoni.portal.demo.plans import bring_in_plan
from tomoni.portal.demo.sheets import folder
from tomoni.tenants.models import Municipality
from tomoni.tenants.scope import scope

Say = Callable[[str], object]


def demonstration() -> Demonstration:
    """The cities and people of the demonstration."""
    return load_demonstration(folder() / "cities.yaml")


def refuse_beside_real_cities() -> None:
    """CommandError when this database serves a real municipality: demonstration and service are kept apart."""
    if real := Municipality.objects.filter(is_demo=False).first():
        raise CommandError(
            f"このデータベースには{real.name}の実際のデータがあります。実演は別のデータベースで行ってください"
            "（TOMONI_VAR か TOMONI_DATABASE を変えます）。"
        )


def refuse_to_forget_people() -> None:
    """CommandError when somebody real signs in here: a reset would delete them."""
    if User.objects.exclude(email__endswith=".example").exists():
        raise CommandError("実演の人物のほかにも利用者がいるため、最初の状態に戻せません。")


def forget_everything() -> None:
    """Empty this database and delete the files that belong to it. CommandError when anything in it is real."""
    refuse_beside_real_cities()
    refuse_to_forget_people()
    for municipality in Municipality.objects.all():
        with scope(municipality):
            for stored in StoredFile.objects.all():
                stored.content.delete(save=False)
    call_command("flush", interactive=False, verbosity=0)


def seed(*, at: datetime, only: str = "", say: Say = lambda _line: None) -> None:
    """Found the cities of the demonstration with their people and plans: all of them, or only the one of that slug."""
    refuse_beside_real_cities()
    told = demonstration()
    for city in told.cities:
        if only in ("", city.slug):
            say(_found(city, told, at))


@transaction.atomic
def _found(city: DemoCity, told: Demonstration, at: datetime) -> str:
    municipality = found_municipality(city)
    with scope(municipality):
        parties = furnish(city, by=program("demo"))
        people = seat_people(told.people, city, parties, since=told.since)
        measures = bring_in_plan(city, parties, people, at=at)
        organisations.seed(municipality, at=at)
        committees.seed(municipality, at=at)
        consultations.seed(municipality, at=at)
        board.seed(municipality, at=at)
        proposals.seed(municipality, at=at)
        agreements.seed(municipality, at=at)
        projects.seed(municipality, at=at)
        evaluations.seed(municipality, at=at)
        revisions.seed(municipality, at=at, council=city.council)
        checks.seed(municipality, at=at)
        reporting.seed(municipality, at=at)
        promises.seed(city, parties, at=at)
        papers.seed(municipality, people, at=at)
    return f"{city.name}: 施策 {measures}"
