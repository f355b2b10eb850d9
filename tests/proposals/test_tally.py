"""The tally of a screening is exact, explains itself, and makes no result where something is missing."""

from dataclasses import replace
from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tomoni.proposals.tally import Criterion, Group, Mark, TallyRule, shown, tally

PURPOSE = Criterion("purpose", "目的", F(5))
REALITY = Criterion("reality", "実現性", F(10))
RULE = TallyRule((PURPOSE, REALITY), F(50))


def mark(screener: str, proposal: str, purpose: object, reality: object, **more: object) -> Mark:
    points = {"purpose": F(str(purpose)), "reality": F(str(reality))}
    return Mark(screener, proposal, points, **more)  # type: ignore[arg-type]


def test_percent_is_the_mean_over_the_screeners_of_the_weighted_maximum():
    rule = replace(RULE, criteria=(replace(PURPOSE, weight=F(2)), REALITY))

    [result] = tally(rule, ["p"], [mark("a", "p", 4, 7), mark("b", "p", 3, 8)]).results

    assert (result.points, result.percent, result.passed, result.rank) == (F("14.5"), F("72.5"), True, 1)
    assert result.steps == (
        "目的: (4 + 3) ÷ 2 = 3.5、重み 2 で 7",
        "実現性: (7 + 8) ÷ 2 = 7.5、重み 1 で 7.5",
        "合計 14.5 ÷ 満点 20 × 100 = 72.5%",
    )
    assert result.why == ("得点率 72.5% は、基準の 50% 以上です。",)


def test_exactly_the_pass_mark_passes_and_a_hair_below_fails():
    passes = tally(RULE, ["p"], [mark("a", "p", 0, "7.5")]).results[0]
    fails = tally(RULE, ["p"], [mark("a", "p", 0, "7.4999")]).results[0]

    assert (passes.percent, passes.passed) == (F(50), True)
    assert fails.passed is False
    assert fails.why == ("得点率 49.9993% は、基準の 50% に届きません。",)


def test_an_item_under_its_floor_fails_the_proposal_whatever_the_total():
    rule = replace(RULE, criteria=(replace(PURPOSE, floor=F(2)), REALITY))

    [result] = tally(rule, ["p"], [mark("a", "p", 1, 10), mark("b", "p", 2, 10)]).results

    assert result.percent == F(1150, 15)
    assert result.passed is False
    assert result.why[1] == "「目的」の平均 1.5 が、下限の 2 を下回ります。"


def test_an_item_at_its_floor_passes():
    rule = replace(RULE, criteria=(replace(PURPOSE, floor=F(2)), REALITY))

    assert tally(rule, ["p"], [mark("a", "p", 2, 10)]).results[0].passed is True


@pytest.mark.parametrize("fill_mean", [False, True], ids=["exclude", "mean"])
def test_a_conflicted_screener_has_handed_in_but_does_not_move_the_mean(fill_mean):
    marks = [mark("a", "p", 4, 8), Mark("b", "p", {}, conflict=True), mark("a", "q", 3, 3), mark("b", "q", 5, 5)]

    counted = tally(replace(RULE, fill_mean=fill_mean), ["p", "q"], marks)

    assert counted.findings == ()
    assert [r.percent for r in counted.results] == [F(80), F(800, 15)]
    how = "ほかの審査委員の平均を充てます" if fill_mean else "数えません"
    assert counted.results[0].steps[0] == f"b: 利害関係があるため、{how}。"


def test_each_groups_mean_weighs_by_its_share():
    rule = replace(RULE, groups=(Group("外部", F(60)), Group("庁内", F(40))))
    marks = [
        mark("a", "p", 5, 10, group="外部"),
        mark("b", "p", 3, 6, group="外部"),
        mark("c", "p", 0, 5, group="庁内"),
    ]

    [result] = tally(rule, ["p"], marks).results

    assert result.points == F("0.6") * 12 + F("0.4") * 5
    assert result.steps[0] == "目的: 外部 平均 4 × 0.6 + 庁内 平均 0 × 0.4 = 2.4、重み 1 で 2.4"


