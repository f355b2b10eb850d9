"""Pages of revisions: what changed and why for everybody, and the desk at which the division prepares one."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tomoni.cases.pages import label_of, standing, step_taken
from tomoni.cases.services import RulesBroken
from tomoni.kernel.clock import now, today
from tomoni.kernel.decisions import NotAllowed
from tomoni.kernel.fiscal import FiscalYear
from tomoni.parties.permissions import Permission
from tomoni.plans.selectors import plans
from tomoni.revisions import permissions
from tomoni.revisions.forms import AboutForm, ChangeForm, initial_of
from tomoni.revisions.models import Revision
from tomoni.revisions.models.drafting import change_of
from tomoni.revisions.selectors import revisions as selectors
from tomoni.revisions.services import putting_in_force, revisions
from tomoni.revisions.shape import Kind
from tomoni.revisions.telling import LABELS
from tomoni.ui.access import needs, open_to_all
from tomoni.ui.pages import page
from tomoni.ui.requests import Request

PER_PAGE = 20


@open_to_all
def listed(request: Request, municipality: str) -> HttpResponse:
    """Every revision of the city's plans; the division begins one here."""
    found = Paginator(selectors.visible_to(request.actor), PER_PAGE).get_page(request.GET.get("page"))
    may_begin = bool(permissions.may_begin(request.actor))
    context = {
        "found": found,
        "rows": [(each, FiscalYear(each.year)) for each in found],
        "plans": list(plans.newest_first(request.actor)) if may_begin else [],
    }
    return page(request, "revisions/list.html", context)


@needs(Permission.REVISION_WRITE)
def begin(request: Request, municipality: str, plan: int) -> HttpResponse:
    """Begin a revision of a plan."""
    of = get_object_or_404(plans.visible_to(request.actor), pk=plan)
    form = AboutForm(request.POST or None, plan=of)
    if request.method == "POST" and form.is_valid():
        made = revisions.begin_revision(of, form.about(), on=today(), by=request.actor)
        messages.success(request, _("改訂の案をつくりました。変更を書き足してください。"))
        return redirect(made)
    return _asked(request, form, {"plan": of})


@needs(Permission.REVISION_WRITE)
def describe(request: Request, municipality: str, pk: int) -> HttpResponse:
    """Say anew what a draft is about."""
    held = get_object_or_404(selectors.visible_to(request.actor), pk=pk)
    form = AboutForm(request.POST or None, plan=held.plan, initial=AboutForm.initial_of(held))
    if request.method == "POST" and form.is_valid():
        try:
            revisions.describe_revision(held, form.about(), by=request.actor)
        except NotAllowed as problem:
            return _shown(request, held, problem)
        return redirect(held)
    return _asked(request, form, {"plan": held.plan, "revision": held})


def _asked(request: Request, form: Form, context: dict[str, object]) -> HttpResponse:
    return page(request, "revisions/about.html", {**context, "form": form}, status=422 if form.errors else 200)


@open_to_all
def revision(request: Request, municipality: str, pk: int) -> HttpResponse:
    """What changed and why, before and after; for the division also what is to be done."""
    return _shown(request, get_object_or_404(selectors.visible_to(request.actor), pk=pk))


def _shown(request: Request, held: Revision, problem: Exception | None = None) -> HttpResponse:
    may_write = bool(permissions.may_write(request.actor, held))
    rows = selectors.table_of(held)
    context = {
        "revision": held,
        "year": FiscalYear(held.year),
        "rows": rows,
        "kinds": [(kind.value, label) for kind, label in LABELS.items()] if may_write else [],
        "may_write": may_write,
        "is_inside": bool(permissions.may_begin(request.actor)) and request.actor.is_signed_in,
        "standing": standing(held, request, problem=problem),
        "links": _links(rows),
    }
    return page(request, "revisions/revision.html", context, status=422 if problem else 200)


def _links(rows: list[selectors.ChangeRow]) -> list[tuple[int, str]]:
    """The measures a revision touched, each once, under the name it has now."""
    found = {each.measure_id: str(each.measure) for row in rows for each in row.measures}
    return list(found.items())


@needs(Permission.REVISION_WRITE)
@require_POST
def take(request: Request, municipality: str, pk: int, step: str) -> HttpResponse:
    """Take a step; putting in force and taking back change the plan as well."""
    held = get_object_or_404(selectors.visible_to(request.actor), pk=pk)
    if step not in {"put_in_force", "take_back"}:
        return step_taken(request, held, step, show=lambda problem: _shown(request, held, problem))
    try:
        if step == "put_in_force":
            putting_in_force.put_in_force(held, at=now(), by=request.actor)
        else:
            putting_in_force.take_back(held, reason=request.POST.get("note", ""), by=request.actor)
    except (NotAllowed, RulesBroken) as problem:
        held.refresh_from_db()
        return _shown(request, held, problem)
    messages.success(request, _("「%(step)s」を記録しました。") % {"step": label_of(held, step)})
    return redirect(held)


@needs(Permission.REVISION_WRITE)
def change_new(request: Request, municipality: str, pk: int, kind: str) -> HttpResponse:
    """Write a change down."""
    held = get_object_or_404(selectors.visible_to(request.actor), pk=pk)
    if kind not in set(Kind):
        raise Http404
    return _written(request, held, Kind(kind))


@needs(Permission.REVISION_WRITE)
def change(request: Request, municipality: str, pk: int, change: int) -> HttpResponse:
    """Write a change anew."""
    held = get_object_or_404(selectors.visible_to(request.actor), pk=pk)
    row = get_object_or_404(held.changes.select_related("revision"), pk=change)
    return _written(request, held, Kind(row.kind), change=change)


def _written(request: Request, held: Revision, kind: Kind, change: int | None = None) -> HttpResponse:
    row = held.changes.prefetch_related("measures").get(pk=change) if change else None
    initial = initial_of(change_of(row), carries_figures=row.carries_figures) if row else {}
    form = ChangeForm(request.POST or None, kind=kind, choices=selectors.choices_for(held), initial=initial)
    if request.method == "POST" and form.is_valid():
        wanted, carries = form.change(), form.carries_figures
        try:
            if row:
                revisions.rewrite_change(row, wanted, carries_figures=carries, by=request.actor)
            else:
                revisions.add_change(held, wanted, carries_figures=carries, by=request.actor)
        except NotAllowed as problem:
            return _shown(request, held, problem)
        return redirect(held.get_absolute_url() + "#changes")
    context = {"revision": held, "form": form, "label": LABELS[kind], "change": row}
    return page(request, "revisions/change.html", context, status=422 if form.errors else 200)


@needs(Permission.REVISION_WRITE)
@require_POST
def change_remove(request: Request, municipality: str, pk: int, change: int) -> HttpResponse:
    """Take a change out of a draft."""
    held = get_object_or_404(selectors.visible_to(request.actor), pk=pk)
    row = get_object_or_404(held.changes.select_related("revision"), pk=change)
    try:
        revisions.remove_change(row, by=request.actor)
    except NotAllowed as problem:
        return _shown(request, held, problem)
    messages.success(request, _("変更を外しました。"))
    return redirect(held.get_absolute_url() + "#changes")
