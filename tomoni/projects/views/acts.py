"""What the two sides do in their room beside the steps: each act cleans what was sent and calls one service."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import Http404
from django.shortcuts import get_object_or_404

from tomoni.cases.pages import Act, kept
from tomoni.files.kinds import FileRefused
from tomoni.files.services import MAX_BYTES
from tomoni.kernel.clock import now, today
from tomoni.projects import filing, renewing, selectors, services
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
from tomoni.projects.models import Project, Risk
from tomoni.ui.requests import Request


def _named(rows: QuerySet[Any], request: Request, name: str) -> Any:
    """The row whose number a form sent along; 404 when it is none of these."""
    key = request.POST.get(name, "")
    return get_object_or_404(rows, pk=key if key.isascii() and key.isdecimal() and len(key) < 19 else 0)


def _describe(project: Project, request: Request) -> BaseForm | None:
    form = DescribeForm(request.POST, book=project.rulebook.book, prefix="describe")
    return kept(form, partial(services.describe, project, by=request.actor))


def _duty(project: Project, request: Request) -> BaseForm | None:
    return kept(DutyForm(request.POST, prefix="duty"), partial(services.add_duty, project, by=request.actor))


def _done(project: Project, request: Request) -> BaseForm | None:
    services.finish_duty(_named(project.duties.all(), request, "duty"), on=today(), by=request.actor)
    return None


def _tick(project: Project, request: Request) -> BaseForm | None:
    listed = {each.key: each for each in selectors.checklists(project)}
    chosen = listed.get(request.POST.get("checklist", ""))
    if chosen is None:
        raise Http404
    given = {item.key: request.POST.get(item.key) == "yes" for item in chosen.ticks}
    services.tick(project, chosen.key, given, on=today(), by=request.actor)
    return None


def _talk(project: Project, request: Request) -> BaseForm | None:
    form = TalkForm(request.POST, prefix="talk", risks=project.risks.filter(settled_on=None))
    return kept(form, partial(services.note_talk, project, by=request.actor))


def _risk(project: Project, request: Request) -> BaseForm | None:
    form = RiskForm(request.POST, prefix="risk")
    return kept(form, lambda **told: services.add_risk(project, Risk(**told), by=request.actor))


def _settle(project: Project, request: Request) -> BaseForm | None:
    risk = _named(project.risks.select_related("project"), request, "risk")
    keep = partial(services.settle_risk, risk, on=today(), by=request.actor)
    return kept(SettleForm(request.POST, prefix="settle"), keep)


def _review(project: Project, request: Request) -> BaseForm | None:
    keep = partial(renewing.review, project, on=today(), by=request.actor)
    return kept(ReviewForm(request.POST, prefix="review"), keep)


def _change(project: Project, request: Request) -> BaseForm | None:
    keep = partial(services.propose_change, project, on=today(), by=request.actor)
    return kept(ChangeForm(request.POST, prefix="change"), keep)


def _answer(project: Project, request: Request) -> BaseForm | None:
    change = _named(project.changes.select_related("project"), request, "change")
    form = AnswerForm(request.POST, prefix="answer")
    if not form.is_valid():
        return form
    typed = form.cleaned_data
    agreed = typed["agreed"] == "yes"
    services.answer_change(change, agreed=agreed, answer=typed["answer"], on=today(), by=request.actor)
    return None


def _file(project: Project, request: Request) -> BaseForm | None:
    form = FileForm(request.POST, request.FILES, prefix="file")
    if not form.is_valid():
        return form
    sent = form.cleaned_data["file"]
    content = sent.read(MAX_BYTES + 1)  # enough to be refused for its size
    title = form.cleaned_data["title"]
    try:
        filing.add_file(project, content, name=sent.name, title=title, at=now(), by=request.actor)
    except FileRefused as problem:
        form.add_error("file", str(problem))
        return form
    return None


def _show_file(project: Project, request: Request) -> BaseForm | None:
    kept_file = _named(selectors.files_in(project, is_inside=True), request, "file")
    filing.show_file(kept_file, is_public=request.POST.get("public") == "yes", by=request.actor)
    return None


def _take_back(project: Project, request: Request) -> BaseForm | None:
    filing.take_back(_named(selectors.files_in(project, is_inside=True), request, "file"), by=request.actor)
    return None


ACTS: dict[str, Act] = {
    "describe": _describe,
    "duty": _duty,
    "done": _done,
    "tick": _tick,
    "talk": _talk,
    "change": _change,
    "answer": _answer,
    "file": _file,
    "show-file": _show_file,
    "take-back": _take_back,
    "risk": _risk,
    "settle": _settle,
    "review": _review,
}
