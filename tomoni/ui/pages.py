"""Answering with a whole page or, to htmx, with the part it asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from tomoni.ui.requests import Request

PER_PAGE = 20


def paged(request: Request, rows: QuerySet[Any], *, per: int = PER_PAGE) -> Page[Any]:
    """The page of a list the address asks for; the nearest one when there is none of that number."""
    return Paginator(rows, per).get_page(request.GET.get("page"))


def narrowing(request: Request) -> str:
    """How the list is narrowed, for the links to its other pages: "" or "form=grant&"."""
    rest = request.GET.copy()
    rest.pop("page", None)
    return f"{rest.urlencode()}&" if rest else ""


def options(labels: Mapping[str, Any] | Iterable[tuple[Any, Any]]) -> list[dict[str, Any]]:
    """The choices of a field by which a list is narrowed, from values and their words."""
    pairs = labels.items() if isinstance(labels, Mapping) else labels
    return [{"value": value, "label": label} for value, label in pairs]


def page(
    request: Request, template: str, context: dict[str, Any] | None = None, *, part: str = "", status: int = 200
) -> HttpResponse:
    """Render the page, or only `part` when htmx asked and a part is named."""
    chosen = part if part and request.htmx else template
    response = render(request, chosen, context or {}, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response
