"""Finding: all words must be there, each as it was written, on SQLite and on PostgreSQL."""

from __future__ import annotations

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from tomoni.search.grams import asked
from tomoni.search.models import SearchEntry


def found(query: str, *, kind: str = "") -> QuerySet[SearchEntry]:
    """Entries of the municipality in scope that hold every word of the query, newest first; none for an empty query."""
    phrases = asked(query)
    if not phrases:
        return SearchEntry.objects.none()
    entries = SearchEntry.objects.filter(pk__in=_matching(phrases))
    return (entries.filter(kind=kind) if kind else entries).order_by("-updated_at", "-pk")


def _matching(phrases: list[list[str]]) -> RawSQL:
    """The keys of matching rows as a sub-select in the words of the database; values are always parameters."""
    if connection.vendor == "sqlite":
        match = " AND ".join(_fts_phrase(phrase) for phrase in phrases)
        return RawSQL("SELECT rowid FROM search_pairs WHERE search_pairs MATCH %s", [match])
    query = " & ".join(_ts_phrase(phrase) for phrase in phrases)
    return RawSQL(
        "SELECT id FROM search_searchentry WHERE to_tsvector('simple', grams) @@ to_tsquery('simple', %s)", [query]
    )


def _fts_phrase(phrase: list[str]) -> str:
    if len(phrase) == 1 and len(phrase[0]) == 1:
        return f'"{phrase[0]}" *'
    return '"' + " ".join(phrase) + '"'


def _ts_phrase(phrase: list[str]) -> str:
    if len(phrase) == 1 and len(phrase[0]) == 1:
        return f"'{phrase[0]}':*"
    return "(" + " <-> ".join(f"'{pair}'" for pair in phrase) + ")"
