"""The committee's page: everything of a year, policy by policy, and the form in which its view is written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tomoni.kernel.clock import now
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.permissions import Permission
from tomoni.plans.checking.check import Finding
from tomoni.plans.models import Assessment, Heading, Measure
from tomoni.plans.selectors.assessors import committees_of
from tomoni.plans.selectors.headings import headings
from tomoni.plans.selectors.story import measures_of
from tomoni.plans.words import long_year, mark_of, words_of
from tomoni.reporting.forms import Bodies, ViewForm
from tomoni.reporting.models import YearRequest
from tomoni.reporting.selectors import assessing as selectors
from tomoni.reporting.selectors.assessing import Subject
from tomoni.reporting.selectors.noticed import noticed_of
from tomoni.reporting.selectors.requests import requests
from tomoni.reporting.services.assessing import WrittenMeanwhile, write_view
from tomoni.ui.access import needs
from tomoni.ui.marks import mark
from tomoni.ui.pages import page
from tomoni.ui.requests import Request


@dataclass(frozen=True, slots=True)
class Shown:
    """A subject with the marks of its reports, and the form in which a view of it is written."""

    subject: Subject
    marks: tuple[Any, ...]
    noticed: tuple[list[Finding], ...]  # by report, what the checks notice in it
    last_year: tuple[tuple[Assessment, str], ...]  # with the city's word for the rating
    form: ViewForm
    url: str


@dataclass(frozen=True, slots=True)
class Sent:
    """What somebody sent about a subject and could not be kept, with the words of another member that stand there."""

    of: str
    form: ViewForm
    theirs: str = ""


@needs(Permission.PLAN_ASSESS)
def assessing(request: Request, municipality: str, pk: int) -> HttpResponse:
    """One policy of the year: reports, self-assessment, numbers, last year's promise, and the committee's own view."""
    held = get_object_or_404(requests(), pk=pk)
    return _shown(request, held, request.GET.get("policy", ""), None)


def _shown(request: Request, held: YearRequest, named: str, sent: Sent | None) -> HttpResponse:
    policies = selectors.policies(held)
    policy = next((each for each in policies if str(each.pk) == named), policies[0] if policies else None)
    words = words_of(held.plan.rulebook.book)
    here = reverse("report-assessing", args=[request.municipality.slug, held.pk])
    shown, bodies = [], _bodies(request)
    subjects = selectors.subjects(held, policy)
    noticed = noticed_of(held, [report.entry for each in subjects for report in each.reports])
    for each in subjects:
        is_sent = sent is not None and each.name == sent.of
        form = sent.form if sent is not None and is_sent else _form(bodies, each)
        marks = tuple(
            mark(mark_of(r.entry.status), words.short[r.entry.status]) if r.entry.status else "" for r in each.reports
        )
        found = tuple(noticed[report.entry.pk] for report in each.reports)
        said = tuple((one, words.full.get(one.rating, one.rating)) for one in each.last_year)
        shown.append(Shown(each, marks, found, said, form, f"{here}{each.name}/"))
    content = {
        "held": held,
        "policy": policy,
        "tabs": [
            {"url": f"{here}?policy={each.pk}", "label": f"{each.level}{each.number}", "current": each == policy}
            for each in policies
        ],
        "following": _following(policies, policy, here),
        "shown": shown,
        "words": words,
        "year": long_year(held.year),
        "last_year": long_year(held.year - 1),
        "theirs": sent.theirs if sent else "",
        "left": sum(
            each.subject.kind == "measure" and each.subject.is_ready and not each.subject.drafts for each in shown
        ),
    }
    return page(request, "reporting/assessing.html", content, status=422 if sent else 200)


def _following(policies: list[Heading], policy: Heading | None, here: str) -> str:
    """The address of the next policy; "" after the last."""
    later = [each for each in policies if policy is not None and each.position > policy.position]
    return f"{here}?policy={later[0].pk}" if later else ""


def _bodies(request: Request) -> Bodies:
    return list(committees_of(request.actor).values_list("pk", "name"))


def _form(bodies: Bodies, subject: Subject) -> ViewForm:
    own = dict(bodies)
    draft = next((each for each in subject.drafts if each.committee_id in own), None)
    initial = (
        {"committee": draft.committee_id, "version": draft.version, "rating": draft.rating, "opinion": draft.opinion}
        if draft
        else {"version": 0}
    )
    return ViewForm(initial=initial, bodies=bodies, prefix=subject.name)


@needs(Permission.PLAN_ASSESS)
@require_POST
def view(request: Request, municipality: str, pk: int, of: str) -> HttpResponse:
    """Keep what the committee says of a measure or a heading (`of` is measure12 or heading3)."""
    held = get_object_or_404(requests(), pk=pk)
    subject = _subject(held, of)
    form = ViewForm(request.POST, bodies=_bodies(request), prefix=of)
    sent = Sent(of, form)
    named = request.POST.get("policy", "")
    if form.is_valid():
        body = get_object_or_404(committees_of(request.actor), pk=form.cleaned_data["committee"])
        try:
            write_view(held, subject, form.view(), committee=body, at=now(), by=request.actor)
        except WrittenMeanwhile as met:
            sent = _met(request, met, of)
        except (ValidationError, NotAllowed) as problem:
            form.add_error(None, "、".join(getattr(problem, "messages", [str(problem)])))
        else:
            messages.success(request, _("「%s」への評価を記録しました。公表するまで、外には出ません。") % subject)
            address = reverse("report-assessing", args=[municipality, pk])
            return redirect(f"{address}?policy={named}#{of}" if named.isdecimal() else address)
    return _shown(request, held, named, sent)


def _met(request: Request, met: WrittenMeanwhile, of: str) -> Sent:
    """Another member was quicker: their words are shown, and the next recording begins from them."""
    typed = request.POST.copy()
    typed[f"{of}-version"] = str(met.draft.version)
    form = ViewForm(typed, bodies=_bodies(request), prefix=of)
    form.add_error(None, str(met))
    return Sent(of, form, f"{met.draft.rating}\n{met.draft.opinion}".strip())


def _subject(held: YearRequest, of: str) -> Measure | Heading:
    named = re.fullmatch(r"(measure|heading)(\d{1,18})", of, re.ASCII)
    if named is None:
        raise Http404
    if named[1] == "heading":
        return get_object_or_404(headings(held.plan), pk=int(named[2]))
    found: Measure = get_object_or_404(measures_of(held.plan), pk=int(named[2]))
    return found
