"""Pages of the overall plan: is every field's work done with a view to collaboration? And how its list comes in."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tomoni.imports import selectors as batches
from tomoni.imports import services as imports
from tomoni.imports.models import Batch
from tomoni.imports.reading.limits import Unreadable
from tomoni.imports.services import AlreadyTaken, Moved
from tomoni.kernel.clock import now
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.permissions import Permission
from tomoni.plans.models import Measure
from tomoni.revisions import permissions
from tomoni.revisions.overall_forms import OverallLinkForm, OverallListForm
from tomoni.revisions.overall_pages import as_csv
from tomoni.revisions.selectors import overall as selectors
from tomoni.revisions.services import overall as services
from tomoni.ui.access import needs, open_to_all
from tomoni.ui.pages import page
from tomoni.ui.requests import Request


@open_to_all
def overall_plans(request: Request, municipality: str) -> HttpResponse:
    """The overall plans of the city."""
    may_write = request.actor.is_signed_in and bool(permissions.may_write_overall(request.actor))
    context = {
        "plans": selectors.overall_plans(),
        "may_write": may_write,
        "batches": batches.listed(request.actor, target=selectors.TARGET)[:20] if may_write else [],
    }
    return page(request, "revisions/overall_plans.html", context)


@open_to_all
def overall(request: Request, municipality: str, pk: int) -> HttpResponse:
    """Each field with the measures and projects that touch it, and the fields that nothing touches."""
    plan = get_object_or_404(selectors.overall_plans(), pk=pk)
    fields = selectors.fields_of(plan)
    context = {
        "plan": plan,
        "fields": fields,
        "touched": [field for field in fields if field.is_touched],
        "untouched": [field for field in fields if not field.is_touched],
    }
    return page(request, "revisions/overall.html", context)


@open_to_all
def overall_data(request: Request, municipality: str, pk: int) -> HttpResponse:
    """The same as a file for spreadsheets."""
    plan = get_object_or_404(selectors.overall_plans(), pk=pk)
    answer = HttpResponse(as_csv(selectors.fields_of(plan)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{municipality}-overall-{plan.pk}.csv"'
    return answer


@needs(Permission.OVERALL_WRITE)
def overall_import(request: Request, municipality: str) -> HttpResponse:
    """Send a list."""
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = OverallListForm(*posted)
    if request.method == "POST" and form.is_valid():
        try:
            upload = imports.upload_of(form.cleaned_data["file"])
            batch = services.receive(upload, form.named(), at=now(), by=request.actor)
        except Unreadable as why:
            form.add_error("file", str(why))
        except AlreadyTaken:
            form.add_error("file", _("同じ内容の一覧を、すでに取り込んでいます。変わるものはありません。"))
        else:
            return redirect("overall-batch", municipality, batch.pk)
    return page(request, "revisions/overall_import.html", {"form": form}, status=422 if form.errors else 200)


@needs(Permission.OVERALL_WRITE)
def overall_batch(request: Request, municipality: str, batch: int) -> HttpResponse:
    """What a list says and would change; rows that are wrong are named with their place."""
    found = get_object_or_404(batches.visible_to(request.actor).filter(target=selectors.TARGET), pk=batch)
    if request.method != "POST":
        return _reviewed(request, found)
    seen = request.POST.get("revision", "")
    try:
        revision = int(seen) if seen.isascii() and seen.isdigit() else -1
        plan = services.commit_overall(found, revision=revision, at=now(), by=request.actor)
    except Moved as moved:
        return _reviewed(request, moved.batch, str(moved))
    except NotAllowed as why:
        found.refresh_from_db()
        return _reviewed(request, found, str(why))
    messages.success(request, _("総合計画の一覧を取り込みました。"))
    return redirect(plan)


def _reviewed(request: Request, batch: Batch, problem: str = "") -> HttpResponse:
    document = batch.document or {}
    context = {
        "batch": batch,
        "wrong": document.get("wrong", []),
        "aside": document.get("aside", []),
        "incoming": selectors.incoming(batch),
        "problem": problem,
    }
    return page(request, "revisions/overall_batch.html", context, status=422 if problem else 200)


@needs(Permission.OVERALL_LINK)
def overall_link(request: Request, municipality: str, measure: int) -> HttpResponse:
    """Say which entry a measure serves."""
    found = _measure(request, measure)
    form = OverallLinkForm(request.POST or None, measure=found)
    if request.method == "POST" and form.is_valid():
        try:
            services.link_overall(found, form.cleaned_data["entry"], by=request.actor)
        except NotAllowed as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("総合計画とつなぎました。"))
            return redirect("measure", municipality, found.plan_id, found.pk)
    status = 422 if form.errors else 200
    return page(request, "revisions/overall_link.html", {"form": form, "measure": found}, status=status)


@needs(Permission.OVERALL_LINK)
@require_POST
def overall_unlink(request: Request, municipality: str, measure: int, link: int) -> HttpResponse:
    """Take a link back."""
    found = _measure(request, measure)
    held = get_object_or_404(selectors.links_of(found).select_related("measure__plan"), pk=link)
    services.unlink_overall(held, by=request.actor)
    messages.success(request, _("つながりを外しました。"))
    return redirect("measure", municipality, found.plan_id, found.pk)


def _measure(request: Request, pk: int) -> Measure:
    found = selectors.linkable(request.actor, pk)
    if found is None:
        raise Http404
    return found
