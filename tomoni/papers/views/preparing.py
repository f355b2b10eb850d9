"""Preparing a year's papers: how they would be today, names that stand in them, publishing and withdrawing."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from tomoni.cases.services import RulesBroken
from tomoni.kernel.clock import now
from tomoni.kernel.decisions import NotAllowed
from tomoni.kernel.fiscal import FiscalYear
from tomoni.kernel.rules import broken
from tomoni.papers import rules, services
from tomoni.papers.content import Content
from tomoni.papers.forms import PublishForm, WithdrawForm, judgements_in
from tomoni.papers.making.files import FORMS, form
from tomoni.papers.selectors import unpublished, versions
from tomoni.papers.selectors.content import content_of
from tomoni.papers.selectors.names import marked, published_form
from tomoni.papers.showing import evaluation_page, summary_page
from tomoni.papers.views.published import attachment
from tomoni.parties.permissions import Permission
from tomoni.plans.models import Plan
from tomoni.plans.selectors import plans
from tomoni.ui.access import needs
from tomoni.ui.pages import page
from tomoni.ui.requests import Request

SHOWN = 30
DRAFT = "案（公表前）"


def _plan(request: Request, pk: int, year: int) -> Plan:
    plan = get_object_or_404(plans.visible_to(request.actor), pk=pk)
    if year not in unpublished.years_at_work(plan):
        raise Http404
    return plan


def _draft(request: Request, plan: Plan, year: int) -> Content:
    """What this person may read of the year; people decided to blacken some of it already."""
    return published_form(unpublished.draft_of(plan, year, actor=request.actor), plan)


@needs(Permission.PAPER_READ)
def draft(request: Request, municipality: str, pk: int, year: int, *, view: str = "evaluation") -> HttpResponse:
    """The papers as they would be today, for the division and the committee."""
    plan = _plan(request, pk, year)
    content = _draft(request, plan, year)
    paper = evaluation_page(content) if view == "evaluation" else summary_page(content)
    context = {
        "plan": plan,
        "year": year,
        "year_name": str(FiscalYear(year)),
        "view": view,
        "paper": paper,
        "files": FORMS,
        "may_publish": request.actor.may(Permission.PAPER_PUBLISH),
    }
    return page(request, "papers/draft.html", context)


@needs(Permission.PAPER_READ)
def draft_file(request: Request, municipality: str, pk: int, year: int, *, key: str, ending: str) -> HttpResponse:
    """A paper as a file as it would be today; it says on every page that it is not published."""
    plan, wanted = _plan(request, pk, year), form(key, ending)
    if wanted is None:
        raise Http404
    content = _draft(request, plan, year)
    return attachment(wanted.make(content, DRAFT), wanted.content_type, f"案_{wanted.file_name(content)}")


@needs(Permission.PAPER_PUBLISH)
def names(request: Request, municipality: str, pk: int, year: int) -> HttpResponse:
    """Probable names and contacts of people in the papers of a year; for each, blacken or keep."""
    plan = _plan(request, pk, year)
    also = request.GET.get("q", "").strip()[:50]
    found = marked(unpublished.draft_of(plan, year, actor=request.actor), plan, also=also)
    if request.method == "POST":
        changed = services.judge_names(plan, judgements_in(request.POST, found), at=now(), by=request.actor)
        messages.success(request, _("%(n)s件を記録しました。") % {"n": changed})
        return redirect(request.get_full_path())
    open_ = [place for place in found if any(mark.is_blackened is None for mark in place.marks)]
    shown = Paginator([*open_, *(place for place in found if place not in open_)], SHOWN)
    context = {
        "plan": plan,
        "year": year,
        "year_name": str(FiscalYear(year)),
        "fields": [{"name": "q", "label": _("ほかの言葉をさがす"), "value": also}],
        "places": shown.get_page(request.GET.get("page")),
        "query": f"q={also}&" if also else "",
        "undecided": sum(mark.is_blackened is None for place in found for mark in place.marks),
        "decided": sum(mark.is_blackened is not None for place in found for mark in place.marks),
    }
    return page(request, "papers/names.html", context)


@needs(Permission.PAPER_PUBLISH)
def publish(request: Request, municipality: str, pk: int, year: int) -> HttpResponse:
    """What would be published, what is in the way, and the one button."""
    plan = _plan(request, pk, year)
    sent = PublishForm(request.POST or None)
    status = 200
    if request.method == "POST":
        if sent.is_valid():
            try:
                version = services.publish(plan, year, note=sent.cleaned_data["note"], at=now(), by=request.actor)
            except (RulesBroken, NotAllowed) as problem:
                sent.add_error(None, _sentences(problem))
            else:
                services.keep_files(version, at=now())
                messages.success(request, _("%(version)sを公表しました。") % {"version": version})
                return redirect(version.get_absolute_url())
        status = 422
    content = content_of(plan, year)
    facts = services.facts_of(plan, year, content)
    context = {
        "plan": plan,
        "year": year,
        "year_name": str(FiscalYear(year)),
        "form": sent,
        "facts": facts,
        "findings": broken(rules.PUBLISHING, facts),
        "stands": versions.in_force(plan, year),
    }
    return page(request, "papers/publish.html", context, status=status)


def _sentences(problem: RulesBroken | NotAllowed) -> list[str]:
    return [each.message for each in problem.findings] if isinstance(problem, RulesBroken) else [str(problem)]


@needs(Permission.PAPER_PUBLISH)
def withdraw(request: Request, municipality: str, pk: int) -> HttpResponse:
    """Withdraw a wrong version, with the reason everybody will read."""
    held = get_object_or_404(versions.visible_to(request.actor), pk=pk)
    sent = WithdrawForm(request.POST or None)
    status = 200
    if request.method == "POST":
        if sent.is_valid():
            try:
                services.withdraw(held, reason=sent.cleaned_data["reason"], at=now(), by=request.actor)
            except (RulesBroken, NotAllowed) as problem:
                sent.add_error("reason", _sentences(problem))
            else:
                messages.success(request, _("取り下げました。"))
                return redirect(held.get_absolute_url())
        status = 422
    return page(request, "papers/withdraw.html", {"version": held, "plan": held.plan, "form": sent}, status=status)
