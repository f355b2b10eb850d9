"""An officer's lines: the list of a year, and everything finished handed in together."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tomoni.kernel.clock import today
from tomoni.parties.permissions import Permission
from tomoni.plans.words import mark_of, words_of
from tomoni.reporting.models import Entry
from tomoni.reporting.selectors import requests as selectors
from tomoni.reporting.services import passing
from tomoni.reporting.workflow import State
from tomoni.ui.access import needs
from tomoni.ui.marks import mark
from tomoni.ui.pages import page
from tomoni.ui.requests import Request


@needs(Permission.REPORT_WRITE)
def mine(request: Request, municipality: str, pk: int) -> HttpResponse:
    """All lines of one's own departments, the open ones first on the page; finished ones are handed in together."""
    return _lines(request, pk, selectors.own_departments(request.actor))


@needs(Permission.REPORT_CHECK)
def of_department(request: Request, municipality: str, pk: int, party: int) -> HttpResponse:
    """The lines of one department, as the division sees them."""
    return _lines(request, pk, [party], is_own=False)


def _lines(request: Request, pk: int, departments: list[int], *, is_own: bool = True) -> HttpResponse:
    held = get_object_or_404(selectors.requests(), pk=pk)
    entries = list(selectors.entries_of(held, departments))
    content = {
        "held": held,
        "entries": [(entry, mark_of_report(entry)) for entry in entries],
        "open": sum(entry.state == State.ASKED for entry in entries),
        "is_own": is_own,
        "department": entries[0].department if entries and not is_own else None,
        "is_over": today() > held.due_on,
        "words": words_of(held.plan.rulebook.book),
    }
    return page(request, "reporting/lines.html", content)


def mark_of_report(entry: Entry) -> Any:
    words = words_of(entry.year_request.plan.rulebook.book)
    return mark(mark_of(entry.status), words.short[entry.status]) if entry.status else ""


@needs(Permission.REPORT_WRITE)
@require_POST
def hand_in_all(request: Request, municipality: str, pk: int) -> HttpResponse:
    """Hand in every line of one's own that is finished; what is missing in the others is said."""
    held = get_object_or_404(selectors.requests(), pk=pk)
    entries = selectors.entries_of(held, selectors.own_departments(request.actor)).exclude(saved_at=None)
    done = passing.hand_in_ready(entries, on=today(), by=request.actor)
    if done.moved:
        messages.success(request, _("%s件を出しました。") % done.moved)
    for entry, why in done.in_the_way:
        messages.warning(request, f"{entry.line.measure}: {why}")
    if not done.moved and not done.in_the_way:
        messages.warning(request, _("書き終えた行がありません。"))
    return redirect("report-mine", municipality, pk)
