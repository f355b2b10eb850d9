"""What people do on the pages of measures: link a project to one, and take that back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.permissions import Permission
from tomoni.plans import services
from tomoni.plans.forms import LinkForm
from tomoni.plans.selectors import links
from tomoni.projects import selectors as projects
from tomoni.projects.models import Project
from tomoni.ui.access import needs
from tomoni.ui.pages import page
from tomoni.ui.requests import Request


@needs(Permission.PROJECT_LINK)
@require_POST
def link(request: Request, municipality: str, project: int) -> HttpResponse:
    """Say which measure a project serves; without a choice that holds, the form comes back with a sentence."""
    held = get_object_or_404(projects.visible_to(request.actor), pk=project)
    form = LinkForm(request.POST, project=held)
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
    return page(request, "plans/link.html", {"project": project, "form": form}, status=422)
