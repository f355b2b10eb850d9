"""Programmes and rounds: what everybody reads, and what the division writes and publishes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tomoni.kernel.clock import today
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.permissions import Permission
from tomoni.proposals import permissions, selectors
from tomoni.proposals.forms import ProgrammeForm, RoundForm
from tomoni.proposals.models import Programme, Round
from tomoni.proposals.services import rounds as services
from tomoni.rulebooks.schema import Rulebook
from tomoni.rulebooks.selectors import NoRulebook, book_of
from tomoni.ui.access import needs, open_to_all
from tomoni.ui.pages import page
from tomoni.ui.requests import Request

TONES = {
    "draft": "open",
    "submitted": "wait",
    "talks": "wait",
    "screening": "key",
    "adopted": "ok",
    "declined": "done",
    "withdrawn": "done",
}


def book_for(request: Request) -> Rulebook:
    """The city's rulebook of today; a city without one has no programmes (404)."""
    try:
        return book_of(request.municipality, today())
    except NoRulebook as missing:
        raise Http404(str(missing)) from missing


@open_to_all
def programmes(request: Request, municipality: str) -> HttpResponse:
    """Every programme with its conditions, the rounds that are open now, those judged and published, counts by year."""
    book, held = book_for(request), list(selectors.programmes())
    keys = {each.key for each in held}
    shown = {
        "programmes": held,
        "calls": selectors.calls(today()),
        "funnel": selectors.funnel(),
        "may_arrange": permissions.may_arrange(request.actor),
        "untaken": [each for each in book.programmes if each.key not in keys],
        "may_read": request.actor.may(Permission.PROPOSAL_READ),
    }
    return page(request, "proposals/programmes.html", shown)


@open_to_all
def call(request: Request, municipality: str, pk: int) -> HttpResponse:
    """One round: what is asked for, on which conditions, who has proposed, and what came of it."""
    shown = get_object_or_404(selectors.rounds(), pk=pk)
    return _call_page(request, shown)


def _call_page(request: Request, shown: Round, problem: str = "") -> HttpResponse:
    proposed = list(selectors.public().filter(round=shown))
    for each in proposed:
        each.tone = TONES["screening" if not shown.published_on and each.decided_on else each.state]  # type: ignore[attr-defined]  # for the template
    may_begin = request.actor.may(Permission.PROPOSAL_WRITE)
    context = {
        "call": shown,
        "is_open": shown.is_open(today()),
        "is_coming": shown.opens > today(),
        "days_left": (shown.closes - today()).days,
        "conditions": shown.programme.conditions.in_words(),
        "proposed": proposed,
        "mine": list(selectors.own(request.actor).filter(round=shown)) if may_begin else [],
        "may_begin": may_begin,
        "may_arrange": permissions.may_arrange(request.actor),
        "may_screen": permissions.may_screen(request.actor, shown),
        "may_publish": permissions.may_publish(request.actor, shown),
        "decides": request.actor.may(Permission.PROPOSAL_DECIDE),
        "problem": problem,
    }
    return page(request, "proposals/round.html", context, status=422 if problem else 200)


@needs(Permission.PROGRAMME_WRITE)
@require_POST
def take_over(request: Request, municipality: str) -> HttpResponse:
    """Take over the programmes the rulebook announces."""
    made = services.take_over_programmes(book_for(request), by=request.actor)
    messages.success(request, _("%(count)s件の制度を取り入れました。") % {"count": len(made)})
    return redirect("programmes", municipality)


@needs(Permission.PROGRAMME_WRITE)
def programme_new(request: Request, municipality: str) -> HttpResponse:
    """Write a programme of the city's own."""
    return _programme(request, Programme())


@needs(Permission.PROGRAMME_WRITE)
def programme_edit(request: Request, municipality: str, pk: int) -> HttpResponse:
    """Change the conditions of a programme; proposals already handed in are not judged again."""
    return _programme(request, get_object_or_404(selectors.programmes(), pk=pk))


def _programme(request: Request, held: Programme) -> HttpResponse:
    form = ProgrammeForm(request.POST or None, instance=held)
    if request.method == "POST" and form.is_valid():
        kept = services.write_programme(form.save(commit=False), form.conditions(), by=request.actor)
        messages.success(request, _("「%s」を残しました。") % kept)
        return redirect("programmes", request.municipality.slug)
    shown = {"form": form, "programme": held}
    return page(request, "proposals/programme_form.html", shown, status=422 if form.errors else 200)


@needs(Permission.PROGRAMME_WRITE)
def round_new(request: Request, municipality: str) -> HttpResponse:
    """Open a round; with ?issue=… about a local issue on the board."""
    initial: dict[str, Any] = {}
    if (key := request.GET.get("issue", "")).isdecimal():
        issue = get_object_or_404(selectors.issues(today()), pk=int(key))
        initial = {"issue": issue.pk, "title": issue.title, "theme": issue.text}
    return _round(request, Round(), initial)


@needs(Permission.PROGRAMME_WRITE)
def round_edit(request: Request, municipality: str, pk: int) -> HttpResponse:
    """Change a round: its days, its theme, who judges."""
    return _round(request, get_object_or_404(selectors.rounds(), pk=pk), {})


def _round(request: Request, held: Round, initial: dict[str, Any]) -> HttpResponse:
    issues = selectors.issues(today())
    rows = {
        "programme": selectors.programmes(),
        "issue": selectors.issues_or(issues, held.issue_id),
        "department": selectors.departments(),
        "committee": selectors.committees(),
    }
    form = RoundForm(request.POST or None, instance=held, rows=rows, initial=initial)
    if request.method == "POST" and form.is_valid():
        opened = services.open_round(form.save(commit=False), by=request.actor)
        messages.success(request, _("「%s」を残しました。") % opened)
        return redirect(opened)
    shown = {"form": form, "call": held if held.pk else None, "programmes": selectors.programmes().exists()}
    return page(request, "proposals/round_form.html", shown, status=422 if form.errors else 200)


@needs(Permission.PROPOSAL_DECIDE)
@require_POST
def publish(request: Request, municipality: str, pk: int) -> HttpResponse:
    """Publish what was adopted and declined, and why."""
    shown = get_object_or_404(selectors.rounds(), pk=pk)
    try:
        services.publish_results(shown, on=today(), by=request.actor)
    except NotAllowed as problem:
        return _call_page(request, shown, str(problem))
    messages.success(request, _("結果を公表しました。だれでも読めます。"))
    return redirect(shown)
