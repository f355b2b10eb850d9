"""The component gallery, and the stylesheet that carries a municipality's colour."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.cache import cache_control

from tomoni.kernel.colour import shades
from tomoni.ui.access import open_to_all
from tomoni.ui.gallery import samples
from tomoni.ui.pages import page
from tomoni.ui.requests import Request


@open_to_all
def gallery(request: Request) -> HttpResponse:
    """Every component in every condition, for people who build pages and for the accessibility tests."""
    return page(request, "ui/gallery.html", samples())


@open_to_all
@cache_control(public=True, max_age=3600)
def theme(request: Request, municipality: str) -> HttpResponse:
    """The municipality's accent colour as a stylesheet, because the content policy forbids inline styles."""
    of = shades(request.municipality.accent)
    sheet = f":root{{--accent:{of.accent};--accent-dark:{of.dark};--accent-soft:{of.soft}}}"
    return HttpResponse(sheet, content_type="text/css")
