"""Writing a line: kept by itself and by buttons, handed in, handed over, passed on by the division, findings answered."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from tomoni.cases.pages import step_taken
from tomoni.cases.services import RulesBroken
from tomoni.checks.selectors.findings import named
from tomoni.checks.services import answer
from tomoni.kernel.clock import now, today
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.permissions import Permission
from tomoni.reporting import permissions
from tomoni.reporting.forms import DepartmentForm, EntryForm
from tomoni.reporting.models import Entry
from tomoni.reporting.selectors import requests as selectors
from tomoni.reporting.selectors.around import offer_of
from tomoni.reporting.selectors.noticed import noticed_in
from tomoni.reporting.services import drafting, passing, publishing
from tomoni.reporting.views.entries import OWN_FORM, cards_for, shown
from tomoni.reporting.workflow import State
from tomoni.ui.access import needs, refused
from tomoni.ui.pages import page
from tomoni.ui.requests import Request


@needs(Permission.REPORT_WRITE)
@require_POST
def save(request: Request, municipality: str, pk: int) -> HttpResponse:
    """Keep the draft, by itself while somebody types or by a button; and hand it in, when that was pressed."""
    held = get_object_or_404(selectors.visible_to(request.actor), pk=pk)
    if not (decision := permissions.may_write(request.actor, held)):
        return _barred(request, held, decision.reason)
    form = EntryForm(request.POST, entry=held)
    if not form.is_valid():
        return _saved(request, held, form=form) if _is_by_itself(request) else _whole(shown(request, held, form=form))
    version = form.cleaned_data["version"]
    try:
        held = drafting.save_draft(held, form.draft(), version=version, at=now(), by=request.actor)
    except drafting.EditedMeanwhile as met:
        return _met(request, met, form)
    except NotAllowed as moved:
        return _barred(request, held, str(moved))
    return _kept(request, held)


def _is_by_itself(request: Request) -> bool:
    """Did the page save while somebody was typing, without a button?"""
    return bool(request.htmx) and not {"act", "take"} & set(request.POST)


def _whole(response: HttpResponse) -> HttpResponse:
    """A whole page in answer to a button: htmx puts it in the place of the old one."""
    response["HX-Retarget"], response["HX-Reswap"] = "body", "innerHTML show:window:top"
    return response


def _to(request: Request, place: str) -> HttpResponse:
    """On to another page, also from within htmx."""
    return HttpResponseClientRedirect(place) if request.htmx else redirect(place)


def _barred(request: Request, held: Entry, reason: str) -> HttpResponse:
    return _saved(request, held, problem=reason) if request.htmx else refused(request, reason)


def _kept(request: Request, held: Entry) -> HttpResponse:
    """After the draft is safe: the line that says so, the next line to write, or the page again."""
    if _is_by_itself(request):
        return _saved(request, held)
    if request.POST.get("act") == "hand_in":
        return _handed_in(request, held)
    if "take" in request.POST:
        return _number_taken(request, held)
    messages.success(request, _("途中まで保存しました。まだ出していません。"))
    return _to(request, held.get_absolute_url())


def _number_taken(request: Request, held: Entry) -> HttpResponse:
    """The number of a project, chosen by a button beside the box ("indicator-figure")."""
    indicator, _dash, key = request.POST["take"].partition("-")
    offer = offer_of(held, int(key)) if key.isdecimal() and len(key) < 19 else None
    if offer is None or not indicator.isdecimal() or len(indicator) > 18:
        messages.warning(request, _("その数値は、もうありません。"))
    else:
        drafting.take_number(held, int(indicator), offer, at=now(), by=request.actor)
        messages.success(request, _("「%s」の値を書き入れました。") % offer.project)
    return _to(request, held.get_absolute_url())


@needs(Permission.CHECK_ANSWER)
@require_POST
def answer_check(request: Request, municipality: str, pk: int) -> HttpResponse:
    """Say why something the checks noticed in this report is as intended."""
    held = get_object_or_404(selectors.visible_to(request.actor), pk=pk)
    told = named(noticed_in(held), request.POST.get("key", ""))
    if told is None:
        messages.warning(request, _("もとの文が変わったので、この指摘はもうありません。"))
        return redirect(held)
    try:
        answer(held.line, told.finding, reason=request.POST.get("reason", ""), at=now(), by=request.actor)
    except (NotAllowed, ValidationError) as problem:
        return refused(request, "、".join(getattr(problem, "messages", [str(problem)])))
    messages.success(request, _("このままでよい理由を記録しました。"))
    return redirect(f"{held.get_absolute_url()}#noticed")


def _met(request: Request, met: drafting.EditedMeanwhile, form: EntryForm) -> HttpResponse:
    """Two people in one line: show both texts, and let the next saving begin from what is there now."""
    if _is_by_itself(request):
        return _saved(request, met.entry, problem=str(met), is_conflict=True)
    fresh = get_object_or_404(selectors.visible_to(request.actor), pk=met.entry.pk)
    typed = request.POST.copy()
    typed["version"] = str(fresh.version)
    return _whole(shown(request, fresh, form=EntryForm(typed, entry=fresh), theirs=fresh))


def _saved(
    request: Request, held: Entry, *, form: EntryForm | None = None, problem: str = "", is_conflict: bool = False
) -> HttpResponse:
    """The line that says when the draft was saved, or why it was not, with the version the next saving begins from."""
    wrong = [(form.fields[name].label, each) for name, found in form.errors.items() for each in found] if form else []
    is_kept = not (wrong or problem)
    content = {
        "entry": held,
        "problem": problem,
        "wrong": wrong,
        "is_conflict": is_conflict,
        "version": held.version if is_kept else request.POST.get("version", ""),
        "cards": cards_for(request, held) if is_kept else (),
        "is_part": is_kept,
    }
    return page(request, "reporting/_saved.html", content, status=200 if is_kept else 422)


def _handed_in(request: Request, held: Entry) -> HttpResponse:
    try:
        passing.hand_in(held, on=today(), by=request.actor)
    except (NotAllowed, RulesBroken) as problem:
        fresh = get_object_or_404(selectors.visible_to(request.actor), pk=held.pk)
        return _whole(shown(request, fresh, problem=problem))
    waiting = selectors.entries_of(held.year_request, [held.department_id or 0]).filter(state=State.ASKED)
    left = waiting.count()
    if not left:
        messages.success(request, _("出しました。これで、この課の行はすべてそろいました。ありがとうございました。"))
        return _to(request, reverse("report-mine", args=[request.municipality.slug, held.year_request_id]))
    messages.success(request, _("出しました。あと%s件です。") % left)
    return _to(request, waiting[0].get_absolute_url())


@needs(Permission.REPORT_WRITE)
@require_POST
def hand_over(request: Request, municipality: str, pk: int) -> HttpResponse:
    """Give the line to another department."""
    held = get_object_or_404(selectors.visible_to(request.actor), pk=pk)
    form = DepartmentForm(request.POST, prefix="over")
    if not form.is_valid():
        return shown(request, held, hand_over=form)
    to = form.cleaned_data["department"]
    try:
        passing.hand_over(held, to=to, reason=form.cleaned_data["reason"], by=request.actor)
    except (NotAllowed, RulesBroken) as problem:
        form.add_error(None, str(problem))
        return shown(request, held, hand_over=form)
    messages.success(request, _("「%s」に引き継ぎました。") % to)
    return redirect(held)


@needs(Permission.REPORT_READ)
@require_POST
def take(request: Request, municipality: str, pk: int, step: str) -> HttpResponse:
    """Confirm, ask back, take back, correct; publishing writes into the plan, too."""
    held = get_object_or_404(selectors.visible_to(request.actor), pk=pk)

    def show(problem: Exception) -> HttpResponse:
        return shown(request, get_object_or_404(selectors.visible_to(request.actor), pk=pk), problem=problem)

    if step == "publish":
        try:
            publishing.publish(held, on=today(), by=request.actor)
        except (NotAllowed, RulesBroken) as problem:
            return show(problem)
        messages.success(request, _("公表しました。"))
        return redirect(held)
    if step in OWN_FORM:
        return redirect(held)
    return step_taken(request, held, step, show=show)
