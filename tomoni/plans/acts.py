"""What people do on the pages of measures: mark, relist and assess one, link a project to it and take that back."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.permissions import Permission
from tomoni.plans import services
from tomoni.plans.forms import AssessForm, LinkForm, RelistForm
from tomoni.plans.models import Measure, Plan
from tomoni.plans.selectors import assessors, headings, links, plans, story
from tomoni.plans.views import measure_page
from tomoni.projects import selectors as projects
from tomoni.projects.models import Project
from tomoni.ui.access import needs
from tomoni.ui.pages import page
from tomoni.ui.requests import Request


@needs(Permission.PROJECT_LINK)
def link(request: Request, municipality: str, project: int) -> HttpResponse:
    """Say which measure a project serves; without a choice that holds, the form comes back with a sentence.

    What the year before served is chosen already.
    """
    held = get_object_or_404(projects.visible_to(request.actor), pk=project)
    before = links.measures_of(held.previous) if held.previous else []
    form = LinkForm(request.POST or None, project=held, initial={"measure": next((each.pk for each in before), None)})
    if not form.is_valid():
        return _link_page(request, held, form)
    measure = get_object_or_404(links.linkable(), pk=form.cleaned_data["measure"])
    try:
        services.link_project(measure, held, by=request.actor)
    except NotAllowed as problem:
        form.add_error(None, str(problem))
        return _link_page(request, held, form)
    messages.success(request, _("「%s」とつなぎました。") % measure)
    return redirect(held)


@needs(Permission.PROJECT_LINK)
@require_POST
def unlink(request: Request, municipality: str, project: int) -> HttpResponse:
    """Take the link to a measure back."""
    held = get_object_or_404(projects.visible_to(request.actor), pk=project)
    number = request.POST.get("measure", "")
    measure = get_object_or_404(links.linkable(), pk=int(number) if number.isdecimal() and len(number) < 19 else 0)
    try:
        services.unlink_project(measure, held, by=request.actor)
    except NotAllowed as problem:
        form = LinkForm({}, project=held)
        form.errors.clear()
        form.add_error(None, str(problem))
        return _link_page(request, held, form)
    messages.success(request, _("「%s」とのつながりを外しました。") % measure)
    return redirect(held)


def _link_page(request: Request, project: Project, form: LinkForm) -> HttpResponse:
    return page(request, "plans/link.html", {"project": project, "form": form}, status=422 if form.is_bound else 200)


@needs(Permission.PLAN_WRITE)
@require_POST
def mark(request: Request, municipality: str, pk: int, measure: int) -> HttpResponse:
    """Call the measure a priority one, or no longer."""
    _plan, chosen = _found(request, pk, measure)
    is_priority = request.POST.get("is_priority") == "yes"
    services.mark_priority(chosen, is_priority=is_priority, by=request.actor)
    messages.success(request, _("重点施策にしました。") if is_priority else _("重点施策から外しました。"))
    return redirect("measure", municipality, pk, measure)


@needs(Permission.PLAN_WRITE)
@require_POST
def relist(request: Request, municipality: str, pk: int, measure: int) -> HttpResponse:
    """List the measure again under another heading."""
    plan, chosen = _found(request, pk, measure)
    form = RelistForm(request.POST, plan=plan, prefix="relist")
    if form.is_valid():
        under = get_object_or_404(headings.headings(plan), pk=form.cleaned_data["heading"])
        try:
            services.relist(chosen, under=under, number=form.cleaned_data["number"], by=request.actor)
        except NotAllowed as problem:
            form.add_error("heading", str(problem))
        else:
            messages.success(request, _("「%s」の下にも載せました。") % under)
            return redirect("measure", municipality, pk, measure)
    return measure_page(request, plan, chosen, {"relist": form})


@needs(Permission.PLAN_ASSESS)
@require_POST
def assess(request: Request, municipality: str, pk: int, measure: int) -> HttpResponse:
    """Write down what a committee says of the measure in a year."""
    plan, chosen = _found(request, pk, measure)
    form = AssessForm(request.POST, plan=plan, actor=request.actor, prefix="assess")
    if form.is_valid():
        typed = form.cleaned_data
        body = get_object_or_404(assessors.committees_of(request.actor), pk=typed.pop("committee"))
        try:
            services.assess(chosen, committee=body, **typed, by=request.actor)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("委員会の評価を記録しました。"))
            return redirect("measure", municipality, pk, measure)
    return measure_page(request, plan, chosen, {"assess": form})


def _found(request: Request, pk: int, measure: int) -> tuple[Plan, Measure]:
    plan = get_object_or_404(plans.visible_to(request.actor), pk=pk)
    return plan, get_object_or_404(story.measures_of(plan), pk=measure)
