"""Pages of the board: what is offered and sought, who might meet whom, and introductions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tomoni.cases.pages import standing
from tomoni.cases.services import RulesBroken
from tomoni.consultations import selectors as consultations
from tomoni.kernel.clock import now, today
from tomoni.kernel.decisions import NotAllowed
from tomoni.matching import permissions, selectors, services
from tomoni.matching.forms import IntroductionForm, ListingForm, OutcomeForm, ReasonForm
from tomoni.matching.models import Category, Introduction, Kind, Listing
from tomoni.parties.permissions import Permission
from tomoni.rulebooks.schema import Rulebook
from tomoni.rulebooks.selectors import in_force
from tomoni.ui.access import needs, open_to_all, refused
from tomoni.ui.pages import narrowing, options, page, paged
from tomoni.ui.requests import Request


def _book() -> Rulebook:
    return in_force(today()).book


@open_to_all
def board(request: Request, municipality: str) -> HttpResponse:
    """What stands open: offers, wishes and issues, narrowed by words, kind, category and field."""
    asked = request.GET
    sought = selectors.Sought(*(asked.get(name, "") for name in ("q", "kind", "category", "field")))
    found = paged(request, selectors.narrowed(sought, on=today()))
    shown = {
        "found": found,
        "sought": sought,
        "counts": selectors.counts(today()),
        "fields": _filter_fields(sought),
        "may_post": request.actor.may(Permission.LISTING_WRITE),
        "query": narrowing(request),
    }
    return page(request, "matching/board.html", shown)


def _filter_fields(sought: selectors.Sought) -> list[dict[str, Any]]:
    named = [(each.key, each.label) for each in _book().fields]
    return [
        {"name": "q", "label": _("ことば"), "value": sought.words, "placeholder": _("防災、見守り")},
        {"name": "kind", "label": _("種類"), "value": sought.kind, "options": options(Kind.choices)},
        {"name": "category", "label": _("何を"), "value": sought.category, "options": options(Category.choices)},
        {"name": "field", "label": _("分野"), "value": sought.field, "options": options(named)},
    ]


@open_to_all
def listing(request: Request, municipality: str, pk: int) -> HttpResponse:
    """One listing, and who might meet it, with reasons; "nothing fits" is said."""
    shown = get_object_or_404(selectors.listings_seen_by(request.actor), pk=pk)
    labels = {each.key: each.label for each in _book().fields}
    involved = request.actor.may(Permission.INTRODUCTION_MAKE) or request.actor.sits_in(shown.party)
    context = {
        "listing": shown,
        "is_open": shown.is_open(today()),
        "field_label": labels.get(shown.field, ""),
        "partners": selectors.partners_for(shown, on=today()),
        "may_edit": permissions.may_edit(request.actor, shown),
        "may_introduce": request.actor.may(Permission.LISTING_WRITE) or request.actor.may(Permission.INTRODUCTION_MAKE),
        "introductions": selectors.introduced_to(shown) if involved else [],
    }
    return page(request, "matching/listing.html", context)


@needs(Permission.LISTING_WRITE)
def listing_new(request: Request, municipality: str) -> HttpResponse:
    """Post an offer, a wish or an issue; with an enquiry named, its words are there to be edited."""
    asked = request.GET.get("consultation", "")
    if not asked:
        return _write(request, Listing())
    key = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 19 else 0
    enquiry = get_object_or_404(consultations.visible_to(request.actor), pk=key)
    return _write(request, Listing(consultation=enquiry, kind=Kind.ISSUE, title=enquiry.title, text=enquiry.body))


@needs(Permission.LISTING_WRITE)
def listing_edit(request: Request, municipality: str, pk: int) -> HttpResponse:
    """Mend a listing of one's own party."""
    held = get_object_or_404(selectors.listings_seen_by(request.actor), pk=pk)
    if not (decision := permissions.may_edit(request.actor, held)):
        return refused(request, decision.reason)
    return _write(request, held)


def _write(request: Request, held: Listing) -> HttpResponse:
    parties = selectors.posting_parties(request.actor)
    form = ListingForm(request.POST or None, instance=held, book=_book(), parties=parties)
    if request.method == "POST" and form.is_valid():
        try:
            posted = services.post(form.save(commit=False), at=now(), by=request.actor)
        except RulesBroken as problem:
            form.add_error("text", str(problem))
        else:
            messages.success(request, _("「%s」を掲示板に載せました。") % posted)
            return redirect(posted)
    status = 422 if form.is_bound else 200
    return page(
        request, "matching/listing_form.html", {"form": form, "held": held, "enquiry": held.consultation}, status=status
    )


