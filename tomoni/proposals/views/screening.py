"""Screening: the page of a round's screeners and of the division, and the sheet on which one screener gives marks."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from tomoni.cases.services import RulesBroken
from tomoni.kernel.clock import now
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.permissions import Permission
from tomoni.proposals import permissions, selectors
from tomoni.proposals.forms import ConflictForm, MarksForm
from tomoni.proposals.models import Marks, Proposal
from tomoni.proposals.screening import Cell, Screen, screen_of
from tomoni.proposals.services import marks as services
from tomoni.proposals.tally import shown as plain_number
from tomoni.proposals.views.proposals import answers_of, budget_of
from tomoni.ui.access import needs, refused
from tomoni.ui.pages import page
from tomoni.ui.requests import Request


@needs(Permission.PROPOSAL_READ)
@never_cache
def screening(request: Request, municipality: str, pk: int) -> HttpResponse:
    """Who has handed in; and, once all are in, every mark and every step of the tally."""
    call = get_object_or_404(selectors.rounds(), pk=pk)
    if not (decision := permissions.may_screen(request.actor, call)):
        return refused(request, decision.reason)
    screen = screen_of(call)
    shown: dict[str, Any] = {
        "call": call,
        "screen": screen,
        "is_screener": permissions.is_screener(request.actor, call),
    }
    if screen:
        shown |= {"rows": _rows(screen, request), "people": _people(screen), "rule": screen.book.screening}
        shown |= {"findings": screen.counted().findings if screen.is_complete and _reads_all(screen, request) else ()}
    return page(request, "proposals/screening.html", shown)


def _reads_all(screen: Screen, request: Request) -> bool:
    return all(screen.may_be_read_by(request.actor, each) for each in screen.proposals)


def _people(screen: Screen) -> list[dict[str, Any]]:
    """Each screener, and of how many proposals they have handed in; never what."""
    names = screen.names()
    return [
        {
            "name": names[user.pk],
            "done": sum(cell.is_in for cell in screen.cells if cell.screener.pk == user.pk),
            "all": sum(cell.screener.pk == user.pk for cell in screen.cells),
        }
        for user in screen.screeners
    ]


def _rows(screen: Screen, request: Request) -> list[dict[str, Any]]:
    """Each proposal with one's own cell; with result and steps where this reader may see them."""
    results = {each.proposal: each for each in screen.counted().results} if screen.is_complete else {}
    rows = []
    for proposal in screen.proposals:
        cells = [cell for cell in screen.cells if cell.proposal.pk == proposal.pk]
        readable = screen.is_complete and screen.may_be_read_by(request.actor, proposal)
        result = results.get(str(proposal.pk)) if readable else None
        rows.append(
            {
                "proposal": proposal,
                "mine": next((cell for cell in cells if cell.screener.pk == request.actor.user), None),
                "result": result,
                "percent": plain_number(result.percent) if result else "",
                "readable": readable,
                "marks": _marks(screen, cells) if readable else [],
                "lines": _lines(screen, cells) if readable else [],
            }
        )
    return sorted(rows, key=lambda row: (row["result"].rank if row["result"] else 10**6, row["proposal"].pk))


def _marks(screen: Screen, cells: list[Cell]) -> list[dict[str, Any]]:
    names = screen.names()
    return [
        {
            "name": names[cell.screener.pk],
            "is_out": cell.is_out,
            "comment": cell.marks.comment if cell.marks else "",
        }
        for cell in cells
    ]


def _lines(screen: Screen, cells: list[Cell]) -> list[dict[str, Any]]:
    """One line for each criterion with everybody's points; a dash where they do not count."""
    return [
        {
            "label": each.label,
            "points": [
                "-" if cell.is_out or not cell.marks else cell.marks.points.get(each.key, "-") for cell in cells
            ],
        }
        for each in screen.book.screening.criteria
    ]


@needs(Permission.PROPOSAL_SCREEN)
@never_cache
def marks(request: Request, municipality: str, pk: int) -> HttpResponse:
    """One's own marks for one proposal beside what it says: keep, hand in, take back, or declare an interest."""
    proposal = get_object_or_404(selectors.visible_to(request.actor), pk=pk)
    if not permissions.is_screener(request.actor, proposal.round):
        return refused(request, _("採点できるのは、この募集の審査委員だけです。"))
    held = selectors.marks_by(request.actor, proposal)
    if request.method == "POST":
        return _sent(request, proposal, held)
    return _sheet(request, proposal, held, form=_form(proposal, held), conflict=ConflictForm(prefix="conflict"))


def _form(proposal: Proposal, held: Marks | None) -> MarksForm:
    initial: dict[str, Any] = {f"c_{key}": value for key, value in held.points.items()} if held else {}
    initial |= {"comment": held.comment, "group": held.group} if held else {}
    return MarksForm(initial=initial, book=proposal.rulebook.book)


def _sent(request: Request, proposal: Proposal, held: Marks | None) -> HttpResponse:
    form = MarksForm(request.POST, book=proposal.rulebook.book)
    conflict = ConflictForm(request.POST if "conflict" in request.POST else None, prefix="conflict")
    told: list[str] = []
    try:
        if done := _done(request, proposal, form, conflict):
            messages.success(request, done)
            return redirect("screening", request.municipality.slug, proposal.round_id)
    except RulesBroken as problem:
        told = [finding.message for finding in problem.findings]
    except NotAllowed as problem:
        told = [str(problem)]
    if conflict.is_bound or "take_back" in request.POST:
        form = _form(proposal, held)
    return _sheet(request, proposal, held, form=form, conflict=conflict, told=told)


def _done(request: Request, proposal: Proposal, form: MarksForm, conflict: ConflictForm) -> str:
    """Do what the pressed button says; "" when what was typed cannot be taken."""
    if "take_back" in request.POST:
        services.take_back(proposal, by=request.actor)
        return _("採点を取り戻しました。直して、もう一度出してください。")
    if conflict.is_bound:
        if not conflict.is_valid():
            return ""
        services.declare_conflict(proposal, reason=conflict.cleaned_data["reason"], by=request.actor)
        return _("利害関係を申し出ました。あなたの採点は数えません。")
    if not form.is_valid():
        return ""
    given = services.Points(form.points(), form.cleaned_data["comment"], form.cleaned_data.get("group", ""))
    if "hand_in" in request.POST:
        services.hand_in(proposal, given, at=now(), by=request.actor)
        return _("採点を出しました。")
    services.keep_marks(proposal, given, by=request.actor)
    return _("採点を保存しました。まだ出していません。")


def _sheet(
    request: Request,
    proposal: Proposal,
    held: Marks | None,
    *,
    form: MarksForm,
    conflict: ConflictForm,
    told: list[str] | None = None,
) -> HttpResponse:
    wrong = bool(told) or form.is_bound or conflict.is_bound
    shown = {
        "proposal": proposal,
        "marks": held,
        "form": form,
        "conflict": conflict,
        "told": told or [],
        "may_mark": permissions.may_mark(request.actor, proposal, held),
        "answers": answers_of(proposal),
        "budget": budget_of(proposal),
        "files": list(selectors.attached_to(proposal)),
        "rule": proposal.rulebook.book.screening,
    }
    return page(request, "proposals/marks.html", shown, status=422 if wrong else 200)
