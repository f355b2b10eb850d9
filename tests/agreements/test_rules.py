"""The rules of an agreement: one good case keeps them all, one spoiled each breaks one."""

from dataclasses import replace
from datetime import date

import pytest

from tomoni.agreements import rules
from tomoni.agreements.rules import AgreementFacts
from tomoni.agreements.workflow import OFFERING
from tomoni.kernel.rules import broken

GOOD = AgreementFacts(
    form_chosen=True,
    missing_clauses=(),
    total=100,
    shares=100,
    starts=date(2026, 4, 1),
    ends=date(2027, 3, 31),
    must_end=True,
    longest_years=1,
    sides_with_duties=2,
    form_reason=True,
    partner_reason=True,
    tells_partner=True,
    signed_sides=2,
    is_in_force=True,
)
SPOILED = [
    (rules.form_is_chosen, {"form_chosen": False}),
    (rules.every_clause_is_filled, {"missing_clauses": ("privacy",)}),
    (rules.shares_add_up, {"shares": 99}),
    (rules.period_is_in_order, {"starts": None}),
    (rules.period_is_in_order, {"ends": None}),
    (rules.period_is_in_order, {"ends": date(2026, 3, 31)}),
    (rules.period_is_short_enough, {"ends": date(2027, 4, 1)}),
    (rules.each_side_has_a_duty, {"sides_with_duties": 1}),
    (rules.form_reason_is_written, {"form_reason": False}),
    (rules.partner_reason_is_written, {"partner_reason": False}),
    (rules.both_have_signed, {"signed_sides": 1}),
    (rules.was_concluded, {"is_in_force": False}),
]


@pytest.mark.parametrize(("rule", "spoiled"), SPOILED, ids=lambda value: getattr(value, "code", ""))
def test_a_good_agreement_keeps_it_and_a_spoiled_one_does_not(rule, spoiled):
    assert rule(GOOD)
    assert broken([rule], replace(GOOD, **spoiled))[0].message == rule.message


def test_never_concluded_is_the_opposite_of_was_concluded():
    assert not rules.never_concluded(GOOD)
    assert rules.never_concluded(replace(GOOD, is_in_force=False))


def test_what_the_rulebook_does_not_ask_for_stands_in_nobodys_way():
    easy = replace(GOOD, must_end=False, ends=None, longest_years=None, tells_partner=False, partner_reason=False)

    assert broken(OFFERING, easy) == []


def test_a_year_from_the_29th_of_february_ends_before_the_first_of_march():
    leap = replace(GOOD, starts=date(2028, 2, 29), ends=date(2029, 2, 28))

    assert rules.period_is_short_enough(leap)
    assert not rules.period_is_short_enough(replace(leap, ends=date(2029, 3, 1)))


def test_everything_missing_is_said_at_once():
    empty = replace(
        GOOD, form_chosen=False, shares=1, starts=None, sides_with_duties=0, form_reason=False, partner_reason=False
    )

    assert [finding.rule for finding in broken(OFFERING, empty)] == [
        "AG-09",
        "AG-02",
        "AG-03",
        "AG-04",
        "AG-05",
        "AG-08",
    ]
