"""Verbs about batches: open one with a file, keep what was read, decide, remember a spelling, mark as in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from tomoni.files.models import StoredFile
from tomoni.files.services import fingerprint, store_file
from tomoni.history.services import record
from tomoni.imports import permissions, selectors
from tomoni.imports.models import Alias, Batch, Choice
from tomoni.imports.reading.read import Unreadable, refuse_large
from tomoni.imports.reading.signatures import kind_of
from tomoni.imports.reading.text import decode
from tomoni.parties.actor import Actor

CONTENT_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xls": "application/vnd.ms-excel",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "pdf": "application/pdf",
    "text": "text/plain",
}
LONGEST_SPELLING = 200


class AlreadyTaken(Exception):
    """The same bytes are in force already, through `batch`."""

    def __init__(self, batch: Batch) -> None:
        super().__init__(_("同じ内容のファイルを、すでに計画に反映しています。"))
        self.batch = batch


class Moved(Exception):
    """Somebody else has worked on the batch since the page was opened; `batch` is as it stands now."""

    def __init__(self, batch: Batch) -> None:
        super().__init__(_("開いている間に、ほかの方がこの取り込みを進めました。"))
        self.batch = batch


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it arrived: what it is called, and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a file is to go: the kind of thing, its name, and its number when it stands already."""

    target: str
    title: str
    subject_id: int | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision: accept, correct or open; "" takes an earlier decision back."""

    pointer: str
    kind: str
    value: Any = None


def upload_of(file: File[bytes]) -> Upload:
    """An uploaded file in memory. Raises Unreadable for one that is too large, before its bytes are loaded."""
    refuse_large(file.size)
    return Upload(file.name or "", file.read())


def open_batch(upload: Upload, *, into: Destination, at: datetime, by: Actor, again: bool = False) -> Batch:
    """Keep a file and open a batch for it. What is wrong at the door is told before anything is written.

    Raises NotAllowed, Unreadable with a sentence, and AlreadyTaken for bytes in force unless `again` is said.
    """
    permissions.may_upload(by).enforce()
    content_type = _checked(upload.data)
    taken = selectors.in_force_with(fingerprint(upload.data), target=into.target)
    if taken and not again:
        raise AlreadyTaken(taken)
    with transaction.atomic():
        stored = store_file(upload.data, name=upload.name, at=at, by=by, content_type=content_type)
        return _open(stored, into, at, by)


def _checked(data: bytes) -> str:
    """The content type of a file the reader will take, or Unreadable."""
    refuse_large(len(data))
    if not data:
        raise Unreadable("ファイルが空です（0バイト）。もう一度保存して送ってください。")
    kind = kind_of(data)
    if kind == "text":
        decode(data)
    return CONTENT_TYPES[kind]


def _open(stored: StoredFile, into: Destination, at: datetime, by: Actor) -> Batch:
    batch = Batch(
        target=into.target,
        title=into.title,
        subject_id=into.subject_id,
        file=stored,
        uploaded_by_id=by.user,
        uploaded_at=at,
    )
    batch.save()
    stored.subject_type, stored.subject_id = Batch._meta.label_lower, batch.pk
    stored.save(update_fields=["subject_type", "subject_id"])
    record("upload", batch, by=by, name=stored.name, size=stored.size)
    return batch


def keep_progress(batch: Batch, *, done: int, of: int) -> None:
    """Say how far the reading has come, for the page that waits."""
    Batch.objects.filter(pk=batch.pk).update(done_steps=done, all_steps=of)


@transaction.atomic
def keep_reading(batch: Batch, *, grid: Any, document: Any, counts: dict[str, int], at: datetime, by: Actor) -> Batch:
    """Keep what was read, and drop decisions about an earlier reading. A batch that is in force is left alone."""
    locked = Batch.objects.select_for_update().get(pk=batch.pk)
    if locked.stage == "committed":
        return locked
    Choice.objects.filter(batch=locked).delete()
    locked.grid, locked.document, locked.counts = grid, document, counts
    locked.problem, locked.read_at = "", at
    locked.revision += 1
    locked.save(update_fields=["grid", "document", "counts", "problem", "read_at", "revision"])
    record("read", locked, by=by, counts=counts)
    return locked


@transaction.atomic
def keep_problem(batch: Batch, *, sentence: str, by: Actor) -> Batch:
    """Keep why a file could not be read; what an earlier reading found stays out of the way."""
    locked = Batch.objects.select_for_update().get(pk=batch.pk)
    if locked.stage == "committed":
        return locked
    locked.problem, locked.read_at = sentence, None
    locked.revision += 1
    locked.save(update_fields=["problem", "read_at", "revision"])
    record("fail", locked, by=by, note=sentence)
    return locked


@transaction.atomic
def read_again(batch: Batch, *, by: Actor) -> Batch:
    """Make ready for another reading of the same file. Decisions are dropped when the new reading is kept."""
    locked = Batch.objects.select_for_update().get(pk=batch.pk)
    permissions.may_read_again(by, locked).enforce()
    locked.problem, locked.read_at, locked.committed_at, locked.undone_at = "", None, None, None
    locked.done_steps = 0
    locked.revision += 1
    locked.save()
    record("read_again", locked, by=by)
    return locked


def lock(batch: Batch, *, revision: int) -> Batch:
    """The batch, locked until the transaction ends. Raises Moved when it is not at that revision any more."""
    locked = Batch.objects.select_for_update().get(pk=batch.pk)
    if locked.revision != revision:
        raise Moved(locked)
    return locked


@transaction.atomic
def decide(batch: Batch, decided: Sequence[Decided], *, revision: int, at: datetime, by: Actor) -> Batch:
    """Write down decisions, all or none. Raises NotAllowed, and Moved when somebody else was faster."""
    locked = lock(batch, revision=revision)
    permissions.may_choose(by, locked).enforce()
    if not decided:
        return locked
    locked.revision += 1
    locked.save(update_fields=["revision"])
    Choice.objects.filter(batch=locked, pointer__in=[one.pointer for one in decided if not one.kind]).delete()
    Choice.objects.bulk_create(
        [
            Choice(
                batch=locked,
                pointer=one.pointer,
                kind=one.kind,
                value=one.value,
                by_id=by.user,
                at=at,
                revision=locked.revision,
            )
            for one in decided
            if one.kind
        ],
        update_conflicts=True,
        unique_fields=["batch", "pointer"],
        update_fields=["kind", "value", "by", "at", "revision"],
    )
    record("decide", locked, by=by, revision=locked.revision, pointers=[one.pointer for one in decided])
    return locked


@transaction.atomic
def remember(*, kind: str, spelling: str, meaning: str, by: Actor) -> Alias | None:
    """Remember what a spelling means, for the next reading; None for a spelling too long to be one."""
    permissions.may_upload(by).enforce()
    if not spelling or not meaning or max(len(spelling), len(meaning)) > LONGEST_SPELLING:
        return None
    alias, _made = Alias.objects.update_or_create(kind=kind, spelling=spelling, defaults={"meaning": meaning})
    record("remember", alias, by=by, kind=kind, spelling=spelling, meaning=meaning)
    return alias


@transaction.atomic
def forget(alias: Alias, *, by: Actor) -> None:
    """Forget a spelling: the next reading does without it."""
    permissions.may_upload(by).enforce()
    record("forget", alias, by=by, kind=alias.kind, spelling=alias.spelling, meaning=alias.meaning)
    alias.delete()
