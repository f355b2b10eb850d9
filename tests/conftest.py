"""What most tests stand on: a city in scope with its rulebook, and people seated in it."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from importlib import import_module

import pytest
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker

from tests import make
from tomoni.parties.actor import Actor, actor_for
from tomoni.parties.models import Party, User
from tomoni.parties.permissions import Role
from tomoni.parties.services import seat as give_seat
from tomoni.tenants.models import Municipality
from tomoni.tenants.scope import scope

# Enough to find what is wrong, few enough for a suite of about a minute; tests on the database ask for fewer still.
hypothesis_settings.register_profile("quick", max_examples=25, stateful_step_count=12, deadline=None)
hypothesis_settings.register_profile("ci", hypothesis_settings.get_profile("quick"), derandomize=True)
hypothesis_settings.register_profile("thorough", max_examples=500, deadline=None)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "quick"))

CITY_ROLES = {Role.OFFICER, Role.DIVISION}
Seat = Callable[..., tuple[User, Party, Actor]]


def pytest_collection_finish() -> None:
    """What is imported by now stays to the end, so the collector need not look through it after every test."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_use_migrations() -> bool:
    """On SQLite the tables come straight from the models, which is seconds faster; PostgreSQL runs every migration."""
    return connection.vendor != "sqlite"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_use_migrations: bool, django_db_blocker: DjangoDbBlocker) -> None:
    """What migrations do besides tables: the index of the search, and the list of those that are applied."""
    if django_db_use_migrations:
        return
    settings.MIGRATION_MODULES = {}  # as they are for the program; pytest-django had emptied them
    with django_db_blocker.unblock():
        with connection.schema_editor() as editor:
            import_module("tomoni.search.migrations.0002_pairs").make(None, editor)
        recorder = MigrationRecorder(connection)
        recorder.ensure_schema()
        applied = MigrationLoader(connection).graph.nodes
        recorder.migration_qs.bulk_create(recorder.Migration(app=app, name=name) for app, name in applied)


@pytest.fixture
def city(db: None) -> Iterator[Municipality]:
    """みどり野市, in scope, with the fictional town's rulebook in force since 1 April 2026."""
    made = make.city()
    with scope(made):
        make.rulebook()
        yield made


@pytest.fixture
def seat(city: Municipality) -> Seat:
    """seat(name, role, party=None) -> user, party, actor. Without a party: the division's department, or a group."""

    def sit(name: str, role: Role | str, party: Party | None = None) -> tuple[User, Party, Actor]:
        where = party or (make.department() if role in CITY_ROLES else make.group())
        user, _made = User.objects.get_or_create(email=f"{name}@midorino.example", defaults={"display_name": name})
        give_seat(user, where, role=Role(role), since=make.APRIL)
        return user, where, actor_for(user, on=make.APRIL)

    return sit
