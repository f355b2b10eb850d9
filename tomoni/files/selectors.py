"""Reads about stored files."""

from __future__ import annotations

from django.db import models
from django.db.models import QuerySet

from tomoni.files.models import StoredFile


def files_of(subject: models.Model) -> QuerySet[StoredFile]:
    """The files that belong to a thing, newest first."""
    return StoredFile.objects.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk).order_by(
        "-uploaded_at", "-pk"
    )


def content_of(stored: StoredFile) -> bytes:
    """The bytes of a stored file. Raises FileNotFoundError when the storage has lost them."""
    with stored.content.open("rb") as opened:
        return bytes(opened.read())
