"""What must hold before a revision is decided or taken back, and before a department changes: a good and a spoiled case."""

from dataclasses import replace
from datetime import date

import pytest

from tomoni.kernel.rules import broken
from tomoni.revisions import rules
from tomoni.revisions.rules import Handover, Past
from tomoni.revisions.shape import Change, Draft, Heading, Kind, Measure, Result, Shape

SHAPE = Shape(
    first=2018,
    last=2022,
    headings={1: Heading(1, None, 0, "1", "知る")},
    measures={
        n: Measure(n, 1, str(n), f"取組{n}", lines=((n * 10, (5,)),), last_report=2020, schedule={2021: "継続"})
        for n in (1, 2, 3, 4)
    },
    closed=frozenset({9}),
)
MERGE = Change(1, Kind.MERGE, "重なるため", (1, 2), (Result("11", "まとめた取組", 1, (5,)),))
NAME = Change(2, Kind.NAME, "分かりやすく", (3,), number="3-1", title="新しい名前")
GOOD = Draft(SHAPE, (MERGE, NAME), 2021, title="中間見直し", reason="評価を受けて", is_decided=True)


def with_changes(*changes: Change) -> dict[str, object]:
    return {"changes": changes}


def end(*sources: int, year: int | None = None, pk: int = 7) -> Change:
    return Change(pk, Kind.END, "終わるため", sources, year=year)


CASES = [
    (rules.says_why, {"reason": " "}),
    (rules.changes_something, {"changes": ()}),
    (rules.every_change_says_why, with_changes(replace(MERGE, reason=""))),
    (rules.a_body_has_decided, {"is_decided": False}),
    (rules.begins_within_the_plan, {"year": 2018}),
    (rules.begins_within_the_plan, {"year": 2023}),
    (rules.changes_what_is_carried_out, with_changes(end(99))),
    (rules.changes_what_is_carried_out, with_changes(end())),
    (
        rules.changes_what_is_carried_out,
        {"shape": replace(SHAPE, measures={**SHAPE.measures, 1: replace(SHAPE.measures[1], ends=2019)})},
    ),
    (rules.nothing_ends_twice, with_changes(MERGE, end(1))),
    (rules.what_ends_is_not_rewritten, with_changes(MERGE, replace(NAME, sources=(1,)))),
    (rules.numbers_are_used_once, with_changes(replace(NAME, number="4"))),
    (rules.merges_and_splits_have_two_sides, with_changes(replace(MERGE, sources=(1,)))),
    (rules.merges_and_splits_have_two_sides, with_changes(replace(MERGE, kind=Kind.SPLIT, sources=(1,)))),
    (rules.headings_are_there, with_changes(replace(NAME, kind=Kind.MOVE, heading=77))),
    (rules.schedules_stay_within_the_plan, with_changes(replace(NAME, kind=Kind.SCHEDULE, schedule={2024: "実施"}))),
    (rules.nothing_is_changed_twice_the_same_way, with_changes(NAME, replace(NAME, pk=3))),
    (rules.nothing_ends_before_its_reports, {**with_changes(end(1)), "year": 2020}),
    (rules.everything_begins_before_it_ends, with_changes(end(1, year=2016))),
    (rules.everything_begins_before_it_ends, with_changes(end(1, year=2030))),
    (rules.new_measures_are_whole, with_changes(replace(MERGE, results=(Result("11", " ", 1, (5,)),)))),
    (rules.new_measures_are_whole, with_changes(replace(MERGE, results=(Result("11", "名前", 1, ()),)))),
    (rules.departments_are_there, with_changes(replace(MERGE, results=(Result("11", "名前", 1, (9,)),)))),
    (rules.departments_are_there, with_changes(replace(NAME, kind=Kind.LEADS, line=30, leads=()))),
    (rules.the_plan_keeps_its_reports, with_changes(Change(5, Kind.PERIOD, "短くする", year=2019))),
    (rules.every_change_changes_something, with_changes(replace(NAME, number="3", title="取組3"))),
    (rules.nobody_has_reported_since, {"reports_since": 1}),
    (rules.no_later_revision_stands_on_it, {"later_revisions": 1}),
]


@pytest.mark.parametrize(("rule", "spoiled"), CASES, ids=lambda v: getattr(v, "code", ""))
def test_a_good_revision_keeps_it_and_a_spoiled_one_does_not(rule, spoiled):
    assert rule(GOOD)
    assert broken([rule], replace(GOOD, **spoiled))[0].message == rule.message