@needs(Permission.LISTING_WRITE)
@require_POST
def listing_down(request: Request, municipality: str, pk: int) -> HttpResponse:
    """Take a listing off the board."""
    held = get_object_or_404(selectors.listings_seen_by(request.actor), pk=pk)
    try:
        services.take_down(held, at=now(), by=request.actor)
    except NotAllowed as problem:
        return refused(request, str(problem))
    messages.success(request, _("「%s」を掲示板から下げました。") % held)
    return redirect(held)


@needs(Permission.INTRODUCTION_READ)
def introductions(request: Request, municipality: str) -> HttpResponse:
    """Introductions this person has to do with, those that wait for them first."""
    found = paged(request, selectors.visible_to(request.actor))
    waiting = selectors.awaiting(request.actor)
    return page(request, "matching/introductions.html", {"found": found, "waiting": waiting})


@needs(Permission.LISTING_WRITE)
def introduction_new(request: Request, municipality: str) -> HttpResponse:
    """Bring two together: a coordinator any two, a member their own listing and another."""
    open_now = selectors.public(today())
    form = IntroductionForm(
        request.POST or None,
        initial={name: request.GET.get(name) for name in ("seeking", "giving", "consultation")},
        seeking=open_now.exclude(kind=Kind.OFFER),
        giving=open_now.filter(kind=Kind.OFFER),
        consultations=selectors.enquiries_for(request.actor),
    )
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            made = services.introduce(
                typed["seeking"],
                typed["giving"],
                reason=typed["reason"],
                at=now(),
                by=request.actor,
                consultation=typed.get("consultation"),
            )
        except NotAllowed as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("%sに声をかけました。返事を待ちます。") % made)
            return redirect(made)
    return page(request, "matching/introduction_form.html", {"form": form}, status=422 if form.is_bound else 200)


@needs(Permission.INTRODUCTION_READ)
def introduction(request: Request, municipality: str, pk: int) -> HttpResponse:
    """One introduction: who, why, who has answered, what comes next."""
    return _shown(request, get_object_or_404(selectors.visible_to(request.actor), pk=pk))


def _shown(
    request: Request, held: Introduction, *, problem: Exception | None = None, sent: Form | None = None
) -> HttpResponse:
    forms: dict[str, Form] = {"decline": ReasonForm(prefix="no"), "record_outcome": OutcomeForm(prefix="end")}
    if sent is not None:
        forms["decline" if isinstance(sent, ReasonForm) else "record_outcome"] = sent
    stands = standing(held, request, problem=problem)
    open_steps = {option.step.name: option for option in stands.options if option.decision}
    shown = {
        "introduction": held,
        "standing": stands,
        "may_accept": permissions.may_accept(request.actor, held) if "confirm" in open_steps else None,
        "can_decline": "decline" in open_steps,
        "can_record": "record_outcome" in open_steps,
        "forms": forms,
    }
    return page(request, "matching/introduction.html", shown, status=422 if problem or sent else 200)


@needs(Permission.INTRODUCTION_READ)
@require_POST
def introduction_act(request: Request, municipality: str, pk: int, act: str) -> HttpResponse:
    """Accept, decline, or write down how it went."""
    held = get_object_or_404(selectors.visible_to(request.actor), pk=pk)
    form: Form | None = None
    try:
        if act == "accept":
            services.accept(held, at=now(), by=request.actor)
        elif act == "decline":
            form = ReasonForm(request.POST, prefix="no")
            if not form.is_valid():
                return _shown(request, held, sent=form)
            services.decline(held, reason=form.cleaned_data["note"], by=request.actor)
        elif act == "record_outcome":
            form = OutcomeForm(request.POST, prefix="end")
            if not form.is_valid():
                return _shown(request, held, sent=form)
            services.record_outcome(held, outcome=form.cleaned_data["outcome"], by=request.actor)
        else:
            raise Http404
    except (NotAllowed, RulesBroken) as problem:
        held.refresh_from_db()
        return _shown(request, held, problem=problem, sent=form)
    messages.success(request, _("記録しました。"))
    return redirect(held)
