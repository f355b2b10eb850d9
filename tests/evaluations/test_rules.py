"""What must hold before the sheets are opened and the talk is closed: one good case, one spoiled."""

from dataclasses import replace

import pytest

from tomoni.evaluations import rules
from tomoni.evaluations.rules import EvaluationFacts
from tomoni.kernel.rules import broken

GOOD = EvaluationFacts(sides_handed_in=2, talk="話した。", improvements=1, improvements_without_owner_or_day=0)


@pytest.mark.parametrize(
    ("rule", "spoiled"),
    [
        (rules.both_have_handed_in, {"sides_handed_in": 1}),
        (rules.talk_is_recorded, {"talk": " \n"}),
        (rules.improvements_have_owner_and_day, {"improvements_without_owner_or_day": 1}),
    ],
    ids=lambda v: getattr(v, "code", ""),
)
def test_a_good_evaluation_keeps_it_and_a_spoiled_one_does_not(rule, spoiled):
    assert rule(GOOD)
    assert broken([rule], replace(GOOD, **spoiled))[0].message == rule.message
