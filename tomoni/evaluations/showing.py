"""What the page of an evaluation shows: to everybody what was published, to those inside the whole way."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from tomoni.agreements.models import Side
from tomoni.cases.pages import standing
from tomoni.evaluations import permissions, selectors
from tomoni.evaluations.models import Evaluation
from tomoni.evaluations.picture import Mark, picture
from tomoni.ui.requests import Request

VERBS = {
    "answer": _("評価を途中まで書きました"),
    "hand_in": _("評価を出しました"),
    "talk": _("話し合いを記録しました"),
    "promise": _("改善の約束を加えました"),
    "drop": _("改善の約束を取りやめました"),
    "done": _("改善の約束を果たしました"),
}


def outside(held: Evaluation) -> dict[str, Any]:
    """Both sides' marks once they are opened, and what the sides promised."""
    shown: dict[str, Any] = {"evaluation": held, "project": held.project, "improvements": promises(held)}
    compared = selectors.comparison(held)
    if compared is None:
        return shown
    rows, comparison = compared
    scale = held.rulebook.book.evaluation.scale
    marks = [
        Mark(row.label, row.compared.civic, row.compared.city, row.compared.talk)
        for row in rows
        if row.compared.civic is not None and row.compared.city is not None
    ]
    labels = {row.compared.key: row.label for row in rows}
    return shown | {
        "rows": rows,
        "agenda": [labels[key] for key in comparison.agenda],
        "picture": picture(marks, lowest=scale.min, highest=scale.max),
        "grades": scale.grades,
        "talk_from": held.rulebook.book.evaluation.talk_from,
    }


def promises(held: Evaluation) -> list[Any]:
    """The improvements, those without a day last."""
    return sorted(held.improvements.all(), key=lambda each: (each.due is None, each.due or held.begun_on, each.pk))


def room(request: Request, held: Evaluation, problem: Exception | None) -> dict[str, Any]:
    """Whose turn it is, what this person may write, who has handed in (never what), and what has happened."""
    actor = request.actor
    side = held.project.side_of(actor)
    there = standing(held, request, problem=problem)
    for event in there.events:
        if event.verb in VERBS:
            event.label = VERBS[event.verb]  # type: ignore[attr-defined]  # shown
    handed_in = held.sides_in()
    return {
        "standing": there,
        "side": side,
        "may_answer": permissions.may_answer(actor, held),
        "may_talk": permissions.may_talk(actor, held),
        "may_mark_done": permissions.may_mark_done(actor, held),
        "sides": [
            (held.project.civic, Side.CIVIC.value in handed_in),
            (held.project.city, Side.CITY.value in handed_in),
        ],
    }
