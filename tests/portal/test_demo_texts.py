"""What the demonstration says of itself before anything is written: codes, colours, people, and the first screen."""

import pytest

from tomoni.kernel.colour import READABLE, WHITE, contrast
from tomoni.parties.permissions import Role
from tomoni.portal.demo.cities import DemoCity
from tomoni.portal.demo.people import PASSWORD, seats_of
from tomoni.portal.demo.seeding import demonstration
from tomoni.portal.demo.sheets import sheet_of
from tomoni.portal.demo.welcome import welcome
from tomoni.rulebooks.loading import load_city

CITIES = demonstration().cities
every_city = pytest.mark.parametrize("city", CITIES, ids=lambda city: city.slug)


def check_digit(code: str) -> int:
    """全国地方公共団体コード, 別表: (11 - sum of digit x (6, 5, 4, 3, 2) mod 11) mod 10."""
    total = sum(int(digit) * weight for digit, weight in zip(code, (6, 5, 4, 3, 2), strict=True))
    return (11 - total % 11) % 10


@every_city
def test_the_national_code_carries_its_check_digit(city: DemoCity):
    assert check_digit(city.code[:5]) == int(city.code[5])


@every_city
def test_a_citys_colour_can_be_read_on_white(city: DemoCity):
    assert contrast(city.accent, WHITE) >= READABLE


@every_city
def test_city_and_rulebook_are_of_the_same_municipality(city: DemoCity):
    book = load_city(city.slug)

    assert (book.city.name, book.city.code) == (city.name, city.code)
    assert {city.group.kind, city.centre.kind} <= {kind.key for kind in book.party_kinds}


@every_city
def test_everybody_acts_for_a_party_that_is_founded(city: DemoCity):
    founded = {city.name, city.council, city.centre.name, city.group.name, *city.departments}

    for person in demonstration().people:
        assert set(seats_of(person, city)) <= founded, person.key


@every_city
def test_the_departments_of_the_sheet_that_lead_are_founded_beforehand(city: DemoCity):
    leads = {lead for m in sheet_of(city.slug).plan.measures() for line in m.lines for lead in line.leads}

    assert leads <= {*city.departments, city.centre.name}


@every_city
def test_an_officer_works_for_two_departments(city: DemoCity):
    officer = next(person for person in demonstration().people if person.role == Role.OFFICER)

    assert len(set(seats_of(officer, city))) == 2


def test_people_are_plainly_made_up():
    for person in demonstration().people:
        assert person.name.split(" ")[0] in {"見本", "例示"}
        assert person.mail("fuchu").endswith("@fuchu.example")


def test_there_is_a_sign_in_for_every_role_that_looks_at_the_plan():
    roles = [person.role for person in demonstration().people]

    assert roles == ["division", "officer", "council", "screener", "coordinator", "member", "resident"]


def test_the_first_screen_names_addresses_sign_ins_and_that_it_is_a_demonstration():
    lines = welcome(demonstration(), root="http://127.0.0.1:8000").splitlines()

    assert "  府中市      http://127.0.0.1:8000/fuchu/" in lines
    assert "  東久留米市  http://127.0.0.1:8000/higashikurume/" in lines
    assert f"サインイン  http://127.0.0.1:8000/accounts/login/    パスワードは全員 {PASSWORD}" in lines
    assert "  各課の担当者      officer@fuchu.example      担当する2つの課の年度の報告" in lines
    assert "  ほかの市では fuchu を ama、higashikurume、musashino に替えます。" in lines
    assert "  人物は架空です。実際の市のサービスではありません。止めるには Ctrl-C を押します。" in lines
