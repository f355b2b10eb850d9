"""What can be taken away from a proposal as a file: the receipt, the notice of the decision, and its attachments."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tomoni.files.downloads import download
from tomoni.files.kinds import FileRefused
from tomoni.files.papers import pdf
from tomoni.files.permissions import may_open
from tomoni.files.services import MAX_BYTES
from tomoni.kernel.clock import now
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.permissions import Permission
from tomoni.proposals import selectors
from tomoni.proposals.forms import FileForm
from tomoni.proposals.models import Proposal, deciding_parties
from tomoni.proposals.services import writing
from tomoni.proposals.views.proposals import answers_of, budget_of, shown
from tomoni.proposals.workflow import State
from tomoni.ui.access import needs, refused
from tomoni.ui.dates import day
from tomoni.ui.requests import Request


@needs(Permission.PROPOSAL_READ)
def receipt(request: Request, municipality: str, pk: int) -> HttpResponse:
    """The receipt, once it was handed in."""
    proposal = get_object_or_404(selectors.visible_to(request.actor).exclude(submitted_on=None), pk=pk)
    if proposal.state == State.DRAFT:
        raise Http404
    rows = budget_of(proposal)
    facts = proposal.facts()
    told = {
        **_letter(request, proposal),
        "title": _("提案書の受付"),
        "on": day(proposal.submitted_on),
        "lead": _("次の提案を受け付けました。この紙は、受け付けた内容の控えです。"),
        "budget_title": _("予算"),
        "budget_head": [_("区分"), _("科目と内容"), _("金額")],
        "budget": rows,
        "sums": [
            {"label": _("収入の合計"), "amount": facts.income},
            {"label": _("支出の合計"), "amount": facts.spending},
            {"label": _("市に求める金額"), "amount": proposal.asked},
        ],
        "answers": [{"label": each.label, "text": "\n".join(each.lines)} for each in answers_of(proposal)],
    }
    return _paper(pdf("proposals/receipt", told), f"receipt-{proposal.number}.pdf")


@needs(Permission.PROPOSAL_READ)
def notice(request: Request, municipality: str, pk: int) -> HttpResponse:
    """The notice of the decision with its reasons."""
    decided = selectors.visible_to(request.actor).filter(state__in=[State.ADOPTED, State.DECLINED])
    proposal = get_object_or_404(decided, pk=pk)
    told = {
        **_letter(request, proposal),
        "title": _("審査結果のお知らせ"),
        "on": day(proposal.decided_on),
        "lead": _("提案の審査の結果を、次のとおりお知らせします。"),
        "reasons_title": _("理由"),
        "reasons": proposal.reasons,
    }
    told["rows"] = [*told["rows"], [_("結果"), proposal.state_label]]
    return _paper(pdf("proposals/notice", told), f"notice-{proposal.number}.pdf")


def _letter(request: Request, proposal: Proposal) -> dict[str, Any]:
    """What both papers say: from whom to whom, about which proposal."""
    city = request.municipality.name
    sender = proposal.department or next(iter(deciding_parties()), None)
    partners = [seat.party.name for seat in proposal.seats.all() if seat.agreed_at]
    rows = [
        [_("番号"), proposal.number],
        [_("募集"), f"{proposal.round.programme} {proposal.round}"],
        [_("事業名"), proposal.title],
        [_("提案者"), proposal.lead.name],
    ]
    if partners:
        rows.append([_("共同提案者"), "、".join(partners)])
    return {
        "city": city,
        "number": proposal.number,
        "to": _("%(party)s 様") % {"party": proposal.lead},
        "from": f"{city} {sender}" if sender else city,
        "rows": rows,
    }


def _paper(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


@needs(Permission.PROPOSAL_WRITE)
@require_POST
def attach(request: Request, municipality: str, pk: int) -> HttpResponse:
    """Attach a file to the proposal."""
    proposal = get_object_or_404(selectors.visible_to(request.actor), pk=pk)
    form = FileForm(request.POST, request.FILES, prefix="file")
    if form.is_valid():
        sent = form.cleaned_data["file"]
        content = sent.read() if sent.size <= MAX_BYTES else b""
        try:
            writing.attach_file(proposal, content, name=sent.name, at=now(), by=request.actor)
        except (FileRefused, NotAllowed) as problem:
            form.add_error("file", str(problem))
        else:
            messages.success(request, _("ファイルを添付しました。"))
            return redirect(proposal)
    return shown(request, proposal, sent={"file": form})


@needs(Permission.PROPOSAL_READ)
def attachment(request: Request, municipality: str, pk: int, stored: int) -> HttpResponseBase:
    """Hand out an attachment to those who may read the proposal."""
    proposal = get_object_or_404(selectors.visible_to(request.actor), pk=pk)
    held = get_object_or_404(selectors.attached_to(proposal), pk=stored)
    if not (decision := may_open(request.actor, held, is_involved=True)):
        return refused(request, decision.reason)
    return download(held)


@needs(Permission.PROPOSAL_WRITE)
@require_POST
def detach(request: Request, municipality: str, pk: int, stored: int) -> HttpResponse:
    """Take an attachment away again."""
    proposal = get_object_or_404(selectors.visible_to(request.actor), pk=pk)
    held = get_object_or_404(selectors.attached_to(proposal), pk=stored)
    try:
        writing.remove_file(proposal, held, by=request.actor)
    except NotAllowed as problem:
        return refused(request, str(problem))
    messages.success(request, _("添付を外しました。"))
    return redirect(proposal)
