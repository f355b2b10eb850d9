"""What people at work do: judge a promise or take that back, write down a recommendation, answer one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tomoni.cases.services import RulesBroken
from tomoni.committees.models import Meeting
from tomoni.kernel.clock import now
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.permissions import Permission
from tomoni.plans.models import Plan
from tomoni.plans.selectors import assessors
from tomoni.promises import permissions, selectors, services
from tomoni.promises.filters import UNDECIDED
from tomoni.promises.forms import AnswerForm, JudgeForm, RecommendForm
from tomoni.promises.selectors import sources
from tomoni.promises.selectors.lines import LineOf, line_of, lines_of
from tomoni.promises.selectors.promised import Promise
from tomoni.promises.showing import shown, told_of
from tomoni.promises.views import advice_page, plan_of
from tomoni.ui.access import needs, refused
from tomoni.ui.pages import page
from tomoni.ui.requests import Request


@needs(Permission.PROMISE_JUDGE)
def promise(request: Request, municipality: str, plan: int, *, line: int, year: int, part: int) -> HttpResponse:
    """One promise beside the next year's report, what the program proposes and why, and the form to decide."""
    held = plan_of(request, plan)
    one, of = _promise(held, line, year, part)
    if not (decision := permissions.may_judge(request.actor, of.leads)):
        return refused(request, decision.reason)
    form = JudgeForm(request.POST or None, initial=_initial(one))
    if form.is_valid() and _judged(request, one, form):
        messages.success(request, _("判断を記録しました。判断待ちの約束を並べています。"))
        return redirect(reverse("promises", args=[municipality, plan]) + f"?year={year}&verdict={UNDECIDED}")
    content = {
        "plan": held,
        "one": shown([one], {of.pk: of}, held, request.actor)[0],
        "form": form,
        "told": told_of(one),
    }
    return page(request, "promises/promise.html", content, status=422 if form.errors else 200)


def _promise(plan: Plan, line: int, year: int, part: int) -> tuple[Promise, LineOf]:
    of = lines_of(plan).get(line)
    held = line_of(plan, line)
    one = selectors.promise_of(held, year, part) if held else None
    if one is None or of is None:
        raise Http404
    return one, of


def _initial(one: Promise) -> dict[str, Any]:
    held = one.verdict
    return {"seen": one.text, **({"verdict": held.verdict, "why": held.why} if held else {})}


def _judged(request: Request, one: Promise, form: JudgeForm) -> bool:
    typed = form.cleaned_data
    try:
        services.judge(one, seen=typed["seen"], verdict=typed["verdict"], why=typed["why"], at=now(), by=request.actor)
    except (NotAllowed, RulesBroken) as problem:
        _tell(form, problem)
        return False
    return True


@needs(Permission.PROMISE_JUDGE)
@require_POST
def undo(request: Request, municipality: str, plan: int, *, line: int, year: int, part: int) -> HttpResponse:
    """The promise is undecided again."""
    held = plan_of(request, plan)
    one, _of = _promise(held, line, year, part)
    given = one.verdict or one.outdated
    if given is None:
        raise Http404
    try:
        services.take_back(given, by=request.actor)
    except NotAllowed as problem:
        return refused(request, str(problem))
    messages.success(request, _("判断を取り消しました。"))
    return redirect("promises", municipality, plan)


@needs(Permission.PLAN_ASSESS)
def recommend(request: Request, municipality: str, plan: int) -> HttpResponse:
    """Write down what a committee asks for; `?about=measure:12`, `?assessment=3` and `?year=` begin the form."""
    held = plan_of(request, plan)
    form = RecommendForm(request.POST or None, plan=held, actor=request.actor, initial=_begun(request, held))
    if form.is_valid():
        try:
            made = services.recommend(**_typed(held, form), by=request.actor)
        except (NotAllowed, ValidationError) as problem:
            form.add_error(None, problem if isinstance(problem, ValidationError) else str(problem))
        else:
            messages.success(request, _("意見を記録しました。"))
            return redirect(made.get_absolute_url())
    context = {"plan": held, "form": form}
    return page(request, "promises/recommend.html", context, status=422 if form.errors else 200)


def _begun(request: Request, plan: Plan) -> dict[str, Any]:
    """What the form begins with: what the address names, or the words of an assessment."""
    key = request.GET.get("assessment", "")
    said = sources.assessment_of(plan, int(key)) if key.isascii() and key.isdigit() and len(key) < 10 else None
    if said is None:
        return {"about": request.GET.get("about", "plan"), "year": max(plan.years, default=None)}
    about = f"measure:{said.measure_id}" if said.measure_id else f"heading:{said.heading_id}"
    return {
        "about": about,
        "year": said.year,
        "committee": said.committee_id,
        "text": said.opinion,
        "assessment": said.pk,
    }


def _typed(plan: Plan, form: RecommendForm) -> dict[str, Any]:
    typed = form.cleaned_data
    held = sources.occasion(typed["source"])
    meeting = held if isinstance(held, Meeting) else None
    source = services.Source(
        assessment=sources.assessment_of(plan, typed["assessment"] or 0),
        meeting=meeting,
        evaluation=None if isinstance(held, Meeting) else held,
    )
    return {
        "of": sources.chosen(plan, typed["about"]) or plan,
        "committee": assessors.committees_of(form.actor).get(pk=typed["committee"]),
        "year": typed["year"],
        "text": typed["text"],
        "source": source,
    }


@needs(Permission.RECOMMENDATION_ANSWER)
@require_POST
def answer(request: Request, municipality: str, plan: int, pk: int) -> HttpResponse:
    """Answer a recommendation for a year."""
    held = plan_of(request, plan)
    one = get_object_or_404(selectors.recommendations_of(held), pk=pk)
    form = AnswerForm(request.POST, plan=held, since=one.year)
    if form.is_valid():
        try:
            services.answer(one, **form.cleaned_data, at=now(), by=request.actor)
        except NotAllowed as problem:
            return refused(request, str(problem))
        except RulesBroken as problem:
            _tell(form, problem)
        else:
            messages.success(request, _("対応を記録しました。"))
            return redirect(one.get_absolute_url())
    return advice_page(request, held, one, form)


def _tell(form: Form, problem: NotAllowed | RulesBroken) -> None:
    if isinstance(problem, NotAllowed):
        form.add_error(None, str(problem))
        return
    for finding in problem.findings:
        form.add_error(finding.where or None, finding.message)
