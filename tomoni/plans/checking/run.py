"""All checks, in the order of their numbers, asked of a line."""

from __future__ import annotations

from collections.abc import Sequence

from tomoni.plans.checking import contradictions, gaps, promises, repeats, sums
from tomoni.plans.checking.check import Check, Finding
from tomoni.plans.checking.facts import LineFacts

CHECKS: tuple[Check, ...] = (
    gaps.has_a_department,
    gaps.says_what_comes_next,
    repeats.texts_are_of_their_year,
    gaps.says_what_was_done,
    gaps.says_how_it_stands,
    contradictions.nothing_counted_is_not_on_plan,
    contradictions.targets_missed_are_not_on_plan,
    contradictions.what_was_done_has_begun,
    contradictions.what_was_not_done_is_not_on_plan,
    contradictions.what_is_done_has_ended,
    contradictions.considering_comes_to_an_end,
    promises.promises_are_spoken_of,
    sums.parts_make_their_total,
    sums.changes_follow_from_the_year_before,
    sums.shares_follow_from_their_parts,
    contradictions.a_changed_plan_is_rated_so,
    contradictions.what_was_to_be_done_was_not_only_considered,
)


def findings_in(line: LineFacts, checks: Sequence[Check] = CHECKS) -> list[Finding]:
    """Everything that does not fit in a line, by year and number."""
    found = [each for one in checks for each in one.findings(line)]
    return sorted(found, key=lambda each: (each.year, each.rule))
