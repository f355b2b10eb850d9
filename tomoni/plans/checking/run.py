"""All checks, in the order of their numbers, asked of a line."""

from __future__ import annotations

from collections.abc import Sequence

from tomoni.plans.checking import gaps, repeats
from tomoni.plans.checking.check import Check, Finding
from tomoni.plans.checking.facts import LineFacts

CHECKS: tuple[Check, ...] = (
    gaps.has_a_department,
    gaps.says_what_comes_next,
    repeats.texts_are_of_their_year,
    gaps.says_what_was_done,
    gaps.says_how_it_stands,
)


def findings_in(line: LineFacts, checks: Sequence[Check] = CHECKS) -> list[Finding]:
    """Everything that does not fit in a line, by year and number."""
    found = [each for one in checks for each in one.findings(line)]
    return sorted(found, key=lambda each: (each.year, each.rule))
