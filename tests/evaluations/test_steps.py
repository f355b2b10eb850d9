"""Who may move an evaluation from where, and what the verbs beside the steps refuse."""

from datetime import date

import pytest

from tests import make
from tests.evaluations.conftest import CITY, CIVIC
from tomoni.cases import services as cases
from tomoni.cases.services import RulesBroken
from tomoni.evaluations import selectors, services
from tomoni.evaluations.models import Evaluation
from tomoni.evaluations.workflow import State
from tomoni.history.models import Notice
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.actor import NOBODY
from tomoni.parties.permissions import Role
from tomoni.search.selectors import found

# Written by hand from docs/rooms.md: who may move an evaluation from where.
MAY = {
    ("answering", "open"): {"civic", "city"},
    ("talking", "agree"): {"civic", "city"},
    ("agreed", "opine"): {"council"},
    ("agreed", "publish"): {"division"},
    ("opined", "publish"): {"division"},
    ("published", "follow_up"): {"civic", "city"},
}
PEOPLE = ["civic", "city", "member", "officer", "division", "council", "council_of_the_group", "screener", "resident"]


@pytest.fixture
def people(seat):
    """Somebody of each kind; strangers come from other parties."""
    group, street = make.group(), make.department("道路課")
    parties = {"civic": group, "city": street, "officer": make.department("公園課"), "council_of_the_group": group}
    roles = {"civic": Role.MEMBER, "city": Role.OFFICER, "council_of_the_group": Role.COUNCIL}
    other = {"division": make.department()}
    return {
        who: seat(f"x{who}", roles.get(who, who), parties.get(who) or other.get(who) or make.group("よその会"))[2]
        for who in PEOPLE
    }


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("step", ["open", "agree", "opine", "publish", "follow_up"])
def test_an_evaluation_moves_only_as_the_table_says(state, step, agreed, people):
    for who, actor in people.items():
        Evaluation.objects.update(state=state)
        if who in MAY.get((state, step), set()):
            assert cases.take(step, agreed, by=actor, note="理由").state != state
        else:
            with pytest.raises(NotAllowed):
                cases.take(step, agreed, by=actor, note="理由")
            agreed.refresh_from_db()
            assert agreed.state == state


def test_only_a_reported_project_is_evaluated_once_and_by_its_sides(running, reported, member, division):
    type(reported).objects.update(state="running")
    with pytest.raises(NotAllowed, match="完了を報告した事業から"):
        services.begin(reported, on=make.APRIL, by=member)
    type(reported).objects.update(state="reported")
    with pytest.raises(NotAllowed, match="双方の担当者だけ"):
        services.begin(reported, on=make.APRIL, by=division)
    assert Evaluation.objects.count() == 0

    services.begin(reported, on=make.APRIL, by=member)

    with pytest.raises(NotAllowed, match="すでに始まっています"):
        services.begin(reported, on=make.APRIL, by=member)
    assert Evaluation.objects.count() == 1


def test_a_sheet_with_a_gap_or_a_low_mark_without_reason_is_not_handed_in(evaluation, member):
    unanswered = {**CIVIC, "smiles": {"mark": None, "reason": ""}}
    unreasoned = {**CIVIC, "spoke_openly": {"mark": 0, "reason": " "}}
    off_the_scale = {**CIVIC, "smiles": {"mark": 3, "reason": ""}}
    unknown = {**CIVIC, "colour": {"mark": 1, "reason": ""}}

    for sheet, why in (
        (unanswered, "評点のない項目"),
        (unreasoned, "理由が必要"),
        (off_the_scale, "このシートにない"),
        (unknown, "このシートにない"),
    ):
        with pytest.raises(NotAllowed, match=why):
            services.answer(evaluation, sheet, by=member, handed_in_at=make.NOON)
    assert evaluation.answers.count() == 0


def test_a_draft_is_kept_as_far_as_it_is_written(evaluation, member):
    services.answer(evaluation, {"spoke_openly": {"mark": 0, "reason": ""}}, by=member)

    assert selectors.own_answers(evaluation, "civic") == {"spoke_openly": {"mark": 0, "reason": ""}}
    assert evaluation.sides_in() == set()


def test_a_sheet_handed_in_is_final(one_in, member):
    with pytest.raises(NotAllowed, match="すでに出してあります"):
        services.answer(one_in, CITY, by=member)

    assert selectors.own_answers(one_in, "civic") == CIVIC


def test_nothing_opens_until_both_are_in(one_in, member):
    with pytest.raises(RulesBroken, match="双方の評価がそろっていません"):
        services.open_both(one_in, by=member)

    one_in.refresh_from_db()
    assert one_in.state == "answering"


