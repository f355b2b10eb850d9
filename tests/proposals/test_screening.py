"""Marks stay blind until all are in; who has an interest is out; nothing leaks through any other page."""

from __future__ import annotations

import pytest

from tests.proposals.conftest import AT, BACKEND, DAY, SCREENERS, everybody_marks
from tomoni.cases.services import RulesBroken
from tomoni.history.models import Event, Notice
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.actor import actor_for
from tomoni.parties.models import Party, User
from tomoni.parties.permissions import Role
from tomoni.parties.services import seat as give_seat
from tomoni.proposals.models import Marks
from tomoni.proposals.screening import screen_of
from tomoni.proposals.services import marks
from tomoni.proposals.services.marks import Points

GIVEN = Points({"need": 4, "heart": 8}, "secondさんの所見")


def read(browser, held, *paths):
    return "\n".join(browser.get(f"/midorino/proposals/{path}").content.decode() for path in paths)


def test_nobody_sees_anothers_marks_before_all_are_in(proposal_at, people, browser_of):
    held = proposal_at("screening")
    marks.hand_in(held, Points({"need": 3, "heart": 7}, "見てはいけない所見"), at=AT, by=people["second"])
    paths = [
        f"{held.pk}/",
        f"{held.pk}/marks/",
        f"rounds/{held.round_id}/screening/",
        f"rounds/{held.round_id}/",
        "all/",
        "",
    ]

    for name in ("screener", "division", "member", "officer", "visitor", "council"):
        told = read(browser_of(name), held, *paths)
        assert "見てはいけない所見" not in told
        assert "得点率 " not in told or name == "nobody"
    assert "見てはいけない所見" in read(browser_of("second"), held, f"{held.pk}/marks/")
    assert "見てはいけない所見" not in str(list(Event.objects.values_list("note", "details")))


def test_once_all_are_in_every_step_can_be_recomputed(proposal_at, people, browser_of):
    held = proposal_at("screening")
    everybody_marks(held, people)

    told = read(browser_of("screener"), held, f"rounds/{held.round_id}/screening/")

    assert "必要さ: (4 + 4 + 4) ÷ 3 = 4、重み 2 で 8" in told
    assert "合計 16 ÷ 満点 20 × 100 = 80%" in told
    assert "secondの所見" in told
    assert "secondの所見" not in read(browser_of("member"), held, f"{held.pk}/")
    assert browser_of("member").get(f"/midorino/proposals/rounds/{held.round_id}/screening/").status_code == 403
    division = Notice.objects.filter(user=people["division"].user).values_list("text", flat=True)
    assert "「春の募集」の採点がそろいました。" in division


def test_a_second_proposal_closes_the_marks_again(proposal_at, people, browser_of):
    held = proposal_at("screening")
    everybody_marks(held, people)
    proposal_at("screening", title="あとから来た提案", by="rival")

    assert "secondの所見" not in read(browser_of("screener"), held, f"rounds/{held.round_id}/screening/")


def test_a_screener_of_the_proposing_group_is_out_by_the_program(proposal_at, people, browser_of):
    held = proposal_at("screening")
    user = User.objects.get(email="third@midorino.example")
    give_seat(user, held.lead, role=Role.MEMBER, since=DAY)
    third = actor_for(user, on=DAY)

    with pytest.raises(NotAllowed, match="所属しています。利害関係があるため、採点できません。"):
        marks.hand_in(held, GIVEN, at=AT, by=third)
    assert Marks.objects.count() == 0

    everybody_marks(held, people, "screener", "second")
    screen = screen_of(held.round)

    assert screen is not None
    assert screen.is_complete
    assert [each.percent for each in screen.counted().results] == [80]
    assert "thirdさん: 利害関係があるため、数えません。" in screen.counted().results[0].steps
    assert "secondの所見" not in read(browser_of("third"), held, f"rounds/{held.round_id}/screening/")


def test_one_who_declares_an_interest_counts_no_more_and_sees_nothing(proposal_at, people, browser_of):
    held = proposal_at("screening")
    everybody_marks(held, people, "second", "third")

    with pytest.raises(RulesBroken, match="利害関係の理由"):
        marks.declare_conflict(held, reason=" ", by=people["screener"])
    assert not Marks.objects.filter(conflict=True).exists()
    marks.declare_conflict(held, reason="家族が会員です", by=people["screener"])

    screen = screen_of(held.round)
    assert screen is not None
    assert screen.is_complete
    assert "secondの所見" not in read(browser_of("screener"), held, f"rounds/{held.round_id}/screening/")
    assert "secondの所見" in read(browser_of("second"), held, f"rounds/{held.round_id}/screening/")
    with pytest.raises(NotAllowed):
        marks.hand_in(held, GIVEN, at=AT, by=people["screener"])


