"""What is written on a page of its own: the closing report with its figures, and the accounts. And the files."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from tomoni.files.downloads import download
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.permissions import Permission
from tomoni.projects import permissions, selectors, services
from tomoni.projects.forms import AccountRows, figure_rows, figures_of, lines_of
from tomoni.rulebooks.forms import form_for
from tomoni.ui.access import needs, open_to_all, refused
from tomoni.ui.pages import page
from tomoni.ui.requests import Request


@needs(Permission.PROJECT_WRITE)
def report(request: Request, municipality: str, pk: int) -> HttpResponse:
    """Write the closing report and its figures; it may be left half-written and come back to."""
    held = get_object_or_404(selectors.visible_to(request.actor), pk=pk)
    if not (decision := permissions.may_work(request.actor, held)):
        return refused(request, decision.reason)
    kind = form_for(held.report_sheet, held.rulebook.book, is_draft=True)
    form = kind(request.POST or None, initial=held.report)
    rows = figure_rows(held, request.POST or None)
    if request.method == "POST" and form.is_valid() & rows.is_valid():
        try:
            services.write_report(held, form.answers(), figures=figures_of(rows), by=request.actor)
        except NotAllowed as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("完了報告を保存しました。"))
            return redirect(held)
    shown = {"project": held, "form": form, "rows": rows}
    return page(request, "projects/report.html", shown, status=422 if form.is_bound else 200)


@needs(Permission.PROJECT_WRITE)
def accounts(request: Request, municipality: str, pk: int) -> HttpResponse:
    """Plan and actual of the accounts, line by line."""
    held = get_object_or_404(selectors.visible_to(request.actor), pk=pk)
    if not (decision := permissions.may_work(request.actor, held)):
        return refused(request, decision.reason)
    lines = [
        {"is_income": "yes" if a.is_income else "no", "label": a.label, "planned": a.planned, "actual": a.actual}
        for a in selectors.account_lines(held)
    ]
    rows = AccountRows(request.POST or None, initial=lines)
    if request.method == "POST" and rows.is_valid():
        services.keep_accounts(held, lines_of(rows), by=request.actor)
        messages.success(request, _("収支を保存しました。"))
        return redirect(held)
    shown = {"project": held, "rows": rows}
    return page(request, "projects/accounts.html", shown, status=422 if rows.is_bound else 200)


@open_to_all
def file(request: Request, municipality: str, pk: int, stored: int) -> HttpResponseBase:
    """Hand out a file of the room: a public one to everybody, the others to the two sides and the division."""
    held = get_object_or_404(selectors.visible_to(request.actor), pk=pk)
    inside = permissions.may_enter(request.actor, held)
    kept = selectors.files_in(held, is_inside=inside).filter(stored=stored).first()
    if kept is None:
        raise Http404
    return download(kept.stored)
