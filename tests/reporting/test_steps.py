"""Who may move a report from where, and whose turn it then is."""

from itertools import product

import pytest

from tests import make
from tests.reporting.conftest import AT, ON, PARKS, ROADS, entry_of
from tomoni.cases import services as cases
from tomoni.cases.services import RulesBroken
from tomoni.history.models import Notice
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.permissions import Role
from tomoni.reporting.models import DraftAssessment, Entry
from tomoni.reporting.selectors.requests import awaiting
from tomoni.reporting.services import assessing, passing, publishing
from tomoni.reporting.services.assessing import View
from tomoni.reporting.services.drafting import Draft, save_draft
from tomoni.reporting.workflow import State

# Written by hand from docs/rooms.md: who may move a report from where.
MAY = {
    ("asked", "hand_in"): {"roads"},
    ("asked", "hand_over"): {"roads", "division"},
    ("handed_in", "take_back"): {"roads"},
    ("handed_in", "confirm"): {"division"},
    ("handed_in", "send_back"): {"division"},
    ("confirmed", "send_back"): {"division"},
    ("confirmed", "assess"): {"council", "division"},
    ("confirmed", "publish"): {"division"},
    ("assessed", "send_back"): {"division"},
    ("assessed", "publish"): {"division"},
    ("published", "correct"): {"division"},
    ("asked", "release"): {"division"},
    ("handed_in", "release"): {"division"},
    ("confirmed", "release"): {"division"},
    ("assessed", "release"): {"division"},
    ("released", "ask_again"): {"division"},
}
STEPS = [
    "hand_in", "hand_over", "take_back", "confirm", "send_back", "assess", "publish", "correct", "release", "ask_again",
]  # fmt: skip


@pytest.fixture
def people(seat, roads, parks, division, council):
    others = {
        role: seat(f"x{role}", role, make.group("よその会"))[2]
        for role in (Role.MEMBER, Role.RESIDENT, Role.COORDINATOR, Role.SCREENER)
    }
    return {"roads": roads, "parks": parks, "division": division, "council": council, **others}


@pytest.fixture
def written(lamps, committee):
    """Complete, and the committee has spoken, so that no rule is in the way."""
    Entry.objects.filter(pk=lamps.pk).update(status="on_track", results="点検した。")
    lamps.figures.update(value=120)
    DraftAssessment.objects.create(
        year_request=lamps.year_request, measure=lamps.line.measure, committee=committee, rating="よい", written_at=AT
    )
    return lamps


@pytest.mark.parametrize("state", State.values)
def test_a_report_moves_only_as_the_table_says(state, written, people):
    for step, (who, actor) in product(STEPS, people.items()):
        Entry.objects.filter(pk=written.pk).update(state=state)
        if who in MAY.get((state, step), set()):
            cases.take(step, written, by=actor, note="わけ")
        else:
            with pytest.raises(NotAllowed):
                cases.take(step, written, by=actor, note="わけ")
            written.refresh_from_db()
            assert written.state == state


def test_asking_back_needs_the_question(written, division):
    Entry.objects.filter(pk=written.pk).update(state="handed_in")

    with pytest.raises(RulesBroken, match="理由を書いてください"):
        cases.take("send_back", written, by=division, note=" ")

    written.refresh_from_db()
    assert written.state == "handed_in"


def test_an_unfinished_report_is_not_handed_in_and_everything_missing_is_said(lamps, roads):
    with pytest.raises(RulesBroken) as met:
        passing.hand_in(lamps, on=ON, by=roads)

    assert [finding.rule for finding in met.value.findings] == ["RP-04", "RP-05", "RP-07"]
    lamps.refresh_from_db()
    assert (lamps.state, lamps.handed_in_on) == ("asked", None)


def test_handing_over_gives_the_line_with_its_draft_and_tells_the_others(lamps, roads, parks):
    save_draft(lamps, Draft({"results": "途中まで。"}), version=0, at=AT, by=roads)

    passing.hand_over(lamps, to=make.department(PARKS), reason="公園の灯りでした。", by=roads)

    lamps.refresh_from_db()
    assert (lamps.department.name, lamps.results) == (PARKS, "途中まで。")
    assert list(awaiting(roads)) == [entry_of(lamps.year_request, "2", ROADS)]
    assert [n.text for n in Notice.objects.filter(user=parks.user)][-1] == (
        "「R2 1 街灯を点検する」があなたの番になりました。"
    )


def test_a_line_is_not_handed_to_the_same_or_an_ended_department(lamps, roads):
    gone = make.department("灯り課")
    gone.ended_on = ON
    gone.save()

    with pytest.raises(NotAllowed, match="もうありません"):
        passing.hand_over(lamps, to=gone, reason="わけ", by=roads)
    with pytest.raises(NotAllowed, match="同じ課"):
        passing.hand_over(lamps, to=make.department(ROADS), reason="わけ", by=roads)

    lamps.refresh_from_db()
    assert lamps.department.name == ROADS


def test_whose_turn_it_is_follows_the_way(written, roads, division, council, committee):
    def turns():
        return [written in list(awaiting(actor)) for actor in (roads, division, council)]

    seen = [turns()]
    for step, by in (("hand_in", roads), ("confirm", division), ("assess", council)):
        cases.take(step, written, by=by)
        seen.append(turns())
    publishing.publish(written, on=ON, by=division)
    seen.append(turns())

    assert seen == [
        [True, False, False],
        [False, True, False],
        [False, False, True],
        [False, True, False],
        [False, False, False],
    ]


def test_without_a_committee_the_division_publishes_what_it_confirmed(written, division, council):
    written.year_request.drafts.all().delete()
    Entry.objects.filter(pk=written.pk).update(state="confirmed")
    written.refresh_from_db()
    with pytest.raises(RulesBroken, match="委員会の評価がまだです"):
        publishing.publish(written, on=ON, by=division)
    type(written.year_request).objects.update(asks_committee=False)
    written.year_request.refresh_from_db()

    assert (str(written.holder), written in list(awaiting(division))) == ("協働担当課", True)
    assert written not in list(awaiting(council))
    assert publishing.publish(written, on=ON, by=division).state == "published"


def test_a_view_moves_every_report_of_its_measure_and_waits_until_they_are_confirmed(
    request_, park, council, committee
):
    measure = park.line.measure
    with pytest.raises(NotAllowed, match="確認されるまで"):
        assessing.write_view(request_, measure, View("よい", ""), committee=committee, at=AT, by=council)
    assert DraftAssessment.objects.count() == 0
    Entry.objects.filter(line__measure=measure).update(state="confirmed")

    assessing.write_view(request_, measure, View("よい", ""), committee=committee, at=AT, by=council)

    assert set(request_.entries.filter(line__measure=measure).values_list("state", flat=True)) == {"assessed"}
