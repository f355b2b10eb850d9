"""Finds the municipality in the first part of the address and keeps its scope open for the whole request."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from tomoni.tenants.models import Municipality
from tomoni.tenants.scope import scope


class MunicipalityMiddleware:
    """Sets request.municipality. Addresses that begin with no municipality run without a scope."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        first, *rest = request.path_info.removeprefix("/").split("/", 1)
        slug = first if rest else ""  # /healthz has no second part: it must answer without the database
        municipality = Municipality.objects.filter(slug=slug).first() if slug else None
        request.municipality = municipality  # type: ignore[attr-defined]  # ui.requests.Request declares it
        if municipality is None:
            return self.get_response(request)
        with scope(municipality):
            return self.get_response(request)
