"""A year in Fuchu: a neighbourhood group phones the desk in April, and by the next March it looks back on a project.

Played in a browser by everybody who takes part, with Fuchu's own rulebook. Each chapter is a function in one of the three parts.
"""

from __future__ import annotations

import pytest

from tests import make
from tests.browser.fuchu_agreeing import (
    both_sides_test_whether_it_suits,
    both_sign_and_take_the_paper_home,
    they_choose_a_form_and_write_the_agreement,
)
from tests.browser.fuchu_cast import CAST, COUNCIL, DESK, DIVISION, GROUP, JURY, PARTNER, ROADS
from tests.browser.fuchu_proposing import (
    it_is_screened_blind_and_adopted,
    the_desk_notes_a_call,
    the_division_opens_a_round,
    the_group_and_a_partner_meet,
    the_two_write_a_proposal,
    they_talk_with_the_department,
)
from tests.browser.fuchu_working import (
    both_look_back_blind_and_then_together,
    everybody_finds_it_in_the_end,
    the_council_speaks_and_it_is_published,
    the_year_ends_with_a_report,
    they_work_in_the_project_room,
)
from tests.browser.stage import DOCS, Story
from tests.browser.stage import calendar as calendar
from tests.browser.stage import founded as founded


@pytest.fixture
def story(founded) -> Story:
    """府中市 in April 2026: its departments, two groups, everybody's seats, and a plan with the measure it will end at."""
    made = founded(
        "fuchu",
        departments=(DIVISION, ROADS, JURY, COUNCIL),
        others={GROUP: "area", PARTNER: "purpose", DESK: "purpose"},
    )
    made.people(CAST)
    plan = make.plan(title="府中市市民協働推進行動計画", years=(2026, 2027, 2028, 2029))
    under = make.heading(plan, "地域の安全をともに守る")
    make.line(make.measure(plan, "通学路の見守りを地域と進める", heading=under), ROADS)
    make.touched(plan)
    return made


def test_from_a_phone_call_in_april_to_looking_back_in_march(story):
    the_desk_notes_a_call(story)
    the_group_and_a_partner_meet(story)
    the_division_opens_a_round(story)
    the_two_write_a_proposal(story)
    they_talk_with_the_department(story)
    it_is_screened_blind_and_adopted(story)
    both_sides_test_whether_it_suits(story)
    they_choose_a_form_and_write_the_agreement(story)
    both_sign_and_take_the_paper_home(story)
    they_work_in_the_project_room(story)
    the_year_ends_with_a_report(story)
    both_look_back_blind_and_then_together(story)
    the_council_speaks_and_it_is_published(story)
    everybody_finds_it_in_the_end(story)
    the_guide_shows_every_picture(story)


def the_guide_shows_every_picture(story: Story) -> None:
    taken = sorted(path.name for path in story.pictures.glob("story-*.png"))
    text = (DOCS / "相談から協働事業まで.md").read_text()
    assert len(taken) == 9
    assert [name for name in taken if f"(images/{name})" not in text] == []
