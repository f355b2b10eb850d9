"""Screening, agreement and evaluation: what is asked, how it is weighed, which clauses stand."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from tomoni.rulebooks.schema.base import Entry, Key, Label, Part
from tomoni.rulebooks.schema.framework import Nature


class Criterion(Entry):
    """One criterion of screening."""

    max: int = Field(ge=1, le=1000)
    """Highest mark."""
    weight: int = Field(default=1, ge=1, le=100)
    """How much it counts against the others."""
    floor: int | None = Field(default=None, ge=0)
    """A mean under it fails the proposal."""


class ScreeningGroup(Entry):
    """A group of screeners whose mean counts for a share."""

    share: int = Field(ge=1, le=100)
    """Its weight against the other groups."""


class Screening(Part):
    """How proposals are screened."""

    screeners: int = Field(ge=1, le=100)
    """How many must hand in their marks."""
    blind: bool = True
    """Others' marks stay hidden until all are in."""
    pass_percent: int = Field(ge=0, le=100)
    """Share of the weighted maximum needed to pass."""
    conflict: Literal["exclude", "mean"] = "exclude"
    """What happens to the marks of a screener with an interest."""
    ties: str = "open"
    """`open`, or the key of the criterion that decides between equals."""
    groups: tuple[ScreeningGroup, ...] = ()
    """Groups of screeners that weigh by share; empty when all weigh alike."""
    criteria: tuple[Criterion, ...] = Field(min_length=1)
    """What is marked."""


class Clause(Entry):
    """A clause of an agreement; `text` is the wording offered."""

    natures: tuple[Nature, ...] = ()
    """Kinds of form that need it; empty for all."""
    required: bool = True
    """Whether the agreement is complete without it."""


class AgreementForm(Part):
    """What an agreement is made of."""

    clauses: tuple[Clause, ...] = Field(min_length=1)
    """The clauses, in order."""


class Grade(Part):
    """One step of a scale."""

    value: int
    """The mark."""
    label: Label
    """What it means."""


class Scale(Part):
    """A scale of marks, lowest first."""

    grades: tuple[Grade, ...] = Field(min_length=2)
    """Its steps, each one higher than the last."""

    @model_validator(mode="after")
    def _rises_by_one(self) -> Self:
        values = [grade.value for grade in self.grades]
        if values != list(range(values[0], values[0] + len(values))):
            raise ValueError("評価の段階は、小さい値から1ずつ並べてください。")
        return self

    @property
    def min(self) -> int:
        """The lowest mark."""
        return self.grades[0].value

    @property
    def max(self) -> int:
        """The highest mark."""
        return self.grades[-1].value


class EvaluationItem(Entry):
    """One question both sides answer."""

    aspect: Literal["result", "cost", "process", "method"]
    """What was reached, at what cost, how we worked together, whether the form was right."""
    principle: Key | None = None
    """The principle it asks about."""


class EvaluationForm(Part):
    """The sheet both sides answer blind, then open together."""

    scale: Scale
    """The marks."""
    talk_from: int = Field(default=2, ge=1)
    """A gap of this size or more goes on the agenda."""
    reason_below: int = 3
    """A mark below this needs a reason."""
    asks_each_principle: bool = True
    """Add one question per principle of the city."""
    follow_up_months: int = Field(default=12, ge=1, le=60)
    """When we ask what became of the improvements."""
    items: tuple[EvaluationItem, ...] = Field(min_length=1)
    """The questions."""
