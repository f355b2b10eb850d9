"""Beginning an agreement, choosing its form with reasons, and writing its draft."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from tomoni.agreements import permissions, selectors, services
from tomoni.agreements.content import differences
from tomoni.agreements.fitting import Need, fitting
from tomoni.agreements.forms import (
    BeginForm,
    ChoiceForm,
    DraftForm,
    DutyFormSet,
    DutyRows,
    ShareFormSet,
    ShareRows,
    SituationForm,
)
from tomoni.agreements.freezing import content_of
from tomoni.agreements.models import Agreement, Side
from tomoni.agreements.views.shown import watched
from tomoni.kernel.clock import today
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.permissions import Permission
from tomoni.rulebooks.selectors import book_of
from tomoni.ui.access import needs, refused
from tomoni.ui.pages import page
from tomoni.ui.requests import Request


def number_in(request: Request, name: str) -> int:
    """The row a link names; 0 for none and for what is no number."""
    told = request.GET.get(name, "")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 18 else 0


def begin_form(request: Request, initial: dict[str, Any]) -> BeginForm:
    """The two sides to choose from; where this person acts for only one party, it is chosen already."""
    book = book_of(request.municipality, today())
    rows = {side: selectors.parties_of(side, book) for side in Side.values}
    own = selectors.acting_parties(request.actor)
    for side, parties in rows.items():
        mine = [party for party in parties if party.pk in own]
        if len(mine) == 1:
            initial.setdefault(side, mine[0])
    return BeginForm(request.POST or None, initial=initial, **rows)


@needs(Permission.AGREEMENT_WRITE)
def agreement_new(request: Request, municipality: str) -> HttpResponse:
    """Begin a draft: from an adopted proposal, from a check that said yes, or freely."""
    proposal = selectors.adopted_proposals(request.actor).filter(pk=number_in(request, "proposal")).first()
    check = selectors.suited_checks(request.actor).filter(pk=number_in(request, "suitability")).first()
    initial: dict[str, Any] = {}
    if check:
        initial = {"title": check.title, "civic": check.civic, "city": check.city}
        proposal = proposal or check.proposal
    elif proposal:
        initial = {"title": proposal.title, "civic": proposal.lead}
        initial |= {"city": proposal.department} if proposal.department else {}
    form = begin_form(request, initial)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        new = Agreement(title=told["title"], proposal=proposal, suitability=check)
        try:
            begun = services.begin_agreement(new, civic=told["civic"], city=told["city"], on=today(), by=request.actor)
        except NotAllowed as problem:
            form.add_error(None, str(problem))
        else:
            return redirect("agreement-choose", municipality=municipality, pk=begun.pk)
    shown = {
        "form": form,
        "proposal": proposal,
        "check": check,
        "proposals": [] if proposal or check else selectors.adopted_proposals(request.actor)[:10],
    }
    return page(request, "agreements/begin.html", shown, status=422 if form.is_bound else 200)


@needs(Permission.AGREEMENT_WRITE)
def choose(request: Request, municipality: str, pk: int) -> HttpResponse:
    """Which forms fit and why; the choice and its reasons are written by people."""
    held = get_object_or_404(selectors.visible_to(request.actor), pk=pk)
    if not (decision := permissions.may_write(request.actor, held)):
        return refused(request, decision.reason)
    book = held.rulebook.book
    asked = SituationForm(request.GET if "ask" in request.GET else {"needs": _likely(held)}, book=book)
    form = ChoiceForm(
        request.POST or None, agreement=held, initial=_present(held, "form_kind", "form_reason", "partner_reason")
    )
    overtaken = None
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        try:
            services.write_draft(held, told, revision=told.pop("revision"), by=request.actor)
        except services.Overtaken as late:
            overtaken = late
            form = _again(ChoiceForm, request, late.present)
        else:
            messages.success(request, _("協働の形態を選びました。続けて案を書いてください。"))
            return redirect("agreement-write", municipality=municipality, pk=pk)
    shown = {
        "agreement": held,
        "asked": asked,
        "fits": fitting(book, asked.situation()),
        "side": permissions.reader_side(request.actor, held),
        "form": form,
        "overtaken": overtaken,
        "changes": _changes(held, overtaken),
    }
    return page(request, "agreements/choose.html", shown, status=422 if form.is_bound else 200)


def _likely(held: Agreement) -> list[str]:
    """What the draft already says: the city's money is a beginning."""
    pays = any(row["side"] == Side.CITY and row["amount"] for row in held.shares)
    return [Need.MONEY.value] if pays else []


def _present(held: Agreement, *names: str) -> dict[str, Any]:
    return {"revision": held.revision, **{name: getattr(held, name) for name in names}}


def _again(kind: type[Any], request: Request, present: Agreement) -> Any:
    """What was typed once more, now against the draft as it stands: saving again is a decision."""
    typed = request.POST.copy()
    typed["revision"] = str(present.revision)
    return kind(typed, agreement=present)


def _changes(opened: Agreement, late: services.Overtaken | None) -> list[Any]:
    """How the draft reads now, against nothing: the person compares it with what they typed."""
    if late is None:
        return []
    blank = Agreement(rulebook=opened.rulebook, civic=opened.civic, city=opened.city)
    return differences(content_of(blank), content_of(late.present))


@needs(Permission.AGREEMENT_WRITE)
def write(request: Request, municipality: str, pk: int) -> HttpResponse:
    """Write the draft: purpose, duties, costs and shares, period, clauses of the form."""
    held = get_object_or_404(selectors.visible_to(request.actor), pk=pk)
    if not (decision := permissions.may_write(request.actor, held)):
        return refused(request, decision.reason)
    sent = request.POST or None
    form = DraftForm(sent, agreement=held, initial=_present(held, "title", "purpose", "starts", "ends", "total"))
    names = {"names": {side: held.side_party(side).name for side in Side.values}}
    duties = DutyFormSet(sent, initial=held.duties, prefix="duties", form_kwargs=names)
    shares = ShareFormSet(sent, initial=held.shares, prefix="shares", form_kwargs=names)
    overtaken = None
    if sent and form.is_valid() and duties.is_valid() and shares.is_valid():
        values = {**form.values(), "duties": duties.rows(), "shares": shares.rows()}
        try:
            services.write_draft(held, values, revision=form.cleaned_data["revision"], by=request.actor)
        except services.Overtaken as late:
            overtaken = late
            form = _again(DraftForm, request, late.present)
        else:
            messages.success(request, _("案を保存しました。"))
            return redirect(held)
    shown = {
        "agreement": held,
        "form": form,
        "duties": duties,
        "shares": shares,
        "wrong": [_("役割分担と費用の分担に、直すところがあります。")] if _has_wrong_rows(duties, shares) else [],
        "watch": watched(request, held),
        "overtaken": overtaken,
        "changes": _changes(held, overtaken),
        "last": selectors.last_writing(held),
    }
    return page(request, "agreements/write.html", shown, status=422 if sent else 200)


def _has_wrong_rows(*sets: DutyRows | ShareRows) -> bool:
    return any(rows.is_bound and rows.total_error_count() for rows in sets)
