"""Registering: the list of registrations, beginning one, writing it, and the page of the case."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tomoni.cases.pages import Standing, label_of, standing
from tomoni.cases.services import RulesBroken
from tomoni.kernel.clock import today
from tomoni.kernel.decisions import NotAllowed
from tomoni.kernel.fiscal import FiscalYear, fiscal_year_on
from tomoni.organisations import permissions, selectors, services
from tomoni.organisations.forms import ExcludedForm, NewGroupForm, years
from tomoni.organisations.models import Registration
from tomoni.organisations.services import NearTwins, Writing, WrittenMeanwhile
from tomoni.organisations.sheet import contact_answers, missing_questions, sheet_of, without_contacts
from tomoni.organisations.views.directory import book_for
from tomoni.organisations.workflow import State
from tomoni.parties.models import Party
from tomoni.parties.permissions import Permission
from tomoni.rulebooks.answers import read_back
from tomoni.rulebooks.forms import SheetForm, form_for
from tomoni.ui.access import needs, refused
from tomoni.ui.pages import page
from tomoni.ui.requests import Request

PER_PAGE = 50
TONES = {State.DRAFT: "open", State.SUBMITTED: "wait", State.ACCEPTED: "ok", State.WITHDRAWN: ""}


@needs(Permission.ORGANISATION_READ)
def registrations(request: Request, municipality: str) -> HttpResponse:
    """A group's own registrations; for the desk, everybody's that were handed in."""
    actor = request.actor
    held = selectors.visible_to(actor)
    state = request.GET.get("state", "")
    if state in State.values:
        held = held.filter(state=state)
    shown = Paginator(held, PER_PAGE).get_page(request.GET.get("page"))
    labels = [(key, Registration.workflow.labels[key].desk) for key in State.values]
    context = {
        "shown": shown,
        "rows": [(each, TONES[State(each.state)], FiscalYear(each.year)) for each in shown],
        "waiting": selectors.awaiting(actor).count(),
        "tabs": [{"url": "?", "label": _("すべて"), "current": not state}]
        + [{"url": f"?state={key}", "label": label, "current": key == state} for key, label in labels],
        "query": f"state={state}&" if state else "",
        "is_desk": permissions.is_desk(actor),
        "may_import": actor.may(Permission.IMPORT_UPLOAD),
    }
    return page(request, "organisations/registrations.html", context)


@needs(Permission.ORGANISATION_READ)
def new(request: Request, municipality: str) -> HttpResponse:
    """Begin a registration: a member for their group; the desk for a group that came with paper."""
    if request.method == "POST":
        return _begin(request, municipality)
    return _ask(request, NewGroupForm(book=book_for(request)))


def _ask(request: Request, form: NewGroupForm, *, problem: str = "", twins: list[Party] | None = None) -> HttpResponse:
    book, year = book_for(request), fiscal_year_on(today()).year
    is_desk = permissions.is_desk(request.actor)
    context = {
        "form": form,
        "own": selectors.own_groups(request.actor),
        "known": selectors.known_groups(book) if is_desk else None,
        "years": _years_to_choose(request, year),
        "chosen": request.GET.get("party", ""),
        "is_desk": is_desk,
        "problem": problem,
        "twins": twins or [],
    }
    status = 422 if problem or form.errors or twins else 200
    return page(request, "organisations/new.html", context, status=status)


def _years_to_choose(request: Request, year: int) -> list[tuple[str, str]]:
    """This year and the next; the next comes first for a group that is registered this year."""
    chosen = request.GET.get("party", "")
    is_done = chosen.isascii() and chosen.isdigit() and selectors.has_begun(int(chosen), year=year)
    return years(year)[::-1] if is_done else years(year)


def _begin(request: Request, municipality: str) -> HttpResponse:
    book = book_for(request)
    form = NewGroupForm(request.POST, book=book)
    try:
        party = _party(request, form)
        if party is None:
            return _ask(request, form, problem="" if form.is_bound and form.errors else _("団体を選んでください。"))
        at_desk = not request.actor.may(Permission.ORGANISATION_WRITE, party)
        begun = services.begin_registration(party, year=_year(request), on=today(), by=request.actor, at_desk=at_desk)
    except NearTwins as near:
        form.ask_again()
        return _ask(request, form, problem=str(near), twins=near.parties)
    except NotAllowed as why:
        return _ask(request, NewGroupForm(book=book), problem=str(why))
    return redirect("registration-write", municipality, begun.pk)


def _year(request: Request) -> int:
    given = request.POST.get("year", "")
    return int(given) if given.isascii() and given.isdigit() else 0


def _party(request: Request, form: NewGroupForm) -> Party | None:
    """The group that was chosen among those this person may register, or the one the desk enters anew."""
    book = book_for(request)
    given = request.POST.get("party", "")
    if given.isascii() and given.isdigit():
        of = selectors.known_groups(book) if permissions.is_desk(request.actor) else selectors.own_groups(request.actor)
        return of.filter(pk=int(given)).first()
    if not request.POST.get("name") or not form.is_valid():
        return None
    data = form.cleaned_data
    return services.enter_group(
        data["name"], kind=data["kind"], book=book, by=request.actor, is_another=data["is_another"]
    )


@needs(Permission.ORGANISATION_READ)
def registration(request: Request, municipality: str, pk: int) -> HttpResponse:
    """The case: where it stands, what is next, what it says, what happened."""
    found = get_object_or_404(selectors.visible_to(request.actor), pk=pk)
    return _shown(request, found)


def _shown(request: Request, found: Registration, *, problem: Exception | None = None) -> HttpResponse:
    book = found.rulebook.book
    contact = found.party.contacts.first()
    held = {**found.answers, **contact_answers(contact)}
    stand = _without_needless(standing(found, request, problem=problem), found)
    excluded = next((entry for entry in book.excluded if entry.key == found.excluded_as), None)
    context = {
        "registration": found,
        "standing": stand,
        "step_url": reverse("registration", args=[request.municipality.slug, found.pk]) + "steps/",
        "year": FiscalYear(found.year),
        "answers": read_back(sheet_of(book), held, book=book),
        "missing": missing_questions(book, held) if found.state == State.DRAFT else [],
        "excluded": excluded,
        "may_write": bool(permissions.may_write(request.actor, found)),
        "may_renew": found.state == State.ACCEPTED and bool(permissions.may_begin(request.actor, found.party)),
        "tone": TONES[State(found.state)],
    }
    return page(request, "organisations/registration.html", context)


def _without_needless(stand: Standing, found: Registration) -> Standing:
    """Without the step for what came on paper, where the group writes for itself."""
    options = [option for option in stand.options if option.step.name != "take_over" or found.taken_at_desk]
    return replace(stand, options=options)


@needs(Permission.ORGANISATION_READ)
@require_POST
def step(request: Request, municipality: str, pk: int, step: str) -> HttpResponse:
    """Take one step of the case."""
    found = get_object_or_404(selectors.visible_to(request.actor), pk=pk)
    note = request.POST.get("note", "")[:2000]
    try:
        services.take_step(step, found, on=today(), by=request.actor, note=note)
    except (NotAllowed, RulesBroken) as problem:
        response = _shown(request, found, problem=problem)
        response.status_code = 422
        return response
    messages.success(request, _("「%(step)s」を記録しました。") % {"step": label_of(found, step)})
    return redirect(found.get_absolute_url())


@needs(Permission.ORGANISATION_READ)
def write(request: Request, municipality: str, pk: int) -> HttpResponse:
    """The sheet of the rulebook, kept as a draft as often as one likes."""
    found = get_object_or_404(selectors.visible_to(request.actor), pk=pk)
    may = permissions.may_write(request.actor, found)
    if not may:
        return refused(request, may.reason)
    book = found.rulebook.book
    initial = {**found.answers, **contact_answers(found.party.contacts.first())}
    asked = form_for(sheet_of(book), book, is_draft=True)
    posted = request.POST if request.method == "POST" else None
    form = asked(posted, initial=initial)
    excluded = ExcludedForm(posted, initial={"excluded_as": found.excluded_as}, book=book)
    told = ""
    if posted is not None and form.is_valid() and excluded.is_valid():
        try:
            services.write_registration(found, _writing(request, form, excluded), by=request.actor)
        except WrittenMeanwhile as moved:
            found, told = moved.registration, str(moved)
        else:
            messages.success(request, _("保存しました。内容を確かめて、申請してください。"))
            return redirect(found.get_absolute_url())
    context: dict[str, Any] = {"registration": found, "form": form, "excluded": excluded, "told": told, "book": book}
    context |= {"now": read_back(sheet_of(book), without_contacts(found.answers), book=book) if told else ()}
    context |= {"year": FiscalYear(found.year), "renewed": selectors.last_before(found.party, found.year)}
    return page(request, "organisations/write.html", context, status=422 if told or form.errors else 200)


def _writing(request: Request, form: SheetForm, excluded: ExcludedForm) -> Writing:
    seen = request.POST.get("revision", "")
    revision = int(seen) if seen.isascii() and seen.isdigit() else -1
    return Writing(form.answers(), excluded.cleaned_data["excluded_as"], revision)
