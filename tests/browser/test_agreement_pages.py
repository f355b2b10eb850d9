"""Suitability checks and agreements in a real browser: every kind of page, wide and narrow."""

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests import make
from tests.agreements.conftest import all_answers, full_values
from tomoni.agreements import checking, services
from tomoni.agreements.models import Agreement, SuitabilityCheck
from tomoni.kernel.clock import today
from tomoni.parties.actor import actor_for
from tomoni.parties.models import User
from tomoni.parties.permissions import Role
from tomoni.parties.services import seat
from tomoni.tenants.scope import scope

ON = date(2026, 4, 10)


def person(name: str, role: Role, party):
    user = User.objects.create_user(f"{name}@midorino.example", display_name=name)
    seat(user, party, role=role, since=date(2026, 4, 1))
    return user, actor_for(user, on=today())


@pytest.fixture
def room(city):
    """Two sides with checks and agreements in several states."""
    with scope(city):
        make.rulebook()
        civic, office = make.group("花の会"), make.department("みどり課")
        member, hanako = person("hanako", Role.MEMBER, civic)
        officer, midori = person("midori", Role.OFFICER, office)

        def begun(title: str) -> Agreement:
            return services.begin_agreement(Agreement(title=title), civic=civic, city=office, on=ON, by=hanako)

        def offered(title: str) -> Agreement:
            held = begun(title)
            services.write_draft(held, {**full_values(held), "title": title}, revision=0, by=hanako)
            services.offer(held, at=make.NOON, by=midori)
            return held

        def asked(title: str, *sides: tuple[str, object]) -> SuitabilityCheck:
            new = SuitabilityCheck(title=title, civic=civic, city=office)
            held = checking.begin_check(new, on=ON, by=hanako)
            for place, (side, actor) in enumerate(sides):
                told = all_answers(held, ("yes", "no")[place], "理由を書きました")
                checking.answer(held, told, side=side, by=actor, handed_in_at=make.NOON)
            return held

        done = offered("川べりの花壇づくり")
        for side, actor in ("civic", hanako), ("city", midori):
            services.sign(done, number=1, side=side, at=make.NOON, by=actor)
        services.amend(done, reason="目的を広げる", by=hanako)
        services.write_draft(done, {"purpose": "町全体を花でつなぎます。"}, revision=1, by=hanako)
        services.offer(Agreement.objects.get(pk=done.pk), at=make.NOON, by=hanako)
        return {
            "member": member,
            "officer": officer,
            "draft": begun("まだ何もない案"),
            "done": done,
            "open": asked("たずねている取組", ("civic", hanako)),
            "both": asked("見比べる取組", ("civic", hanako), ("city", midori)),
        }


def test_the_pages_of_the_room_hold_what_every_page_promises(room, visit, check):
    draft, done = room["draft"].pk, room["done"].pk
    pages = [
        ("agreements", [], None),
        ("agreement", [done], None),
        ("agreements-work", [], "member"),
        ("agreement-new", [], "member"),
        ("agreement-choose", [draft], "member"),
        ("agreement-write", [draft], "member"),
        ("agreement", [draft], "member"),
        ("agreement", [done], "officer"),
        ("agreement-version", [done, 2], "officer"),
        ("suitability-new", [], "member"),
        ("suitability", [room["open"].pk], "officer"),
        ("suitability", [room["both"].pk], "officer"),
    ]
    for place, (name, args, who) in enumerate(pages):
        page = visit(reverse(name, args=["midorino", *args]), by=room.get(who))
        check(page, name=f"{place:02}-{name}")


def test_two_people_sign_in_the_browser(room, visit):
    address = reverse("agreement", args=["midorino", room["done"].pk])
    for who in "member", "officer":
        page = visit(address, by=room[who])
        page.get_by_label("内容を読み、この版に署名します").check()
        page.get_by_role("button", name="署名する").click()
        expect(page.get_by_text("第2版に署名しました。").first).to_be_visible()

    expect(visit(address).get_by_text("町全体を花でつなぎます。").first).to_be_visible()
