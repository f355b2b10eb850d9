"""Bringing in a list of groups: send the file, compare, decide, put it in force, take it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tomoni.imports import selectors as batches
from tomoni.imports import services as imports
from tomoni.imports.models import Batch
from tomoni.imports.reading.limits import Unreadable
from tomoni.imports.services import AlreadyTaken, Moved
from tomoni.kernel.clock import now, today
from tomoni.kernel.decisions import NotAllowed
from tomoni.kernel.fiscal import FiscalYear, fiscal_year_on
from tomoni.organisations import grouplist, services
from tomoni.organisations.forms import ListForm
from tomoni.organisations.reviewing import TARGET, decisions, review
from tomoni.organisations.views.directory import book_for
from tomoni.parties.permissions import Permission
from tomoni.ui.access import needs
from tomoni.ui.pages import page
from tomoni.ui.requests import Request


@needs(Permission.IMPORT_UPLOAD)
def lists(request: Request, municipality: str) -> HttpResponse:
    """Send a list, and see those that came before."""
    book = book_for(request)
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ListForm(*posted, book=book, this_year=fiscal_year_on(today()).year)
    if request.method == "POST" and form.is_valid():
        intention = services.Intention(form.cleaned_data["year"], form.cleaned_data["kind"])
        try:
            upload = imports.upload_of(form.cleaned_data["file"])
            batch = services.receive(upload, intention, at=now(), by=request.actor)
        except Unreadable as why:
            form.add_error("file", str(why))
        except AlreadyTaken:
            form.add_error("file", _("同じ内容の名簿を、すでに登録に反映しています。"))
        else:
            return redirect("organisation-list", municipality, batch.pk)
    held = batches.listed(request.actor, target=TARGET)
    status = 422 if form.errors else 200
    return page(request, "organisations/lists.html", {"form": form, "batches": held[:50]}, status=status)


@needs(Permission.IMPORT_UPLOAD)
def one_list(request: Request, municipality: str, batch: int) -> HttpResponse:
    """What the file says beside what we hold, and what is still to be decided."""
    return _shown(request, _batch(request, batch))


def _batch(request: Request, pk: int) -> Batch:
    return get_object_or_404(batches.visible_to(request.actor).filter(target=TARGET), pk=pk)


def _shown(request: Request, batch: Batch, *, problem: str = "") -> HttpResponse:
    document: dict[str, Any] = batch.document or {}
    seen = review(batch, book_for(request)) if batch.stage in {"review", "undone"} else None
    context = {
        "batch": batch,
        "document": document,
        "year": FiscalYear(document["year"]),
        "review": seen,
        "unsure": seen.of("unsure") if seen else [],
        "new": seen.of("new") if seen else [],
        "changed": seen.of("changed") if seen else [],
        "same": seen.of("same") if seen else [],
        "personal": grouplist.personal_columns(document),
        "unknown": grouplist.unknown_columns(document),
        "problem": problem,
    }
    return page(request, "organisations/list.html", context, status=422 if problem else 200)


@needs(Permission.IMPORT_COMMIT)
@require_POST
def act(request: Request, municipality: str, batch: int, verb: str) -> HttpResponse:
    """Keep decisions, put the list in force, or take it back."""
    found = _batch(request, batch)
    if verb not in _VERBS:
        raise Http404
    try:
        told = _VERBS[verb](request, found)
    except Moved as moved:
        return _shown(request, moved.batch, problem=str(moved))
    except NotAllowed as why:
        found.refresh_from_db()
        return _shown(request, found, problem=str(why))
    messages.success(request, told)
    return redirect("organisation-list", municipality, batch)


def _seen(request: Request) -> int:
    given = request.POST.get("revision", "")
    return int(given) if given.isascii() and given.isdigit() else -1


def _decide(request: Request, batch: Batch) -> str:
    decided = decisions(request.POST.dict(), review(batch, book_for(request)))
    imports.decide(batch, decided, revision=_seen(request), at=now(), by=request.actor)
    return _("決めたことを保存しました。")


def _commit(request: Request, batch: Batch) -> str:
    services.commit(batch, book=book_for(request), revision=_seen(request), at=now(), by=request.actor)
    return _("名簿を登録に反映しました。")


def _undo(request: Request, batch: Batch) -> str:
    services.undo(batch, book=book_for(request), revision=_seen(request), at=now(), by=request.actor)
    return _("反映を取り消しました。")


_VERBS = {"decide": _decide, "commit": _commit, "undo": _undo}
