"""Whole pages kept for visitors: who is not signed in and brings no cookie sees what everybody sees."""

from __future__ import annotations

from collections.abc import Callable

from django.core.cache import cache
from django.http import HttpResponse

from tomoni.ui.requests import Request

SECONDS = 60  # menus and the city's colours show a change at the latest after this


def for_visitors(request: Request, name: str, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """The page of that name from the cache, or made by `answer`. People with cookies always get their own.

    `name` says everything the content depends on. Queries in the address are endless, so they are never kept.
    """
    if request.COOKIES or request.META.get("QUERY_STRING") or request.htmx:
        return answer()
    key = f"page-for-visitors:{name}"
    kept: bytes | None = cache.get(key)
    if kept is None:
        made = answer()
        if made.status_code == 200:
            cache.set(key, made.content, SECONDS)
        return made
    response = HttpResponse(kept)
    response["Vary"] = "HX-Request"
    return response
