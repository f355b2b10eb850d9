"""Proposals as people at work see them, and what everybody may read of one; its steps, talks and versions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from tomoni.cases.pages import Standing, label_of, standing
from tomoni.cases.services import Option, RulesBroken
from tomoni.kernel.clock import now, today
from tomoni.kernel.decisions import NotAllowed
from tomoni.kernel.rules import Finding
from tomoni.parties.permissions import Permission
from tomoni.proposals import budget as sums
from tomoni.proposals import permissions, selectors, versions
from tomoni.proposals.forms import FileForm, TalkForm
from tomoni.proposals.models import Proposal
from tomoni.proposals.services import steps, writing
from tomoni.proposals.views.programmes import TONES
from tomoni.proposals.workflow import WORKFLOW, State
from tomoni.rulebooks.answers import progress, read_back
from tomoni.ui.access import needs, open_to_all
from tomoni.ui.pages import narrowing, options, page, paged
from tomoni.ui.requests import Request

WORDS = {
    "version": gettext_lazy("版を残しました"),
    "talk_written": gettext_lazy("話し合いを記録しました"),
    "agree": gettext_lazy("いっしょに提案することを承諾しました"),
    "refuse": gettext_lazy("参加しないと答えました"),
    "attach": gettext_lazy("ファイルを添付しました"),
    "detach": gettext_lazy("添付を外しました"),
}
DECISIONS = frozenset({"adopt", "decline"})


@needs(Permission.PROPOSAL_READ)
def listing(request: Request, municipality: str) -> HttpResponse:
    """The proposals this person may read, narrowed by stage, round, words, or to those that wait for them."""
    asked = request.GET
    sought = selectors.Sought(
        asked.get("q", ""), asked.get("state", ""), asked.get("round", ""), is_mine=asked.get("mine") == "1"
    )
    found = paged(request, selectors.narrowed(request.actor, sought))
    for each in found:
        each.tone = TONES[each.state]
    here = reverse("proposals", args=[municipality])
    waiting = selectors.awaiting(request.actor).order_by().count()
    shown = {
        "found": found,
        "sought": sought,
        "fields": _filter_fields(sought),
        "tabs": [
            {"url": here, "label": _("すべて"), "current": not sought.is_mine},
            {
                "url": f"{here}?mine=1",
                "label": _("あなたの番（%(count)s）") % {"count": waiting},
                "current": sought.is_mine,
            },
        ],
        "query": narrowing(request),
    }
    return page(request, "proposals/listing.html", shown)


def _filter_fields(sought: selectors.Sought) -> list[dict[str, Any]]:
    states = options((key, label.desk) for key, label in WORKFLOW.labels.items())
    rounds = options((each.pk, each.title) for each in selectors.rounds()[:30])
    return [
        {"name": "q", "label": _("事業名・団体"), "value": sought.words},
        {"name": "state", "label": _("段階"), "value": sought.state, "options": states},
        {"name": "round", "label": _("募集"), "value": sought.call, "options": rounds},
    ]


@open_to_all
def detail(request: Request, municipality: str, pk: int) -> HttpResponse:
    """One proposal: whole for those concerned; for everybody what is public of it; a draft is nowhere for others."""
    seen = selectors.visible_to(request.actor).filter(pk=pk).first() if request.actor.is_signed_in else None
    if seen is not None:
        return shown(request, seen)
    return _public_page(request, get_object_or_404(selectors.public(), pk=pk))


def _public_page(request: Request, proposal: Proposal) -> HttpResponse:
    is_whole = proposal.is_published
    context = {
        "proposal": proposal,
        "answers": [each for each in answers_of(proposal) if each.visibility == "public"] if is_whole else [],
        "budget": budget_of(proposal) if is_whole else [],
        "is_whole": is_whole,
        "parts": [seat for seat in proposal.seats.all() if seat.agreed_at],
    }
    return page(request, "proposals/public.html", context)


def answers_of(proposal: Proposal) -> list[Any]:
    """The answers in words."""
    book = proposal.rulebook.book
    sheet = versions.sheet_of(book)
    return list(read_back(sheet, proposal.answers, book=book)) if sheet else []


def budget_of(proposal: Proposal) -> list[dict[str, Any]]:
    """The budget in words."""
    return versions.budget_lines(proposal.budget, proposal.rulebook.book)


@dataclass(frozen=True, slots=True)
class Way:
    """One step this person may take now, and what is in its way; what is typed into its own form is not."""

    option: Option
    in_the_way: tuple[Finding, ...]

    @property
    def is_decision(self) -> bool:
        """Does it need reasons rather than a note?"""
        return self.option.step.name in DECISIONS


def _ways(stands: Standing) -> list[Way]:
    return [
        Way(option, tuple(each for each in option.findings if each.where != "reasons"))
        for option in stands.options
        if option.decision
    ]


def _barred(stands: Standing, *, writes: bool) -> str:
    """Why this person can take no step; a co-author is told who hands in what they write."""
    barred = next((option for option in stands.options if not option.decision), None)
    if barred and barred.step.name == "submit" and writes:
        return _("提出と取り下げは、代表の団体の担当者が行います。")
    return barred.decision.reason if barred else ""


def shown(
    request: Request, proposal: Proposal, *, problem: Exception | None = None, sent: dict[str, Any] | None = None
) -> HttpResponse:
    """The page of those concerned; `sent` holds forms and words that came back."""
    if proposal.state == State.DRAFT:
        proposal.submitted_on = today()  # the rules look at it as if it were handed in today
    stands = standing(proposal, request, problem=problem)
    for event in stands.events:
        event.label = WORDS.get(event.verb, event.label)  # type: ignore[attr-defined]  # set by standing()
    proposal.tone = TONES[proposal.state]  # type: ignore[attr-defined]  # only for the template
    held = sent or {}
    may_write = permissions.may_write(request.actor, proposal)
    book = proposal.rulebook.book
    sheet = versions.sheet_of(book)
    context = {
        "proposal": proposal,
        "standing": stands,
        "ways": _ways(stands),
        "barred": _barred(stands, writes=bool(may_write)),
        "answers": answers_of(proposal),
        "progress": progress(sheet, proposal.answers) if sheet else (0, 0),
        "budget": budget_of(proposal),
        "facts": {side: sums.total(proposal.budget, side) for side in sums.SIDES},
        "checks": proposal.eligibility_checks(),
        "seats": list(proposal.seats.all()),
        "files": list(selectors.attached_to(proposal)),
        "versions": selectors.versions_of(proposal),
        "talks": list(proposal.talks.select_related("party")),
        "may_write": may_write,
        "may_talk": permissions.may_talk(request.actor, proposal),
        "may_screen": proposal.state in TO_SCREEN and permissions.may_screen(request.actor, proposal.round),
        "is_screener": permissions.is_screener(request.actor, proposal.round),
        "invitation": selectors.invitation_for(request.actor, proposal) if proposal.state == State.DRAFT else None,
        "talk_form": held.get("talk") or TalkForm(initial={"held_on": today()}, prefix="talk"),
        "file_form": held.get("file") or FileForm(prefix="file"),
        "note": held.get("note", ""),
        "step": held.get("step", ""),
    }
    return page(request, "proposals/detail.html", context, status=422 if problem or sent else 200)


TO_SCREEN = frozenset({State.SCREENING, State.ADOPTED, State.DECLINED})
Act = Callable[[Proposal, Request, str], Proposal]
ACTS: dict[str, Act] = {
    "submit": lambda p, r, note: steps.submit(p, at=now(), by=r.actor, note=note),
    "withdraw": lambda p, r, note: steps.withdraw(p, by=r.actor, note=note),
    "talk": lambda p, r, note: steps.begin_talks(p, by=r.actor, note=note),
    "send_back": lambda p, r, note: steps.send_back(p, by=r.actor, note=note),
    "to_screening": lambda p, r, note: steps.to_screening(p, by=r.actor, note=note),
    "adopt": lambda p, r, note: steps.decide(p, adopts=True, reasons=note, on=today(), by=r.actor),
    "decline": lambda p, r, note: steps.decide(p, adopts=False, reasons=note, on=today(), by=r.actor),
}


@needs(Permission.PROPOSAL_READ)
@require_POST
def take(request: Request, municipality: str, pk: int, step: str) -> HttpResponse:
    """Take one step; what was typed stays when something is in the way."""
    if step not in ACTS:
        raise Http404
    proposal = get_object_or_404(selectors.visible_to(request.actor), pk=pk)
    note = request.POST.get("note", "")[:4000]
    try:
        moved = ACTS[step](proposal, request, note)
    except (NotAllowed, RulesBroken) as problem:
        return shown(request, proposal, problem=problem, sent={"note": note, "step": step})
    messages.success(request, _("「%(step)s」を記録しました。") % {"step": label_of(moved, step)})
    return redirect("proposals", municipality) if step == "send_back" else redirect(moved)


@needs(Permission.PROPOSAL_READ)
@require_POST
def talk(request: Request, municipality: str, pk: int) -> HttpResponse:
    """Write down a talk with the department."""
    proposal = get_object_or_404(selectors.visible_to(request.actor), pk=pk)
    form = TalkForm(request.POST, prefix="talk")
    if not form.is_valid():
        return shown(request, proposal, sent={"talk": form})
    typed = form.cleaned_data
    try:
        steps.write_talk(proposal, held_on=typed["held_on"], text=typed["text"], at=now(), by=request.actor)
    except NotAllowed as problem:
        return shown(request, proposal, problem=problem, sent={"talk": form})
    messages.success(request, _("話し合いを記録しました。"))
    return redirect(proposal)


@needs(Permission.PROPOSAL_WRITE)
@require_POST
def join(request: Request, municipality: str, pk: int) -> HttpResponse:
    """Agree to propose together, or say no."""
    proposal = get_object_or_404(selectors.visible_to(request.actor), pk=pk)
    seat, agrees = selectors.invitation_for(request.actor, proposal), request.POST.get("answer") == "yes"
    if seat is None:
        raise Http404
    try:
        writing.answer_invitation(seat, agrees=agrees, at=now(), by=request.actor)
    except NotAllowed as problem:
        return shown(request, proposal, problem=problem)
    if not agrees:
        messages.success(request, _("参加しないと答えました。"))
        return redirect("programmes", municipality)
    messages.success(request, _("いっしょに提案することになりました。提案書を書けます。"))
    return redirect(proposal)


@needs(Permission.PROPOSAL_READ)
def version(request: Request, municipality: str, pk: int, number: int) -> HttpResponse:
    """One version: what it says, what changed since the one before, and after which talk."""
    proposal = get_object_or_404(selectors.visible_to(request.actor), pk=pk)
    listed = selectors.versions_of(proposal)
    chosen = next((each for each in listed if each.number == number), None)
    if chosen is None:
        raise Http404
    before = next((each for each in listed if each.number == number - 1), None)
    book = proposal.rulebook.book
    context = {
        "proposal": proposal,
        "version": chosen,
        "before": before,
        "changes": versions.difference(before.content, chosen.content, book) if before else [],
        "said": versions.in_words(chosen.content, book),
        "versions": listed,
    }
    return page(request, "proposals/version.html", context)
