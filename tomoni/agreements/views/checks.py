"""Suitability checks: begin, answer for one's own side, read both answers side by side, write the result."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tomoni.agreements import checking, permissions, selectors
from tomoni.agreements.forms import ANSWERS, AnswersForm, VerdictForm
from tomoni.agreements.models import Side, SuitabilityCheck
from tomoni.agreements.views.drafts import begin_form, number_in
from tomoni.history.selectors import story_of
from tomoni.kernel.clock import now, today
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.permissions import Permission
from tomoni.ui.access import needs
from tomoni.ui.pages import page
from tomoni.ui.requests import Request


@needs(Permission.AGREEMENT_WRITE)
def suitability_new(request: Request, municipality: str) -> HttpResponse:
    """Begin a check: freely, or of an adopted proposal."""
    proposal = selectors.adopted_proposals(request.actor).filter(pk=number_in(request, "proposal")).first()
    initial: dict[str, Any] = {"title": proposal.title, "civic": proposal.lead} if proposal else {}
    if proposal and proposal.department:
        initial["city"] = proposal.department
    form = begin_form(request, initial)
    if request.method == "POST" and form.is_valid():
        new = SuitabilityCheck(proposal=proposal, **form.cleaned_data)
        try:
            return redirect(checking.begin_check(new, on=today(), by=request.actor))
        except NotAllowed as problem:
            form.add_error(None, str(problem))
    shown = {"form": form, "proposal": proposal}
    return page(request, "agreements/check_begin.html", shown, status=422 if form.is_bound else 200)


@needs(Permission.AGREEMENT_READ)
def suitability(request: Request, municipality: str, pk: int) -> HttpResponse:
    """One check, as far as this person may see it now."""
    return _shown(request, get_object_or_404(selectors.checks_visible_to(request.actor), pk=pk))


@needs(Permission.AGREEMENT_WRITE)
@require_POST
def suitability_answer(request: Request, municipality: str, pk: int) -> HttpResponse:
    """Keep one's own answers, or hand them in."""
    held = get_object_or_404(selectors.checks_visible_to(request.actor), pk=pk)
    items = held.rulebook.book.examination
    form = AnswersForm(request.POST, items=items, known={})
    side = _open_side(request, held)
    if not form.is_valid():
        return _shown(request, held, sent=form)
    hands_in = "hand_in" in request.POST
    try:
        handed_in_at = now() if hands_in else None
        checking.answer(held, form.answers(), side=side, by=request.actor, handed_in_at=handed_in_at)
    except NotAllowed as problem:
        return _shown(request, held, sent=form, problem=problem)
    messages.success(request, _("答えを出しました。") if hands_in else _("答えを保存しました。まだ出していません。"))
    return redirect(held)


@needs(Permission.AGREEMENT_WRITE)
@require_POST
def suitability_decide(request: Request, municipality: str, pk: int) -> HttpResponse:
    """Write down what both decided."""
    held = get_object_or_404(selectors.checks_visible_to(request.actor), pk=pk)
    form = VerdictForm(request.POST)
    if not form.is_valid():
        return _shown(request, held, verdict=form)
    told = form.cleaned_data
    try:
        checking.decide(held, suited=told["suited"], reason=told["reason"], on=today(), by=request.actor)
    except NotAllowed as problem:
        return _shown(request, held, verdict=form, problem=problem)
    messages.success(request, _("結果を記録しました。"))
    return redirect(held)


def _open_side(request: Request, held: SuitabilityCheck) -> str:
    """The side this person still answers for; their first side when all is in, "" for nobody's."""
    own = permissions.sides_of(request.actor, held)
    return next((side for side in own if permissions.may_answer(request.actor, held, side)), own[0] if own else "")


def _shown(
    request: Request,
    held: SuitabilityCheck,
    *,
    sent: AnswersForm | None = None,
    verdict: VerdictForm | None = None,
    problem: Exception | None = None,
) -> HttpResponse:
    rows = {row.side: row for row in held.answers.all()}
    side = _open_side(request, held)
    may_answer = bool(side) and bool(permissions.may_answer(request.actor, held, side))
    own = rows[side].answers if side in rows else {}
    items = held.rulebook.book.examination
    opened = permissions.both_are_in(held)
    shown = {
        "check": held,
        "is_open": opened,
        "progress": [
            {"party": held.side_party(each), "handed_in_at": rows[each].handed_in_at if each in rows else None}
            for each in Side.values
        ],
        "form": (sent or AnswersForm(items=items, known=own)) if may_answer else None,
        "side_party": held.side_party(side) if side else None,
        "rows": _side_by_side(held, rows) if opened else [],
        "own": _own(held, own) if side and not may_answer and not opened else [],
        "verdict": (verdict or VerdictForm()) if permissions.may_decide(request.actor, held) else None,
        "may_agree": bool(held.suited) and bool(permissions.sides_of(request.actor, held)),
        "problem": problem,
        "events": _story(held),
    }
    return page(request, "agreements/check.html", shown, status=422 if sent or verdict or problem else 200)


def _side_by_side(held: SuitabilityCheck, rows: dict[str, Any]) -> list[dict[str, Any]]:
    labels = dict(ANSWERS)
    told = []
    for item in held.rulebook.book.examination:
        sides = [rows[side].answers.get(item.key, {}) for side in Side.values]
        cells = [{"answer": labels.get(each.get("answer", "")), "reason": each.get("reason", "")} for each in sides]
        told.append({"item": item, "cells": cells, "differs": sides[0].get("answer") != sides[1].get("answer")})
    return told


def _own(held: SuitabilityCheck, own: dict[str, Any]) -> list[dict[str, Any]]:
    labels = dict(ANSWERS)
    items = held.rulebook.book.examination
    return [
        {"item": item, **own[item.key], "label": labels[own[item.key]["answer"]]} for item in items if item.key in own
    ]


def _story(held: SuitabilityCheck) -> list[Any]:
    words = {
        "begin": _("はじめました"),
        "answer": _("答えを書きました"),
        "hand_in": _("答えを出しました"),
        "decide": _("結果を記録しました"),
    }
    events = list(story_of(held)[:50])
    for event in events:
        event.label = words.get(event.verb, event.verb)  # type: ignore[attr-defined]  # shown
    return events