def test_a_good_revision_breaks_no_rule_at_all():
    assert broken((*rules.DECIDING, *rules.TAKING_BACK), GOOD) == []


def test_two_measures_may_change_their_numbers_with_each_other():
    swapped = (
        replace(NAME, sources=(3,), number="4", title="取組3"),
        replace(NAME, pk=3, sources=(4,), number="3", title="取組4"),
    )

    assert rules.numbers_are_used_once(replace(GOOD, changes=swapped))


def test_the_number_of_a_measure_that_ends_is_free_again():
    assert rules.numbers_are_used_once(replace(GOOD, changes=(MERGE, replace(NAME, number="1"))))


def test_a_plan_that_numbers_anew_under_each_heading_goes_on_doing_so():
    apart = replace(
        SHAPE,
        headings={**SHAPE.headings, 2: Heading(2, None, 0, "2", "加わる")},
        measures={
            1: Measure(1, 1, "1", "あ"),
            2: Measure(2, 1, "2", "い"),
            3: Measure(3, 2, "1", "う"),
            4: Measure(4, 2, "2", "え"),
        },
    )

    assert rules.numbers_are_used_once(replace(GOOD, shape=apart, changes=(replace(NAME, number="3"),)))
    assert not rules.numbers_are_used_once(replace(GOOD, shape=apart, changes=(replace(NAME, number="2"),)))


def test_a_plan_is_prolonged_and_the_revision_may_begin_in_the_new_years():
    longer = Change(5, Kind.PERIOD, "次の計画まで延ばす", year=2024)

    assert rules.begins_within_the_plan(replace(GOOD, changes=(longer, NAME), year=2023))


def test_the_change_that_breaks_a_rule_alone_is_named_and_else_the_pair():
    twin = replace(NAME, number="4")
    alone, pair = replace(GOOD, changes=(MERGE, twin)), replace(GOOD, changes=(MERGE, NAME, end(1)))

    assert rules.blamed(rules.numbers_are_used_once, alone) == [2]
    assert rules.blamed(rules.nothing_ends_twice, pair) == [1, 7]
    assert rules.blamed(rules.begins_within_the_plan, replace(GOOD, year=2017)) == []  # the year itself is wrong


TURN = Handover("renamed", (1,), ("新しい課",), on=date(2024, 4, 1), today=date(2024, 5, 1))


@pytest.mark.parametrize(
    ("rule", "spoiled"),
    [
        (rules.successors_are_there, {"afters": (2,), "ended": frozenset({2})}),
        (rules.predecessors_are_there, {"ended": frozenset({1})}),
        (rules.days_are_in_order, {"history": (Past(8, 1, date(2024, 4, 2)),)}),
        (rules.the_day_has_come, {"on": date(2024, 5, 2)}),
        (rules.nothing_goes_in_a_circle, {"afters": (1,)}),
        (
            rules.nothing_goes_in_a_circle,
            {"afters": (2,), "history": (Past(2, 3, date(2024, 4, 1)), Past(3, 1, date(2024, 4, 1)))},
        ),
        (rules.both_sides_are_named, {"afters": ()}),
        (rules.both_sides_are_named, {"afters": (2,)}),
        (rules.both_sides_are_named, {"kind": "merged"}),
        (rules.both_sides_are_named, {"kind": "split"}),
        (rules.both_sides_are_named, {"kind": "sold"}),
        (rules.new_names_are_free, {"taken_names": frozenset({"新しい課"})}),
    ],
    ids=lambda v: getattr(v, "code", ""),
)
def test_a_good_change_of_departments_keeps_it_and_a_spoiled_one_does_not(rule, spoiled):
    assert rule(TURN)
    assert broken([rule], replace(TURN, **spoiled))[0].message == rule.message


def test_work_may_come_back_in_a_later_year():
    back = replace(TURN, kind="handed_over", afters=(2,), history=(Past(2, 1, date(2020, 4, 1)),))

    assert broken(rules.CHANGING, back) == []


@pytest.mark.parametrize(
    ("kind", "befores", "afters"),
    [("merged", (1, 2), ("新",)), ("merged", (1,), (2,)), ("split", (1,), ("甲", "乙")), ("handed_over", (1,), (2,))],
)
def test_each_kind_of_change_has_its_sides(kind, befores, afters):
    assert rules.both_sides_are_named(replace(TURN, kind=kind, befores=befores, afters=afters))
