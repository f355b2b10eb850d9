"""A city whose rulebook is in force, and people who hold seats in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from tests.rulebooks.pages.books import book_of_city
from tomoni.parties.actor import program
from tomoni.parties.models import User
from tomoni.parties.permissions import Role
from tomoni.parties.services import found_party, seat
from tomoni.rulebooks.schema import Rulebook
from tomoni.rulebooks.services import put_in_force
from tomoni.tenants.models import Municipality
from tomoni.tenants.scope import scope


@pytest.fixture
def settle(db) -> Callable[..., Municipality]:
    """Found the city of a rulebook and put the rulebook in force from its first day."""

    def made(book: Rulebook) -> Municipality:
        city, _ = Municipality.objects.get_or_create(
            slug=book.city.slug,
            defaults={"name": book.city.name, "prefecture": book.city.prefecture, "code": book.city.code},
        )
        with scope(city):
            put_in_force(book, number=book.number, title=book.source.title, on=book.in_force_from, by=program("test"))
        return city

    return made


@pytest.fixture
def founded(settle) -> Callable[[str], Municipality]:
    return lambda slug: settle(book_of_city(slug))


@pytest.fixture
def sign_in(client: Client) -> Callable[..., Client]:
    """Sign somebody in who holds this role in that city."""

    def signed(city: Municipality, role: Role) -> Client:
        user = User.objects.create_user(f"{role}@{city.slug}.example", display_name="灯 花子")
        with scope(city):
            seat(user, found_party(kind="purpose", name="あかりの会"), role=role, since=date(2024, 4, 1))
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed
