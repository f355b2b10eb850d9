"""What the checks find, with what people answered: of one line as if a draft were reported, or of a whole plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from tomoni.checks.models import CheckAnswer
from tomoni.checks.selectors.lines import CheckedLine, Department, Draft, lines_of, with_draft
from tomoni.parties.actor import Actor
from tomoni.plans.checking.check import Finding
from tomoni.plans.checking.run import findings_in
from tomoni.plans.models import Line, Plan

Answers = dict[tuple[int, str, str], CheckAnswer]


@dataclass(frozen=True, slots=True)
class Told:
    """A finding of a line. `answer` stands while the words it was given for do; `lapsed` is one they have outgrown."""

    line: int
    measure: int
    name: str
    leads: tuple[Department, ...]
    finding: Finding
    answer: CheckAnswer | None = None
    lapsed: CheckAnswer | None = None

    @property
    def is_answered(self) -> bool:
        """Has somebody said that it is as intended?"""
        return self.answer is not None

    @property
    def departments(self) -> str:
        """The departments in charge, as they are listed."""
        return "、".join(each.name for each in self.leads)


def findings_for(line: Line, year: int, draft: Draft | None = None) -> list[Told]:
    """The findings of a line in a year, as if the draft were reported. Ten queries at most, and nothing is written.

    The draft maps status, results, issues, next_action and remarks to text, and figures to an iterable of Value; what
    it leaves out is what stands in the plan. Findings of the line as a whole (year 0) are among them.
    """
    held = _line(line)
    facts = with_draft(held.facts, year, draft) if draft is not None else held.facts
    found = (each for each in findings_in(facts) if each.year in {0, year})
    return _told(held, found, _answers(_answers_of(line=line))[line.pk])


def findings_of_line(line: Line) -> list[Told]:
    """The findings of a line in all its years, as it stands in the plan."""
    held = _line(line)
    return _told(held, findings_in(held.facts), _answers(_answers_of(line=line))[line.pk])


def findings_of_plan(plan: Plan, year: int | None = None) -> list[Told]:
    """The findings of all lines of a plan, in its order; of one year, or of all. Ten queries, whatever its size."""
    answers = _answers(_answers_of(line__measure__plan=plan))
    return [
        told
        for line in lines_of(plan)
        for told in _told(
            line, (f for f in findings_in(line.facts) if year is None or f.year in {0, year}), answers[line.pk]
        )
    ]


def answers_in(plan: Plan) -> QuerySet[CheckAnswer]:
    """What people answered in a plan."""
    return CheckAnswer.objects.filter(line__measure__plan=plan).select_related("line")


def own(found: Iterable[Told], actor: Actor) -> list[Told]:
    """Those of the lines a person's departments are in charge of."""
    return [each for each in found if any(lead.pk in actor.parties for lead in each.leads)]


def named(found: Iterable[Told], key: str) -> Told | None:
    """The finding of that key; None when it does not stand, or no longer."""
    return next((each for each in found if each.finding.key == key), None)


def _line(line: Line) -> CheckedLine:
    return next(each for each in lines_of(line.measure.plan, measure=line.measure_id) if each.pk == line.pk)


def _answers_of(**mine: Any) -> QuerySet[CheckAnswer]:
    return CheckAnswer.objects.filter(**mine).select_related("answered_for")


def _answers(rows: Iterable[CheckAnswer]) -> dict[int, Answers]:
    found: dict[int, Answers] = defaultdict(dict)
    for one in rows:
        found[one.line_id][one.year, one.rule, one.field] = one
    return found


def _told(line: CheckedLine, findings: Iterable[Finding], answers: Answers) -> list[Told]:
    return [_with_answer(line, each, answers.get((each.year, each.rule, each.field))) for each in findings]


def _with_answer(line: CheckedLine, finding: Finding, answer: CheckAnswer | None) -> Told:
    holds = answer is not None and answer.fingerprint == finding.fingerprint
    return Told(
        line.pk,
        line.measure,
        line.name,
        line.leads,
        finding,
        answer=answer if holds else None,
        lapsed=None if holds else answer,
    )
