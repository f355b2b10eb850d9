"""The desk as people at work see it: the list, the quick intake, one enquiry with all that can be done, the routing table."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tomoni.cases.pages import label_of, standing
from tomoni.cases.services import Option, RulesBroken
from tomoni.consultations import permissions, selectors, services, tasks
from tomoni.consultations.forms import IntakeForm, NoteForm, SortForm, step_form
from tomoni.consultations.models import Consultation
from tomoni.consultations.talk import FOR_STAFF, talk_of
from tomoni.consultations.views.public import book_in_force, tell_mailed
from tomoni.consultations.views.tickets import new_ticket, token_in
from tomoni.consultations.workflow import WORKFLOW
from tomoni.kernel.clock import now, today
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.permissions import Permission
from tomoni.ui.access import needs, refused
from tomoni.ui.pages import narrowing, options, page, paged
from tomoni.ui.requests import Request

TONES = {"received": "warn", "with_desk": "wait", "answered": "ok", "closed": "done"}


@needs(Permission.CONSULTATION_READ)
def listing(request: Request, municipality: str) -> HttpResponse:
    """Every enquiry of the city, narrowed by state, theme, words, or to those that wait for this person."""
    asked, book = request.GET, book_in_force(request)
    themes = [(each.key, each.label) for each in book.routing]
    sought = selectors.Sought(
        asked.get("q", "").replace("\0", ""),
        known(asked.get("state", ""), WORKFLOW.labels),
        known(asked.get("theme", ""), dict(themes)),
        is_mine=asked.get("mine") == "1",
    )
    found = paged(request, selectors.narrowed(request.actor, sought))
    for each in found:
        _dress(each)
    shown = {
        "found": found,
        "figures": selectors.figures(request.actor, on=today()),
        "fields": _filter_fields(sought, themes),
        "tabs": _tabs(request, sought),
        "sought": sought,
        "may_receive": permissions.may_receive(request.actor),
        "query": narrowing(request),
    }
    return page(request, "consultations/listing.html", shown)


def known(asked: str, among: Container[str]) -> str:
    """What a filter asks for, when there is such a thing; otherwise nothing is narrowed."""
    return asked if asked in among else ""


def _dress(consultation: Consultation) -> None:
    """Put beside it what the templates show: the tone of its state and the days it has waited."""
    consultation.tone = TONES[consultation.state]  # type: ignore[attr-defined]  # only for the template
    consultation.waited = (today() - consultation.begun_on).days  # type: ignore[attr-defined]  # only for the template


def _filter_fields(sought: selectors.Sought, themes: list[tuple[str, str]]) -> list[dict[str, Any]]:
    states = options((key, label.desk) for key, label in WORKFLOW.labels.items())
    return [
        {"name": "q", "label": _("ことば・番号・名前"), "value": sought.words},
        {"name": "state", "label": _("段階"), "value": sought.state, "options": states},
        {
            "name": "theme",
            "label": _("テーマ"),
            "value": sought.theme,
            "options": options(themes),
        },
    ]


def _tabs(request: Request, sought: selectors.Sought) -> list[dict[str, Any]]:
    here = reverse("consultations", args=[request.municipality.slug])
    waiting = selectors.awaiting(request.actor).order_by().count()
    return [
        {"url": here, "label": _("すべて"), "current": not sought.is_mine},
        {
            "url": f"{here}?mine=1",
            "label": _("あなたの番（%(count)s）") % {"count": waiting},
            "current": sought.is_mine,
        },
    ]


@needs(Permission.CONSULTATION_RECEIVE)
@never_cache
def intake(request: Request, municipality: str) -> HttpResponse:
    """Note what somebody says on the phone or at the counter, and pass it on or answer it at once."""
    book = book_in_force(request)
    parties = selectors.groups()
    if request.method != "POST":
        form = IntakeForm(initial={"ticket": new_ticket()}, book=book, parties=parties)
        return page(request, "consultations/intake.html", {"form": form, "book": book})
    form = IntakeForm(request.POST, book=book, parties=parties)
    if form.is_valid():
        try:
            return _taken_in(request, form)
        except RulesBroken as problem:
            _say_in(form, problem, {"reason": "excluded_reason"})
    return page(request, "consultations/intake.html", {"form": form, "book": book}, status=422)


def _taken_in(request: Request, form: IntakeForm) -> HttpResponse:
    typed = dict(form.cleaned_data)
    token, answer, hand_to = token_in(typed.pop("ticket")), typed.pop("answer"), typed.pop("hand_to")
    asker = typed.pop("asker")
    enquiry = services.Enquiry(asker_id=asker.pk if asker else None, **typed)
    routed = selectors.routed_to(book_in_force(request), enquiry.theme) if hand_to == "route" else None
    at_once = services.AtOnce(answer=answer, to=routed)
    consultation = services.take_in(enquiry, at_once, token=token, at=now(), by=request.actor)
    messages.success(request, _("%(case)s を記録しました。") % {"case": consultation})
    if hand_to == "route" and not answer and routed is None:
        messages.warning(request, _("テーマの表にある担当が登録されていません。担当を選んでください。"))
    if consultation.asker_mail:
        path = reverse("asked", args=[request.municipality.slug, token])
        tell_mailed(request, is_sent=tasks.mail_link(consultation, path=path))
    return redirect(consultation)


def _say_in(form: Form, problem: RulesBroken, fields: dict[str, str]) -> None:
    """Show every broken rule beside the field it is about, or above the form."""
    for finding in problem.findings:
        field = fields.get(finding.where, finding.where)
        form.add_error(field if field in form.fields else None, finding.message)


@dataclass(frozen=True, slots=True)
class Way:
    """One step that can be taken now, with its form."""

    option: Option
    form: Any

    @property
    def is_open(self) -> bool:
        """Was this the form that came back?"""
        return bool(self.form.is_bound)


@needs(Permission.CONSULTATION_READ)
def detail(request: Request, municipality: str, pk: int) -> HttpResponse:
    """One enquiry: whose turn it is, what can be done, what was said, notes, and what has happened."""
    consultation = get_object_or_404(selectors.visible_to(request.actor), pk=pk)
    return _shown(request, consultation, {})


def _shown(
    request: Request, consultation: Consultation, sent: dict[str, Any], problem: Exception | None = None
) -> HttpResponse:
    """The page of an enquiry; `sent` holds forms that came back, by step or name."""
    stands = standing(consultation, request, problem=problem)
    for event in stands.events:
        event.label = FOR_STAFF.get(event.verb, event.label)  # type: ignore[attr-defined]  # set by standing()
    _dress(consultation)
    book = book_in_force(request)
    parties = selectors.assignable()
    routed = selectors.routed_to(book, consultation.theme) if consultation.assigned_to is None else None
    ways = [
        Way(
            option,
            sent.get(option.step.name) or step_form(option.step.name, consultation, parties=parties, routed=routed),
        )
        for option in stands.options
        if option.decision
    ]
    initial = {name: getattr(consultation, name) for name in ("theme", "excluded_as", "excluded_reason")}
    shown = {
        "consultation": consultation,
        "standing": stands,
        "ways": ways,
        "unsent": _unsent(sent, {way.option.step.name for way in ways}),
        "barred": next((option.decision.reason for option in stands.options if not option.decision), ""),
        "talk": talk_of(consultation),
        "notes": consultation.notes.all(),
        "note_form": sent.get("note") or NoteForm(prefix="memo"),
        "sort_form": sent.get("sort") or SortForm(book=book, initial=initial, prefix="sort"),
        "may_sort": permissions.may_sort(request.actor, consultation),
        "excluded": selectors.exclusion_of(consultation),
        "routed": routed,
        "questions": selectors.questions_of(consultation),
        "may_write_questions": permissions.may_write_questions(request.actor),
    }
    return page(request, "consultations/detail.html", shown, status=422 if sent or problem else 200)


def _unsent(sent: dict[str, Any], shown: set[str]) -> list[str]:
    """What was typed in forms that can no longer be sent, because somebody else was faster: to be copied, not lost."""
    late = [form for name, form in sent.items() if name in ACTS and name not in shown]
    return [value for form in late for key, value in form.cleaned_data.items() if key in {"text", "note"} and value]


Act = Callable[[Consultation, dict[str, Any], Request], Consultation]
ACTS: dict[str, Act] = {
    "assign": lambda c, typed, r: services.assign(c, to=typed["party"], note=typed["note"], by=r.actor),
    "hand_over": lambda c, typed, r: services.hand_over(c, to=typed["party"], reason=typed["note"], by=r.actor),
    "answer": lambda c, typed, r: services.answer(c, text=typed["text"], at=now(), by=r.actor),
    "close": lambda c, typed, r: services.close(c, outcome=typed["outcome"], note=typed["note"], by=r.actor),
    "reopen": lambda c, typed, r: services.reopen(c, reason=typed["note"], by=r.actor),
}


@needs(Permission.CONSULTATION_READ)
@require_POST
def take(request: Request, municipality: str, pk: int, step: str) -> HttpResponse:
    """Take one step; what was typed stays when something is in the way."""
    if step not in ACTS:
        raise Http404
    consultation = get_object_or_404(selectors.visible_to(request.actor), pk=pk)
    parties = selectors.assignable()
    form = step_form(step, consultation, parties=parties, routed=None, sent=request.POST)
    if not form.is_valid():
        return _shown(request, consultation, {step: form})
    try:
        moved = ACTS[step](consultation, form.cleaned_data, request)
    except RulesBroken as problem:
        _say_in(form, problem, {"answer": "text"})
        return _shown(request, consultation, {step: form}, problem)
    except NotAllowed as problem:
        return _shown(request, consultation, {step: form}, problem)
    messages.success(request, _("「%(step)s」を記録しました。") % {"step": label_of(moved, step)})
    return redirect(moved)


@needs(Permission.CONSULTATION_READ)
@require_POST
def note(request: Request, municipality: str, pk: int) -> HttpResponse:
    """Leave a note that only people at work see."""
    consultation = get_object_or_404(selectors.visible_to(request.actor), pk=pk)
    form = NoteForm(request.POST, prefix="memo")
    if not form.is_valid():
        return _shown(request, consultation, {"note": form})
    services.add_note(consultation, text=form.cleaned_data["text"], at=now(), by=request.actor)
    messages.success(request, _("メモを残しました。"))
    return redirect(consultation)


@needs(Permission.CONSULTATION_READ)
@require_POST
def sort(request: Request, municipality: str, pk: int) -> HttpResponse:
    """Say what it is about and whether it is no matter for collaboration."""
    consultation = get_object_or_404(selectors.visible_to(request.actor), pk=pk)
    form = SortForm(request.POST, book=book_in_force(request), prefix="sort")
    if not form.is_valid():
        return _shown(request, consultation, {"sort": form})
    typed = form.cleaned_data
    key, reason = typed.get("excluded_as", ""), typed.get("excluded_reason", "")
    try:
        services.sort_out(consultation, theme=typed["theme"], excluded_as=key, reason=reason, by=request.actor)
    except RulesBroken as problem:
        _say_in(form, problem, {"reason": "excluded_reason"})
        return _shown(request, consultation, {"sort": form})
    except NotAllowed as problem:
        return refused(request, str(problem))
    messages.success(request, _("テーマと対象外の記録を直しました。"))
    return redirect(consultation)


@needs(Permission.CONSULTATION_READ)
@require_POST
@never_cache
def link(request: Request, municipality: str, pk: int) -> HttpResponse:
    """Make a new private link and show it this once, to be handed or read to the person who asked."""
    consultation = get_object_or_404(selectors.visible_to(request.actor), pk=pk)
    try:
        token = services.renew_link(consultation, by=request.actor)
    except NotAllowed as problem:
        return refused(request, str(problem))
    address = request.build_absolute_uri(reverse("asked", args=[municipality, token]))
    return page(request, "consultations/link.html", {"consultation": consultation, "address": address})


@needs(Permission.CONSULTATION_READ)
def routing(request: Request, municipality: str) -> HttpResponse:
    """The rule all people at work can read: which theme goes to whom."""
    book = book_in_force(request)
    shown = {"routes": selectors.routing_table(book, request.actor), "book": book}
    return page(request, "consultations/routing.html", shown)
