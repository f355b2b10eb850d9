"""The public pages of plans: list, overview, heading, measure, department, the original sheet, and open data."""

from __future__ import annotations

from django.forms import Form
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page

from tomoni.parties.permissions import Permission
from tomoni.plans import permissions
from tomoni.plans.exports import as_csv, as_json
from tomoni.plans.filters import asked
from tomoni.plans.forms import forms_for
from tomoni.plans.models import Measure, Plan
from tomoni.plans.pages.content import whole_content
from tomoni.plans.pages.heading import heading_content
from tomoni.plans.pages.kept import for_visitors
from tomoni.plans.pages.measure import measure_content
from tomoni.plans.pages.overview import in_short, lead_of, overview
from tomoni.plans.pages.source import source_content
from tomoni.plans.selectors import departments, headings, story
from tomoni.plans.selectors import plans as selectors
from tomoni.plans.selectors import source as sources
from tomoni.plans.words import words_of
from tomoni.ui.access import open_to_all, refused
from tomoni.ui.pages import page
from tomoni.ui.requests import Request


@open_to_all
def plans(request: Request, municipality: str) -> HttpResponse:
    """Every plan of the city, each with its figures."""
    held = [in_short(plan) for plan in selectors.newest_first(request.actor)]
    may_import = request.actor.may(Permission.IMPORT_UPLOAD)
    return page(request, "plans/plans.html", {"plans": held, "may_import": may_import})


@open_to_all
@cache_control(private=True, no_cache=True)
@conditional_page
def plan(request: Request, municipality: str, pk: int) -> HttpResponse:
    """Measures by years, narrowed by words, department, status and year."""
    revision = selectors.revision_of(pk, actor=request.actor)
    if revision is None:
        raise Http404

    def answer() -> HttpResponse:
        found = get_object_or_404(selectors.visible_to(request.actor), pk=pk)
        shown = {"plan": found, "lead": lead_of(found), "overview": overview(found, asked(request.GET, found))}
        return page(request, "plans/plan.html", shown)

    return for_visitors(request, f"plan:{pk}:{revision}", answer)


@open_to_all
@cache_control(private=True, no_cache=True)
@conditional_page
def plan_data(request: Request, municipality: str, pk: int, ending: str) -> HttpResponse:
    """The same lines as a file: csv or json, under the same filter."""
    found = get_object_or_404(selectors.visible_to(request.actor), pk=pk)
    content = whole_content(found, asked(request.GET, found))
    if ending == "json":
        return JsonResponse(as_json(content), json_dumps_params={"ensure_ascii": False, "indent": 1})
    if ending != "csv":
        raise Http404
    answer = HttpResponse(as_csv(content), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{request.municipality.slug}-plan-{found.pk}.csv"'
    return answer


@open_to_all
def heading(request: Request, municipality: str, pk: int, heading: int) -> HttpResponse:
    """One policy: its goals and measures, how they stood in each year, and what committees said."""
    found = get_object_or_404(selectors.visible_to(request.actor), pk=pk)
    chosen = get_object_or_404(headings.headings(found), pk=heading)
    return page(request, "plans/heading.html", heading_content(found, chosen))


def measure_page(request: Request, plan: Plan, measure: Measure, sent: dict[str, Form] | None = None) -> HttpResponse:
    """The page of a measure; with what was sent, when something in it is in the way (422)."""
    measure.plan = plan  # read already: what others show on this page asks for it
    content = measure_content(plan, measure)
    content |= {
        "forms": forms_for(plan, measure, request.actor, sent or {}),
        "may_mark": bool(permissions.may_write(request.actor)),
        "may_follow": bool(permissions.may_follow(request.actor, content["leads"])),
    }
    return page(request, "plans/measure.html", content, status=422 if sent else 200)


@open_to_all
def measure(request: Request, municipality: str, pk: int, measure: int) -> HttpResponse:
    """The story of one measure over the years."""
    found = get_object_or_404(selectors.visible_to(request.actor), pk=pk)
    chosen = get_object_or_404(story.measures_of(found), pk=measure)
    return measure_page(request, found, chosen)


@open_to_all
def source(request: Request, municipality: str, pk: int, batch: int) -> HttpResponse:
    """The file as it stood, with what became of each cell. `?at=` names a cell, `?page=` a page."""
    found = get_object_or_404(selectors.visible_to(request.actor), pk=pk)
    chosen = get_object_or_404(sources.sources_of(found), pk=batch)
    decision = permissions.may_see_source(request.actor, chosen)
    if not decision:
        return refused(request, decision.reason)
    content = source_content(found, chosen, at=request.GET.get("at", ""), number=request.GET.get("page", ""))
    return page(request, "plans/source.html", content)


@open_to_all
def department(request: Request, municipality: str, party: int) -> HttpResponse:
    """What a department leads and takes part in, and what became of it."""
    chosen = get_object_or_404(departments.departments(), pk=party)
    held = departments.department_page(chosen, selectors.newest_first(request.actor))
    words = words_of(held.shares[0].plan.rulebook.book) if held.shares else None
    return page(request, "plans/department.html", {"page": held, "words": words})
