"""The whole rulebook of one municipality in one version."""

from __future__ import annotations

from typing import Self, TypeVar

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from tomoni.rulebooks.schema.base import Entry, Stage
from tomoni.rulebooks.schema.content import Content
from tomoni.rulebooks.schema.framework import Checklist, Form, PartyKind
from tomoni.rulebooks.schema.judging import Clause, EvaluationItem
from tomoni.rulebooks.schema.planning import PlanLayout, ProgressLevel
from tomoni.rulebooks.schema.references import problems_in
from tomoni.rulebooks.schema.sheets import Sheet

E = TypeVar("E", bound=Entry)


class Rulebook(Content):
    """What a municipality means by working together, and how its rooms work."""

    @model_validator(mode="after")
    def _refers_to_what_is_there(self) -> Self:
        if problems := problems_in(self):
            text = "\n".join(f"{problem.path}: {problem.message}" for problem in problems)
            raise PydanticCustomError("references", "{text}", {"text": text, "problems": problems})
        return self

    @property
    def scale(self) -> tuple[ProgressLevel, ...]:
        """The progress scale in use: the city's, or the standard one."""
        return self.progress_scale or self.standard.progress_scale

    @property
    def plan_layout(self) -> PlanLayout:
        """The plan layout in use: the city's, or the standard one."""
        return self.plan or self.standard.plan

    @property
    def examination(self) -> tuple[Entry, ...]:
        """What both sides ask before they decide to work together.

        The city's suitability test; else its own checklist for considering; else the standard test.
        """
        considering = [item for found in self.checklists if found.stage == "considering" for item in found.items]
        return self.suitability or tuple(considering) or self.standard.suitability

    @property
    def evaluation_items(self) -> tuple[EvaluationItem, ...]:
        """All questions of the evaluation: the sheet's, then one per principle where the city wants that."""
        if not self.evaluation.asks_each_principle:
            return self.evaluation.items
        asked = {item.principle for item in self.evaluation.items}
        return self.evaluation.items + tuple(
            EvaluationItem(
                key=f"principle_{principle.key}"[:40],
                label=principle.label,
                cites=principle.cites,
                text=principle.text,
                aspect="process",
                principle=principle.key,
            )
            for principle in self.principles
            if principle.key not in asked
        )

    def checklists_at(self, stage: Stage) -> tuple[Checklist, ...]:
        """The checklists of a stage: the city's own, or the standard one where it has none."""
        own = tuple(found for found in self.checklists if found.stage == stage)
        return own or tuple(found for found in self.standard.checklists if found.stage == stage)

    def clauses_for(self, form: Form) -> tuple[Clause, ...]:
        """The clauses an agreement of this form needs."""
        return tuple(
            clause for clause in self.agreement.clauses if not clause.natures or set(clause.natures) & set(form.natures)
        )

    def form(self, key: str) -> Form:
        """The form of that key; LookupError when there is none."""
        return _named(self.forms, key)

    def party_kind(self, key: str) -> PartyKind:
        """The kind of party of that key; LookupError when there is none."""
        return _named(self.party_kinds, key)

    def sheet(self, key: str) -> Sheet:
        """The sheet of that key; LookupError when there is none."""
        return _named(self.sheets, key)


def _named(entries: tuple[E, ...], key: str) -> E:
    for entry in entries:
        if entry.key == key:
            return entry
    raise LookupError(f"「{key}」はルールブックにありません。")