def test_a_group_without_a_counting_screener_makes_no_result():
    rule = replace(RULE, groups=(Group("外部", F(1)), Group("庁内", F(1))))
    marks = [mark("a", "p", 5, 5, group="外部"), Mark("c", "p", {}, "庁内", conflict=True)]

    counted = tally(rule, ["p"], marks)

    assert counted.results == ()
    assert counted.findings == ("p: 「庁内」に採点を数える審査委員がいません。",)


def test_equal_percents_share_a_rank_and_the_next_rank_is_left_out():
    marks = [mark("a", "p", 5, 5), mark("a", "q", 4, 6), mark("a", "r", 1, 1)]

    assert [r.rank for r in tally(RULE, ["p", "q", "r"], marks).results] == [1, 1, 3]


def test_a_named_criterion_breaks_ties():
    marks = [mark("a", "p", 4, 6), mark("a", "q", 5, 5), mark("a", "r", 5, 5)]

    ranks = [r.rank for r in tally(replace(RULE, tie_break="purpose"), ["p", "q", "r"], marks).results]

    assert ranks == [3, 1, 1]


@pytest.mark.parametrize(
    ("marks", "finding"),
    [
        ([mark("a", "p", 1, 1), mark("b", "q", 1, 1), mark("a", "q", 1, 1)], "p: b の採点がありません。"),
        ([mark("a", "p", 1, 1), mark("a", "p", 2, 2)], "p: a の採点が2回あります。"),
        ([mark("a", "p", 6, 1)], "p: a の「目的」の 6 点は 0 から 5 の外です。"),
        ([mark("a", "p", -1, 1)], "p: a の「目的」の -1 点は 0 から 5 の外です。"),
        ([Mark("a", "p", {"purpose": F(1)})], "p: a の「実現性」の採点がありません。"),
        ([Mark("a", "p", {"purpose": F(1), "reality": None})], "p: a の「実現性」の採点がありません。"),
        ([Mark("a", "p", {"purpose": F(1), "reality": F(1), "x": F(1)})], "p: a の「x」は審査項目にありません。"),
        ([Mark("a", "p", {}, conflict=True)], "p: 採点を数える審査委員がいません。"),
    ],
    ids=["missing", "twice", "above", "below", "no item", "null item", "unknown item", "all conflicted"],
)
def test_what_does_not_fit_is_a_finding_and_makes_no_result(marks, finding):
    counted = tally(RULE, ["p"], marks)

    assert counted.results == ()
    assert finding in counted.findings


def test_marks_for_a_proposal_that_is_not_listed_are_a_finding():
    counted = tally(RULE, ["p"], [mark("a", "p", 1, 1), mark("a", "ghost", 1, 1)])

    assert counted.findings == ("ghost: この提案は一覧にありません。",)
    assert [r.proposal for r in counted.results] == ["p"]


def test_an_unknown_group_is_a_finding():
    rule = replace(RULE, groups=(Group("外部", F(1)),))
    marks = [mark("a", "p", 1, 1, group="外部"), mark("b", "p", 1, 1, group="よそ")]

    assert tally(rule, ["p"], marks).findings == ("p: b の区分「よそ」は審査の区分にありません。",)


def test_numbers_are_shown_whole_when_whole():
    assert [shown(F(3)), shown(F(7, 2)), shown(F(1, 3))] == ["3", "3.5", "0.3333"]


points = st.tuples(st.integers(0, 5), st.integers(0, 10))


@given(st.lists(points, min_size=1, max_size=6))
def test_the_order_of_screeners_never_matters_and_percent_stays_in_bounds(given_points):
    marks = [mark(str(n), "p", a, b) for n, (a, b) in enumerate(given_points)]

    [one] = tally(RULE, ["p"], marks).results
    [other] = tally(RULE, ["p"], reversed(marks)).results

    assert one.percent == other.percent
    assert 0 <= one.percent <= 100


@given(st.lists(points, min_size=1, max_size=4), st.integers(2, 9))
def test_scaling_all_weights_changes_no_percent(given_points, factor):
    marks = [mark(str(n), "p", a, b) for n, (a, b) in enumerate(given_points)]
    heavier = replace(RULE, criteria=tuple(replace(c, weight=c.weight * factor) for c in RULE.criteria))

    assert tally(RULE, ["p"], marks).results[0].percent == tally(heavier, ["p"], marks).results[0].percent
