"""Puts the actor on the request; the seats are read only when somebody asks for them."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import SimpleLazyObject

from tomoni.kernel.clock import today
from tomoni.parties.actor import NOBODY, Actor, actor_for


class ActorMiddleware:
    """Sets request.actor: nobody outside a municipality, else the signed-in person with their seats."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        def find() -> Actor:
            in_city = getattr(request, "municipality", None) is not None
            return actor_for(request.user, on=today()) if in_city else NOBODY

        request.actor = SimpleLazyObject(find)  # type: ignore[attr-defined]  # ui.requests.Request declares it
        return self.get_response(request)
