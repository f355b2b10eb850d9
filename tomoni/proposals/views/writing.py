"""Beginning a proposal and writing it: sheet, budget and partners in one form, in which two windows lose nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from tomoni.cases.services import RulesBroken
from tomoni.kernel.clock import now, today
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.models import Party
from tomoni.parties.permissions import Permission
from tomoni.proposals import budget, permissions, selectors, versions
from tomoni.proposals.conditions import check
from tomoni.proposals.forms import BeginForm, HeadForm, PartnerForm, WhyForm
from tomoni.proposals.models import Proposal
from tomoni.proposals.services import writing as services
from tomoni.proposals.views.programmes import book_for
from tomoni.proposals.workflow import State
from tomoni.rulebooks.answers import progress
from tomoni.rulebooks.forms import SheetForm, form_for
from tomoni.rulebooks.schema import Sheet
from tomoni.ui.access import needs, refused
from tomoni.ui.pages import page
from tomoni.ui.requests import Request

PARTNER_ROWS = 2


@needs(Permission.PROPOSAL_WRITE)
def new(request: Request, municipality: str, pk: int) -> HttpResponse:
    """Say for whom, and learn at once whether the conditions are met; then a draft begins."""
    call, book = get_object_or_404(selectors.rounds(), pk=pk), book_for(request)
    leads = selectors.leads_for(request.actor)
    if (first := leads.first()) and not (decision := permissions.may_begin(request.actor, first, call, on=today())):
        return refused(request, decision.reason)
    form = BeginForm(
        request.POST or None,
        call=call,
        book=book,
        leads=leads,
        introductions=selectors.introductions_of(request.actor),
        initial={"lead": first, "people": selectors.people_in(first) if first else None},
    )
    shown: dict[str, Any] = {"call": call, "form": form, "conditions": call.programme.conditions.in_words()}
    if request.method == "POST" and form.is_valid():
        said, typed = form.said(), form.cleaned_data
        told = services.Beginning(typed["lead"], typed["title"], said, typed.get("introduction"))
        try:
            begun = services.begin(call, told, on=today(), by=request.actor)
        except services.NotEligible:
            excluded = {each.key: each.label for each in book.excluded}
            shown["checks"] = check(call.programme.conditions, said, excluded=excluded)
        except NotAllowed as problem:
            form.add_error(None, str(problem))
        else:
            return redirect("proposal-write", municipality, begun.pk)
    return page(request, "proposals/new.html", shown, status=422 if form.is_bound else 200)


@dataclass
class Desk:
    """Everything on the page on which a proposal is written."""

    head: HeadForm
    sheet: SheetForm | None
    partners: list[PartnerForm]
    table: budget.Table
    why: WhyForm | None

    @property
    def is_valid(self) -> bool:
        """Can all of it be kept?"""
        parts = [each for each in (self.head, self.sheet, self.why, *self.partners) if each is not None]
        wrong = [each for each in parts if not each.is_valid()]  # every part, so that all that is wrong is said at once
        return not wrong and not self.table.wrong

    def writing(self) -> services.Writing:
        """As the service wants it."""
        named = [(each.cleaned_data["party"], each.cleaned_data["part"]) for each in self.partners]
        return services.Writing(
            title=self.head.cleaned_data["title"],
            department=self.head.cleaned_data["department"],
            answers=self.sheet.answers() if self.sheet else {},
            budget=self.table.rows(),
            partners=tuple((party, part) for party, part in named if party is not None),
        )


@needs(Permission.PROPOSAL_WRITE)
def write(request: Request, municipality: str, pk: int) -> HttpResponse:
    """Write the draft, or change the proposal after talks. What was typed stays, whatever is in the way."""
    proposal = get_object_or_404(selectors.visible_to(request.actor), pk=pk)
    if not (decision := permissions.may_write(request.actor, proposal)):
        return refused(request, decision.reason)
    desk = _desk(request, proposal)
    if request.method != "POST" or "more" in request.POST:
        return _shown(request, proposal, desk, more=request.POST.get("more", ""))
    if not desk.is_valid:
        return _shown(request, proposal, desk, status=422)
    return _kept(request, proposal, desk)


def _desk(request: Request, proposal: Proposal) -> Desk:
    sent = request.POST if request.method == "POST" else None
    book, is_talked = proposal.rulebook.book, proposal.state == State.TALKS
    sheet, heads = versions.sheet_of(book), versions.heads_of(book)
    table = budget.kept(proposal.budget)
    if sent is not None:
        names = [f"{side}_{name}" for side in budget.SIDES for name in ("head", "label", "amount")]
        table = budget.typed({name: sent.getlist(name) for name in names}, heads=heads)
    filled = form_for(sheet, book, is_draft=not is_talked) if sheet else None
    written = filled(sent, prefix="sheet", initial=proposal.answers) if filled else None
    if sheet and written and not is_talked:
        _mark_needed(sheet, written)
    return Desk(
        head=HeadForm(sent, proposal=proposal, departments=selectors.departments()),
        sheet=written,
        partners=[] if is_talked else _partner_forms(sent, proposal),
        table=table,
        why=WhyForm(sent) if is_talked else None,
    )


def _mark_needed(sheet: Sheet, form: SheetForm) -> None:
    """A draft may stay open, but people see which questions must be answered before it is handed in."""
    for question in sheet.fields:
        if question.required and not question.shown_when and question.key in form.fields:
            field = form.fields[question.key]
            field.help_text = _("提出までに必ず書きます。") + str(field.help_text)


def _partner_forms(sent: Any, proposal: Proposal) -> list[PartnerForm]:
    parties: list[Party] = list(selectors.partners_possible(proposal))
    seats = list(proposal.seats.all())
    given = int(sent["partners"]) if sent and sent.get("partners", "").isdecimal() else 0
    count = min(max(len(seats) + PARTNER_ROWS, given), 20)
    initial = [{"party": str(seat.party_id), "part": seat.part} for seat in seats] + [{}] * count
    return [
        PartnerForm(sent, prefix=f"partner{place}", parties=parties, initial=initial[place]) for place in range(count)
    ]


def _kept(request: Request, proposal: Proposal, desk: Desk) -> HttpResponse:
    revision, writing = desk.head.cleaned_data["revision"], desk.writing()
    try:
        if desk.why:
            why = desk.why.cleaned_data["why"]
            services.revise(proposal, writing, revision=revision, why=why, at=now(), by=request.actor)
        else:
            services.write(proposal, writing, revision=revision, by=request.actor)
    except services.Moved as problem:
        return _shown(request, proposal, desk, moved=problem, status=409)
    except RulesBroken as problem:
        told = [finding.message for finding in problem.findings]
        return _shown(request, proposal, desk, told=told, status=422)
    except NotAllowed as problem:
        return _shown(request, proposal, desk, told=[str(problem)], status=422)
    messages.success(request, _("保存しました。"))
    if "stay" in request.POST:
        return redirect("proposal-write", request.municipality.slug, proposal.pk)
    return redirect(proposal)


def _shown(  # noqa: PLR0913 - what may have come back with the form, all by name
    request: Request,
    proposal: Proposal,
    desk: Desk,
    *,
    more: str = "",
    moved: services.Moved | None = None,
    told: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    book = proposal.rulebook.book
    sheet = versions.sheet_of(book)
    rows = desk.table.rows()
    done, required = progress(sheet, proposal.answers) if sheet else (0, 0)
    shown = {
        "proposal": proposal,
        "desk": desk,
        "sides": _sides(proposal, desk.table.with_room(more=more), rows),
        "heads": versions.heads_of(book),
        "done": done,
        "required": required,
        "asked": budget.asked_of_city(rows),
        "conditions": proposal.round.programme.conditions,
        "told": [*(told or []), *(desk.table.wrong if status == 422 else ())],
        "differences": _differences(moved, desk) if moved else [],
        "moved": moved,
        "revision": moved.held.revision if moved else None,
    }
    return page(request, "proposals/write.html", shown, status=status)


def _sides(proposal: Proposal, table: budget.Table, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    heads, labels = versions.heads_of(proposal.rulebook.book), {"income": _("収入"), "spending": _("支出")}
    return [
        {
            "key": side,
            "label": labels[side],
            "lines": getattr(table, side),
            "heads": list(heads[side].items()),
            "total": budget.total(rows, side),
        }
        for side in budget.SIDES
    ]


def _differences(moved: services.Moved, desk: Desk) -> list[versions.Change]:
    """What the other window wrote (gone) beside what stands in this form (come)."""
    held, typed = moved.held, desk.writing()
    mine = {
        "title": typed.title,
        "department": typed.department.name if typed.department else "",
        "answers": typed.answers,
        "budget": typed.budget,
        "partners": held.content()["partners"],
    }
    return versions.difference(held.content(), mine, held.rulebook.book)
