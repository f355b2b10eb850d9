"""Bring the list of the overall plan in, and say which measures serve which of its entries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tomoni.history.services import record
from tomoni.imports import permissions as import_permissions
from tomoni.imports import services as imports
from tomoni.imports.models import Batch
from tomoni.imports.reading.read import read as read_file
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.actor import Actor
from tomoni.plans.importing.commit import one_at_a_time
from tomoni.plans.models import Measure
from tomoni.revisions import permissions
from tomoni.revisions.models import OverallEntry, OverallLink, OverallPlan
from tomoni.revisions.overall_list import Entry, document_of, entries_in
from tomoni.revisions.selectors.overall import TARGET, incoming


@dataclass(frozen=True, slots=True)
class Named:
    """What the overall plan is called, and its years."""

    title: str
    first_year: int | None = None
    last_year: int | None = None


def receive(upload: imports.Upload, named: Named, *, at: datetime, by: Actor) -> Batch:
    """Keep a list and read it; nothing of it is in force yet.

    Raises NotAllowed, AlreadyTaken for bytes in force, and Unreadable with a sentence; then nothing is kept.
    """
    permissions.may_write_overall(by).enforce()
    document = document_of(read_file(upload.data, name=upload.name))
    document |= {"first_year": named.first_year, "last_year": named.last_year}
    counts = {"rows": len(document["entries"]), "wrong": len(document["wrong"])}
    with transaction.atomic():
        batch = imports.open_batch(upload, into=imports.Destination(TARGET, named.title), at=at, by=by)
        return imports.keep_reading(batch, grid=None, document=document, counts=counts, at=at, by=by)


@transaction.atomic
def commit_overall(batch: Batch, *, revision: int, at: datetime, by: Actor) -> OverallPlan:
    """Put a list in force: all of it or nothing. What measures are linked to stays, marked, when the list has it no more.

    Raises NotAllowed while a row is wrong, and Moved when somebody else was faster.
    """
    permissions.may_write_overall(by).enforce()
    one_at_a_time()
    locked = imports.lock(batch, revision=revision)
    import_permissions.may_commit(by, locked).enforce()
    document = locked.document or {"entries": [], "wrong": []}
    if document["wrong"]:
        raise NotAllowed(
            _("直す行が%(n)s行あります。もとの表を直して、もう一度取り込んでください。") % {"n": len(document["wrong"])}
        )
    seen = incoming(locked)
    plan, _made = OverallPlan.objects.get_or_create(title=locked.title)
    plan.first_year, plan.last_year = document["first_year"], document["last_year"]
    plan.file, plan.imported_at = locked.file, at
    plan.full_clean()
    plan.save()
    _write(plan, entries_in(document))
    _let_go([entry.pk for entry in seen.gone])
    locked.committed_at, locked.subject_id = at, plan.pk
    locked.revision += 1
    locked.save(update_fields=["committed_at", "subject_id", "revision"])
    told: dict[str, Any] = {"new": len(seen.new), "changed": len(seen.changed), "gone": len(seen.gone)}
    record("commit", locked, by=by, plan=plan.pk, **told)
    record("import_overall", plan, by=by, is_public=True, **told)
    return plan


def _write(plan: OverallPlan, entries: list[Entry]) -> None:
    held = {entry.key: entry for entry in plan.entries.all()}
    for position, one in enumerate(entries):
        row = held.get(one.key) or OverallEntry(plan=plan, key=one.key)
        row.parent = held.get(one.above)
        row.depth, row.number, row.title = one.depth, one.number, one.title
        row.department, row.position, row.is_gone = one.department, position, False
        row.save()
        held[one.key] = row


def _let_go(gone: list[int]) -> None:
    """What a measure is linked to, or what stands above such an entry, stays and says so; the rest goes."""
    kept = set(OverallLink.objects.filter(entry__in=gone).values_list("entry_id", flat=True))
    rows = {row.pk: row for row in OverallEntry.objects.filter(pk__in=gone)}
    for pk in list(kept):
        step = rows[pk].parent_id
        while step is not None and step in rows:
            kept.add(step)
            step = rows[step].parent_id
    OverallEntry.objects.filter(pk__in=kept).update(is_gone=True)
    OverallEntry.objects.filter(pk__in=[pk for pk in gone if pk not in kept]).delete()


@transaction.atomic
def link_overall(measure: Measure, entry: OverallEntry, *, by: Actor) -> OverallLink:
    """Say that a measure serves an entry of the overall plan. NotAllowed where it is said already."""
    permissions.may_link_overall(by).enforce()
    original = measure.relisted_of or measure
    held, made = OverallLink.objects.get_or_create(entry=entry, measure=original)
    if not made:
        raise NotAllowed(_("この施策は、もうつながっています。"))
    record("link_overall", original, by=by, is_public=original.plan.is_public, entry=entry.pk)
    return held


@transaction.atomic
def unlink_overall(link: OverallLink, *, by: Actor) -> None:
    """Take a link back."""
    permissions.may_link_overall(by).enforce()
    record("unlink_overall", link.measure, by=by, is_public=link.measure.plan.is_public, entry=link.entry_id)
    link.delete()
