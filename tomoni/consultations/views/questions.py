"""Frequent questions: everybody reads and searches them; people at work write, publish and take them back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tomoni.cases.services import RulesBroken
from tomoni.consultations import permissions, selectors, services
from tomoni.consultations.forms import ConfirmForm, QuestionForm
from tomoni.consultations.models import Consultation, QuestionAnswer
from tomoni.consultations.views.desk import known
from tomoni.consultations.views.public import book_in_force
from tomoni.kernel.clock import today
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.permissions import Permission
from tomoni.ui.access import needs, open_to_all, refused
from tomoni.ui.pages import PER_PAGE, narrowing, page, paged
from tomoni.ui.requests import Request


@open_to_all
def listing(request: Request, municipality: str) -> HttpResponse:
    """Questions others asked before, by theme and words; and the way to ask one's own."""
    labels = {each.key: each.label for each in book_in_force(request).routing}
    words, theme = request.GET.get("q", ""), known(request.GET.get("theme", ""), labels)
    found = paged(request, selectors.questions_found(words, theme))
    for each in found:
        each.theme_label = labels.get(each.theme, "")
    themes = [{"value": key, "label": label} for key, label in labels.items()]
    shown = {
        "found": found,
        "fields": [
            {"name": "q", "label": _("ことば"), "value": words},
            {"name": "theme", "label": _("テーマ"), "value": theme, "options": themes},
        ],
        "is_narrowed": bool(words or theme),
        "query": narrowing(request),
        "drafts": selectors.drafts(request.actor)[:PER_PAGE],
        "may_write": permissions.may_write_questions(request.actor),
    }
    return page(request, "consultations/questions.html", shown)


@open_to_all
def detail(request: Request, municipality: str, pk: int) -> HttpResponse:
    """One question with its answer. A draft is seen only by those who write them."""
    question = get_object_or_404(selectors.questions_for(request.actor), pk=pk)
    return _shown(request, question)


def _shown(request: Request, question: QuestionAnswer, problem: RulesBroken | None = None) -> HttpResponse:
    labels = {each.key: each.label for each in book_in_force(request).routing}
    may_write = permissions.may_write_questions(request.actor)
    shown = {
        "question": question,
        "theme_label": labels.get(question.theme, ""),
        "may_write": may_write,
        "may_publish": permissions.may_publish_questions(request.actor),
        "traces": question.traces if may_write else (),
        "confirm": ConfirmForm(),
        "problem": [finding.message for finding in problem.findings] if problem else [],
    }
    return page(request, "consultations/question.html", shown, status=422 if problem else 200)


@needs(Permission.CONSULTATION_ANSWER)
def write_new(request: Request, municipality: str) -> HttpResponse:
    """Begin a question, empty or from the answer to an enquiry."""
    draft = QuestionAnswer()
    if key := request.GET.get("from", ""):
        source = get_object_or_404(selectors.visible_to(request.actor), pk=int(key) if key.isdecimal() else 0)
        draft = _from_enquiry(source)
    return _edited(request, draft)


def _from_enquiry(source: Consultation) -> QuestionAnswer:
    return QuestionAnswer(consultation=source, question=source.title, answer=source.answer, theme=source.theme)


@needs(Permission.CONSULTATION_ANSWER)
def edit(request: Request, municipality: str, pk: int) -> HttpResponse:
    """Mend a question or its answer."""
    return _edited(request, get_object_or_404(selectors.questions_for(request.actor), pk=pk))


def _edited(request: Request, draft: QuestionAnswer) -> HttpResponse:
    form = QuestionForm(request.POST or None, instance=draft, book=book_in_force(request))
    confirm = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and confirm.is_valid():
        changed = form.save(commit=False)
        try:
            kept = services.write_question(changed, is_confirmed=confirm.cleaned_data["is_confirmed"], by=request.actor)
        except RulesBroken as problem:
            form.add_error("answer", str(problem))
        except NotAllowed as problem:
            return refused(request, str(problem))
        else:
            messages.success(request, _("質問と答えを残しました。"))
            return redirect(kept)
    shown = {"form": form, "question": draft, "traces": draft.traces, "confirm": confirm}
    return page(request, "consultations/question_edit.html", shown, status=422 if form.errors else 200)


@needs(Permission.CONSULTATION_RECEIVE)
@require_POST
def publish(request: Request, municipality: str, pk: int) -> HttpResponse:
    """Show it to everybody, once nobody can be recognised in it."""
    question = get_object_or_404(selectors.questions_for(request.actor), pk=pk)
    confirm = ConfirmForm(request.POST)
    is_confirmed = confirm.is_valid() and confirm.cleaned_data["is_confirmed"]
    try:
        services.publish_question(question, on=today(), is_confirmed=is_confirmed, by=request.actor)
    except RulesBroken as problem:
        return _shown(request, question, problem)
    messages.success(request, _("公開しました。だれでも読めます。"))
    return redirect(question)


@needs(Permission.CONSULTATION_RECEIVE)
@require_POST
def withdraw(request: Request, municipality: str, pk: int) -> HttpResponse:
    """Take it back: it is a draft again, and gone from the search."""
    question = get_object_or_404(selectors.questions_for(request.actor), pk=pk)
    services.withdraw_question(question, by=request.actor)
    messages.success(request, _("公開をやめました。下書きに戻っています。"))
    return redirect(question)
