"""Reads about parties that the apps above need."""

from __future__ import annotations

from django.db.models import QuerySet

from tomoni.parties.models import Party, Succession


def departments() -> QuerySet[Party]:
    """Departments of the city, those that have ended included, by name."""
    return Party.objects.exclude(parent=None).order_by("name")


def story_of(department: Party) -> QuerySet[Succession]:
    """What this department was before and what it became, oldest first."""
    lines = Succession.objects.filter(before=department) | Succession.objects.filter(after=department)
    return lines.select_related("before", "after").order_by("on", "pk")
