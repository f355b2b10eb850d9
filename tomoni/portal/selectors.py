"""What the portal reads: the municipalities, and whether the ground we stand on is sound."""

from __future__ import annotations

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.models import QuerySet
from django.db.utils import Error

from tomoni.history.models import Notice
from tomoni.parties.actor import Actor
from tomoni.search.models import SearchEntry
from tomoni.tenants.models import Municipality


def municipalities() -> QuerySet[Municipality]:
    """All municipalities served here, by their national code."""
    return Municipality.objects.order_by("code")


def told(actor: Actor) -> QuerySet[Notice]:
    """What this person was told lately, newest first."""
    return Notice.objects.filter(user=actor.user).select_related("event").order_by("-pk")[:20]


def newest(count: int) -> QuerySet[SearchEntry]:
    """What became public or changed lately."""
    return SearchEntry.objects.order_by("-updated_at", "-pk")[:count]


def what_is_missing() -> list[str]:
    """Why this installation cannot serve yet, in words for the operator; empty when it can."""
    connection = connections[DEFAULT_DB_ALIAS]
    try:
        executor = MigrationExecutor(connection)
        unapplied = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error as problem:
        return [f"database: {type(problem).__name__}"]
    return [f"migration not applied: {migration}" for migration, _backwards in unapplied]
