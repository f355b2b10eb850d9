"""An officer's lines: the list, and one line with everything beside it that helps to report it in ten minutes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tomoni.cases.pages import Standing, standing, step_taken
from tomoni.cases.services import RulesBroken
from tomoni.kernel.clock import now, today
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.permissions import Permission
from tomoni.plans.words import Words, long_year, mark_of, state_of, words_of
from tomoni.reporting import permissions
from tomoni.reporting.forms import DepartmentForm, EntryForm
from tomoni.reporting.models import TEXTS, WRITTEN, Entry
from tomoni.reporting.selectors import requests as selectors
from tomoni.reporting.selectors.around import Around, around, views_on
from tomoni.reporting.services import drafting, passing, publishing
from tomoni.reporting.workflow import State
from tomoni.ui.access import needs, refused
from tomoni.ui.marks import mark
from tomoni.ui.pages import page
from tomoni.ui.requests import Request

OWN_FORM = frozenset({"hand_in", "hand_over", "assess"})


@needs(Permission.REPORT_WRITE)
def mine(request: Request, municipality: str, pk: int) -> HttpResponse:
    """All lines of one's own departments, the open ones first on the page; finished ones are handed in together."""
    return _lines(request, pk, selectors.own_departments(request.actor))


@needs(Permission.REPORT_CHECK)
def of_department(request: Request, municipality: str, pk: int, party: int) -> HttpResponse:
    """The lines of one department, as the division sees them."""
    return _lines(request, pk, [party], is_own=False)


def _lines(request: Request, pk: int, departments: list[int], *, is_own: bool = True) -> HttpResponse:
    held = get_object_or_404(selectors.requests(), pk=pk)
    entries = list(selectors.entries_of(held, departments))
    content = {
        "held": held,
        "entries": [(entry, _mark_of(entry)) for entry in entries],
        "open": sum(entry.state == State.ASKED for entry in entries),
        "is_own": is_own,
        "department": entries[0].department if entries and not is_own else None,
        "is_over": today() > held.due_on,
        "words": words_of(held.plan.rulebook.book),
    }
    return page(request, "reporting/lines.html", content)


def _mark_of(entry: Entry) -> Any:
    words = words_of(entry.year_request.plan.rulebook.book)
    return mark(mark_of(entry.status), words.short[entry.status]) if entry.status else ""


@needs(Permission.REPORT_WRITE)
@require_POST
def hand_in_all(request: Request, municipality: str, pk: int) -> HttpResponse:
    """Hand in every line of one's own that is finished; what is missing in the others is said."""
    held = get_object_or_404(selectors.requests(), pk=pk)
    entries = selectors.entries_of(held, selectors.own_departments(request.actor)).exclude(saved_at=None)
    done = passing.hand_in_ready(entries, on=today(), by=request.actor)
    if done.moved:
        messages.success(request, _("%s件を出しました。") % done.moved)
    for entry, why in done.in_the_way:
        messages.warning(request, f"{entry.line.measure}: {why}")
    if not done.moved and not done.in_the_way:
        messages.warning(request, _("書き終えた行がありません。"))
    return redirect("report-mine", municipality, pk)


@dataclass(frozen=True, slots=True)
class Beside:
    """One column of the sheet: its box, and what stood there last year."""

    name: str
    field: Any
    last: str
    promised: str = ""


@needs(Permission.REPORT_READ)
def entry(request: Request, municipality: str, pk: int) -> HttpResponse:
    """One line: where it stands, what is written, what stands beside it, what can be done."""
    return _shown(request, get_object_or_404(selectors.visible_to(request.actor), pk=pk))


