"""Writing down what happened."""

from __future__ import annotations

from typing import Any

from django.db import models

from tomoni.history.models import Event
from tomoni.kernel.clock import now
from tomoni.parties.actor import Actor


def record(  # noqa: PLR0913 - the columns of one line of history, all by name
    verb: str,
    subject: models.Model,
    *,
    by: Actor,
    was: str = "",
    note: str = "",
    is_public: bool = False,
    to: str = "",
    **details: Any,
) -> Event:
    """Write one line: `verb` happened to `subject`, done by `by`. `was` and `to` are states; details become JSON."""
    seat = by.acts_for
    event = Event(
        verb=verb,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        actor_id=by.user,
        actor_name=by.name,
        acting_for_id=seat.party if seat else None,
        at=now(),
        was=was,
        now=to,
        note=note,
        is_public=is_public,
        details=details,
    )
    event.save()
    return event
