"""Keeping a file: checked by content and size, fingerprinted, stored under a name that says nothing."""

from __future__ import annotations

import hashlib
import uuid
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import models, transaction

from tomoni.files.kinds import FileRefused, content_type_of
from tomoni.files.models import StoredFile, Visibility
from tomoni.files.names import harmless
from tomoni.history.services import record
from tomoni.parties.actor import Actor

MAX_BYTES = 50 * 2**20


def fingerprint(data: bytes) -> str:
    """SHA-256 in small hexadecimal digits: the same bytes are the same file, whatever they are called."""
    return hashlib.sha256(data).hexdigest()


def refuse_large(size: int) -> None:
    """Raise FileRefused when a file of `size` bytes is more than we keep. Ask before the bytes are loaded."""
    if size > MAX_BYTES:
        raise FileRefused(
            f"ファイルが大きすぎます（{size / 2**20:,.0f} MB）。{MAX_BYTES // 2**20} MBまでのファイルにしてください。"
        )


@transaction.atomic
def store_file(
    data: bytes,
    *,
    name: str,
    at: datetime,
    by: Actor,
    visibility: Visibility = Visibility.STAFF,
    content_type: str = "",
) -> StoredFile:
    """Check and keep a file, and record it. Raises FileRefused with a sentence; then nothing has been written.

    An app that has looked into the file itself says its `content_type`; otherwise it is told from the bytes.
    """
    refuse_large(len(data))
    known_as = harmless(name)
    stored = StoredFile(
        name=known_as,
        sha256=fingerprint(data),
        size=len(data),
        content_type=content_type or content_type_of(data, name=known_as),
        visibility=visibility,
        uploaded_by_id=by.user,
        uploaded_at=at,
    )
    # A random name on disk: what people call a file never reaches the file system.
    stored.content.save(uuid.uuid4().hex, ContentFile(data), save=False)
    stored.save()
    record("store", stored, by=by, name=known_as, size=len(data))
    return stored


@transaction.atomic
def attach(stored: StoredFile, *, to: models.Model, by: Actor) -> StoredFile:
    """Say what a stored file belongs to."""
    stored.subject_type, stored.subject_id = to._meta.label_lower, to.pk
    stored.save(update_fields=["subject_type", "subject_id"])
    record("attach", stored, by=by, attached_to=stored.subject_type, number=to.pk)
    return stored


@transaction.atomic
def discard(stored: StoredFile) -> None:
    """Forget a file for good: its row now, its bytes once that is safe. The caller has asked and has recorded it."""
    storage, place = stored.content.storage, stored.content.name or ""
    stored.delete()
    transaction.on_commit(lambda: storage.delete(place))
