"""The directory everybody can search, the page of a party, and the forms in which a party describes itself."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tomoni.history.selectors import story_of
from tomoni.kernel.clock import today
from tomoni.kernel.decisions import NotAllowed
from tomoni.kernel.fiscal import FiscalYear
from tomoni.organisations import permissions, selectors, services, showing
from tomoni.organisations.forms import ContactForm, ProfileForm
from tomoni.organisations.selectors import Wanted
from tomoni.parties.models import Party
from tomoni.parties.permissions import Permission
from tomoni.rulebooks.schema import Rulebook
from tomoni.rulebooks.selectors import NoRulebook, book_of
from tomoni.ui.access import needs, open_to_all, refused
from tomoni.ui.pages import page
from tomoni.ui.requests import Request

PER_PAGE = 30
VERBS = {
    "describe": "紹介を書き直しました",
    "keep_contact": "連絡先を書き直しました",
    "drop_contact": "連絡先を消しました",
    "enter": "登録簿に加えました",
}


def book_for(request: Request) -> Rulebook:
    """The rulebook in force today, one query for the whole page; without one there is no register (404)."""
    try:
        return book_of(request.municipality, today())
    except NoRulebook as missing:
        raise Http404(str(missing)) from missing


@open_to_all
def directory(request: Request, municipality: str) -> HttpResponse:
    """Everybody who takes part: groups registered this year, and the city's departments and committees."""
    book = book_for(request)
    wanted = _wanted(request)
    parties = selectors.found(selectors.public(book, on=today()), wanted)
    shown = Paginator(parties, PER_PAGE).get_page(request.GET.get("page"))
    by_year = selectors.registered_by_year()
    narrowed = {name: request.GET[name] for name in ("q", "kind", *showing.LISTS) if request.GET.get(name)}
    context = {
        "shown": shown,
        "rows": [_row(party, book) for party in shown],
        "filters": _filters(wanted, book),
        "is_narrowed": bool(narrowed),
        "query": f"{urlencode(narrowed)}&" if narrowed else "",
        "by_year": [(FiscalYear(year), number) for year, number in by_year],
        "most": max((number for _year, number in by_year), default=1),
    }
    return page(request, "organisations/directory.html", context)


def _wanted(request: Request) -> Wanted:
    keys = {column: request.GET.get(column, "") for column in showing.LISTS}
    return Wanted(request.GET.get("q", "").strip()[:100], request.GET.get("kind", ""), keys)


def _row(party: Party, book: Rulebook) -> dict[str, Any]:
    """A party in a list: only what everybody may read."""
    profile = getattr(party, "profile", None)
    fields = {f.key: f for f in showing.shown(profile, book, to=showing.Reader.PUBLIC)} if profile else {}
    kinds = {kind.key: kind.label for kind in book.party_kinds}
    sentence = fields.get("summary") or fields.get("purpose")
    return {
        "party": party,
        "kind": kinds.get(party.kind, party.kind),
        "text": sentence.lines[0] if sentence else "",
        "fields": fields["fields"].lines if "fields" in fields else (),
        "area": fields["area"].lines[0] if "area" in fields else "",
    }


def _filters(wanted: Wanted, book: Rulebook) -> list[dict[str, Any]]:
    narrowing: list[dict[str, Any]] = [
        {"name": "q", "label": _("ことば"), "value": wanted.words, "placeholder": _("防災、子ども、料理")}
    ]
    kinds = [{"value": kind.key, "label": kind.label} for kind in book.party_kinds if kind.key != "citizen"]
    narrowing.append({"name": "kind", "label": _("種類"), "value": wanted.kind, "options": kinds})
    for column in showing.LISTS:
        options = [{"value": key, "label": label} for key, label in showing.labels_of(book, column).items()]
        if options:
            label, value = showing.LABELS[column], wanted.keys[column]
            narrowing.append({"name": column, "label": label, "value": value, "options": options})
    return narrowing


@open_to_all
def organisation(request: Request, municipality: str, party: int) -> HttpResponse:
    """What this reader may know of a party."""
    book = book_for(request)
    found = get_object_or_404(selectors.readable(book, by=request.actor), pk=party)
    return page(request, "organisations/organisation.html", _story(request, found, book))


def _story(request: Request, party: Party, book: Rulebook) -> dict[str, Any]:
    reader = selectors.reader_of(request.actor, party, on=today())
    years = selectors.years_of(party)
    is_citys = party.kind in selectors.city_kinds(book)
    insider = reader == showing.Reader.STAFF
    kinds = {kind.key: kind.label for kind in book.party_kinds}
    return {
        "party": party,
        "kind": kinds.get(party.kind, party.kind),
        "fields": showing.shown(selectors.profile_of(party), book, to=reader),
        "years": [FiscalYear(year) for year in years],
        "is_lapsed": not is_citys and not selectors.registered(today()).filter(party=party).exists(),
        "changes": selectors.changes_of(party),
        "contacts": selectors.contacts_of(party, by=request.actor) if insider else None,
        "may_describe": bool(permissions.may_describe(request.actor, party)) if request.actor.is_signed_in else False,
        "events": [(event, VERBS.get(event.verb, "")) for event in story_of(party)[:20]] if insider else [],
    }


@needs(Permission.LISTING_WRITE)
def edit(request: Request, municipality: str, party: int) -> HttpResponse:
    """A party describes itself and says who reads what."""
    book = book_for(request)
    found = get_object_or_404(selectors.readable(book, by=request.actor), pk=party)
    may = permissions.may_describe(request.actor, found)
    if not may:
        return refused(request, may.reason)
    form = ProfileForm(request.POST or None, profile=selectors.profile_of(found), book=book)
    if request.method == "POST" and form.is_valid():
        services.describe(found, form.values(), visibility=form.visibility(), book=book, by=request.actor)
        messages.success(request, _("紹介を保存しました。"))
        return redirect("organisation", municipality, party)
    status = 422 if form.errors else 200
    return page(request, "organisations/edit.html", {"party": found, "form": form}, status=status)


@needs(Permission.LISTING_WRITE)
def contacts(request: Request, municipality: str, party: int) -> HttpResponse:
    """How to reach people of a party: for itself and the desk, nobody else."""
    found = get_object_or_404(selectors.readable(book_for(request), by=request.actor), pk=party)
    may = permissions.may_reach(request.actor, found)
    if not may:
        return refused(request, may.reason)
    form = ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.keep_contact(found, form.cleaned_data, by=request.actor)
        messages.success(request, _("連絡先を加えました。公開されません。"))
        return redirect("organisation-contacts", municipality, party)
    held = selectors.contacts_of(found, by=request.actor)
    status = 422 if form.errors else 200
    return page(request, "organisations/contacts.html", {"party": found, "form": form, "contacts": held}, status=status)


@needs(Permission.LISTING_WRITE)
@require_POST
def drop_contact(request: Request, municipality: str, party: int, contact: int) -> HttpResponse:
    """Delete one contact."""
    found = get_object_or_404(selectors.readable(book_for(request), by=request.actor), pk=party)
    held = get_object_or_404(selectors.contacts_of(found, by=request.actor), pk=contact)
    try:
        services.drop_contact(held, by=request.actor)
    except NotAllowed as why:
        return refused(request, str(why))
    messages.success(request, _("連絡先を消しました。"))
    return redirect("organisation-contacts", municipality, party)
