"""What must hold before a year is asked for and a line is passed on: one good case, one spoiled."""

from dataclasses import replace
from datetime import date

import pytest

from tomoni.kernel.rules import broken
from tomoni.reporting import rules
from tomoni.reporting.rules import EntryFacts, RequestFacts

ASKED = RequestFacts(
    year=2020, first_year=2018, last_year=2021, opened_on=date(2026, 4, 1), due_on=date(2026, 4, 1), lines=1
)
TOLD = EntryFacts(
    status="on_track",
    results="3回開いた。",
    is_unchanged=False,
    unchanged_why="",
    numbers_open=0,
    is_in_charge=True,
    asks_committee=True,
    committee_has_spoken=True,
    names_open=0,
)


@pytest.mark.parametrize(
    ("rule", "good", "spoiled"),
    [
        (rules.deadline_lies_ahead, ASKED, {"due_on": date(2026, 3, 31)}),
        (rules.year_is_within_the_plan, ASKED, {"year": 2023}),
        (rules.year_is_within_the_plan, ASKED, {"year": 2016}),
        (rules.something_is_asked_for, ASKED, {"lines": 0}),
        (rules.status_is_chosen, TOLD, {"status": ""}),
        (rules.results_are_told, TOLD, {"results": " \n"}),
        (rules.no_change_has_its_reason, TOLD, {"is_unchanged": True}),
        (rules.asked_numbers_are_given, TOLD, {"numbers_open": 1}),
        (rules.somebody_is_in_charge, TOLD, {"is_in_charge": False}),
        (rules.view_is_written, TOLD, {"committee_has_spoken": False}),
        (rules.committee_was_heard, TOLD, {"committee_has_spoken": False}),
        (rules.names_are_decided, TOLD, {"names_open": 1}),
    ],
    ids=lambda v: getattr(v, "code", ""),
)
def test_a_good_one_keeps_it_and_a_spoiled_one_does_not(rule, good, spoiled):
    assert rule(good)
    assert broken([rule], replace(good, **spoiled))[0].message == rule.message


@pytest.mark.parametrize("year", [2017, 2022])
def test_the_year_before_a_plan_begins_and_the_one_after_it_may_be_asked_for(year):
    assert rules.year_is_within_the_plan(replace(ASKED, year=year))


def test_a_plan_without_years_may_be_asked_about_any():
    assert rules.year_is_within_the_plan(replace(ASKED, first_year=None, last_year=None, year=1999))


def test_no_change_with_its_reason_stands_for_the_results():
    unchanged = replace(TOLD, results="", is_unchanged=True, unchanged_why="同じ内容で続けた。")

    assert broken([rules.results_are_told, rules.no_change_has_its_reason], unchanged) == []


def test_without_a_committee_nobody_waits_for_its_view():
    assert rules.committee_was_heard(replace(TOLD, asks_committee=False, committee_has_spoken=False))
