"""What the frame shows of all rooms: how much waits for the person who looks."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from tomoni.portal.rooms import count_waiting


def turns(request: HttpRequest) -> dict[str, Any]:
    """`waiting_count` for people who act for somebody here; nothing for visitors, outside of a city and for parts of pages.

    A page is made of several templates and each asks for its context, so the count is kept for the request.
    """
    actor = getattr(request, "actor", None)
    if actor is None or not actor.seats or getattr(request, "municipality", None) is None:
        return {}
    if getattr(request, "htmx", False):
        return {}
    if not hasattr(request, "waiting_count"):
        request.waiting_count = count_waiting(actor)  # type: ignore[attr-defined]  # kept for the rest of this request
    return {"waiting_count": request.waiting_count}  # type: ignore[attr-defined]  # set above
