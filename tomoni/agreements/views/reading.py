"""Reading: the public list and page of concluded agreements, the list at work, one agreement, one version."""

from __future__ import annotations

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404

from tomoni.agreements import selectors
from tomoni.agreements.content import differences, in_words
from tomoni.agreements.models import Agreement
from tomoni.agreements.views.shown import case_page
from tomoni.parties.permissions import Permission
from tomoni.ui.access import needs, open_to_all
from tomoni.ui.pages import PER_PAGE, page, paged
from tomoni.ui.requests import Request


@open_to_all
def agreements(request: Request, municipality: str) -> HttpResponse:
    """Agreements that were concluded, for everybody."""
    found = paged(request, selectors.public())
    shown = {"found": found, "rows": selectors.rows_of(found), "works": request.actor.may(Permission.AGREEMENT_READ)}
    return page(request, "agreements/public_list.html", shown)


@needs(Permission.AGREEMENT_READ)
def at_work(request: Request, municipality: str) -> HttpResponse:
    """Checks and agreements this person has to do with, those that wait for them first."""
    found = paged(request, selectors.visible_to(request.actor))
    shown = {
        "found": found,
        "waiting": selectors.awaiting(request.actor),
        "checks": selectors.checks_visible_to(request.actor)[:PER_PAGE],
        "checks_waiting": selectors.checks_awaiting(request.actor),
        "may_begin": bool(selectors.acting_parties(request.actor)),
    }
    return page(request, "agreements/work.html", shown)


@open_to_all
def agreement(request: Request, municipality: str, pk: int) -> HttpResponseBase:
    """The room for the two sides and the division; for everybody else what is public of a concluded agreement."""
    held = selectors.visible_to(request.actor).filter(pk=pk).first()
    if held is not None:
        return case_page(request, held)
    return _public(request, selectors.public().filter(pk=pk).first())


def _public(request: Request, held: Agreement | None) -> HttpResponseBase:
    if held is None and not request.actor.is_signed_in:
        return redirect_to_login(request.get_full_path())
    if held is None:
        raise Http404
    return page(request, "agreements/public.html", selectors.rows_of([held])[0])


@needs(Permission.AGREEMENT_READ)
def version(request: Request, municipality: str, pk: int, number: int) -> HttpResponse:
    """One version as it was offered, and what it says otherwise than the one before."""
    held = get_object_or_404(selectors.visible_to(request.actor), pk=pk)
    versions = {each.number: each for each in selectors.versions_of(held)}
    if number not in versions:
        raise Http404
    earlier = max((each for each in versions if each < number), default=None)
    shown = {
        "agreement": held,
        "version": versions[number],
        "parts": in_words(versions[number].content),
        "before": earlier,
        "changes": differences(versions[earlier].content, versions[number].content) if earlier else [],
    }
    return page(request, "agreements/version.html", shown)
