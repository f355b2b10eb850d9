"""What must hold before a project is reported: one good case, one spoiled."""

from dataclasses import replace

import pytest

from tomoni.kernel.rules import broken
from tomoni.projects import rules
from tomoni.projects.rules import ProjectFacts, RenewalFacts

GOOD = ProjectFacts(report_is_complete=True, actual_income=90, actual_spending=90, changes_waiting=0)


@pytest.mark.parametrize(
    ("rule", "spoiled"),
    [
        (rules.report_is_written, {"report_is_complete": False}),
        (rules.accounts_balance, {"actual_spending": 80}),
        (rules.no_change_waits, {"changes_waiting": 1}),
        (rules.agreement_covers_the_period, {"is_covered": False}),
    ],
    ids=lambda v: getattr(v, "code", ""),
)
def test_a_good_project_keeps_it_and_a_spoiled_one_does_not(rule, spoiled):
    assert rule(GOOD)
    assert broken([rule], replace(GOOD, **spoiled))[0].message == rule.message


RENEWED = RenewalFacts(reviews=2, wishes_to_go_on=2, years=3.0, longest_years=3, has_next=False)


@pytest.mark.parametrize(
    ("rule", "spoiled"),
    [
        (rules.both_have_reviewed, {"reviews": 1}),
        (rules.both_wish_to_go_on, {"wishes_to_go_on": 1}),
        (rules.stays_within_the_limit, {"years": 3.1}),
        (rules.has_no_next_year, {"has_next": True}),
    ],
    ids=lambda v: getattr(v, "code", ""),
)
def test_a_good_renewal_keeps_it_and_a_spoiled_one_does_not(rule, spoiled):
    assert rule(RENEWED)
    assert broken([rule], replace(RENEWED, **spoiled))[0].message == rule.message


def test_a_city_without_a_limit_lets_projects_go_on():
    assert rules.stays_within_the_limit(replace(RENEWED, years=40.0, longest_years=None))
