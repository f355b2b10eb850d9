"""A batch looked at as it would be committed now: settled, matched and compared with the plan."""

from __future__ import annotations

from dataclasses import dataclass

from tomoni.imports.models import Batch
from tomoni.imports.selectors import choices_of
from tomoni.plans.importing.compare import Into, compare
from tomoni.plans.importing.departments import Directory, directory
from tomoni.plans.importing.difference import Difference
from tomoni.plans.importing.held import Held, held
from tomoni.plans.importing.pointers import Json, place_of
from tomoni.plans.importing.settle import ACCEPT, OPEN, Chosen, settled
from tomoni.plans.importing.wanted import Wanted, wanted
from tomoni.plans.models import Plan
from tomoni.rulebooks.models import RulebookVersion

TARGET = "plans"
EMPTY: Json = {"plan": {"title": None, "years": []}, "nodes": [], "measures": [], "numbers": [], "unplaced": []}


@dataclass(frozen=True, slots=True)
class Look:
    """Everything a review shows and a commit writes."""

    batch: Batch
    plan: Plan | None
    choices: dict[str, Chosen]
    settled: Json
    wanted: Wanted
    held: Held
    names: Directory
    difference: Difference


def target_of(batch: Batch, *, locked: bool = False) -> Plan | None:
    """The plan a batch goes into; None for one that is still to be made. Raises Plan.DoesNotExist for a lost one."""
    plans = Plan.objects.select_for_update() if locked else Plan.objects.all()
    if batch.subject_id is not None:
        return plans.get(pk=batch.subject_id)
    return plans.filter(title=batch.title).first()


def look(batch: Batch, *, rulebook: RulebookVersion, locked: bool = False) -> Look:
    """Compare a read batch with its plan. Raises Plan.DoesNotExist when the plan is gone."""
    plan = target_of(batch, locked=locked)
    choices = {pointer: Chosen(one.kind, one.value) for pointer, one in choices_of(batch).items()}
    document = settled(batch.document or EMPTY, choices)
    asked = wanted(document)
    rows = held(plan.pk if plan else None)
    names = directory(rulebook.book).with_choices(choices)
    into = Into(batch.title, rulebook.pk, batch.pk)
    difference = compare(asked, rows, names=names, into=into, answers=answers(choices))
    return Look(batch, plan, choices, document, asked, rows, names, difference)


def answers(choices: dict[str, Chosen]) -> dict[int, int]:
    """Measure of the file -> its row in the plan (0: a new one), as far as people have said."""
    told: dict[int, int] = {}
    for pointer, chosen in choices.items():
        place = place_of(pointer)
        if place is None or place.field != "match" or place.measure is None or chosen.kind == OPEN:
            continue
        told[place.measure] = 0 if chosen.kind == ACCEPT else int(chosen.value or 0)
    return told
