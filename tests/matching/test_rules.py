"""What must hold before an introduction moves on: one good case, one spoiled."""

from dataclasses import replace

import pytest

from tomoni.kernel.rules import broken
from tomoni.matching import rules
from tomoni.matching.rules import IntroductionFacts, ListingFacts

GOOD = IntroductionFacts(accepted_sides=2, outcome="月に1回届けることになった。")


@pytest.mark.parametrize(
    ("rule", "spoiled"),
    [(rules.both_have_accepted, {"accepted_sides": 1}), (rules.outcome_is_written, {"outcome": "  "})],
    ids=lambda v: getattr(v, "code", ""),
)
def test_a_good_introduction_keeps_it_and_a_spoiled_one_does_not(rule, spoiled):
    assert rule(GOOD)
    assert broken([rule], replace(GOOD, **spoiled))[0].message == rule.message


def test_a_listing_may_not_tell_who_asked():
    assert rules.asker_is_not_told(ListingFacts(()))
    assert broken([rules.asker_is_not_told], ListingFacts(("090-0000-0000",)))[0].where == "text"
