"""Putting something into the index, and taking it out. Only what everybody may read goes in."""

from __future__ import annotations

from django.db import connection, models, transaction

from tomoni.kernel.clock import now
from tomoni.search.grams import grams
from tomoni.search.models import SearchEntry


@transaction.atomic
def index(subject: models.Model, *, kind: str, title: str, text: str, url: str) -> SearchEntry:
    """Let everybody find this thing by its title and text; indexing it again replaces what was there."""
    entry, _made = SearchEntry.objects.update_or_create(
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        defaults={
            "kind": kind,
            "title": title[:300],
            "excerpt": text[:300],
            "url": url,
            "grams": grams(f"{title}\n{text}"),
            "updated_at": now(),
        },
    )
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_pairs WHERE rowid = %s", [entry.pk])
            cursor.execute("INSERT INTO search_pairs (rowid, grams) VALUES (%s, %s)", [entry.pk, entry.grams])
    return entry


@transaction.atomic
def forget(subject: models.Model) -> None:
    """Take this thing out of the index, because it is no longer public. Not being there is fine."""
    entries = SearchEntry.objects.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk)
    keys = list(entries.values_list("pk", flat=True))
    if connection.vendor == "sqlite" and keys:
        with connection.cursor() as cursor:
            cursor.executemany("DELETE FROM search_pairs WHERE rowid = %s", [[key] for key in keys])
    entries.delete()
