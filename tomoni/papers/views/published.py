"""What is published of a plan: the list of versions, one version as pages and files, and two beside each other."""

from __future__ import annotations

from itertools import groupby

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from tomoni.files.names import harmless
from tomoni.kernel.clock import now
from tomoni.papers import permissions, services
from tomoni.papers.compare import compare
from tomoni.papers.making.files import FORMS, form
from tomoni.papers.models import PublishedVersion
from tomoni.papers.selectors import unpublished, versions
from tomoni.papers.showing import evaluation_page, summary_page
from tomoni.parties.permissions import Permission
from tomoni.plans.selectors import plans
from tomoni.ui.access import open_to_all
from tomoni.ui.pages import page
from tomoni.ui.requests import Request


@open_to_all
def papers(request: Request, municipality: str, pk: int) -> HttpResponse:
    """Every version published of a plan; for people who prepare them also the years that can be prepared."""
    plan = get_object_or_404(plans.visible_to(request.actor), pk=pk)
    is_preparing = request.actor.may(Permission.PAPER_READ)
    context = {
        "plan": plan,
        "versions": list(versions.versions_of(plan)),
        "years": unpublished.years_at_work(plan) if is_preparing else [],
        "may_publish": bool(permissions.may_publish(request.actor)),
    }
    return page(request, "papers/papers.html", context)


def _version(request: Request, pk: int) -> PublishedVersion:
    return get_object_or_404(versions.visible_to(request.actor), pk=pk)


@open_to_all
def version(request: Request, municipality: str, pk: int) -> HttpResponse:
    """One version: the two pages for everybody, its files, and how to compare it."""
    held = _version(request, pk)
    return page(
        request, "papers/version.html", _frame(request, held, "summary") | {"paper": summary_page(held.content)}
    )


@open_to_all
def evaluation(request: Request, municipality: str, pk: int) -> HttpResponse:
    """The evaluation table of a version."""
    held = _version(request, pk)
    context = _frame(request, held, "evaluation") | {"paper": evaluation_page(held.content)}
    return page(request, "papers/evaluation.html", context)


def _frame(request: Request, held: PublishedVersion, view: str) -> dict[str, object]:
    kept = versions.files_of(held)
    files = [{"form": each, "kept": kept.get((each.key, each.ending))} for each in FORMS]
    return {
        "version": held,
        "plan": held.plan,
        "view": view,
        "files": files,
        "others": list(versions.others(held)),
        "stands": versions.in_force(held.plan, held.year),
        "may_publish": bool(permissions.may_publish(request.actor)),
    }


@open_to_all
def file(request: Request, municipality: str, pk: int, *, key: str, ending: str) -> HttpResponse:
    """A file of a version: the very bytes that were kept when it was first made."""
    held, wanted = _version(request, pk), form(key, ending)
    if wanted is None:
        raise Http404
    stored = services.keep_file(held, wanted, at=now()).stored
    try:
        with stored.content.open("rb") as opened:
            content = opened.read()
    except FileNotFoundError as lost:
        raise Http404(_("ファイルの中身が見つかりません。")) from lost
    answer = attachment(content, stored.content_type, wanted.file_name(held.content, held.number))
    answer["ETag"] = f'"{stored.sha256}"'
    return answer


def attachment(content: bytes, content_type: str, name: str) -> HttpResponse:
    """A file to keep, under a Japanese name, that no browser runs."""
    answer = HttpResponse(content, content_type=content_type)
    answer.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=harmless(name)) or ""
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-cache"
    return answer


@open_to_all
def comparison(request: Request, municipality: str, pk: int, other: int) -> HttpResponse:
    """What differs between two versions of a plan; the older one stands on the left, however they are named."""
    one, two = _version(request, pk), _version(request, other)
    if one.plan_id != two.plan_id:
        raise Http404
    old, new = sorted((one, two), key=lambda v: (v.year, v.number))
    changes = compare(old.content, new.content)
    groups = [(about, list(held)) for about, held in groupby(changes, key=lambda change: change.about)]
    context = {"plan": one.plan, "old": old, "new": new, "changes": changes, "groups": groups}
    return page(request, "papers/comparison.html", context)
