"""One project: for everybody what it is about, for the two sides their room, its acts and its steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tomoni.cases.pages import act_done, standing, step_taken
from tomoni.cases.services import RulesBroken
from tomoni.kernel.clock import today
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.permissions import Permission
from tomoni.projects import permissions, renewing, selectors, services
from tomoni.projects.forms import (
    AnswerForm,
    ChangeForm,
    DescribeForm,
    DutyForm,
    FileForm,
    ReviewForm,
    RiskForm,
    SettleForm,
    TalkForm,
)
from tomoni.projects.models import Project, RenewalReview, Risk
from tomoni.projects.views.acts import ACTS
from tomoni.rulebooks.answers import read_back
from tomoni.ui.access import needs, open_to_all, refused
from tomoni.ui.pages import page
from tomoni.ui.requests import Request


@open_to_all
def project(request: Request, municipality: str, pk: int) -> HttpResponse:
    """One project: for everybody what it is about, for the sides their room."""
    return _shown(request, get_object_or_404(selectors.visible_to(request.actor), pk=pk), {})


def _forms(
    project: Project, risks: list[Risk], own: RenewalReview | None, sent: dict[str, BaseForm]
) -> dict[str, BaseForm]:
    about = {name: getattr(project, name) for name in ("issue", "summary", "field")}
    made: dict[str, BaseForm] = {
        "describe": DescribeForm(book=project.rulebook.book, initial=about, prefix="describe"),
        "duty": DutyForm(prefix="duty"),
        "talk": TalkForm(prefix="talk", initial={"held_on": today()}, risks=risks),
        "risk": RiskForm(prefix="risk"),
        "settle": SettleForm(prefix="settle"),
        "review": ReviewForm(prefix="review", instance=own),
        "change": ChangeForm(prefix="change"),
        "answer": AnswerForm(prefix="answer"),
        "file": FileForm(prefix="file"),
    }
    return {**made, **sent}


def _shown(
    request: Request, held: Project, sent: dict[str, BaseForm], problem: Exception | None = None
) -> HttpResponse:
    book = held.rulebook.book
    labels = {each.key: each.label for each in book.forms}
    is_inside = permissions.may_enter(request.actor, held)
    shown: dict[str, Any] = {
        "project": held,
        "form_label": labels.get(held.form_kind, ""),
        "is_inside": is_inside,
        "tells": is_inside or held.state == "finished",
        "going": selectors.years_beside(held, is_inside=is_inside),
        "files": selectors.files_in(held, is_inside=is_inside),
    }
    if shown["tells"]:
        shown["report"] = read_back(held.report_sheet, held.report, book=book) if held.report else []
        shown["figures"] = held.figures.order_by("year", "pk")
    if is_inside:
        shown |= _inside(request, held, shown["going"], sent) | {"standing": standing(held, request, problem=problem)}
    return page(request, "projects/project.html", shown, status=422 if sent or problem else 200)


def _inside(request: Request, held: Project, going: selectors.Going, sent: dict[str, BaseForm]) -> dict[str, Any]:
    """What only the two sides and the division see."""
    room, side, who = selectors.inside(held, today()), held.side_of(request.actor), request.actor
    may_review = permissions.may_review(who, held)
    return {
        "room": room,
        "sums": selectors.sums(room.accounts),
        "may_work": permissions.may_work(who, held),
        "may_show": permissions.may_show(who, held),
        "may_review": may_review,
        "in_the_way": renewing.in_the_way(held) if may_review else [],
        "next_period": renewing.next_period(held),
        "limits": held.rulebook.book.options.agreements,
        "sides": [(held.civic, going.reviews.get("civic")), (held.city, going.reviews.get("city"))],
        "side": side,
        "forms": _forms(held, room.open_risks, going.reviews.get(side), sent),
        "checklists": selectors.checklists(held),
    }


def _in_the_way(request: Request, held: Project, problem: Exception) -> HttpResponse:
    """Why it did not go: in the room for those inside, on a page of its own for others."""
    if permissions.may_enter(request.actor, held):
        return _shown(request, held, {}, problem)
    return refused(request, str(problem))


@needs(Permission.PROJECT_READ)
@require_POST
def act(request: Request, municipality: str, pk: int, act: str) -> HttpResponse:
    """One act in the room; what was typed stays when something is in the way."""
    if act not in ACTS:
        raise Http404
    held = get_object_or_404(selectors.visible_to(request.actor), pk=pk)
    return act_done(
        request,
        held,
        ACTS[act],
        show=lambda problem: _in_the_way(request, held, problem),
        show_form=lambda form: _shown(request, held, {act: form}),
    )


Move = Callable[[Project, Request, str], Project]
MOVES: dict[str, Move] = {
    "start": lambda p, r, _note: services.start(p, by=r.actor),
    "report": lambda p, r, _note: services.report(p, by=r.actor),
    "send_back": lambda p, r, note: services.send_back(p, reason=note, by=r.actor),
    "finish": lambda p, r, _note: services.finish(p, by=r.actor),
    "stop": lambda p, r, note: services.stop(p, reason=note, by=r.actor),
}


@needs(Permission.PROJECT_READ)
@require_POST
def take(request: Request, municipality: str, pk: int, step: str) -> HttpResponse:
    """One step of the project."""
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


@needs(Permission.PROJECT_WRITE)
@require_POST
def renew(request: Request, municipality: str, pk: int) -> HttpResponse:
    """Begin next year's project from this one."""
    held = get_object_or_404(selectors.visible_to(request.actor), pk=pk)
    try:
        following = renewing.renew(held, on=today(), by=request.actor)
    except (NotAllowed, RulesBroken) as problem:
        return _in_the_way(request, held, problem)
    messages.success(request, _("次の年度の部屋を開きました。役割や収支は、この年度のものを写しています。"))
    return redirect(following)