def test_after_opening_the_largest_gap_comes_first(talking):
    rows, comparison = selectors.comparison(talking)

    assert [(r.compared.key, r.compared.gap) for r in rows] == [
        ("spoke_openly", -2),
        ("smiles", 1),
        ("principle_small_steps", 0),
        ("principle_joy", 0),
    ]
    assert comparison.agenda == ("spoke_openly", "smiles")


def test_a_promise_without_owner_or_day_holds_the_agreement_up(talking, member):
    services.note_talk(talking, talk="話した。", talked_on=make.APRIL, by=member)
    vague = services.add_improvement(talking, text="もっと話す", side="", due=None, by=member)

    with pytest.raises(RulesBroken, match="担当と期日"):
        services.agree(talking, by=member)
    services.drop_improvement(vague, by=member)

    assert services.agree(talking, by=member).state == "agreed"


def test_a_promise_is_kept_once_and_only_by_the_sides(agreed, officer, division):
    promise = agreed.improvements.get()

    with pytest.raises(NotAllowed, match="双方の担当者だけ"):
        services.mark_done(promise, on=date(2026, 5, 1), by=division)
    services.mark_done(promise, on=date(2026, 5, 1), by=officer)
    services.mark_done(promise, on=date(2026, 6, 1), by=officer)

    promise.refresh_from_db()
    assert promise.done_on == date(2026, 5, 1)


def test_an_opinion_needs_words(agreed, council):
    with pytest.raises(RulesBroken, match="理由を書いてください"):
        services.opine(agreed, opinion=" ", by=council)

    agreed.refresh_from_db()
    assert (agreed.state, agreed.opinion) == ("agreed", "")


def test_it_is_found_by_everybody_only_once_it_is_published(agreed, council, division):
    opined = services.opine(agreed, opinion="正直に話せる場が大切です。", by=council)
    assert list(found("正直に", kind="evaluation")) == []
    assert selectors.visible_to(NOBODY).count() == 0

    published = services.publish(opined, on=date(2026, 5, 31), by=division)

    assert [e.title for e in found("正直に", kind="evaluation")] == ["夜道の灯り の相互評価"]
    assert selectors.visible_to(NOBODY).get() == published
    assert published.follow_up_due == date(2027, 5, 31)


def test_an_evaluation_of_a_project_that_is_not_public_stays_inside(agreed, division):
    type(agreed.project).objects.update(is_public=False)
    agreed.project.refresh_from_db()

    services.publish(Evaluation.objects.get(), on=make.APRIL, by=division)

    assert selectors.public().count() == 0
    assert list(found("夜道", kind="evaluation")) == []


def test_whose_turn_it_is_follows_the_way(evaluation, member, officer, council, division):
    def turns(on=make.APRIL):
        return [selectors.awaiting(a, on=on).count() for a in (member, officer, council, division)]

    seen = [turns()]
    services.answer(evaluation, CIVIC, by=member, handed_in_at=make.NOON)
    seen.append(turns())
    services.answer(evaluation, CITY, by=officer, handed_in_at=make.NOON)
    seen.append(turns())
    services.open_both(evaluation, by=member)
    services.note_talk(evaluation, talk="話した。", talked_on=make.APRIL, by=member)
    seen.append(turns())
    services.agree(evaluation, by=member)
    seen.append(turns())
    services.opine(evaluation, opinion="よい。", by=council)
    seen.append(turns())
    services.publish(Evaluation.objects.get(), on=make.APRIL, by=division)
    seen.append(turns())
    seen.append(turns(date(2027, 4, 1)))
    services.follow_up(Evaluation.objects.get(), told="毎月会っています。", by=officer)
    seen.append(turns(date(2027, 4, 1)))

    assert seen == [
        [1, 1, 0, 0],
        [0, 1, 0, 0],
        [1, 1, 0, 0],
        [1, 1, 0, 0],
        [0, 0, 1, 0],
        [0, 0, 0, 1],
        [0, 0, 0, 0],
        [1, 1, 0, 0],
        [0, 0, 0, 0],
    ]


def test_the_other_side_is_told_when_it_is_asked(evaluation, officer):
    assert [n.text for n in Notice.objects.filter(user=officer.user, text__contains="夜道")][-1] == (
        "「夜道の灯り」があなたの番になりました。"
    )


def test_a_month_without_that_day_ends_on_its_last():
    assert services.months_later(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert services.months_later(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert services.months_later(date(2026, 12, 1), 1) == date(2027, 1, 1)
