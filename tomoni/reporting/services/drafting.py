"""Writing down what a line reports: saved as often as one likes; of two people at once neither loses a word."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tomoni.history.services import record
from tomoni.parties.actor import Actor
from tomoni.plans.models import Status
from tomoni.projects.models import ProjectFigure
from tomoni.reporting import permissions
from tomoni.reporting.models import LONGEST, NOTES, TEXTS, WRITTEN, Entry, EntryFigure


class EditedMeanwhile(Exception):
    """Somebody else has saved since this person opened the page. `entry` holds what is written now."""

    def __init__(self, entry: Entry) -> None:
        super().__init__(_("ほかの人が先に保存しています。あなたが書いたものと見比べてください。"))
        self.entry = entry


@dataclass(frozen=True, slots=True)
class Number:
    """The answer to a number asked for: a value, or why there is none; perhaps where it was taken from."""

    value: Decimal | None = None
    why: str = ""
    taken_from: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody wrote: fields of the entry (only those given are written), and numbers by their indicator."""

    fields: dict[str, Any] = field(default_factory=dict)
    numbers: dict[int, Number] = field(default_factory=dict)


@transaction.atomic
def save_draft(entry: Entry, draft: Draft, *, version: int, at: datetime, by: Actor) -> Entry:
    """Keep what is written so far. `version` is the one the person began from.

    EditedMeanwhile when somebody else has saved since; ValidationError for a text that is too long or an unknown status;
    then nothing is written. Saving the same words again changes nothing.
    """
    locked = Entry.objects.select_for_update(of=("self",)).select_related("department").get(pk=entry.pk)
    permissions.may_write(by, locked).enforce()
    refuse_unfit(draft.fields)
    changed = {name: text for name, text in draft.fields.items() if getattr(locked, name) != text}
    figures = _changed_numbers(locked, draft.numbers)
    if not changed and not figures:
        return locked
    if locked.version != version:
        raise EditedMeanwhile(locked)
    _note(locked, changed, by=by)
    for name, text in changed.items():
        setattr(locked, name, text)
    locked.version, locked.saved_at, locked.saved_by_id = locked.version + 1, at, by.user
    locked.save(update_fields=[*changed, "version", "saved_at", "saved_by"])
    if figures:
        EntryFigure.objects.bulk_update(figures, ["value", "why", "taken_from"])
    return locked


def take_number(entry: Entry, indicator: int, figure: ProjectFigure, *, at: datetime, by: Actor) -> Entry:
    """Answer a number asked for with what a project has reported; the entry remembers which."""
    source = f"{figure.project.title} {figure.label}"
    number = Number(figure.value, "", source if len(source) <= 200 else f"{source[:199]}…")
    return save_draft(entry, Draft({}, {indicator: number}), version=entry.version, at=at, by=by)


def refuse_unfit(fields: dict[str, Any]) -> None:
    """ValidationError for what no entry may hold: a text that is too long, an unknown status, an unknown field."""
    for name, text in fields.items():
        if name not in WRITTEN:
            raise ValidationError(_("この欄は書けません。"))
        if name in {*TEXTS, *NOTES} and len(text) > LONGEST:
            raise ValidationError({name: too_long(text)})
        if name == "status" and text not in {"", *Status.values}:
            raise ValidationError({name: _("進捗状況を一覧から選んでください。")})


def too_long(text: str) -> str:
    """The sentence about a text over the limit."""
    return _("%(most)s字までにしてください（いま%(now)s字）。文は保存していません。") % {
        "most": f"{LONGEST:,}",
        "now": f"{len(text):,}",
    }


def _changed_numbers(entry: Entry, numbers: dict[int, Number]) -> list[EntryFigure]:
    if not numbers:
        return []
    changed = []
    for held in entry.figures.filter(indicator__in=list(numbers)):
        told = numbers[held.indicator_id]
        if (held.value, held.why, held.taken_from) != (told.value, told.why, told.taken_from):
            held.value, held.why, held.taken_from = told.value, told.why, told.taken_from
            changed.append(held)
    return changed


def _note(entry: Entry, changed: dict[str, Any], *, by: Actor) -> None:
    """The first words leave a line of history, and so do words of somebody else that give way; those are kept there."""
    if entry.saved_at is None:
        record("draft", entry, by=by)
        return
    replaced = {name: getattr(entry, name) for name in changed if getattr(entry, name)}
    if entry.saved_by_id != by.user and replaced:
        record("replace", entry, by=by, replaced=replaced)
