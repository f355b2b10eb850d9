"""Signing a version, and the steps of an agreement."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tomoni.agreements import selectors, services
from tomoni.agreements.forms import SignForm
from tomoni.agreements.views.shown import case_page
from tomoni.cases.pages import label_of
from tomoni.cases.services import RulesBroken
from tomoni.kernel.clock import now
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.permissions import Permission
from tomoni.ui.access import needs
from tomoni.ui.requests import Request


@needs(Permission.AGREEMENT_SIGN)
@require_POST
def sign(request: Request, municipality: str, pk: int) -> HttpResponse:
    """Sign the version that was read."""
    held = get_object_or_404(selectors.visible_to(request.actor), pk=pk)
    form = SignForm(request.POST)
    if not form.is_valid():
        unread = NotAllowed(_("「内容を読み、この版に署名します」に印を付けてください。"))
        return case_page(request, held, problem=unread)
    told = form.cleaned_data
    try:
        services.sign(held, number=told["number"], side=told["side"], at=now(), by=request.actor)
    except (NotAllowed, RulesBroken) as problem:
        held.refresh_from_db()
        return case_page(request, held, problem=problem)
    messages.success(request, _("第%(n)d版に署名しました。") % {"n": told["number"]})
    return redirect(held)


@needs(Permission.AGREEMENT_WRITE)
@require_POST
def step(request: Request, municipality: str, pk: int, step: str) -> HttpResponse:
    """Offer, reopen, change, keep, drop or end."""
    held = get_object_or_404(selectors.visible_to(request.actor), pk=pk)
    try:
        services.step_of_room(step, held, note=request.POST.get("note", ""), at=now(), by=request.actor)
    except LookupError as unknown:
        raise Http404 from unknown
    except (NotAllowed, RulesBroken) as problem:
        held.refresh_from_db()
        return case_page(request, held, problem=problem)
    messages.success(request, _("「%(step)s」を記録しました。") % {"step": label_of(held, step)})
    return redirect(held)
