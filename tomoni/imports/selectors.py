"""Reads about batches, choices and aliases. Lists never load what a batch has read."""

from __future__ import annotations

from django.db.models import QuerySet

from tomoni.imports.models import Alias, Batch, Choice
from tomoni.parties.actor import Actor
from tomoni.parties.permissions import Permission

HEAVY = ("document", "grid", "changes")


def visible_to(actor: Actor) -> QuerySet[Batch]:
    """The batches of this municipality for those who may read imports, newest first; none for others."""
    if not actor.may(Permission.IMPORT_READ):
        return Batch.objects.none()
    return Batch.objects.select_related("file", "uploaded_by").order_by("-uploaded_at", "-pk")


def listed(actor: Actor, *, target: str) -> QuerySet[Batch]:
    """The same for lists: without the heavy columns."""
    return visible_to(actor).filter(target=target).defer(*HEAVY)


def in_force_with(sha256: str, *, target: str) -> Batch | None:
    """The batch by which the same bytes are in force already, newest first."""
    return (
        Batch.objects.filter(file__sha256=sha256, target=target, committed_at__isnull=False, undone_at=None)
        .defer(*HEAVY)
        .order_by("-committed_at")
        .first()
    )


def choices_of(batch: Batch) -> dict[str, Choice]:
    """What has been decided, by pointer, with who decided it."""
    return {choice.pointer: choice for choice in Choice.objects.filter(batch=batch).select_related("by")}


def choices_since(batch: Batch, revision: int) -> list[Choice]:
    """What others have decided after the revision somebody saw, in the order it happened."""
    return list(
        Choice.objects.filter(batch=batch, revision__gt=revision).select_related("by").order_by("revision", "pk")
    )


def aliases() -> QuerySet[Alias]:
    """All spellings this municipality has explained, by kind and spelling."""
    return Alias.objects.order_by("kind", "spelling")


def meanings(kind: str) -> dict[str, str]:
    """Spelling -> meaning of one kind."""
    return dict(Alias.objects.filter(kind=kind).values_list("spelling", "meaning"))
