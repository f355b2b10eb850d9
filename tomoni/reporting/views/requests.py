"""The list of requests, a new one, who has answered, and what the division does with all lines at once."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tomoni.cases.services import RulesBroken
from tomoni.kernel.clock import today
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.permissions import Permission
from tomoni.plans.selectors.plans import newest_first
from tomoni.reporting.forms import DeadlineForm, DepartmentForm, RequestForm
from tomoni.reporting.models import YearRequest
from tomoni.reporting.selectors import requests as selectors
from tomoni.reporting.services import opening, passing, publishing, reminding
from tomoni.reporting.services.passing import Bulk
from tomoni.reporting.workflow import State
from tomoni.ui.access import needs, refused
from tomoni.ui.pages import page
from tomoni.ui.requests import Request

SHOWN = 50  # lines listed as being in the way


@needs(Permission.REPORT_READ)
def requests(request: Request, municipality: str) -> HttpResponse:
    """Every request of the city, the newest first, each with the doors this person may use."""
    actor = request.actor
    content = {
        "requests": selectors.requests(),
        "may_ask": actor.may(Permission.REPORT_CHECK),
        "may_write": actor.may(Permission.REPORT_WRITE),
        "may_assess": actor.may(Permission.PLAN_ASSESS),
        "today": today(),
    }
    return page(request, "reporting/requests.html", content)


@needs(Permission.REPORT_CHECK)
def request_new(request: Request, municipality: str) -> HttpResponse:
    """Ask for a year."""
    plans = newest_first(request.actor)
    form = RequestForm(request.POST or None, plans=plans, on=today())
    if request.method == "POST" and form.is_valid():
        try:
            made = opening.open_request(form.cleaned_data["plan"], form.question(), on=today(), by=request.actor)
        except RulesBroken as problem:
            for finding in problem.findings:
                form.add_error(finding.where or None, finding.message)
        except NotAllowed as problem:
            form.add_error("year", str(problem))
        else:
            messages.success(request, _("照会を始めました。担当の課に知らせました。"))
            return redirect(made)
    return page(request, "reporting/new.html", {"form": form}, status=422 if form.is_bound else 200)


@needs(Permission.REPORT_READ)
def year_request(request: Request, municipality: str, pk: int) -> HttpResponse:
    """Who has answered, for the division; officers go to their lines, committee members to theirs."""
    held = get_object_or_404(selectors.requests(), pk=pk)
    if not request.actor.may(Permission.REPORT_CHECK):
        is_officer = request.actor.may(Permission.REPORT_WRITE)
        return redirect("report-mine" if is_officer else "report-assessing", municipality, pk)
    return _shown(request, held, {})


def _shown(request: Request, held: YearRequest, sent: dict[str, Form], bulk: Bulk | None = None) -> HttpResponse:
    whole = selectors.overview(held, on=today())
    content = {
        "held": held,
        "whole": whole,
        "labels": selectors.state_labels(),
        "added": selectors.lines_added_since(held),
        "is_over": today() > held.due_on,
        "bulk": bulk,
        "in_the_way": bulk.in_the_way[:SHOWN] if bulk else (),
        "more": max(0, len(bulk.in_the_way) - SHOWN) if bulk else 0,
        "to_confirm": whole.count(State.HANDED_IN),
        "to_publish": whole.count(State.ASSESSED, *([] if held.asks_committee else [State.CONFIRMED])),
        "to_assess": whole.count(State.CONFIRMED) if held.asks_committee else 0,
        "deadline": sent.get("deadline")
        or DeadlineForm(initial={"due_on": held.due_on}, prefix="deadline", label_suffix=""),
        "assign": sent.get("assign") or DepartmentForm(with_reason=False, prefix="assign")
        if whole.unassigned
        else None,
    }
    return page(request, "reporting/request.html", content, status=422 if sent else 200)


def _confirm(held: YearRequest, request: Request) -> HttpResponse:
    named = request.POST.get("department", "")
    department = int(named) if named.isdecimal() and len(named) < 19 else None
    return _after(request, held, passing.confirm_ready(held, department=department, by=request.actor), _("確認済みに"))


def _publish(held: YearRequest, request: Request) -> HttpResponse:
    return _after(request, held, publishing.publish_ready(held, on=today(), by=request.actor), _("公表"))


def _after(request: Request, held: YearRequest, bulk: Bulk, done: str) -> HttpResponse:
    if bulk.moved:
        messages.success(request, _("%(count)s件を%(done)sしました。") % {"count": bulk.moved, "done": done})
    else:
        messages.warning(request, _("%(done)sできるものは、ありませんでした。") % {"done": done})
    return _shown(request, held, {}, bulk) if bulk.in_the_way else redirect(held)


def _remind(held: YearRequest, request: Request) -> HttpResponse:
    told = reminding.remind(held, on=today(), by=request.actor)
    if told:
        messages.success(request, _("まだ出していない課の%s人に知らせました。") % told)
    else:
        messages.warning(request, _("知らせる相手がいないか、今日はもう知らせています。"))
    return redirect(held)


def _extend(held: YearRequest, request: Request) -> HttpResponse:
    added = opening.ask_for_new_lines(held, on=today(), by=request.actor)
    messages.success(request, _("あとから増えた%s件をたずねました。") % added)
    return redirect(held)


def _deadline(held: YearRequest, request: Request) -> HttpResponse:
    form = DeadlineForm(request.POST, prefix="deadline", label_suffix="")
    if form.is_valid():
        try:
            opening.move_deadline(held, due_on=form.cleaned_data["due_on"], on=today(), by=request.actor)
        except RulesBroken as problem:
            form.add_error("due_on", str(problem))
        else:
            messages.success(request, _("締め切りを変えました。"))
            return redirect(held)
    return _shown(request, held, {"deadline": form})


def _assign(held: YearRequest, request: Request) -> HttpResponse:
    form = DepartmentForm(request.POST, with_reason=False, prefix="assign")
    if not form.is_valid():
        return _shown(request, held, {"assign": form})
    chosen = [int(key) for key in request.POST.getlist("entry") if key.isdecimal() and len(key) < 19]
    entries = [entry for entry in selectors.overview(held, on=today()).unassigned if entry.pk in chosen]
    if not entries:
        form.add_error(None, _("担当を決める取組を選んでください。"))
        return _shown(request, held, {"assign": form})
    for entry in entries:
        opening.assign(entry, to=form.cleaned_data["department"], by=request.actor)
    messages.success(request, _("%s件の担当の課を決めました。") % len(entries))
    return redirect(held)


Act = Callable[[YearRequest, Request], HttpResponse]
ACTS: dict[str, Act] = {
    "confirm": _confirm,
    "publish": _publish,
    "remind": _remind,
    "extend": _extend,
    "deadline": _deadline,
    "assign": _assign,
}


@needs(Permission.REPORT_CHECK)
@require_POST
def act(request: Request, municipality: str, pk: int, act: str) -> HttpResponse:
    """Something the division does with the whole request."""
    if act not in ACTS:
        raise Http404
    held = get_object_or_404(selectors.requests(), pk=pk)
    try:
        return ACTS[act](held, request)
    except NotAllowed as problem:
        return refused(request, str(problem))
