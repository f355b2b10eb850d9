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
        current = "page" if path == url else "true" if path.startswith(url) else ""
        links.append({"label": entry.label, "note": entry.note, "url": url, "current": current})
    return links


def frame(request: HttpRequest) -> dict[str, Any]:
    """`menu`, `work_menu`, `acts_for` and `home_url` for the municipality of the address; no menus outside of one."""
    municipality = getattr(request, "municipality", None)
    if municipality is None:
        return {"menu": [], "work_menu": [], "acts_for": "", "home_url": reverse("cities")}
    actor = request.actor  # type: ignore[attr-defined]  # set by ActorMiddleware
    at_work = tuple(e for e in AT_WORK if actor.is_signed_in and e.permission and actor.may(e.permission))
    seat = actor.acts_for
    return {
        "menu": _links(PUBLIC, municipality.slug, request.path),
        "work_menu": _links(at_work, municipality.slug, request.path),
        "acts_for": seat.party_name if seat else "",
        "home_url": reverse("home", kwargs={"municipality": municipality.slug}),
    }