def _shown(
    request: Request,
    held: Entry,
    *,
    form: EntryForm | None = None,
    problem: Exception | None = None,
    theirs: Entry | None = None,
    hand_over: DepartmentForm | None = None,
) -> HttpResponse:
    beside, words = around(held), words_of(held.rulebook.book)
    may_write = bool(permissions.may_write(request.actor, held))
    form = form or (EntryForm(entry=held) if may_write else None)
    content: dict[str, Any] = {
        "entry": held,
        "held": held.year_request,
        "words": words,
        "beside": beside,
        "year": long_year(held.year_request.year),
        "last_year": long_year(held.year_request.year - 1),
        "standing": standing(held, request, problem=problem),
        "columns": _columns(form, beside) if form and may_write else (),
        "form": form if may_write else None,
        "version": form["version"].value() if form else held.version,
        "numbers": _numbers(form, beside) if form else (),
        "last_mark": _last_mark(beside, words),
        "told": _told(held, words) if permissions.may_read(request.actor, held) and not may_write else (),
        "status": _mark_of(held),
        "conflict": _both(form, theirs, words) if form and theirs else (),
        "theirs": theirs,
        "is_over": today() > held.year_request.due_on,
        "hand_over": hand_over or _hand_over_form(request, held),
        "views": views_on(held) if request.actor.may(Permission.PLAN_ASSESS) else (),
        "neighbours": _neighbours(held) if may_write else (None, None),
    }
    content["question"] = _question(held, content["standing"])
    # The steps with a page or a form of their own are not among the plain buttons.
    options = content["standing"].options
    options[:] = [option for option in options if option.step.name not in OWN_FORM]
    is_wrong = (
        problem is not None or theirs is not None or (form is not None and form.is_bound) or hand_over is not None
    )
    return page(request, "reporting/entry.html", content, status=422 if is_wrong else 200)


def _columns(form: EntryForm, beside: Around) -> list[Beside]:
    last = beside.last
    return [
        Beside(name, form[name], getattr(last, name) if last else "", beside.promised if name == "results" else "")
        for name in TEXTS
    ]


def _numbers(form: EntryForm, beside: Around) -> list[tuple[Any, Any, Any]]:
    """Each number asked for, with its two boxes and the values of the years before."""
    before = {each.figure.indicator_id: each for each in beside.asked}
    return [(before[each.indicator_id], value, why) for each, value, why in form.numbers()]


def _last_mark(beside: Around, words: Words) -> Any:
    """Last year's status, as the plan shows it."""
    if beside.last is None:
        return ""
    state = state_of(beside.last.status, from_file=beside.last.batch_id is not None)
    return mark(mark_of(state), words.full[state])


def _question(held: Entry, shown: Standing) -> Any:
    """What the division asked when it sent the report back, while the department has it."""
    if held.state != State.ASKED:
        return None
    moves = [event for event in shown.events if event.now == State.ASKED and event.was not in {"", State.ASKED}]
    return moves[0] if moves and moves[0].verb in {"send_back", "correct"} else None


def _told(held: Entry, words: Words) -> list[tuple[str, str]]:
    """What is written, for those who only read."""
    named = [(words.fields[name], getattr(held, name)) for name in TEXTS]
    named += [(_("前の年度と変わりないわけ"), held.unchanged_why if held.is_unchanged else "")]
    named += [(_("自己評価"), held.self_assessment), (_("委員会の意見への対応"), held.response)]
    return [(label, text) for label, text in named if text]


def _both(form: EntryForm, theirs: Entry, words: Words) -> list[tuple[str, str, str]]:
    """Where two people wrote different things: the column, theirs, and one's own."""
    found = []
    for name in WRITTEN:
        own, other = form.data.get(name, ""), getattr(theirs, name)
        if name == "is_unchanged":
            own, other = (_("はい") if own else _("いいえ")), (_("はい") if other else _("いいえ"))
        elif name == "status":
            own, other = words.full.get(own, ""), words.full.get(other, "")
        if str(own).replace("\r\n", "\n") != str(other):
            found.append((str(form.fields[name].label), str(other), str(own)))
    return found


def _hand_over_form(request: Request, held: Entry) -> DepartmentForm | None:
    is_theirs = held.is_with(request.actor) or request.actor.may(Permission.REPORT_CHECK)
    return DepartmentForm(prefix="over") if held.state == State.ASKED and held.department_id and is_theirs else None


def _neighbours(held: Entry) -> tuple[Entry | None, Entry | None]:
    """The lines of the department before and after this one."""
    lines = list(selectors.entries_of(held.year_request, [held.department_id or 0]))
    here = next((n for n, each in enumerate(lines) if each.pk == held.pk), 0)
    return (lines[here - 1] if here else None), (lines[here + 1] if here + 1 < len(lines) else None)


