"""Public projects, and the opening of a room."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tomoni.kernel.clock import today
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.permissions import Permission
from tomoni.projects import selectors, services
from tomoni.projects.workflow import WORKFLOW
from tomoni.rulebooks.selectors import in_force
from tomoni.ui.access import needs, open_to_all, refused
from tomoni.ui.pages import narrowing, options, page, paged
from tomoni.ui.requests import Request


@open_to_all
def projects(request: Request, municipality: str) -> HttpResponse:
    """Public projects, narrowed by words, form, field and state."""
    sought = selectors.Sought(*(request.GET.get(name, "") for name in ("q", "form", "field", "state")))
    found = paged(request, selectors.narrowed(sought))
    book = in_force(today()).book
    forms = {each.key: each.label for each in book.forms}
    shown = {
        "found": found,
        "rows": [(each, forms.get(each.form_kind, "")) for each in found],
        "fields": _filter_fields(sought, forms, {each.key: each.label for each in book.fields}),
        "waiting": selectors.agreements_without_room(request.actor) if request.actor.parties else [],
        "query": narrowing(request),
    }
    return page(request, "projects/projects.html", shown)


def _filter_fields(sought: selectors.Sought, forms: dict[str, str], fields: dict[str, str]) -> list[dict[str, Any]]:
    states = {key: label.public for key, label in WORKFLOW.labels.items() if key != "preparing"}
    return [
        {"name": "q", "label": _("ことば"), "value": sought.words, "placeholder": _("見守り、防災")},
        {"name": "form", "label": _("協働の形態"), "value": sought.form_kind, "options": options(forms)},
        {"name": "field", "label": _("分野"), "value": sought.field, "options": options(fields)},
        {"name": "state", "label": _("段階"), "value": sought.state, "options": options(states)},
    ]


@needs(Permission.PROJECT_WRITE)
@require_POST
def project_new(request: Request, municipality: str, agreement: int) -> HttpResponse:
    """Open the room of a concluded agreement."""
    held = get_object_or_404(selectors.agreements_without_room(request.actor), pk=agreement)
    try:
        made = services.open_project(held, on=today(), by=request.actor)
    except NotAllowed as problem:
        return refused(request, str(problem))
    messages.success(request, _("「%s」の部屋を開きました。") % made)
    return redirect(made)
