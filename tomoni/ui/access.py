"""Every page declares who may open it: @needs(permission) or @open_to_all. A test walks the addresses and checks."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from tomoni.ui.requests import Request

View = Callable[..., HttpResponseBase]
OPEN = "open_to_all"
SIGNED_IN = "signed_in"


def _in_its_city(request: Request, kwargs: dict[str, Any]) -> None:
    """An address that names a municipality we do not serve is nowhere."""
    if "municipality" in kwargs and getattr(request, "municipality", None) is None:
        raise Http404


def open_to_all(view: View) -> View:
    """Anybody may open this page, signed in or not."""

    @wraps(view)
    def opened(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        _in_its_city(request, kwargs)
        return view(request, *args, **kwargs)

    opened.access = OPEN  # type: ignore[attr-defined]  # read by the test that walks the addresses
    return opened


def needs(permission: str) -> Callable[[View], View]:
    """Only people with this permission in some party of the city; visitors are asked to sign in first."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
            _in_its_city(request, kwargs)
            if not request.actor.is_signed_in:
                return _signed_out(request)
            if not request.actor.may(permission):
                return refused(
                    request, _("このページは、いまの役割では開けません。協働の担当課に問い合わせてください。")
                )
            return view(request, *args, **kwargs)

        guarded.access = permission  # type: ignore[attr-defined]  # read by the test that walks the addresses
        return guarded

    return decorate


def signed_in(view: View) -> View:
    """Anybody who has signed in: pages about oneself, which show no row of anybody else."""

    @wraps(view)
    def entered(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        _in_its_city(request, kwargs)
        if not request.actor.is_signed_in:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    entered.access = SIGNED_IN  # type: ignore[attr-defined]  # read by the test that walks the addresses
    return entered


def _signed_out(request: Request) -> HttpResponse:
    """To the sign-in; a page that saves by itself is told instead, or the form to sign in would stand inside it."""
    if not request.htmx:
        return redirect_to_login(request.get_full_path())
    answer = render(request, "ui/_signed_out.html", status=422)
    answer["HX-Retarget"], answer["HX-Reswap"] = "#signed-out", "innerHTML"
    return answer


def refused(request: Request, reason: str) -> HttpResponse:
    """The page that says in a sentence why not (403)."""
    return render(request, "ui/refused.html", {"reason": reason}, status=403)
