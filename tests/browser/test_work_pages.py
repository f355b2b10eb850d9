"""The rooms of people at work, in a real browser."""

import pytest

from tests import make
from tomoni.parties.models import User
from tomoni.parties.permissions import Role
from tomoni.parties.services import seat
from tomoni.tenants.scope import scope


@pytest.fixture
def division(city) -> User:
    user = User.objects.create_user("mihon@midorino.example", display_name="見本 花子")
    with scope(city):
        make.rulebook()
        seat(user, make.department(), role=Role.DIVISION, since=make.APRIL)
    return user


def test_taking_in_a_sheet_keeps_the_accessibility_criteria(visit, check, division):
    check(visit("/midorino/plans/imports/", by=division), name="imports")
    check(visit("/midorino/plans/imports/new/", by=division), name="import-upload")


def test_whoever_may_not_open_a_room_reads_why(visit, check, city):
    stranger = User.objects.create_user("yoso@midorino.example", display_name="例示 太郎")

    page = visit("/midorino/plans/imports/", by=stranger)

    assert page.get_by_role("heading", level=1).inner_text() == "このページは開けません"
    check(page, name="refused", expected="403")
