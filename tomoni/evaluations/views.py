"""Pages of evaluations: the published ones, one evaluation, and the sheet each side answers for itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tomoni.cases.pages import Act, act_done, kept, step_taken
from tomoni.evaluations import permissions, selectors, services
from tomoni.evaluations.forms import ImprovementForm, SheetForm, TalkForm
from tomoni.evaluations.models import Evaluation
from tomoni.evaluations.showing import outside, room
from tomoni.kernel.clock import now, today
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.permissions import Permission
from tomoni.projects import selectors as projects
from tomoni.ui.access import needs, open_to_all, refused
from tomoni.ui.pages import page, paged
from tomoni.ui.requests import Request

MOST_UNDER_WAY = 50


@open_to_all
def evaluations(request: Request, municipality: str) -> HttpResponse:
    """Published evaluations, and for people at work those under way that they may see."""
    found = paged(request, selectors.public())
    reads = request.actor.may(Permission.EVALUATION_READ)
    under_way = selectors.under_way(request.actor)[:MOST_UNDER_WAY] if reads else []
    return page(request, "evaluations/evaluations.html", {"found": found, "under_way": under_way})


@needs(Permission.EVALUATION_ANSWER)
@require_POST
def evaluation_new(request: Request, municipality: str, project: int) -> HttpResponse:
    """Begin the evaluation of a project."""
    held = get_object_or_404(projects.visible_to(request.actor), pk=project)
    try:
        made = services.begin(held, on=today(), by=request.actor)
    except NotAllowed as problem:
        return refused(request, str(problem))
    messages.success(request, _("相互評価を始めました。まず、あなたの側の評価を書いてください。"))
    return redirect(made)


@open_to_all
def evaluation(request: Request, municipality: str, pk: int) -> HttpResponse:
    """One evaluation: for everybody what was published, for those inside the whole way."""
    return _shown(request, get_object_or_404(selectors.visible_to(request.actor), pk=pk), {})


def _shown(
    request: Request, held: Evaluation, sent: dict[str, BaseForm], problem: Exception | None = None
) -> HttpResponse:
    shown = outside(held)
    shown["is_inside"] = permissions.may_enter(request.actor, held)
    if shown["is_inside"]:
        shown |= room(request, held, problem)
        shown["forms"] = {
            "talk": TalkForm(
                prefix="talk", initial={"talk": held.talk, "talked_on": held.talked_on or today()}, label_suffix=""
            ),
            "improvement": ImprovementForm(prefix="improvement"),
            **sent,
        }
    return page(request, "evaluations/evaluation.html", shown, status=422 if sent or problem else 200)


@needs(Permission.EVALUATION_ANSWER)
def evaluation_answer(request: Request, municipality: str, pk: int) -> HttpResponse:
    """The sheet of one's own side: saved as often as one likes, handed in once."""
    held = get_object_or_404(selectors.visible_to(request.actor), pk=pk)
    if not (decision := permissions.may_answer(request.actor, held)):
        return refused(request, decision.reason)
    kept = selectors.own_answers(held, held.project.side_of(request.actor))
    form = SheetForm(request.POST or None, book=held.rulebook.book, kept=kept)
    if request.method == "POST" and form.is_valid():
        final = form.cleaned_data["hand_in"]
        try:
            services.answer(held, form.answers(), by=request.actor, handed_in_at=now() if final else None)
        except NotAllowed as problem:
            return refused(request, str(problem))
        messages.success(request, _("評価を出しました。") if final else _("途中まで保存しました。まだ出していません。"))
        return redirect(held)
    grades = held.rulebook.book.evaluation
    shown = {"evaluation": held, "form": form, "below": grades.reason_below}
    return page(request, "evaluations/answer.html", shown, status=422 if form.is_bound else 200)


def _talk(held: Evaluation, request: Request) -> BaseForm | None:
    return kept(TalkForm(request.POST, prefix="talk"), partial(services.note_talk, held, by=request.actor))


def _improvement(held: Evaluation, request: Request) -> BaseForm | None:
    form = ImprovementForm(request.POST, prefix="improvement")
    return kept(form, partial(services.add_improvement, held, by=request.actor))


def _named(held: Evaluation, request: Request) -> Any:
    key = request.POST.get("improvement", "")
    return get_object_or_404(held.improvements.select_related("evaluation"), pk=key if key.isdecimal() else 0)


def _drop(held: Evaluation, request: Request) -> BaseForm | None:
    services.drop_improvement(_named(held, request), by=request.actor)
    return None


def _done(held: Evaluation, request: Request) -> BaseForm | None:
    services.mark_done(_named(held, request), on=today(), by=request.actor)
    return None


ACTS: dict[str, Act] = {"talk": _talk, "improvement": _improvement, "drop": _drop, "done": _done}


@needs(Permission.EVALUATION_ANSWER)
@require_POST
def act(request: Request, municipality: str, pk: int, act: str) -> HttpResponse:
    """Something the sides write beside the steps."""
    if act not in ACTS:
        raise Http404
    held = get_object_or_404(selectors.visible_to(request.actor), pk=pk)
    return act_done(
        request,
        held,
        ACTS[act],
        show=lambda problem: refused(request, str(problem)),
        show_form=lambda form: _shown(request, held, {act: form}),
    )


Move = Callable[[Evaluation, Request, str], Evaluation]
MOVES: dict[str, Move] = {
    "open": lambda e, r, _note: services.open_both(e, by=r.actor),
    "agree": lambda e, r, note: services.agree(e, by=r.actor, note=note),
    "opine": lambda e, r, note: services.opine(e, opinion=note, by=r.actor),
    "publish": lambda e, r, _note: services.publish(e, on=today(), by=r.actor),
    "follow_up": lambda e, r, note: services.follow_up(e, told=note, by=r.actor),
}


@needs(Permission.EVALUATION_READ)
@require_POST
def take(request: Request, municipality: str, pk: int, step: str) -> HttpResponse:
    """One step of the evaluation."""
    if step not in MOVES:
        raise Http404
    held = get_object_or_404(selectors.visible_to(request.actor), pk=pk)
    return step_taken(
        request,
        held,
        step,
        show=lambda problem: _in_the_way(request, held, problem),
        move=lambda: MOVES[step](held, request, request.POST.get("note", "")),
    )


def _in_the_way(request: Request, held: Evaluation, problem: Exception) -> HttpResponse:
    """Why it did not go: in the room for those inside, on a page of its own for others."""
    if permissions.may_enter(request.actor, held):
        return _shown(request, held, {}, problem)
    return refused(request, str(problem))
