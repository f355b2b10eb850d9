"""Where people arrive: the list of municipalities, a municipality's home, its accessibility policy; and the watchers."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import cache_control, never_cache

from tomoni.portal import selectors
from tomoni.ui.access import open_to_all
from tomoni.ui.pages import page
from tomoni.ui.requests import Request


@open_to_all
def cities(request: Request) -> HttpResponse:
    """Every municipality served here."""
    return page(request, "portal/cities.html", {"cities": selectors.municipalities()})


@open_to_all
def home(request: Request, municipality: str) -> HttpResponse:
    """What one can do in this municipality."""
    return page(request, "portal/home.html")


@open_to_all
def accessibility(request: Request, municipality: str) -> HttpResponse:
    """What we aim at, what is known to fall short, and whom to tell."""
    return page(request, "portal/accessibility.html")


@open_to_all
@never_cache
def healthz(request: Request) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@open_to_all
@never_cache
def readyz(request: Request) -> JsonResponse:
    """The database answers and every migration is applied (200), or what is missing (503)."""
    missing = selectors.what_is_missing()
    return JsonResponse({"ready": not missing, "missing": missing}, status=503 if missing else 200)


@open_to_all
@cache_control(public=True, max_age=86400)
def robots(request: Request) -> HttpResponse:
    """Search engines may read all but sign-in and the gallery."""
    lines = ["User-agent: *", "Disallow: /accounts/", "Disallow: /_ui/", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain")
