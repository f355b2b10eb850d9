"""A filled-in sheet comes back: kept as it came, compared, and only what somebody chose is taken over."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tomoni.files.services import attach, store_file
from tomoni.history.services import record
from tomoni.imports.services import Upload
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.actor import Actor
from tomoni.reporting.cleaning import decimal_of
from tomoni.reporting.models import Entry, ReturnedSheet, YearRequest
from tomoni.reporting.selectors.requests import own_departments
from tomoni.reporting.selectors.returned import compared, compared_with_kept, own_lines
from tomoni.reporting.services.drafting import Draft, Number, save_draft
from tomoni.reporting.sheet.compare import Change
from tomoni.reporting.sheet.layout import print_of


@dataclass(slots=True)
class Taken:
    """What became of the values somebody chose: how many were taken over, and the lines in which one was not."""

    values: int = 0
    left: list[str] = field(default_factory=list)


@transaction.atomic
def receive(year_request: YearRequest, upload: Upload, *, at: datetime, by: Actor) -> ReturnedSheet:
    """Keep a filled-in sheet as it came. Nothing of it is written anywhere yet.

    Raises FileRefused, Unreadable or NotOurSheet with a sentence; then nothing is kept.
    """
    _refuse_strangers(by)
    compared(upload.data, year_request, own_lines(year_request, by))
    stored = store_file(upload.data, name=upload.name, at=at, by=by)
    returned = ReturnedSheet(year_request=year_request, file=stored, sent_by_id=by.user, sent_at=at)
    returned.save()
    attach(stored, to=returned, by=by)
    record("return_sheet", year_request, by=by, sheet=returned.pk)
    return returned


@transaction.atomic
def accept(returned: ReturnedSheet, chosen: Collection[str], *, at: datetime, by: Actor) -> Taken:
    """Take over the chosen values (`choice_of` each); one that has changed here meanwhile is left and named."""
    _refuse_strangers(by)
    lines = {each.pk: each for each in own_lines(returned.year_request, by)}
    list(Entry.objects.select_for_update().filter(pk__in=lines).values_list("pk"))
    now = compared_with_kept(returned, by)
    still = [change for change in now.changes if choice_of(change) in chosen]
    done = Taken()
    known = {choice_of(change) for change in now.changes}
    if lost := [each for each in chosen if each not in known]:
        done.left = sorted({str(lines[pk]) for each in lost if (pk := _entry_in(each)) in lines}) or [_("ほかの行")]
    for pk in dict.fromkeys(change.entry for change in still):
        own = [change for change in still if change.entry == pk]
        entry = Entry.objects.get(pk=pk)
        save_draft(entry, _draft(entry, own), version=entry.version, at=at, by=by)
        done.values += len(own)
    if done.values:
        returned.accepted_at = at
        returned.save(update_fields=["accepted_at"])
        record("accept_sheet", returned.year_request, by=by, sheet=returned.pk, values=done.values)
    return done


def choice_of(change: Change) -> str:
    """What a ticked box says: which value, and what stood here when it was ticked."""
    return f"{change.name}:{print_of(change.now)}"


def _entry_in(choice: str) -> int:
    first = choice.split("-")[0]
    return int(first) if first.isascii() and first.isdigit() and len(first) < 19 else 0


def _draft(entry: Entry, changes: list[Change]) -> Draft:
    fields: dict[str, Any] = {}
    numbers = {each.indicator_id: Number(each.value, each.why, each.taken_from) for each in entry.figures.all()}
    told: dict[int, Number] = {}
    for change in changes:
        if not change.indicator:
            fields[change.code] = change.new
            if change.code == "unchanged_why":
                fields["is_unchanged"] = bool(change.new.strip())
            continue
        held = told.get(change.indicator, numbers[change.indicator])
        value = decimal_of(change.new) if change.code == "value" else held.value
        why = change.new if change.code == "why" else held.why
        told[change.indicator] = Number(value, why if value is None else "", "")
    return Draft(fields, told)


def _refuse_strangers(by: Actor) -> None:
    if not own_departments(by):
        raise NotAllowed(_("表を送れるのは、報告を書く課の人だけです。"))
