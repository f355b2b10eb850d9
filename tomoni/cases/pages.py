"""What every case page shows: where it stands, whose turn, what is next and in the way, what has happened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tomoni.cases import services
from tomoni.cases.models import Case
from tomoni.history.models import Event
from tomoni.history.selectors import story_of
from tomoni.kernel.decisions import NotAllowed
from tomoni.kernel.rules import Finding
from tomoni.kernel.workflow import Holder
from tomoni.parties.models import Party
from tomoni.ui.requests import Request

NAMED = frozenset({Holder.BOTH, Holder.CIVIC, Holder.DEPARTMENT})
MOST_NAMED = 3
COMMON_VERBS = {
    "begin": gettext_lazy("はじめました"),
    "write": gettext_lazy("書き直しました"),
    "link_measure": gettext_lazy("施策とつなぎました"),
    "unlink_measure": gettext_lazy("施策とのつながりを外しました"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """The five parts every case page has, for the person who looks."""

    case: Case
    options: list[services.Option]
    events: list[Event]
    waiting_for: tuple[Party, ...]
    is_my_turn: bool
    problem: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def turn(self) -> str:
        """Whose turn it is: by name where it is that of a few parties in particular, else by what they are here."""
        if self.case.holder in NAMED and 0 < len(self.waiting_for) <= MOST_NAMED:
            return " と ".join(party.name for party in self.waiting_for)
        return str(self.case.holder)


def standing(case: Case, request: Request, *, problem: Exception | None = None) -> Standing:
    """Prepare the five parts. Visitors see neither steps they could not take nor internal notes."""
    options = services.options(case, by=request.actor) if request.actor.is_signed_in else []
    events = list(story_of(case)[:50])
    for event in events:
        event.label = COMMON_VERBS.get(event.verb) or case.verbs.get(event.verb) or label_of(case, event.verb)  # type: ignore[attr-defined]  # shown
    waiting_for = tuple(case.tell())
    mine = any(party.pk in request.actor.parties for party in waiting_for)
    findings = tuple(problem.findings) if isinstance(problem, services.RulesBroken) else ()
    sentence = str(problem) if problem and not findings else ""
    return Standing(case, options, events, waiting_for, mine, sentence, findings)


Show = Callable[[Exception], HttpResponse]
Move = Callable[[], object]
Act = Callable[[Any, Request], BaseForm | None]


def step_taken(request: Request, case: Case, step: str, *, show: Show, move: Move | None = None) -> HttpResponse:
    """Take the step a form asked for and go back to the case; on failure `show` renders the page with why (422).

    `move` is the room's own service where it does more than move the state.
    """
    try:
        if move is not None:
            move()
        else:
            services.take(step, case, by=request.actor, note=request.POST.get("note", ""))
    except (NotAllowed, services.RulesBroken) as problem:
        case.refresh_from_db(fields=["state"])
        response = show(problem)
        if response.status_code == HTTPStatus.OK:
            response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return response
    messages.success(request, _("「%(step)s」を記録しました。") % {"step": label_of(case, step)})
    return HttpResponseRedirect(case.get_absolute_url())


def act_done(
    request: Request, case: Case, act: Act, *, show: Show, show_form: Callable[[BaseForm], HttpResponse]
) -> HttpResponse:
    """Do something beside the steps and go back to the case; what is in the way is shown with what was typed."""
    try:
        wrong = act(case, request)
    except (NotAllowed, services.RulesBroken) as problem:
        return show(problem)
    if wrong is not None:
        return show_form(wrong)
    messages.success(request, _("記録しました。"))
    return HttpResponseRedirect(case.get_absolute_url())


def kept(form: BaseForm, keep: Callable[..., object]) -> BaseForm | None:
    """Keep what a form brought, or give the form back with what is wrong in it."""
    if not form.is_valid():
        return form
    keep(**form.cleaned_data)
    return None


def label_of(case: Case, step: str) -> str:
    """The words on the button of a step."""
    return next((each.label for each in case.workflow.steps if each.name == step), step)
