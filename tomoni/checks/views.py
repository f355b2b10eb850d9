"""What the checks found in a plan, for people of the city and committees: the list, answers, rates and a file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tomoni.checks import permissions, services
from tomoni.checks.cards import by_line, cards_of
from tomoni.checks.exports import as_csv
from tomoni.checks.filters import asked, fields, kinds
from tomoni.checks.selectors import findings, lines
from tomoni.kernel.clock import now
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.permissions import Permission
from tomoni.plans.checking.rates import repeat_rates
from tomoni.plans.models import Plan
from tomoni.plans.selectors import plans
from tomoni.plans.words import short_year
from tomoni.ui.access import needs
from tomoni.ui.pages import page
from tomoni.ui.requests import Request

SHOWN = 20


@needs(Permission.CHECK_READ)
def plan_checks(request: Request, municipality: str, pk: int) -> HttpResponse:
    """Everything that does not fit in a plan, narrowed by kind, department, year and answer."""
    return _list(request, get_object_or_404(plans.visible_to(request.actor), pk=pk))


@needs(Permission.CHECK_ANSWER)
@require_POST
def answer(request: Request, municipality: str, pk: int) -> HttpResponse:
    """Say why a finding is as intended. What is in the way is said on the list, with the words as they were typed."""
    plan = get_object_or_404(plans.visible_to(request.actor), pk=pk)
    line = get_object_or_404(lines.lines_in(plan), pk=_number(request.POST.get("line", "")))
    told = findings.named(findings.findings_of_line(line), request.POST.get("key", ""))
    reason = request.POST.get("reason", "")
    if told is None:
        problem = _("もとの文が変わったため、この指摘はもうありません。いまの指摘を確かめてください。")
        return _list(request, plan, {"problem": problem, "typed": reason})
    try:
        services.answer(line, told.finding, reason=reason, at=now(), by=request.actor)
    except NotAllowed as refusal:
        return _list(request, plan, {"problem": str(refusal), "typed": reason})
    except ValidationError as refusal:
        return _list(request, plan, {"problem": " ".join(refusal.messages), "typed": reason})
    messages.success(request, _("答えを記録しました。もとの文が変わると、もう一度確かめます。"))
    return redirect(_back(request, municipality, pk))


@needs(Permission.CHECK_ANSWER)
@require_POST
def take_back(request: Request, municipality: str, pk: int) -> HttpResponse:
    """Take an answer back."""
    plan = get_object_or_404(plans.visible_to(request.actor), pk=pk)
    held = get_object_or_404(findings.answers_in(plan), pk=_number(request.POST.get("answer", "")))
    try:
        services.take_back(held, by=request.actor)
    except NotAllowed as refusal:
        return _list(request, plan, {"problem": str(refusal)})
    messages.success(request, _("答えを取り消しました。"))
    return redirect(_back(request, municipality, pk))


@needs(Permission.PLAN_WRITE)
def rates(request: Request, municipality: str, pk: int) -> HttpResponse:
    """How much of what departments write is that of the year before; for the division only."""
    plan = get_object_or_404(plans.visible_to(request.actor), pk=pk)
    found = repeat_rates(line.facts for line in lines.lines_of(plan))
    years = sorted(plan.years)[1:]
    rows = [(name, [(short_year(year), held.get(year)) for year in years]) for name, held in sorted(found.items())]
    heads = [short_year(year) for year in years]
    return page(request, "checks/rates.html", {"plan": plan, "heads": heads, "rows": rows})


@needs(Permission.PLAN_WRITE)
def plan_checks_csv(request: Request, municipality: str, pk: int) -> HttpResponse:
    """The same list as a file, under the same filter; for the division only."""
    plan = get_object_or_404(plans.visible_to(request.actor), pk=pk)
    chosen = asked(request.GET, plan)
    found = [each for each in findings.findings_of_plan(plan) if chosen.fits(each)]
    answered = HttpResponse(as_csv(cards_of(found, plan, actor=request.actor)), content_type="text/csv; charset=utf-8")
    answered["Content-Disposition"] = f'attachment; filename="{municipality}-plan-{plan.pk}-checks.csv"'
    return answered


def _list(request: Request, plan: Plan, wrong: dict[str, Any] | None = None) -> HttpResponse:
    readable = findings.findings_of_plan(plan)
    if not permissions.reads_all(request.actor):
        readable = findings.own(readable, request.actor)
    chosen = asked(request.GET, plan)
    wanted = [each for each in readable if chosen.fits(each)]
    shown = Paginator(wanted, SHOWN).get_page(request.GET.get("page"))
    content = {
        "plan": plan,
        "page": shown,
        "groups": by_line(cards_of(shown, plan, actor=request.actor)),
        "kinds": kinds(chosen, readable),
        "query": chosen.query,
        "fields": fields(chosen, plan, readable),
        "left": sum(not each.is_answered for each in wanted),
        "is_whole": permissions.reads_all(request.actor),
        "may_survey": request.actor.may(Permission.PLAN_WRITE),
        **(wrong or {}),
    }
    return page(request, "checks/plan_checks.html", content, status=422 if wrong else 200)


def _back(request: Request, municipality: str, pk: int) -> str:
    """Where the answer was given, if that is a page of ours."""
    back = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith(f"/{municipality}/"):
        return back
    return f"/{municipality}/checks/{pk}/"


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
