"""Two are brought together: who may, who answers, and what is told to whom."""

from datetime import date, datetime

import pytest

from tests import make
from tests.matching.conftest import listing
from tomoni.cases import services as cases
from tomoni.cases.services import RulesBroken
from tomoni.history.models import Notice
from tomoni.kernel.clock import JAPAN
from tomoni.kernel.decisions import NotAllowed
from tomoni.matching import selectors, services
from tomoni.matching.models import Introduction, Listing
from tomoni.matching.workflow import State
from tomoni.parties.actor import NOBODY
from tomoni.parties.permissions import Role
from tomoni.search.selectors import found

# Written by hand from docs/rooms.md: who may move an introduction from where.
MAY = {
    ("proposed", "confirm"): {"side"},
    ("proposed", "decline"): {"side"},
    ("accepted", "record_outcome"): {"side", "coordinator", "division"},
}
PEOPLE = ["side", "member", "coordinator", "officer", "division", "resident", "screener", "council"]


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("step", ["confirm", "decline", "record_outcome"])
@pytest.mark.parametrize("who", PEOPLE)
def test_an_introduction_moves_only_as_the_table_says(state, step, who, introduction, seat):
    values = {"accepted_by_one_at": make.NOON, "accepted_by_other_at": make.NOON, "outcome": "届けることになった。"}
    Introduction.objects.update(state=state, **values)
    party = introduction.one if who == "side" else make.group("よその会") if who == "member" else None
    _, _, actor = seat("someone", Role.MEMBER if who == "side" else who, party=party)

    if who in MAY.get((state, step), set()):
        cases.take(step, introduction, by=actor, note="理由")
    else:
        with pytest.raises(NotAllowed):
            cases.take(step, introduction, by=actor, note="理由")
        introduction.refresh_from_db()
        assert introduction.state == state


def test_both_sides_are_told_and_the_second_yes_brings_them_together(introduction, canteen, farm):
    assert {notice.user_id for notice in Notice.objects.all()} == {canteen.user, farm.user}

    half = services.accept(introduction, at=make.NOON, by=canteen)
    whole = services.accept(introduction, at=make.NOON, by=farm)

    assert (half.state, whole.state) == ("proposed", "accepted")


def test_nobody_says_yes_twice_or_for_somebody_else(introduction, canteen, coordinator):
    services.accept(introduction, at=make.NOON, by=canteen)

    with pytest.raises(NotAllowed, match="すでに承諾しています"):
        services.accept(introduction, at=make.NOON, by=canteen)
    with pytest.raises(NotAllowed, match="双方の担当者だけです"):
        services.accept(introduction, at=make.NOON, by=coordinator)
    introduction.refresh_from_db()
    assert introduction.accepted_by_other_at is None


def test_whoever_introduces_themselves_has_accepted(wish, offer, canteen):
    made = services.introduce(wish, offer, reason="お願いします", at=make.NOON, by=canteen)

    assert (made.accepted_by_one_at, made.accepted_by_other_at) == (make.NOON, None)


def test_strangers_introduce_nobody(wish, offer, seat):
    _, _, stranger = seat("yoso", Role.MEMBER, make.group("よその会"))

    with pytest.raises(NotAllowed, match="コーディネーターと、当事者"):
        services.introduce(wish, offer, reason="", at=make.NOON, by=stranger)
    assert Introduction.objects.count() == 0


def test_what_is_no_pair_is_refused(wish, offer, coordinator, canteen):
    over = datetime(2027, 4, 1, tzinfo=JAPAN)
    own = services.post(listing("食堂の会", "offer", "机を貸します"), at=make.NOON, by=canteen)

    for pair, at, sentence in [
        ((offer, wish), make.NOON, "1つずつ"),
        ((wish, own), make.NOON, "同じ主体"),
        ((wish, offer), over, "終わった掲示"),
    ]:
        with pytest.raises(NotAllowed, match=sentence):
            services.introduce(*pair, reason="", at=at, by=coordinator)
    assert Introduction.objects.count() == 0


def test_the_same_two_listings_are_introduced_once_unless_declined(introduction, wish, offer, coordinator, canteen):
    with pytest.raises(NotAllowed, match="すでに紹介しています"):
        services.introduce(wish, offer, reason="", at=make.NOON, by=coordinator)

    services.decline(introduction, reason="今年は足りています。", by=canteen)

    assert services.introduce(wish, offer, reason="もう一度", at=make.NOON, by=coordinator).state == "proposed"


def test_an_outcome_must_be_written(introduction, canteen, farm):
    services.accept(introduction, at=make.NOON, by=canteen)
    services.accept(introduction, at=make.NOON, by=farm)

    with pytest.raises(RulesBroken, match="結果を書いてください"):
        services.record_outcome(introduction, outcome=" ", by=farm)

    assert services.record_outcome(introduction, outcome="毎月届ける", by=farm).outcome == "毎月届ける"


def test_introductions_are_seen_by_the_two_and_by_coordinators(introduction, canteen, farm, coordinator, seat):
    _, _, stranger = seat("yoso", Role.MEMBER, make.group("よその会"))

    assert [selectors.visible_to(a).count() for a in (canteen, farm, coordinator, stranger, NOBODY)] == [1, 1, 1, 0, 0]
    assert [selectors.awaiting(a).count() for a in (canteen, farm, coordinator)] == [1, 1, 0]


def test_a_listing_is_found_until_it_is_taken_down(wish, canteen):
    assert [e.title for e in found("野菜")] == ["子ども食堂で使う野菜がほしい"]

    services.take_down(wish, at=make.NOON, by=canteen)

    assert list(found("野菜")) == []
    assert selectors.public(make.APRIL).count() == 0


def test_time_closes_a_listing_on_the_day_after_its_last(wish):
    assert selectors.public(date(2027, 3, 31)).count() == 1
    assert selectors.public(date(2027, 4, 1)).count() == 0


def test_others_cannot_mend_a_listing(wish, farm):
    wish.title = "乗っ取り"

    with pytest.raises(NotAllowed, match="載せた主体の担当者だけ"):
        services.post(wish, at=make.NOON, by=farm)

    assert Listing.objects.get().title == "子ども食堂で使う野菜がほしい"


def test_partners_come_with_reasons_and_follow_changes(wish, offer, farm):
    assert [(p.listing, p.reasons[0]) for p in selectors.partners_for(wish, on=make.APRIL)] == [
        (offer, "どちらも「野菜」について書いています。")
    ]

    services.take_down(offer, at=datetime(2026, 4, 2, tzinfo=JAPAN), by=farm)

    assert selectors.partners_for(wish, on=make.APRIL) == []
