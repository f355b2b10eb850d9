"""What must hold before a registration is handed in: one good case, and one spoiled for each rule."""

from dataclasses import replace

import pytest

from tomoni.kernel.rules import broken
from tomoni.organisations import rules
from tomoni.organisations.rules import RegistrationFacts

GOOD = RegistrationFacts(is_complete=True, is_excluded=False, ways_to_reach=1)


@pytest.mark.parametrize(
    ("rule", "spoiled"),
    [
        (rules.registration_is_complete, {"is_complete": False}),
        (rules.activity_is_not_excluded, {"is_excluded": True}),
        (rules.group_can_be_reached, {"ways_to_reach": 0}),
    ],
    ids=lambda value: getattr(value, "code", ""),
)
def test_a_good_registration_keeps_it_and_a_spoiled_one_does_not(rule, spoiled):
    assert rule(GOOD)
    assert [f.message for f in broken([rule], replace(GOOD, **spoiled))] == [rule.message]
