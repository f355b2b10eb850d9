"""What people at work find, whose turn it is, whom the routing table means, and how the desk is doing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests import make
from tests.consultations.conftest import AT, book
from tomoni.consultations import selectors, services
from tomoni.consultations.selectors import Sought
from tomoni.parties.actor import NOBODY
from tomoni.parties.services import found_party
from tomoni.rulebooks.schema import Rulebook


def test_only_people_at_work_see_enquiries_also_when_they_count_them(enquiry_at, people):
    enquiry_at()

    seen = {name: selectors.visible_to(actor).count() for name, actor in people.items()}
    assert seen == {
        "coordinator": 1,
        "division": 1,
        "officer": 1,
        "other": 1,
        "member": 0,
        "resident": 0,
        "screener": 0,
        "council": 0,
    }
    assert selectors.visible_to(NOBODY).count() == 0
    assert selectors.figures(people["member"], on=AT.date()).received == 0


def test_what_waits_for_somebody_is_what_they_can_move(enquiry_at, people):
    new = enquiry_at()
    with_roads = enquiry_at("with_desk", token="b" * 22)
    enquiry_at("answered", token="c" * 22)
    enquiry_at("closed", token="d" * 22)

    waiting = {name: list(selectors.awaiting(actor)) for name, actor in people.items()}
    assert waiting["coordinator"] == waiting["division"] == [new]
    assert waiting["officer"] == [with_roads]
    assert waiting["other"] == waiting["member"] == waiting["council"] == []


@pytest.mark.parametrize(
    ("words", "hits"),
    [("花だん", 1), ("だん", 1), ("ダン", 1), ("道具 公園", 1), ("架空", 1), ("花だん 海", 0), ("", 2)],
)
def test_enquiries_are_found_by_words_of_two_letters_and_by_name(enquiry_at, people, words, hits):
    enquiry_at()
    enquiry_at(token="b" * 22, body="海をきれいにしたいです。", asker_name="")

    assert selectors.narrowed(people["officer"], Sought(words)).count() == hits


def test_enquiries_are_found_by_their_number_and_by_their_answer(enquiry_at, people):
    case = enquiry_at("answered")

    assert selectors.narrowed(people["officer"], Sought(case.number)).get() == case
    assert selectors.narrowed(people["officer"], Sought("ｒ８")).get() == case
    assert selectors.narrowed(people["officer"], Sought("道路課で")).get() == case


def test_state_theme_and_turn_narrow_together(enquiry_at, people):
    enquiry_at("with_desk", theme="road")
    enquiry_at("answered", theme="road", token="b" * 22)

    assert selectors.narrowed(people["officer"], Sought(theme="road")).count() == 2
    assert selectors.narrowed(people["officer"], Sought(theme="start")).count() == 0
    assert selectors.narrowed(people["officer"], Sought(theme="road", is_mine=True)).get().state == "with_desk"
    assert selectors.narrowed(people["officer"], Sought(state="answered")).get().state == "answered"


def test_response_times_count_first_answers_of_a_year_and_only_unanswered_waits(enquiry_at, people):
    later = AT + timedelta(days=500)
    enquiry_at("answered")
    enquiry_at("answered", token="b" * 22, at=later)
    slow = enquiry_at("with_desk", token="c" * 22, at=later)
    services.answer(slow, text="おそくなりました", at=later + timedelta(days=8), by=people["officer"])
    services.write_back(slow, text="続きです", at=later + timedelta(days=9))
    enquiry_at("with_desk", token="d" * 22, at=later + timedelta(days=6))

    told = selectors.figures(people["officer"], on=(later + timedelta(days=10)).date())

    assert (told.received, told.with_desk, told.longest_wait) == (0, 2, 4)
    assert (told.median_days, told.answered) == (5.5, 2)


def test_an_idle_desk_has_no_figures_to_show(people):
    told = selectors.figures(people["officer"], on=AT.date())

    assert (told.received, told.with_desk, told.longest_wait, told.median_days, told.answered) == (0, 0, None, None, 0)


def test_the_table_leads_to_the_party_its_name_means(people, centre, roads):
    found = {route.key: route.party for route in selectors.routing_table(book(), people["officer"])}

    assert found == {"start": centre, "road": roads, "lost": None}
    assert selectors.routed_to(book(), "nothing") is None


def test_a_name_that_fits_two_parties_leads_to_neither(people, centre):
    annex = found_party(kind="crafts", name="市民活動センター東館")

    assert selectors.party_named("市民活動センター", [centre]) == centre
    assert selectors.party_named("市民活動センター", [centre, annex]) is None
    assert selectors.party_named("市民活動センター 東館", [centre, annex]) == annex


def test_a_table_that_only_says_the_division_means_the_division(people):
    told = book().model_dump()
    told["routing"][2]["department"] = told["terms"]["division"]

    party = selectors.routed_to(Rulebook.model_validate(told), "lost")

    assert party is not None
    assert party.name == "市民協働課"


def test_departments_that_ended_and_groups_are_given_nothing(people, roads):
    roads.ended_on = make.APRIL
    roads.save()

    names = {party.name for party in selectors.assignable()}

    assert {"道路課", "あかりの会", "みどり野市役所"} & names == set()
    assert {"市民活動センター（指定管理者）", "市民協働課", "産業課"} <= names


def test_only_groups_outside_the_city_hall_ask_as_groups(people):
    assert {party.name for party in selectors.groups()} == {"あかりの会", "市民活動センター（指定管理者）"}
