"""Pages of departments: what became of them, and the form that writes a change down."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from tomoni.cases.services import RulesBroken
from tomoni.kernel.clock import today
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.models import SuccessionKind
from tomoni.parties.permissions import Permission
from tomoni.revisions import permissions
from tomoni.revisions.department_forms import DepartmentsForm, following
from tomoni.revisions.selectors import departments as selectors
from tomoni.revisions.services import departments as services
from tomoni.revisions.services.departments import Wanted
from tomoni.ui.access import needs, open_to_all
from tomoni.ui.pages import page
from tomoni.ui.requests import Request


@open_to_all
def departments(request: Request, municipality: str) -> HttpResponse:
    """Departments of today and of before, and everything that became of them."""
    held = list(selectors.listed())
    context = {
        "now": [each for each in held if each.ended_on is None],
        "gone": [each for each in held if each.ended_on is not None],
        "story": [(line, SuccessionKind(line.kind).label) for line in selectors.successions()],
        "may_change": request.actor.is_signed_in and bool(permissions.may_change_departments(request.actor)),
    }
    return page(request, "revisions/departments.html", context)


@needs(Permission.DEPARTMENT_CHANGE)
def department_change(request: Request, municipality: str) -> HttpResponse:
    """Say who becomes whom; look at what follows; write it down. Nothing is written before the last of the three."""
    if request.method != "POST":
        asked = [pk for pk in request.GET.getlist("before") if pk.isascii() and pk.isdigit()]
        return _asked(request, DepartmentsForm(initial={"before": asked, "on": today()}))
    form = DepartmentsForm(request.POST)
    if not form.is_valid():
        return _asked(request, form)
    wanted = form.wanted()
    try:
        services.check_departments(wanted, today=today(), by=request.actor)
    except RulesBroken as problem:
        for finding in problem.findings:
            form.add_error(finding.where or None, finding.message)
        return _asked(request, form)
    return _checked(request, form, wanted)


def _checked(request: Request, form: DepartmentsForm, wanted: Wanted) -> HttpResponse:
    """What follows, and on the second sending the writing of it."""
    procedures = selectors.open_procedures(wanted.befores)
    follows = following(wanted, request.POST.dict(), keeps_both=bool(procedures))
    sentence = ""
    if "save" in request.POST:
        try:
            if follows.is_whole:
                return _written(request, wanted, follows.chosen_lines(), follows.chosen_people())
            sentence = _("確認している間に、受け持つ取組や所属する人が変わりました。もう一度確かめてください。")
        except (NotAllowed, RulesBroken) as problem:
            sentence = str(problem)
    shown = {"form": form, "wanted": wanted, "follows": follows, "procedures": procedures, "problem": sentence}
    return page(request, "revisions/department_check.html", shown, status=422 if sentence else 200)


def _written(
    request: Request, wanted: Wanted, lines: dict[int, int | None], people: dict[int, services.Person]
) -> HttpResponse:
    afters = services.change_departments(wanted, lines=lines, people=people, today=today(), by=request.actor)
    messages.success(request, _("組織の移り変わりを記録しました。"))
    return redirect("department", request.municipality.slug, afters[0].pk)


def _asked(request: Request, form: DepartmentsForm) -> HttpResponse:
    return page(request, "revisions/department_change.html", {"form": form}, status=422 if form.errors else 200)
