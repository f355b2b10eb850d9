"""A workflow is a value: its states, whose turn each is, what it is called, and the steps between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tomoni.kernel.rules import Rule


class Holder(StrEnum):
    """Whose turn it is. The words people read come from the rulebook; these are the fallbacks."""

    CIVIC = "団体"
    CITY = "市"
    COORDINATOR = "コーディネーター"
    DEPARTMENT = "担当課"
    DIVISION = "協働担当課"
    SCREENERS = "審査委員"
    COMMITTEE = "委員会"
    BOTH = "双方"
    NOBODY = ""


@dataclass(frozen=True, slots=True)
class Label:
    """What a state is called, for the people at the desk and for everybody else."""

    desk: str
    public: str


@dataclass(frozen=True, slots=True)
class Step:
    """A move: from where, to where, which permission it needs, and which rules must hold."""

    name: str
    label: str
    sources: tuple[str, ...]
    to: str
    needs: str
    rules: tuple[Rule, ...] = ()
    note_required: bool = False
    tells: bool = False  # tell the holder although the turn stays with the same kind of holder (another department)


class BadWorkflow(ValueError):
    """The table of a workflow contradicts itself."""


@dataclass(frozen=True)
class Workflow:
    """Building one checks that every state has a holder and a label, can be reached, and that steps are unambiguous."""

    name: str
    initial: str
    holder: Mapping[str, Holder]
    labels: Mapping[str, Label]
    steps: tuple[Step, ...]

    def __post_init__(self) -> None:
        named = {self.initial} | {s.to for s in self.steps} | {s for step in self.steps for s in step.sources}
        if named != set(self.holder) or named != set(self.labels):
            lost = sorted(named ^ set(self.holder) | named ^ set(self.labels))
            raise BadWorkflow(f"{self.name}: states without holder, label or use: {lost}")
        if unreachable := set(self.holder) - self.reachable():
            raise BadWorkflow(f"{self.name}: no way leads to {sorted(unreachable)}")
        pairs = [(step.name, source) for step in self.steps for source in step.sources]
        if len(pairs) != len(set(pairs)):
            raise BadWorkflow(f"{self.name}: one step leads two ways")

    def reachable(self) -> set[str]:
        """The states one can come to from the first."""
        seen, waiting = {self.initial}, [self.initial]
        while waiting:
            here = waiting.pop()
            new = {step.to for step in self.steps if here in step.sources} - seen
            seen |= new
            waiting += sorted(new)
        return seen

    def step(self, name: str, state: str) -> Step | None:
        """The step of that name out of that state, or None when it cannot be taken there."""
        return next((s for s in self.steps if s.name == name and state in s.sources), None)

    def steps_from(self, state: str) -> tuple[Step, ...]:
        """What can be done in a state, in the order of the table."""
        return tuple(s for s in self.steps if state in s.sources)

    @property
    def final(self) -> frozenset[str]:
        """States no step leads out of."""
        return frozenset(state for state in self.holder if not self.steps_from(state))

    def mermaid(self) -> str:
        """The picture, in Mermaid's language, for the docs."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.initial}"]
        lines += [f"    {state}: {self.labels[state].desk}" for state in self.holder]
        lines += [f"    {source} --> {step.to}: {step.label}" for step in self.steps for source in step.sources]
        lines += [f"    {state} --> [*]" for state in self.holder if state in self.final]
        return "\n".join(lines)
