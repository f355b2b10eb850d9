"""What the frame shows of all rooms: how much waits for the person who looks."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from tomoni.portal.rooms import count_waiting


def turns(request: HttpRequest) -> dict[str, Any]:
    """`waiting_count` for people who act for somebody here; nothing for visitors, outside of a city and for parts of pages."""
    actor = getattr(request, "actor", None)
    if (
        getattr(request, "municipality", None) is None
        or actor is None
        or not actor.seats
        or getattr(request, "htmx", False)
    ):
        return {}
    return {"waiting_count": count_waiting(actor)}
