"""Pages of projects: what everybody reads, and the room in which both sides work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tomoni.cases.pages import standing
from tomoni.cases.services import RulesBroken
from tomoni.kernel.clock import today
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.permissions import Permission
from tomoni.projects import permissions, selectors, services
from tomoni.projects.forms import AccountRows, AnswerForm, ChangeForm, DescribeForm, DutyForm, TalkForm, lines_of
from tomoni.projects.models import Project
from tomoni.projects.workflow import WORKFLOW
from tomoni.rulebooks.answers import read_back
from tomoni.rulebooks.forms import form_for
from tomoni.rulebooks.selectors import in_force
from tomoni.ui.access import needs, open_to_all, refused
from tomoni.ui.pages import page
from tomoni.ui.requests import Request

PER_PAGE = 20


@open_to_all
def projects(request: Request, municipality: str) -> HttpResponse:
    """Public projects, narrowed by words, form, field and state."""
    asked = request.GET
    sought = selectors.Sought(*(asked.get(name, "") for name in ("q", "form", "field", "state")))
    found = Paginator(selectors.narrowed(sought), PER_PAGE).get_page(asked.get("page"))
    book = in_force(today()).book
    forms = {each.key: each.label for each in book.forms}
    rest = asked.copy()
    rest.pop("page", None)
    shown = {
        "found": found,
        "rows": [(each, forms.get(each.form_kind, "")) for each in found],
        "fields": _filter_fields(sought, forms, {each.key: each.label for each in book.fields}),
        "waiting": selectors.agreements_without_room(request.actor) if request.actor.parties else [],
        "query": f"{rest.urlencode()}&" if rest else "",
    }
    return page(request, "projects/projects.html", shown)


def _filter_fields(sought: selectors.Sought, forms: dict[str, str], fields: dict[str, str]) -> list[dict[str, Any]]:
    def options(labels: dict[str, str]) -> list[dict[str, str]]:
        return [{"value": key, "label": label} for key, label in labels.items()]

    states = {key: label.public for key, label in WORKFLOW.labels.items() if key != "preparing"}
    return [
        {"name": "q", "label": _("ことば"), "value": sought.words, "placeholder": _("見守り、防災")},
        {"name": "form", "label": _("協働の形態"), "value": sought.form_kind, "options": options(forms)},
        {"name": "field", "label": _("分野"), "value": sought.field, "options": options(fields)},
        {"name": "state", "label": _("段階"), "value": sought.state, "options": options(states)},
    ]


@needs(Permission.PROJECT_WRITE)
@require_POST
def project_new(request: Request, municipality: str, agreement: int) -> HttpResponse:
    """Open the room of a concluded agreement."""
    held = get_object_or_404(selectors.agreements_without_room(request.actor), pk=agreement)
    try:
        made = services.open_project(held, on=today(), by=request.actor)
    except NotAllowed as problem:
        return refused(request, str(problem))
    messages.success(request, _("「%s」の部屋を開きました。") % made)
    return redirect(made)


@open_to_all
def project(request: Request, municipality: str, pk: int) -> HttpResponse:
    """One project: for everybody what it is about, for the sides their room."""
    return _shown(request, get_object_or_404(selectors.visible_to(request.actor), pk=pk), {})


def _forms(project: Project, sent: dict[str, Form]) -> dict[str, Form]:
    about = {name: getattr(project, name) for name in ("issue", "summary", "field")}
    made: dict[str, Form] = {
        "describe": DescribeForm(book=project.rulebook.book, initial=about, prefix="describe"),
        "duty": DutyForm(prefix="duty"),
        "talk": TalkForm(prefix="talk", initial={"held_on": today()}),
        "change": ChangeForm(prefix="change"),
        "answer": AnswerForm(prefix="answer"),
    }
    return {**made, **sent}


def _shown(request: Request, held: Project, sent: dict[str, Form], problem: Exception | None = None) -> HttpResponse:
    book = held.rulebook.book
    labels = {each.key: each.label for each in book.forms}
    shown: dict[str, Any] = {
        "project": held,
        "form_label": labels.get(held.form_kind, ""),
        "report": read_back(held.report_sheet, held.report, book=book) if held.report else [],
        "is_inside": permissions.may_enter(request.actor, held),
    }
    if shown["is_inside"]:
        shown |= {
            "standing": standing(held, request, problem=problem),
            "may_work": permissions.may_work(request.actor, held),
            "side": held.side_of(request.actor),
            "forms": _forms(held, sent),
            "duties": held.duties.order_by("done_on", "due", "pk"),
            "late": selectors.late_duties(held, today()).count(),
            "checklists": selectors.checklists(held),
            "talks": held.talks.order_by("-held_on", "-pk"),
            "changes": held.changes.order_by("-proposed_on", "-pk"),
            "accounts": held.accounts.order_by("-is_income", "pk"),
            "sums": selectors.sums(held),
        }
    return page(request, "projects/project.html", shown, status=422 if sent or problem else 200)


Act = Callable[[Project, Request], Form | None]


def _describe(project: Project, request: Request) -> Form | None:
    form = DescribeForm(request.POST, book=project.rulebook.book, prefix="describe")
    if not form.is_valid():
        return form
    services.describe(project, **form.cleaned_data, by=request.actor)
    return None


def _duty(project: Project, request: Request) -> Form | None:
    form = DutyForm(request.POST, prefix="duty")
    if not form.is_valid():
        return form
    services.add_duty(project, **form.cleaned_data, by=request.actor)
    return None


def _done(project: Project, request: Request) -> Form | None:
    duty = get_object_or_404(project.duties, pk=request.POST.get("duty") or 0)
    services.finish_duty(duty, on=today(), by=request.actor)
    return None


def _tick(project: Project, request: Request) -> Form | None:
    listed = {each.key: each for each in selectors.checklists(project)}
    chosen = listed.get(request.POST.get("checklist", ""))
    if chosen is None:
        raise Http404
    given = {item.key: request.POST.get(item.key) == "yes" for item in chosen.ticks}
    services.tick(project, chosen.key, given, on=today(), by=request.actor)
    return None


def _talk(project: Project, request: Request) -> Form | None:
    form = TalkForm(request.POST, prefix="talk")
    if not form.is_valid():
        return form
    services.note_talk(project, **form.cleaned_data, by=request.actor)
    return None


def _change(project: Project, request: Request) -> Form | None:
    form = ChangeForm(request.POST, prefix="change")
    if not form.is_valid():
        return form
    services.propose_change(project, **form.cleaned_data, on=today(), by=request.actor)
    return None


def _answer(project: Project, request: Request) -> Form | None:
    change = get_object_or_404(project.changes.select_related("project"), pk=request.POST.get("change") or 0)
    form = AnswerForm(request.POST, prefix="answer")
    if not form.is_valid():
        return form
    typed = form.cleaned_data
    services.answer_change(
        change, agreed=typed["agreed"] == "yes", answer=typed["answer"], on=today(), by=request.actor
    )
    return None


ACTS: dict[str, Act] = {
    "describe": _describe,
    "duty": _duty,
    "done": _done,
    "tick": _tick,
    "talk": _talk,
    "change": _change,
    "answer": _answer,
}


@needs(Permission.PROJECT_READ)
@require_POST
def act(request: Request, municipality: str, pk: int, act: str) -> HttpResponse:
    """One act in the room; what was typed stays when something is in the way."""
    if act not in ACTS:
        raise Http404
    held = get_object_or_404(selectors.visible_to(request.actor), pk=pk)
    try:
        form = ACTS[act](held, request)
    except NotAllowed as problem:
        return (
            _shown(request, held, {}, problem)
            if permissions.may_enter(request.actor, held)
            else refused(request, str(problem))
        )
    if form is not None:
        return _shown(request, held, {act: form})
    messages.success(request, _("記録しました。"))
    return redirect(held)


@needs(Permission.PROJECT_WRITE)
def report(request: Request, municipality: str, pk: int) -> HttpResponse:
    """Write the closing report; it may be left half-written and come back to."""
    held = get_object_or_404(selectors.visible_to(request.actor), pk=pk)
    if not (decision := permissions.may_work(request.actor, held)):
        return refused(request, decision.reason)
    kind = form_for(held.report_sheet, held.rulebook.book, is_draft=True)
    form = kind(request.POST or None, initial=held.report)
    if request.method == "POST" and form.is_valid():
        services.write_report(held, form.answers(), by=request.actor)
        messages.success(request, _("完了報告を保存しました。"))
        return redirect(held)
    shown = {"project": held, "form": form}
    return page(request, "projects/report.html", shown, status=422 if form.is_bound else 200)


@needs(Permission.PROJECT_WRITE)
def accounts(request: Request, municipality: str, pk: int) -> HttpResponse:
    """Plan and actual of the accounts, line by line."""
    held = get_object_or_404(selectors.visible_to(request.actor), pk=pk)
    if not (decision := permissions.may_work(request.actor, held)):
        return refused(request, decision.reason)
    lines = [
        {"is_income": "yes" if a.is_income else "no", "label": a.label, "planned": a.planned, "actual": a.actual}
        for a in held.accounts.order_by("-is_income", "pk")
    ]
    rows = AccountRows(request.POST or None, initial=lines)
    if request.method == "POST" and rows.is_valid():
        services.keep_accounts(held, lines_of(rows), by=request.actor)
        messages.success(request, _("収支を保存しました。"))
        return redirect(held)
    shown = {"project": held, "rows": rows, "sums": selectors.sums(held)}
    return page(request, "projects/accounts.html", shown, status=422 if rows.is_bound else 200)


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
    try:
        MOVES[step](held, request, request.POST.get("note", ""))
    except (NotAllowed, RulesBroken) as problem:
        held.refresh_from_db()
        if not permissions.may_enter(request.actor, held):
            return refused(request, str(problem))
        return _shown(request, held, {}, problem)
    messages.success(request, _("記録しました。"))
    return redirect(held)
