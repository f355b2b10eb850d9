"""One line with everything beside it that helps to report it in ten minutes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from tomoni.cases.pages import Standing, standing
from tomoni.cases.services import RulesBroken
from tomoni.checks.cards import Card, cards_of
from tomoni.kernel.clock import today
from tomoni.parties.permissions import Permission
from tomoni.plans.words import Words, long_year, mark_of, state_of, words_of
from tomoni.reporting import permissions
from tomoni.reporting.forms import DepartmentForm, EntryForm
from tomoni.reporting.models import TEXTS, WRITTEN, Entry
from tomoni.reporting.selectors import requests as selectors
from tomoni.reporting.selectors.around import Around, around, views_on
from tomoni.reporting.selectors.noticed import noticed_in
from tomoni.reporting.sheet.layout import plain_number
from tomoni.reporting.views.lines import mark_of_report
from tomoni.reporting.workflow import State
from tomoni.ui.access import needs
from tomoni.ui.marks import mark
from tomoni.ui.pages import page
from tomoni.ui.requests import Request

# These steps have a form of their own and are not among the plain buttons.
OWN_FORM = frozenset({"hand_in", "hand_over", "assess"})


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
    return shown(request, get_object_or_404(selectors.visible_to(request.actor), pk=pk))


def shown(
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
    is_missing = may_write and isinstance(problem, RulesBroken)
    content: dict[str, Any] = {
        "entry": held,
        "held": held.year_request,
        "words": words,
        "beside": beside,
        "year": long_year(held.year_request.year),
        "last_year": long_year(held.year_request.year - 1),
        "standing": standing(held, request, problem=None if is_missing else problem),
        "missing": _missing(problem, held) if is_missing else (),
        "columns": _columns(form, beside) if form and may_write else (),
        "form": form if may_write else None,
        "version": form["version"].value() if form else held.version,
        "numbers": _numbers(form, beside) if form else (),
        "last_mark": _last_mark(beside, words),
        "told": _told(held, words) if permissions.may_read(request.actor, held) and not may_write else (),
        "status": mark_of_report(held),
        "conflict": _both(form, theirs, words) if form and theirs else (),
        "theirs": theirs,
        "is_over": today() > held.year_request.due_on,
        "cards": cards_for(request, held),
        "hand_over": hand_over or _hand_over_form(request, held),
        "views": views_on(held) if request.actor.may(Permission.PLAN_ASSESS) else (),
        "neighbours": _neighbours(held) if may_write else (None, None),
    }
    content["question"] = _question(held, content["standing"])
    options = content["standing"].options
    options[:] = [option for option in options if option.step.name not in OWN_FORM]
    is_wrong = (
        problem is not None or theirs is not None or (form is not None and form.is_bound) or hand_over is not None
    )
    return page(request, "reporting/entry.html", content, status=422 if is_wrong else 200)


def _missing(problem: Exception | None, held: Entry) -> list[tuple[str, str]]:
    """What keeps a report from being handed in: the box to go to, and the sentence."""
    found = problem.findings if isinstance(problem, RulesBroken) else []
    number = held.figures.filter(value=None, why="").values_list("indicator_id", flat=True).first()
    places = {"status": "id_status_0", "figures": f"id_number_{number}"}
    return [(places.get(each.where, f"id_{each.where}"), each.message) for each in found]


def cards_for(request: Request, held: Entry) -> list[Card]:
    """What the checks notice, for those who may read what is written."""
    is_written = held.saved_at is not None or held.state != State.ASKED
    if not is_written or held.state == State.PUBLISHED or not permissions.may_read(request.actor, held):
        return []
    return cards_of(noticed_in(held), held.year_request.plan, actor=request.actor)


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
    for each, box, why in form.numbers():
        other = (plain_number(each.value), each.why)
        own = (str(box.value() or "").strip(), str(why.value() or ""))
        if own != other:
            found.append((each.indicator.label, " ".join(filter(None, other)), " ".join(filter(None, own))))
    return found


def _hand_over_form(request: Request, held: Entry) -> DepartmentForm | None:
    is_theirs = held.is_with(request.actor) or request.actor.may(Permission.REPORT_CHECK)
    return DepartmentForm(prefix="over") if held.state == State.ASKED and held.department_id and is_theirs else None


def _neighbours(held: Entry) -> tuple[Entry | None, Entry | None]:
    """The lines of the department before and after this one."""
    lines = list(selectors.entries_of(held.year_request, [held.department_id or 0]))
    here = next((n for n, each in enumerate(lines) if each.pk == held.pk), 0)
    return (lines[here - 1] if here else None), (lines[here + 1] if here + 1 < len(lines) else None)
