"""The Excel form: taken out, sent back, looked at value by value, and taken over."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from tomoni.files.kinds import OFFICE, FileRefused
from tomoni.imports.reading.read import Unreadable
from tomoni.imports.services import upload_of
from tomoni.kernel.clock import now
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.permissions import Permission
from tomoni.reporting.forms import SheetForm
from tomoni.reporting.models import ReturnedSheet
from tomoni.reporting.selectors import requests as selectors
from tomoni.reporting.selectors import returned as sheets
from tomoni.reporting.services.returning import accept, choice_of, receive
from tomoni.reporting.sheet.compare import Change, Kind, NotOurSheet
from tomoni.ui.access import needs, refused
from tomoni.ui.pages import page
from tomoni.ui.requests import Request

LABELS = {
    Kind.FILLED: (gettext_lazy("書き足し"), "ok"),
    Kind.CHANGED: (gettext_lazy("書き直し"), "open"),
    Kind.EMPTIED: (gettext_lazy("消えています"), "warn"),
    Kind.CONFLICT: (gettext_lazy("食い違い"), "bad"),
}


@needs(Permission.REPORT_WRITE)
def sheet(request: Request, municipality: str, pk: int) -> HttpResponse:
    """One's own lines as an Excel file."""
    held = get_object_or_404(selectors.requests(), pk=pk)
    answer = HttpResponse(sheets.sheet_of(held, request.actor), content_type=f"{OFFICE}.spreadsheetml.sheet")
    answer["Content-Disposition"] = f'attachment; filename="{municipality}-report-{held.year}.xlsx"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@needs(Permission.REPORT_WRITE)
def sheet_return(request: Request, municipality: str, pk: int) -> HttpResponse:
    """Send a filled-in file; nothing is written until its differences have been looked at."""
    held = get_object_or_404(selectors.requests(), pk=pk)
    form = SheetForm(request.POST or None, request.FILES or None, label_suffix="")
    if request.method == "POST" and form.is_valid():
        try:
            made = receive(held, upload_of(form.cleaned_data["file"]), at=now(), by=request.actor)
        except (FileRefused, Unreadable, NotOurSheet, NotAllowed) as problem:
            form.add_error("file", str(problem))
        else:
            return redirect("report-returned", municipality, made.pk)
    return page(request, "reporting/return.html", {"held": held, "form": form}, status=422 if form.is_bound else 200)


@needs(Permission.REPORT_WRITE)
def returned(request: Request, municipality: str, pk: int) -> HttpResponse:
    """What the file says, beside what is kept: each difference with a box, and everything that does not fit."""
    return _shown(request, _own(request, pk))


@needs(Permission.REPORT_WRITE)
@require_POST
def returned_accept(request: Request, municipality: str, pk: int) -> HttpResponse:
    """Take over the values that are ticked."""
    held = _own(request, pk)
    try:
        done = accept(held, request.POST.getlist("take"), at=now(), by=request.actor)
    except NotAllowed as problem:
        return refused(request, str(problem))
    for line in done.left:
        messages.warning(
            request, _("「%s」は、見ているあいだにほかの人が書き直しました。もう一度見てください。") % line
        )
    if done.values:
        messages.success(request, _("%s か所を取り入れました。まだ出していません。") % done.values)
    elif not done.left:
        messages.warning(request, _("取り入れるものを選んでください。"))
    if done.left or not done.values:
        return redirect("report-returned", municipality, pk)
    return redirect("report-mine", municipality, held.year_request_id)


def _own(request: Request, pk: int) -> ReturnedSheet:
    held = sheets.returned_to(request.actor, pk)
    if held is None:
        raise Http404
    return held


def _shown(request: Request, held: ReturnedSheet) -> HttpResponse:
    try:
        found = sheets.compared_with_kept(held, request.actor)
    except FileNotFoundError as lost:
        raise Http404(_("ファイルの中身が見つかりません。")) from lost
    names = {each.pk: each.line.measure for each in sheets.own_lines(held.year_request, request.actor)}
    by_line: dict[int, list[Any]] = {}
    for change in found.changes:
        by_line.setdefault(change.entry, []).append(_box(change))
    content = {
        "returned": held,
        "held": held.year_request,
        "lines": [(names[pk], boxes) for pk, boxes in by_line.items()],
        "found": found,
        "missing": [names[pk] for pk in found.missing],
    }
    return page(request, "reporting/returned.html", content)


def _box(change: Change) -> dict[str, Any]:
    label, tone = LABELS[change.kind]
    return {"change": change, "value": choice_of(change), "kind": label, "tone": tone, "is_taken": change.is_safe}