def test_marks_outside_their_bounds_or_missing_are_not_handed_in(proposal_at, people):
    held = proposal_at("screening")

    for points in ({"need": 6, "heart": 1}, {"need": -1, "heart": 1}, {"need": 1}, {"need": 1, "heart": 1, "x": 1}):
        with pytest.raises(RulesBroken):
            marks.hand_in(held, Points(points), at=AT, by=people["screener"])

    assert Marks.objects.count() == 0


def test_marks_are_taken_back_only_before_others_have_seen_them(proposal_at, people):
    held = proposal_at("screening")
    everybody_marks(held, people, "screener")
    with pytest.raises(NotAllowed, match="採点を出し終えています"):
        marks.keep_marks(held, GIVEN, by=people["screener"])

    marks.take_back(held, by=people["screener"])
    everybody_marks(held, people)

    with pytest.raises(NotAllowed, match="全員の採点がそろった"):
        marks.take_back(held, by=people["screener"])
    assert Marks.objects.filter(handed_in_at=None).count() == 0


@pytest.mark.parametrize("name", ["member", "partner", "rival", "officer", "division", "council", "resident"])
def test_only_screeners_give_marks(name, proposal_at, people):
    held = proposal_at("screening")

    with pytest.raises(NotAllowed):
        marks.hand_in(held, GIVEN, at=AT, by=people[name])

    assert Marks.objects.count() == 0


def test_a_screener_of_another_committee_neither_reads_nor_marks(proposal_at, people, client):
    held = proposal_at("screening")
    user = User.objects.create(email="elsewhere@midorino.example", display_name="よそ")
    elsewhere = Party.objects.create(kind="town_hall", name="よその審査会")
    give_seat(user, elsewhere, role=Role.SCREENER, since=DAY)
    client.force_login(user, backend=BACKEND)

    assert client.get(f"/midorino/proposals/{held.pk}/marks/").status_code == 404
    assert client.get(f"/midorino/proposals/rounds/{held.round_id}/screening/").status_code == 403
    with pytest.raises(NotAllowed):
        marks.hand_in(held, GIVEN, at=AT, by=actor_for(user, on=DAY))


def test_a_screener_marks_on_the_page_and_is_told_what_is_missing(proposal_at, browser_of):
    held = proposal_at("screening")
    browser, page = browser_of("screener"), f"/midorino/proposals/{held.pk}/marks/"

    missing = browser.post(page, {"c_need": "4", "comment": "途中", "hand_in": "1"})
    assert missing.status_code == 422
    assert "「心意気」の点を付けてください。" in missing.content.decode()
    assert browser.post(page, {"c_need": "9", "c_heart": "1", "hand_in": "1"}).status_code == 422
    assert Marks.objects.count() == 0

    assert browser.post(page, {"c_need": "4", "comment": "途中"}).status_code == 302
    assert (Marks.objects.get().points, Marks.objects.get().handed_in_at) == ({"need": 4}, None)
    assert browser.post(page, {"c_need": "4", "c_heart": "8", "hand_in": "1"}).status_code == 302
    assert Marks.objects.get().handed_in_at is not None
    assert browser.post(page, {"take_back": "1"}).status_code == 302
    assert browser.post(page, {"conflict": "1", "conflict-reason": "親類です"}).status_code == 302
    assert Marks.objects.get().conflict is True
    assert len(SCREENERS) == 3


@pytest.mark.parametrize("name", ["screener", "division", "member", "visitor"])
@pytest.mark.parametrize("path", ["search/?q=所見", "feed.xml", "", "turn/"])
def test_a_comment_is_nowhere_outside_the_room_either(name, path, proposal_at, people, browser_of):
    held = proposal_at("screening")
    marks.hand_in(held, Points({"need": 3, "heart": 7}, "見てはいけない所見"), at=AT, by=people["second"])

    answer = browser_of(name).get(f"/midorino/{path}")

    assert answer.status_code in {200, 302}
    assert "見てはいけない所見" not in answer.text


@pytest.mark.parametrize("name", ["rival", "officer", "division", "screener", "visitor"])
@pytest.mark.parametrize("path", ["search/?q=ひみつ", "feed.xml", "", "proposals/", "proposals/all/?q=夜道", "turn/"])
def test_a_draft_is_in_no_search_feed_list_or_count(name, path, proposal_at, browser_of):
    held = proposal_at("draft")

    answer = browser_of(name).get(f"/midorino/{path}")

    assert held.title not in answer.text
    assert "ひみつの願い" not in answer.text
