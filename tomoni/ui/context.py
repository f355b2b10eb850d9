"""What the frame of every page needs: the menus this person sees, and which entry is the present one."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from tomoni.ui.menu import AT_WORK, PUBLIC, Entry


def _links(entries: tuple[Entry, ...], slug: str, path: str) -> list[dict[str, Any]]:
    links = []
    for entry in entries:
        url = reverse(entry.url_name, kwargs={"municipality": slug})
        links.append({"label": entry.label, "url": url, "current": path.startswith(url)})
    return links


def frame(request: HttpRequest) -> dict[str, Any]:
    """`menu` and `work_menu` for the municipality of the address; nothing outside of one."""
    municipality = getattr(request, "municipality", None)
    if municipality is None:
        return {"menu": [], "work_menu": []}
    actor = request.actor  # type: ignore[attr-defined]  # set by ActorMiddleware
    at_work = tuple(e for e in AT_WORK if actor.is_signed_in and e.permission and actor.may(e.permission))
    return {
        "menu": _links(PUBLIC, municipality.slug, request.path),
        "work_menu": _links(at_work, municipality.slug, request.path),
    }
