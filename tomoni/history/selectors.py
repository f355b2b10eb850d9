"""Reading what happened."""

from __future__ import annotations

from django.db import models
from django.db.models import QuerySet

from tomoni.history.models import Event


def story_of(subject: models.Model) -> QuerySet[Event]:
    """All that happened to a thing, newest first, with the party it was done for."""
    return (
        Event.objects.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk)
        .select_related("acting_for")
        .order_by("-at", "-pk")
    )
