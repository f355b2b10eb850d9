"""Putting something into the index, and taking it out. Only what everybody may read goes in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection, models, transaction
from django.db.models import QuerySet

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


@dataclass(frozen=True, slots=True)
class Findable:
    """One thing of many that are indexed together."""

    subject_id: int
    title: str
    text: str  # what it is found by, besides its title
    excerpt: str  # what people read beneath the title
    url: str


@transaction.atomic
def index_all(subject_type: str, things: Sequence[Findable], *, kind: str) -> None:
    """Index many things of one table in a handful of queries; each replaces what was there of it."""
    _drop(SearchEntry.objects.filter(subject_type=subject_type, subject_id__in=[each.subject_id for each in things]))
    rows = SearchEntry.objects.bulk_create(
        SearchEntry(
            kind=kind,
            subject_type=subject_type,
            subject_id=each.subject_id,
            title=each.title[:300],
            excerpt=each.excerpt[:300],
            url=each.url,
            grams=grams(f"{each.title}\n{each.text}"),
            updated_at=now(),
        )
        for each in things
    )
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT OR REPLACE INTO search_pairs (rowid, grams) VALUES (%s, %s)",
                [(row.pk, row.grams) for row in rows],
            )


@transaction.atomic
def forget(subject: models.Model) -> None:
    """Take this thing out of the index, because it is no longer public. Not being there is fine."""
    _drop(SearchEntry.objects.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk))


def _drop(entries: QuerySet[SearchEntry]) -> None:
    keys = list(entries.values_list("pk", flat=True))
    if connection.vendor == "sqlite" and keys:
        with connection.cursor() as cursor:
            cursor.executemany("DELETE FROM search_pairs WHERE rowid = %s", [(key,) for key in keys])
    entries.delete()
