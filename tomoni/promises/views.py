"""What everybody reads: the promises of a plan with what became of them, and recommendations with their answers."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from tomoni.parties.permissions import Permission
from tomoni.plans.models import Plan
from tomoni.plans.selectors import plans
from tomoni.plans.words import long_year
from tomoni.promises import permissions, selectors
from tomoni.promises.filters import STATES, WAITING, Filter, asked, asked_standing, state_of
from tomoni.promises.forms import AnswerForm
from tomoni.promises.models import Recommendation
from tomoni.promises.selectors.lines import LineOf, lines_of
from tomoni.promises.selectors.promised import Promise
from tomoni.promises.selectors.recommended import leads_of
from tomoni.promises.showing import overview, shown, shown_advice, state_label
from tomoni.promises.standing import Standing
from tomoni.promises.telling import standing_label
from tomoni.ui.access import open_to_all
from tomoni.ui.pages import page
from tomoni.ui.requests import Request

SHOWN = 20


def plan_of(request: Request, pk: int) -> Plan:
    """The plan of the address, as far as this person may see it."""
    return get_object_or_404(plans.visible_to(request.actor), pk=pk)


@open_to_all
def promises(request: Request, municipality: str, plan: int) -> HttpResponse:
    """Every promise of a year beside the next year's report, narrowed by department and verdict."""
    held = plan_of(request, plan)
    told, lines, narrowed = selectors.promises_of(held), lines_of(held), asked(request.GET)
    kept = [each for each in told if narrowed.keeps(each, _parties(lines[each.line]))]
    kept.sort(key=lambda each: (state_of(each) == WAITING, -each.year))  # what can be read first, the newest on top
    listed = Paginator(kept, SHOWN).get_page(request.GET.get("page"))
    context = {
        "plan": held,
        "overview": overview(held),
        "fields": _fields(told, lines, narrowed),
        "query": narrowed.query,
        "listed": listed,
        "shown": shown(listed, lines, held, request.actor),
        "only": next((lines[each.line].name for each in kept if narrowed.measure), ""),
    }
    return page(request, "promises/promises.html", context)


def _parties(line: LineOf) -> set[int]:
    return {*line.leads, *line.related}


def _fields(told: list[Promise], lines: dict[int, LineOf], narrowed: Filter) -> list[dict[str, Any]]:
    names = {party: name for line in lines.values() for party, name in line.leads.items()}
    years = sorted({each.year for each in told}, reverse=True)
    departments = sorted(names.items(), key=lambda each: each[1])
    return [
        _field("year", _("約束した年度"), narrowed.year, [(year, long_year(year)) for year in years]),
        _field("department", _("担当課"), narrowed.department, departments),
        _field("verdict", _("判断"), narrowed.verdict, [(state, state_label(state)) for state in STATES]),
    ]


def _field(name: str, label: str, value: object, options: list[Any]) -> dict[str, Any]:
    return {
        "name": name,
        "label": label,
        "value": value,
        "options": [{"value": key, "label": word} for key, word in options],
    }


@open_to_all
def recommendations(request: Request, municipality: str, plan: int) -> HttpResponse:
    """What committees asked for, how the city answered, and what became of it."""
    held = plan_of(request, plan)
    told = [selectors.advice_of(each) for each in selectors.recommendations_of(held)]
    wanted = asked_standing(request.GET)
    listed = Paginator([each for each in told if wanted in {None, each.standing}], SHOWN).get_page(
        request.GET.get("page")
    )
    options = [(standing.value, standing_label(standing)) for standing in Standing]
    context = {
        "plan": held,
        "facts": [
            {"label": label, "value": sum(each.standing == value for each in told), "note": ""}
            for value, label in options
        ],
        "fields": [_field("standing", _("いまの状態"), wanted or "", options)],
        "query": urlencode({"standing": wanted}) + "&" if wanted else "",
        "listed": listed,
        "shown": shown_advice(listed),
        "has_any": bool(told),
        "may_recommend": request.actor.may(Permission.PLAN_ASSESS),
    }
    return page(request, "promises/recommendations.html", context)


@open_to_all
def recommendation(request: Request, municipality: str, plan: int, pk: int) -> HttpResponse:
    """One recommendation with its answers year by year."""
    held = plan_of(request, plan)
    return advice_page(request, held, get_object_or_404(selectors.recommendations_of(held), pk=pk))


def advice_page(
    request: Request, plan: Plan, recommendation: Recommendation, form: AnswerForm | None = None
) -> HttpResponse:
    """The page of a recommendation; with the form as it was sent when something in it is in the way (422)."""
    advice = selectors.advice_of(recommendation)
    if form is None and permissions.may_answer(request.actor, leads_of(recommendation)):
        form = AnswerForm(plan=plan, since=recommendation.year, initial={"year": _next_year(advice)})
    context = {
        "plan": plan,
        "one": shown_advice([advice])[0],
        "answers": [(long_year(each.year), each) for each in advice.responses],
        "form": form,
    }
    return page(request, "promises/recommendation.html", context, status=422 if form and form.is_bound else 200)


def _next_year(advice: selectors.Advice) -> int:
    return advice.responses[-1].year + 1 if advice.responses else advice.recommendation.year
