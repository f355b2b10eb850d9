"""The rules of publishing and withdrawing: one good case, one spoiled."""

from dataclasses import replace

import pytest

from tomoni.kernel.rules import broken
from tomoni.papers import rules
from tomoni.papers.rules import PublishFacts, WithdrawFacts

GOOD = PublishFacts(undecided=0, reported=3, is_new=True)


@pytest.mark.parametrize(
    ("rule", "spoiled"),
    [
        (rules.names_are_decided, {"undecided": 1}),
        (rules.something_is_reported, {"reported": 0}),
        (rules.something_is_new, {"is_new": False}),
    ],
    ids=lambda v: getattr(v, "code", ""),
)
def test_a_good_year_keeps_it_and_a_spoiled_one_does_not(rule, spoiled):
    assert rule(GOOD)
    assert broken([rule], replace(GOOD, **spoiled))[0].message == rule.message


def test_a_withdrawal_says_why():
    assert rules.withdrawal_has_a_reason(WithdrawFacts("写し間違い"))
    assert not rules.withdrawal_has_a_reason(WithdrawFacts(" \n"))