@needs(Permission.REPORT_WRITE)
@require_POST
def save(request: Request, municipality: str, pk: int) -> HttpResponse:
    """Keep the draft, by itself while somebody types or by the button; and hand it in, when that was pressed."""
    held = get_object_or_404(selectors.visible_to(request.actor), pk=pk)
    if not (decision := permissions.may_write(request.actor, held)):
        return _saved(request, held, problem=decision.reason) if request.htmx else refused(request, decision.reason)
    form = EntryForm(request.POST, entry=held)
    if not form.is_valid():
        return _saved(request, held, form=form) if request.htmx else _shown(request, held, form=form)
    version = form.cleaned_data["version"]
    try:
        held = drafting.save_draft(held, form.draft(), version=version, at=now(), by=request.actor)
    except drafting.EditedMeanwhile as met:
        return _met(request, met, form)
    except NotAllowed as moved:
        return refused(request, str(moved))
    return _kept(request, held)


def _kept(request: Request, held: Entry) -> HttpResponse:
    """After the draft is safe: the line that says so, the next line to write, or the page again."""
    if request.htmx:
        return _saved(request, held)
    if request.POST.get("act") == "hand_in":
        return _handed_in(request, held)
    messages.success(request, _("途中まで保存しました。まだ出していません。"))
    return redirect(held)


def _met(request: Request, met: drafting.EditedMeanwhile, form: EntryForm) -> HttpResponse:
    """Two people in one line: show both texts, and let the next saving begin from what is there now."""
    if request.htmx:
        return _saved(request, met.entry, problem=str(met), is_conflict=True)
    fresh = get_object_or_404(selectors.visible_to(request.actor), pk=met.entry.pk)
    typed = request.POST.copy()
    typed["version"] = str(fresh.version)
    return _shown(request, fresh, form=EntryForm(typed, entry=fresh), theirs=fresh)


def _saved(
    request: Request, held: Entry, *, form: EntryForm | None = None, problem: str = "", is_conflict: bool = False
) -> HttpResponse:
    """The line that says when the draft was saved, or why it was not, with the version the next saving begins from."""
    wrong = [(form.fields[name].label, each) for name, found in form.errors.items() for each in found] if form else []
    is_kept = not (wrong or problem)
    content = {
        "entry": held,
        "problem": problem,
        "wrong": wrong,
        "is_conflict": is_conflict,
        "version": held.version if is_kept else request.POST.get("version", ""),
    }
    return page(request, "reporting/_saved.html", content, status=200 if is_kept else 422)


def _handed_in(request: Request, held: Entry) -> HttpResponse:
    try:
        passing.hand_in(held, on=today(), by=request.actor)
    except (NotAllowed, RulesBroken) as problem:
        fresh = get_object_or_404(selectors.visible_to(request.actor), pk=held.pk)
        return _shown(request, fresh, problem=problem)
    waiting = selectors.entries_of(held.year_request, [held.department_id or 0]).filter(state=State.ASKED)
    left = waiting.count()
    if not left:
        messages.success(request, _("出しました。これで、この課の行はすべてそろいました。ありがとうございました。"))
        return redirect("report-mine", request.municipality.slug, held.year_request_id)
    messages.success(request, _("出しました。あと%s件です。") % left)
    return redirect(waiting[0])


@needs(Permission.REPORT_WRITE)
@require_POST
def hand_over(request: Request, municipality: str, pk: int) -> HttpResponse:
    """Give the line to another department."""
    held = get_object_or_404(selectors.visible_to(request.actor), pk=pk)
    form = DepartmentForm(request.POST, prefix="over")
    if not form.is_valid():
        return _shown(request, held, hand_over=form)
    to = form.cleaned_data["department"]
    try:
        passing.hand_over(held, to=to, reason=form.cleaned_data["reason"], by=request.actor)
    except (NotAllowed, RulesBroken) as problem:
        form.add_error(None, str(problem))
        return _shown(request, held, hand_over=form)
    messages.success(request, _("「%s」に引き継ぎました。") % to)
    return redirect(held)


@needs(Permission.REPORT_READ)
@require_POST
def take(request: Request, municipality: str, pk: int, step: str) -> HttpResponse:
    """Confirm, ask back, take back, correct; publishing writes into the plan, too."""
    held = get_object_or_404(selectors.visible_to(request.actor), pk=pk)

    def show(problem: Exception) -> HttpResponse:
        return _shown(request, get_object_or_404(selectors.visible_to(request.actor), pk=pk), problem=problem)

    if step == "publish":
        try:
            publishing.publish(held, on=today(), by=request.actor)
        except (NotAllowed, RulesBroken) as problem:
            return show(problem)
        messages.success(request, _("公表しました。"))
        return redirect(held)
    if step in OWN_FORM:
        return redirect(held)
    return step_taken(request, held, step, show=show)
