"""The register and the committees in a real browser: every kind of page, wide and narrow."""

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests import make
from tests.organisations.registering import ON, THIS, accepted, book, written
from tomoni.committees import services as committees
from tomoni.imports.services import Upload
from tomoni.kernel.clock import now, today
from tomoni.organisations.services import Intention, receive, take_step
from tomoni.parties.actor import actor_for
from tomoni.parties.models import User
from tomoni.parties.permissions import Role
from tomoni.parties.services import found_party, seat
from tomoni.tenants.scope import scope

LIST = "団体名,活動内容,電話\nにじいろ食堂会,夕食の会,000-1\n月の会,月を見る,\n"


def person(name: str, role: Role, party):
    user = User.objects.create_user(f"{name}@midorino.example", display_name=name)
    seat(user, party, role=role, since=date(2024, 4, 1))
    return user, actor_for(user, on=today())


@pytest.fixture
def register(city):
    """A registered group, one that waits for the check, a committee with seats, and a list half decided."""
    with scope(city):
        make.rulebook(book(), number="1", on=date(2024, 4, 1))
        group, other, centre = make.group("にじいろ食堂の会"), make.group("となりの会"), make.group("センター")
        member, hanako = person("hanako", Role.MEMBER, group)
        coordinator, desk = person("tsunagu", Role.COORDINATOR, centre)
        division, head = person("division", Role.DIVISION, make.department())
        jiro = person("jiro", Role.MEMBER, other)[1]
        done = accepted(group, hanako, desk, year=THIS)
        waiting = take_step("submit", written(other, jiro, year=THIS), on=ON, by=jiro)
        draft = written(group, hanako, year=THIS + 1)
        party = found_party(kind="town_hall", name="あかり推進会議", parent=make.hall())
        council = committees.found_committee(party, purpose="協働の進み具合に意見を述べます。", by=head)
        term = committees.open_term(council, number=1, starts=date(2020, 4, 1), ends=date(2090, 3, 31), by=head)
        committees.write_seat(term, {"name": "架空 一子", "office": "chair", "appointed": "public"}, by=head)
        committees.write_meeting(council, {"held_on": ON, "title": "はじめに", "minutes": "話しました。"}, by=head)
        batch = receive(Upload("名簿.csv", LIST.encode()), Intention(THIS, "neighbours"), at=now(), by=head)
        return {
            "member": member,
            "coordinator": coordinator,
            "division": division,
            "organisation": [group.pk],
            "organisation-edit": [group.pk],
            "organisation-contacts": [group.pk],
            "registration": [waiting.pk],
            "registration-write": [draft.pk],
            "organisation-list": [batch.pk],
            "committee": [council.pk],
            "committee-edit": [council.pk],
            "committee-term-new": [council.pk],
            "committee-seats": [council.pk, term.pk],
            "committee-meeting-new": [council.pk],
            "done": done,
        }


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("", "organisations"),
        ("", "organisation"),
        ("", "committees"),
        ("", "committee"),
        ("member", "organisation"),
        ("member", "organisation-edit"),
        ("member", "organisation-contacts"),
        ("member", "registration-write"),
        ("coordinator", "registrations"),
        ("coordinator", "registration"),
        ("coordinator", "registration-new"),
        ("division", "organisation-lists"),
        ("division", "organisation-list"),
        ("division", "committee-edit"),
        ("division", "committee-term-new"),
        ("division", "committee-seats"),
        ("division", "committee-meeting-new"),
    ],
)
def test_the_pages_keep_the_accessibility_criteria(who, name, *, register, visit, check):
    address = reverse(name, args=["midorino", *register.get(name, [])])

    check(visit(address, by=register.get(who)), name=f"{name}-{who or 'visitor'}")


def test_two_letters_find_a_group_without_scripts(register, visit):
    page = visit("/midorino/organisations/")

    page.get_by_label("ことば").fill("食事")
    page.get_by_role("search", name="団体や課をさがす").get_by_role("button").click()

    expect(page.get_by_text("1件あります。")).to_be_visible()
    expect(page.get_by_role("link", name="にじいろ食堂の会")).to_be_visible()
