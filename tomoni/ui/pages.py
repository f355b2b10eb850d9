"""Answering with a whole page or, to htmx, with the part it asked for."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from tomoni.ui.requests import Request


def page(
    request: Request, template: str, context: dict[str, Any] | None = None, *, part: str = "", status: int = 200
) -> HttpResponse:
    """Render the page, or only `part` when htmx asked and a part is named."""
    chosen = part if part and request.htmx else template
    response = render(request, chosen, context or {}, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response
