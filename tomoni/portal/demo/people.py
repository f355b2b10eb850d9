"""The people of the demonstration: who signs in with what, and for which party they act."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.contrib.auth.hashers import make_password

from tomoni.parties.models import Party, User
from tomoni.parties.permissions import Role
from tomoni.parties.services import seat
from tomoni.portal.demo.cities import DemoCity, DemoPerson

# Written on the screen of everybody who tries the demonstration: no secret, and of no use anywhere else.
PASSWORD = "tomoni-demo"  # noqa: S105


def sign_in(person: DemoPerson, city: DemoCity, *, password_hash: str) -> User:
    """The person's sign-in in that city, made if it is not there."""
    user, _made = User.objects.get_or_create(
        email=person.mail(city.slug), defaults={"display_name": person.name, "password": password_hash}
    )
    return user


def seat_people(
    people: tuple[DemoPerson, ...], city: DemoCity, parties: Mapping[str, Party], *, since: date
) -> dict[Role, User]:
    """Give everybody their seats inside the city's scope; one sign-in per role."""
    password_hash = make_password(PASSWORD)  # once: hashing is slow on purpose
    found: dict[Role, User] = {}
    for person in people:
        user = found[person.role] = sign_in(person, city, password_hash=password_hash)
        for name in seats_of(person, city):
            seat(user, parties[name], role=person.role, since=since)
    return found


def seats_of(person: DemoPerson, city: DemoCity) -> tuple[str, ...]:
    """Names of the parties this person acts for in that city."""
    elsewhere = {
        Role.COUNCIL: (city.council,),
        Role.SCREENER: (city.council,),
        Role.COORDINATOR: (city.centre.name,),
        Role.MEMBER: (city.group.name,),
        Role.RESIDENT: (city.name,),
    }
    return city.seats.get(person.key) or elsewhere[person.role]
