"""Pages of committees: the public list and page, and the forms of the division."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from tomoni.cases.services import RulesBroken
from tomoni.committees import founding, selectors, services
from tomoni.committees.forms import CommitteeForm, MeetingForm, NewCommitteeForm, SeatForm, TermForm
from tomoni.committees.models import Committee, Seat, Term
from tomoni.kernel.clock import today
from tomoni.kernel.fiscal import FiscalYear, fiscal_year_on
from tomoni.parties.permissions import Permission
from tomoni.rulebooks.selectors import book_of
from tomoni.ui.access import needs, open_to_all
from tomoni.ui.pages import page
from tomoni.ui.requests import Request

SHOWN_YEARS = 6


@open_to_all
def committees(request: Request, municipality: str) -> HttpResponse:
    """All committees, who leads them now, and how many bodies have publicly recruited members."""
    year = fiscal_year_on(today()).year
    rows = []
    for each in selectors.public():
        now = next((term for term in each.terms.all() if term.contains(today())), None)
        chair = next((seat for seat in now.seats.all() if seat.office == "chair"), None) if now else None
        rows.append({"committee": each, "term": now, "chair": chair, "share": selectors.share_of(now) if now else None})
    context = {
        "rows": rows,
        "by_year": selectors.bodies_by_year(list(range(year - SHOWN_YEARS + 1, year + 1))),
        "may_write": request.actor.may(Permission.COMMITTEE_WRITE),
    }
    return page(request, "committees/committees.html", context)


@open_to_all
def committee(request: Request, municipality: str, pk: int) -> HttpResponse:
    """What it is for, who sits there, the terms before, and its meetings."""
    found = _committee(pk)
    terms = list(found.terms.all())
    now = next((term for term in terms if term.contains(today())), None)
    context = {
        "committee": found,
        "now": now,
        "share": selectors.share_of(now) if now else None,
        "terms": [(term, selectors.share_of(term)) for term in terms],
        "meetings": [(each, FiscalYear(fiscal_year_on(each.held_on).year)) for each in _meetings(request, found)],
        "may_write": request.actor.may(Permission.COMMITTEE_WRITE),
    }
    return page(request, "committees/committee.html", context)


def _committee(pk: int) -> Committee:
    return get_object_or_404(selectors.public(), pk=pk)


def _meetings(request: Request, found: Committee) -> Any:
    return selectors.meetings_of(found, by=request.actor)[:100]


@needs(Permission.COMMITTEE_WRITE)
def new(request: Request, municipality: str) -> HttpResponse:
    """A committee that is not written down yet."""
    form = NewCommitteeForm(request.POST or None)
    if form.is_valid():
        book = book_of(request.municipality, today())
        made = founding.found(book, **form.cleaned_data, by=request.actor)
        messages.success(request, _("会議を加えました。"))
        return redirect("committee", municipality, made.pk)
    return _form(request, form, title=_("会議を加える"))


@needs(Permission.COMMITTEE_WRITE)
def edit(request: Request, municipality: str, pk: int) -> HttpResponse:
    """What it is for."""
    found = _committee(pk)
    initial = {"purpose": found.purpose, "is_advisory_body": found.is_advisory_body}
    form = CommitteeForm(request.POST or None, initial=initial)
    if form.is_valid():
        services.describe_committee(found, **form.cleaned_data, by=request.actor)
        messages.success(request, _("保存しました。"))
        return redirect(found.get_absolute_url())
    return _form(request, form, title=_("会議の役割を書き直す"), committee=found)


@needs(Permission.COMMITTEE_WRITE)
def new_term(request: Request, municipality: str, pk: int) -> HttpResponse:
    """Open a term."""
    found = _committee(pk)
    last = found.terms.first()
    form = TermForm(request.POST or None, initial={"number": last.number + 1 if last else 1})
    if form.is_valid():
        try:
            term = services.open_term(found, **form.cleaned_data, by=request.actor)
        except (RulesBroken, ValidationError) as problem:
            _tell(form, problem)
        else:
            return redirect("committee-seats", municipality, pk, term.pk)
    return _form(request, form, title=_("新しい期を始める"), committee=found)


@needs(Permission.COMMITTEE_WRITE)
def seats(request: Request, municipality: str, pk: int, term: int) -> HttpResponse:
    """Who sits in a term, and one more seat."""
    found = _committee(pk)
    chosen = get_object_or_404(found.terms.all(), pk=term)
    return _seat(request, found, chosen, None)


@needs(Permission.COMMITTEE_WRITE)
def seat(request: Request, municipality: str, pk: int, *, term: int, seat: int) -> HttpResponse:
    """Correct a seat, or take it out."""
    found = _committee(pk)
    chosen = get_object_or_404(found.terms.all(), pk=term)
    held = get_object_or_404(chosen.seats.all(), pk=seat)
    if request.method == "POST" and "leave" in request.POST:
        services.leave_seat(held, by=request.actor)
        messages.success(request, _("名簿から外しました。"))
        return redirect("committee-seats", municipality, pk, term)
    return _seat(request, found, chosen, held)


def _seat(request: Request, found: Committee, term: Term, held: Seat | None) -> HttpResponse:
    names = ("name", "office", "appointed", "background", "user")
    initial = {name: getattr(held, name) for name in names} if held else None
    form = SeatForm(request.POST or None, initial=initial, people=selectors.people_for(found))
    if form.is_valid():
        try:
            services.write_seat(term, form.cleaned_data, by=request.actor, seat=held)
        except ValidationError as problem:
            _tell(form, problem)
        else:
            messages.success(request, _("名簿に書きました。"))
            return redirect("committee-seats", request.municipality.slug, found.pk, term.pk)
    context = {"committee": found, "term": term, "seat": held, "form": form, "share": selectors.share_of(term)}
    return page(request, "committees/seats.html", context, status=422 if form.errors else 200)


@needs(Permission.COMMITTEE_WRITE)
def meeting(request: Request, municipality: str, pk: int, meeting: int | None = None) -> HttpResponse:
    """Write down a meeting, or correct one."""
    found = _committee(pk)
    held = get_object_or_404(selectors.meetings_of(found, by=request.actor), pk=meeting) if meeting else None
    names = ("held_on", "title", "minutes", "is_public")
    initial = {name: getattr(held, name) for name in names} if held else None
    form = MeetingForm(request.POST or None, initial=initial)
    if form.is_valid():
        services.write_meeting(found, form.cleaned_data, by=request.actor, meeting=held)
        messages.success(request, _("会議を記録しました。"))
        return redirect(found.get_absolute_url())
    return _form(request, form, title=_("会議を記録する"), committee=found)


def _tell(form: forms.Form, problem: RulesBroken | ValidationError) -> None:
    if isinstance(problem, ValidationError):
        form.add_error(None, problem.messages)
        return
    for finding in problem.findings:
        form.add_error(finding.where if finding.where in form.fields else None, finding.message)


def _form(request: Request, form: forms.Form, *, title: str, committee: Committee | None = None) -> HttpResponse:
    context = {"form": form, "title": title, "committee": committee}
    return page(request, "committees/form.html", context, status=422 if form.errors else 200)
