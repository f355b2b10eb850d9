"""Taking a sheet in: the list, the upload, the page of one import at each of its stages, and what can be done there."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tomoni.files.downloads import download
from tomoni.imports import selectors
from tomoni.imports.models import Batch
from tomoni.imports.permissions import may_upload
from tomoni.imports.reading.read import Unreadable
from tomoni.imports.services import AlreadyTaken, Decided, Moved, upload_of
from tomoni.imports.services import forget as forget_alias
from tomoni.kernel.clock import now, today
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.permissions import Permission
from tomoni.plans.importing.commit import NotReady
from tomoni.plans.importing.commit import commit as commit_batch
from tomoni.plans.importing.decide import answer_review
from tomoni.plans.importing.job import reading_in_city
from tomoni.plans.importing.look import TARGET
from tomoni.plans.importing.settle import ACCEPT
from tomoni.plans.importing.take_in import take_in, take_in_again
from tomoni.plans.importing.undo import ChangedSince
from tomoni.plans.importing.undo import undo as undo_batch
from tomoni.plans.imports import pages
from tomoni.plans.imports.answers import answers
from tomoni.plans.imports.forms import UploadForm
from tomoni.plans.imports.review import Asked, Review, with_typed
from tomoni.plans.selectors.plans import newest_first
from tomoni.plans.words import words_of
from tomoni.rulebooks.selectors import NoRulebook, version_of
from tomoni.ui.access import needs, refused
from tomoni.ui.pages import page
from tomoni.ui.requests import Request

PER_PAGE = 20


@needs(Permission.IMPORT_READ)
def imports(request: Request, municipality: str) -> HttpResponse:
    """Every import with its stage, and the spellings that have been explained."""
    listed = Paginator(selectors.listed(request.actor, target=TARGET), PER_PAGE).get_page(request.GET.get("page"))
    try:
        rulebook = version_of(request.municipality, today())
    except NoRulebook:
        rulebook = None
    labels = pages.stage_labels()
    content = {
        "pages": listed,
        "rows": [(one, labels[one.stage], pages.TONES[one.stage]) for one in listed],
        "aliases": pages.explained(rulebook),
        "may_upload": may_upload(request.actor),
        "word": words_of(rulebook.book).measure if rulebook else _("施策"),
    }
    return page(request, "plans/imports/imports.html", content)


@needs(Permission.IMPORT_UPLOAD)
def upload(request: Request, municipality: str) -> HttpResponse:
    """Choose a file and the plan it belongs to. A bad file is refused in a sentence, and nothing is kept of it."""
    plans = newest_first(request.actor)
    form = UploadForm(request.POST or None, request.FILES or None, plans=plans, initial={"plan": plans.first()})
    taken: Batch | None = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = take_in(
                upload_of(given["file"]),
                plan=given["plan"],
                title=given["title"],
                at=now(),
                by=request.actor,
                again=given["again"],
            )
        except AlreadyTaken as known:
            taken = known.batch
            form.offer_again()
            form.add_error("file", str(known))
        except Unreadable as refusal:
            form.add_error("file", str(refusal))
        else:
            return _to(made)
    content = {"form": form, "taken": taken}
    return page(request, "plans/imports/upload.html", content, status=422 if form.errors else 200)


@needs(Permission.IMPORT_READ)
def batch(request: Request, municipality: str, batch: int) -> HttpResponse:
    """One import: waiting, refused, under review or in force."""
    return _show(request, _found(request, batch), Asked.of(request.GET.dict()))


@needs(Permission.IMPORT_UPLOAD)
@require_POST
def choose(request: Request, municipality: str, batch: int) -> HttpResponse:
    """Keep what a reviewer said on one card or about the words of the whole file."""
    found, posted = _found(request, batch), request.POST.dict()
    asked = Asked.of(posted)
    made = _review(request, found, asked)
    if made is None:
        return _show(request, found, asked)
    said = answers(made, posted, reading_in_city(now()))
    if said.errors:
        return _refuse(request, made, [_("保存していません。赤い字の欄を直してください。")], errors=said.errors)
    at = f"#{posted['at']}" if posted.get("at", "").isalnum() else ""
    return _decided(request, made, said.decided, spellings=said.spellings, at=at)


@needs(Permission.IMPORT_UPLOAD)
@require_POST
def bulk(request: Request, municipality: str, batch: int) -> HttpResponse:
    """Decide about many at once: what the filter shows, what is sure enough, cells not used, new departments."""
    found, posted = _found(request, batch), request.POST.dict()
    asked = Asked.of(posted)
    made = _review(request, found, asked)
    if made is None:
        return _show(request, found, asked)
    return _decided(request, made, [Decided(pointer, ACCEPT) for pointer in pages.all_of(made, posted)])


@needs(Permission.IMPORT_COMMIT)
@require_POST
def commit(request: Request, municipality: str, batch: int) -> HttpResponse:
    """Put what was read and decided in force."""
    found = _found(request, batch)
    try:
        done = commit_batch(found, revision=_revision(request), at=now(), by=request.actor)
    except (Moved, NotReady, NotAllowed) as refusal:
        return _refused(request, found, refusal)
    if done.changes:
        messages.success(request, _("計画に反映しました。"))
    else:
        messages.success(request, _("計画と同じ内容だったので、変わったところはありません。"))
    return _to(done)


@needs(Permission.IMPORT_COMMIT)
@require_POST
def undo(request: Request, municipality: str, batch: int) -> HttpResponse:
    """Take back what was put in force."""
    found = _found(request, batch)
    try:
        done = undo_batch(found, revision=_revision(request), at=now(), by=request.actor)
    except (Moved, ChangedSince, NotAllowed) as refusal:
        return _refused(request, found, refusal)
    messages.success(request, _("反映を取り消しました。計画は反映する前のとおりです。"))
    return _to(done)


@needs(Permission.IMPORT_UPLOAD)
@require_POST
def again(request: Request, municipality: str, batch: int) -> HttpResponse:
    """Read the same file once more."""
    found = _found(request, batch)
    try:
        return _to(take_in_again(found, by=request.actor))
    except NotAllowed as refusal:
        return _refused(request, found, refusal)


@needs(Permission.IMPORT_READ)
def file(request: Request, municipality: str, batch: int) -> HttpResponseBase:
    """The file as it was uploaded."""
    return download(_found(request, batch).file)


@needs(Permission.IMPORT_UPLOAD)
@require_POST
def forget(request: Request, municipality: str, alias: int) -> HttpResponse:
    """Forget a spelling."""
    found = get_object_or_404(selectors.aliases(), pk=alias)
    forget_alias(found, by=request.actor)
    messages.success(request, _("「%s」の読み方を消しました。次の読み取りから使いません。") % found.spelling)
    return HttpResponseRedirect(reverse("imports", args=[municipality]) + "#aliases")


def _found(request: Request, key: int) -> Batch:
    return get_object_or_404(selectors.visible_to(request.actor).filter(target=TARGET), pk=key)


def _to(batch: Batch, rest: str = "") -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("import-batch", args=[batch.municipality.slug, batch.pk]) + rest)


def _revision(request: Request) -> int:
    told = request.POST.get("revision", "")
    return int(told) if told.isdigit() else -1


def _review(request: Request, found: Batch, asked: Asked) -> Review | None:
    """The review of a batch that has one."""
    if found.stage not in {"review", "undone"}:
        return None
    try:
        return pages.open_review(found, rulebook=version_of(request.municipality, today()), asked=asked)
    except NoRulebook:
        return None


def _show(request: Request, found: Batch, asked: Asked, *, status: int = 200, problem: str = "") -> HttpResponse:
    """The page of a batch at its stage."""
    told: dict[str, Any] = {"problem": problem}
    if found.stage == "reading":
        content = told | pages.waiting(found, request.actor, at=now())
        return page(request, "plans/imports/reading.html", content, part="plans/imports/_progress.html", status=status)
    if request.htmx:  # the page that waited is over: let the browser load the next one whole
        return HttpResponse(headers={"HX-Refresh": "true"})
    if found.stage == "failed":
        return page(request, "plans/imports/failed.html", told | pages.frame(found, request.actor), status=status)
    if found.stage == "committed":
        return page(
            request, "plans/imports/committed.html", told | pages.committed(found, request.actor), status=status
        )
    made = _review(request, found, asked)
    if made is None:
        return refused(
            request, _("取り込み先の計画か、自治体のルールブックが見つかりません。運用の担当者に知らせてください。")
        )
    return page(request, "plans/imports/review.html", told | pages.reviewing(made, request.actor), status=status)


def _decided(
    request: Request, made: Review, decided: list[Decided], *, spellings: Any = (), at: str = ""
) -> HttpResponse:
    """Write decisions down and go back to where the reviewer was; whoever was too late is told, and loses nothing."""
    try:
        answer_review(made.batch, decided, spellings=spellings, revision=_revision(request), at=now(), by=request.actor)
    except NotAllowed as refusal:
        return _refuse(request, made, [str(refusal)])
    except Moved as late:
        told = pages.moved(late.batch, made, seen=_revision(request))
        told = [
            *told,
            _(
                "あなたが書いたものは、まだ保存していません。下の欄に残してあるので、見比べてからもう一度保存してください。"
            ),
        ]
        return _refuse(request, made, told, title=str(late), status=409)
    messages.success(
        request, _("%s件の判断を保存しました。") % len(decided) if decided else _("変わったところはありません。")
    )
    return _to(made.batch, made.asked.address + at)


def _refuse(
    request: Request,
    made: Review,
    told: list[str],
    *,
    title: str = "",
    errors: dict[str, str] | None = None,
    status: int = 422,
) -> HttpResponse:
    """The same page with what was typed, and why it was not kept."""
    with_typed(made, request.POST.dict())
    wrong = errors or {}
    for card in made.cards:
        for value in card.values:
            value.error = wrong.get(value.pointer, "")
        for stray in card.strays:
            stray.error = wrong.get(stray.pointer, "")
    content = {**pages.reviewing(made, request.actor), "told": told, "told_title": title}
    return page(request, "plans/imports/review.html", content, status=status)


def _refused(request: Request, found: Batch, refusal: Exception) -> HttpResponse:
    """The page as it stands now, with why the act was refused."""
    found.refresh_from_db()
    status = 409 if isinstance(refusal, Moved) else 403 if isinstance(refusal, NotAllowed) else 422
    problem = str(refusal)
    if isinstance(refusal, Moved):
        problem += _("いまの状態を確かめてから、もう一度選んでください。")
    return _show(request, found, Asked.of(request.POST.dict()), status=status, problem=problem)
