"""What must hold before a project is reported: one good case, one spoiled."""

from dataclasses import replace

import pytest

from tomoni.kernel.rules import broken
from tomoni.projects import rules
from tomoni.projects.rules import ProjectFacts

GOOD = ProjectFacts(report_is_complete=True, actual_income=90, actual_spending=90, changes_waiting=0)


@pytest.mark.parametrize(
    ("rule", "spoiled"),
    [
        (rules.report_is_written, {"report_is_complete": False}),
        (rules.accounts_balance, {"actual_spending": 80}),
        (rules.no_change_waits, {"changes_waiting": 1}),
    ],
    ids=lambda v: getattr(v, "code", ""),
)
def test_a_good_project_keeps_it_and_a_spoiled_one_does_not(rule, spoiled):
    assert rule(GOOD)
    assert broken([rule], replace(GOOD, **spoiled))[0].message == rule.message
