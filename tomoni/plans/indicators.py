"""Pages of indicators and figures: what a plan follows, for everybody; and what a measure's people do with its figures."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from tomoni.parties.permissions import Permission
from tomoni.plans import following, permissions
from tomoni.plans.charts import number
from tomoni.plans.exports import indicators_csv
from tomoni.plans.figure_forms import AimForm, AsideForm, FollowForm, RenameForm, StopForm, aim_of, name_of
from tomoni.plans.models import Measure, Plan
from tomoni.plans.pages.indicators import figures_content, group_named, rows_of, shown
from tomoni.plans.selectors import indicators as selectors
from tomoni.plans.selectors import plans, story
from tomoni.plans.words import words_of
from tomoni.ui.access import needs, open_to_all, refused
from tomoni.ui.pages import page
from tomoni.ui.requests import Request

SHOWN = 20
Act = tuple[Form, Callable[[], object]]  # what was sent, and what to do with it once it is clean


@open_to_all
def indicators(request: Request, municipality: str, pk: int) -> HttpResponse:
    """Every indicator of a plan: its picture with the target, what it says, and the numbers."""
    plan = get_object_or_404(plans.visible_to(request.actor), pk=pk)
    listed = Paginator(selectors.of_plan(plan), SHOWN).get_page(request.GET.get("page"))
    context = {
        "plan": plan,
        "listed": listed,
        "shown": shown(plan, list(listed)),
        "words": words_of(plan.rulebook.book),
    }
    return page(request, "plans/indicators.html", context)


@open_to_all
def indicators_data(request: Request, municipality: str, pk: int) -> HttpResponse:
    """The same numbers as a table for spreadsheets."""
    plan = get_object_or_404(plans.visible_to(request.actor), pk=pk)
    rows = rows_of(shown(plan, list(selectors.of_plan(plan))))
    answer = HttpResponse(indicators_csv(request.municipality, plan, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{municipality}-plan-{plan.pk}-indicators.csv"'
    return answer


@needs(Permission.INDICATOR_WRITE)
def figures(request: Request, municipality: str, pk: int, measure: int) -> HttpResponse:
    """The figures of a measure: which seem to be one series, which are followed, and each by itself."""
    plan, held = _found(request, pk, measure)
    if not (decision := permissions.may_follow(request.actor, selectors.leads_of(held))):
        return refused(request, decision.reason)
    return page(request, "plans/figures.html", figures_content(plan, held))


@needs(Permission.INDICATOR_WRITE)
def follow(request: Request, municipality: str, pk: int, measure: int) -> HttpResponse:
    """Make an indicator of figures; `?key=` names the group that seems to be one series."""
    plan, held = _found(request, pk, measure)
    group = group_named(held, request.GET.get("key", ""))
    form = FollowForm(request.POST or None, plan=plan, group=group)

    def act() -> None:
        typed = form.cleaned_data
        named = {"label": typed["label"], "unit": typed["unit"], "spellings": typed.get("spellings", ())}
        following.follow(held, **named, aim=form.aim(), by=request.actor)

    chosen = (form, act) if request.method == "POST" else None
    return _choose(request, held, chosen, template="plans/follow.html", context={"form": form})


@needs(Permission.INDICATOR_WRITE)
def indicator(request: Request, municipality: str, pk: int, *, measure: int, indicator: int) -> HttpResponse:
    """Set the target of an indicator, stop asking for it, or go on."""
    plan, held = _found(request, pk, measure)
    one = get_object_or_404(selectors.indicators_of(held), pk=indicator)
    sent = request.POST.get("act", "")
    aim = AimForm(request.POST if sent == "aim" else None, plan=plan, initial=aim_of(one))
    stop = StopForm(request.POST if sent == "stop" else None, plan=plan)
    acts: dict[str, Act] = {
        "aim": (aim, lambda: following.set_aim(one, aim.aim(), by=request.actor)),
        "stop": (stop, lambda: following.stop_following(one, **stop.cleaned_data, by=request.actor)),
        "again": (Form(request.POST), lambda: following.follow_again(one, by=request.actor)),
    }
    context = {"indicator": one, "aim": aim, "stop": stop}
    return _choose(request, held, acts.get(sent), template="plans/indicator.html", context=context)


@needs(Permission.INDICATOR_WRITE)
def figure(request: Request, municipality: str, pk: int, *, measure: int, figure: int) -> HttpResponse:
    """Give a figure another name, set it aside, or put it back."""
    _plan, held = _found(request, pk, measure)
    one = get_object_or_404(selectors.figures_of(held), pk=figure)
    sent = request.POST.get("act", "")
    rename = RenameForm(request.POST if sent == "rename" else None, initial=name_of(one))
    aside = AsideForm(request.POST if sent == "aside" else None)
    acts: dict[str, Act] = {
        "rename": (rename, lambda: following.rename_figure(one, **rename.cleaned_data, by=request.actor)),
        "aside": (aside, lambda: following.set_figure_aside(one, **aside.cleaned_data, by=request.actor)),
        "back": (Form(request.POST), lambda: following.put_figure_back(one, by=request.actor)),
    }
    context = {"figure": one, "rename": rename, "aside": aside, "number": number(float(one.value)) + one.unit}
    return _choose(request, held, acts.get(sent), template="plans/figure.html", context=context)


def _found(request: Request, pk: int, measure: int) -> tuple[Plan, Measure]:
    plan = get_object_or_404(plans.visible_to(request.actor), pk=pk)
    return plan, get_object_or_404(story.measures_of(plan).filter(relisted_of=None), pk=measure)


def _choose(
    request: Request, measure: Measure, chosen: Act | None, *, template: str, context: dict[str, object]
) -> HttpResponse:
    """Do what was sent and go back to the figures; or show the page, with what is in the way (422)."""
    if not (decision := permissions.may_follow(request.actor, selectors.leads_of(measure))):
        return refused(request, decision.reason)
    if chosen and _done(*chosen):
        messages.success(request, _("記録しました。"))
        return redirect("figures", request.municipality.slug, measure.plan_id, measure.pk)
    shown = {"plan": measure.plan, "measure": measure, **context}
    return page(request, template, shown, status=422 if chosen else 200)


def _done(form: Form, act: Callable[[], object]) -> bool:
    if not form.is_valid():
        return False
    try:
        act()
    except ValidationError as problem:
        known = getattr(problem, "error_dict", {})
        fits = set(known) <= set(form.fields)
        form.add_error(None, problem if fits else ValidationError(problem.messages))
        return False
    return True
