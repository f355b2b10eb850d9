"""The only code that moves the state of a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db import transaction

from tomoni.cases.models import Case
from tomoni.cases.notices import tell_new_holder, tell_outcome
from tomoni.history.services import record
from tomoni.kernel.decisions import YES, Decision, NotAllowed, no
from tomoni.kernel.rules import Finding, broken
from tomoni.kernel.workflow import Step
from tomoni.parties.actor import Actor
from tomoni.rulebooks.selectors import in_force

C = TypeVar("C", bound=Case)


class RulesBroken(Exception):
    """The step is not ready: `findings` says everything that is in the way."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("、".join(finding.message for finding in findings))
        self.findings = findings


@dataclass(frozen=True, slots=True)
class Option:
    """A step one could take now: may this person, and what is in the way."""

    step: Step
    decision: Decision
    findings: tuple[Finding, ...]

    @property
    def ready(self) -> bool:
        return bool(self.decision) and not self.findings


@transaction.atomic
def begin(case: C, *, on: date, by: Actor) -> C:
    """Save a new case in its first state, under the rulebook in force on that day (NoRulebook when there is none)."""
    case.rulebook = in_force(on)
    case.state = case.workflow.initial
    case.begun_on = on
    case.save()
    record("begin", case, by=by, to=case.state)
    return case


def may_take(step: Step, case: Case, actor: Actor) -> Decision:
    """May this person take this step? First the role, then what speaks against this very person."""
    if not actor.may(step.needs, case.party_for(step)):
        return no(f"「{step.label}」は、いまの役割ではできません。")
    if objection := case.objection(step, actor):
        return no(objection)
    return YES


def options(case: Case, *, by: Actor) -> list[Option]:
    """Every step out of the present state, with what this person reads beside its button."""
    steps = case.workflow.steps_from(case.state)
    if not steps:
        return []
    facts = case.facts()
    return [Option(step, may_take(step, case, by), tuple(broken(step.rules, facts))) for step in steps]


@transaction.atomic
def take(step_name: str, case: C, *, by: Actor, note: str = "", change: Mapping[str, Any] | None = None) -> C:
    """Carry out one step, or say why not. The row is locked, so two people cannot both take it.

    `change` holds fields that are written in the same move (who has it now, the answer): the person is judged by
    the case as it was, the rules and those who are told by the case as it becomes.
    Raises NotAllowed for a wrong state or person, RulesBroken when a rule does not hold; then nothing has changed.
    """
    locked: C = type(case).objects.select_for_update().get(pk=case.pk)
    step = locked.workflow.step(step_name, locked.state)
    if step is None:
        raise NotAllowed(
            "この段階では、この操作はできません。ほかの方が先に進めた可能性があります。画面を開き直してください。"
        )
    may_take(step, locked, by).enforce()
    if step.note_required and not note.strip():
        raise RulesBroken([Finding("", "理由を書いてください。", "note")])
    for field, value in (change or {}).items():
        setattr(locked, field, value)
    if findings := broken(step.rules, locked.facts()):
        raise RulesBroken(findings)
    was, locked.state = locked.state, step.to
    locked.save(update_fields=["state", *(change or {})])
    event = record(step.name, locked, by=by, was=was, to=locked.state, note=note)
    if locked.workflow.holder[was] != locked.holder or step.tells:
        tell_new_holder(locked, event, by=by)
    tell_outcome(locked, event, by=by)
    return locked
