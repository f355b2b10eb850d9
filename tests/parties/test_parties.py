"""People act for parties, in roles, for a time; departments become other departments."""

from datetime import date

import pytest
from django.db import IntegrityError

from tomoni.parties.actor import NOBODY, actor_for
from tomoni.parties.models import Membership, Party, SuccessionKind, User
from tomoni.parties.permissions import GRANTS, Permission, Role
from tomoni.parties.selectors import departments, story_of
from tomoni.parties.services import found_party, seat, succeed
from tomoni.tenants.models import Municipality
from tomoni.tenants.scope import scope

pytestmark = pytest.mark.django_db
APRIL = date(2026, 4, 1)


@pytest.fixture(autouse=True)
def town():
    town = Municipality.objects.create(slug="midorino", name="みどり野市", prefecture="東京都", code="139998")
    with scope(town):
        yield town


@pytest.fixture
def hanako() -> User:
    return User.objects.create_user("hanako@midorino.example", display_name="見本 花子")


def test_a_person_acts_in_the_roles_they_hold_on_that_day(hanako, django_assert_num_queries):
    city = found_party(kind="city", name="みどり野市")
    division = found_party(kind="city", name="市民協働課", parent=city)
    Membership.objects.create(user=hanako, party=division, role=Role.DIVISION, since=APRIL, until=date(2027, 3, 31))

    with django_assert_num_queries(1):
        now = actor_for(hanako, on=date(2026, 11, 1))

    assert now.may(Permission.IMPORT_COMMIT)
    assert now.may(Permission.IMPORT_COMMIT, division)
    assert not now.may(Permission.IMPORT_COMMIT, city)
    assert now.sits_in(division)
    assert now.acts_for is not None
    assert now.acts_for.party_name == "市民協働課"
    assert actor_for(hanako, on=date(2026, 3, 31)).seats == ()
    assert actor_for(hanako, on=date(2027, 4, 1)).seats == ()


def test_a_visitor_may_nothing():
    assert NOBODY.seats == ()
    assert not NOBODY.is_signed_in
    assert [p for p in Permission if NOBODY.may(p)] == []


def test_a_resident_is_granted_nothing_by_their_role_alone():
    assert Permission.IMPORT_READ not in GRANTS[Role.RESIDENT]


def test_the_same_seat_twice_is_one_seat(hanako):
    group = found_party(kind="purpose", name="あかりの会")

    first = seat(hanako, group, role=Role.MEMBER, since=APRIL)
    again = seat(hanako, group, role=Role.MEMBER, since=date(2026, 5, 1))

    assert first == again
    assert again.since == APRIL


def test_a_seat_cannot_end_before_it_begins(hanako):
    group = found_party(kind="purpose", name="あかりの会")

    with pytest.raises(IntegrityError):
        Membership.objects.create(user=hanako, party=group, role=Role.MEMBER, since=APRIL, until=date(2026, 3, 1))


def test_a_renamed_department_ends_and_its_story_names_both():
    city = found_party(kind="city", name="みどり野市")
    before = found_party(kind="city", name="市民活動支援課", parent=city)
    after = found_party(kind="city", name="協働推進課", parent=city)

    line = succeed(before, after, kind=SuccessionKind.RENAMED, on=APRIL, note="組織改正")

    before.refresh_from_db()
    assert before.ended_on == APRIL
    assert list(story_of(after)) == [line]
    assert list(story_of(before)) == [line]
    assert [d.name for d in departments()] == ["協働推進課", "市民活動支援課"]


def test_a_department_that_hands_work_over_goes_on():
    city = found_party(kind="city", name="みどり野市")
    division = found_party(kind="city", name="協働推進課", parent=city)
    centre = found_party(kind="purpose", name="市民活動センター")

    succeed(division, centre, kind=SuccessionKind.HANDED_OVER, on=APRIL)

    division.refresh_from_db()
    assert division.ended_on is None


def test_a_department_does_not_become_itself():
    city = found_party(kind="city", name="みどり野市")

    with pytest.raises(IntegrityError):
        succeed(city, city, kind=SuccessionKind.RENAMED, on=APRIL)


def test_a_name_can_be_used_again_once_the_former_bearer_has_ended():
    city = found_party(kind="city", name="みどり野市")
    Party.objects.create(kind="city", name="協働課", parent=city, ended_on=APRIL)

    again = found_party(kind="city", name="協働課", parent=city)

    assert again.ended_on is None
    assert Party.objects.filter(name="協働課").count() == 2
