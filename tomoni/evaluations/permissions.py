"""Who may do what in an evaluation beyond the steps."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tomoni.evaluations.models import Evaluation
from tomoni.evaluations.workflow import State
from tomoni.kernel.decisions import YES, Decision, no
from tomoni.parties.actor import Actor
from tomoni.parties.permissions import Permission
from tomoni.projects.models import Project
from tomoni.projects.workflow import State as ProjectState

OVER = {ProjectState.REPORTED, ProjectState.FINISHED}
AFTER_THE_TALK = {State.AGREED, State.OPINED, State.PUBLISHED}


def may_begin(actor: Actor, project: Project) -> Decision:
    """Begin: somebody of either side, once the work is reported."""
    if not (decision := _of_a_side(actor, project)):
        return decision
    if project.state not in OVER:
        return no(_("完了を報告した事業から、相互評価を始められます。"))
    return YES


def may_answer(actor: Actor, evaluation: Evaluation) -> Decision:
    """Fill in one's own side's sheet, until it is handed in."""
    if not (decision := _of_a_side(actor, evaluation.project)):
        return decision
    if evaluation.state != State.ANSWERING:
        return no(_("評価は開かれています。書き直せません。"))
    if evaluation.project.side_of(actor) in evaluation.sides_in():
        return no(_("あなたの側の評価は、すでに出してあります。書き直せません。"))
    return YES


def may_talk(actor: Actor, evaluation: Evaluation) -> Decision:
    """Write down the talk and what shall be done better, while the sides talk."""
    if not (decision := _of_a_side(actor, evaluation.project)):
        return decision
    if evaluation.state != State.TALKING:
        return no(_("話し合いの記録は、話し合いの間だけ書けます。"))
    return YES


def may_mark_done(actor: Actor, evaluation: Evaluation) -> Decision:
    """Say that an improvement is done, once it was agreed."""
    if not (decision := _of_a_side(actor, evaluation.project)):
        return decision
    if evaluation.state not in AFTER_THE_TALK:
        return no(_("改善の結果は、話し合いをまとめたあと、1年後の確認までの間に記録できます。"))
    return YES


def may_enter(actor: Actor, evaluation: Evaluation) -> bool:
    """See whose turn it is and what has happened: the sides, the division, and the council from the agreement on."""
    council = actor.may(Permission.EVALUATION_OPINE) and evaluation.state not in {State.ANSWERING, State.TALKING}
    return bool(evaluation.project.side_of(actor)) or actor.may(Permission.EVALUATION_PUBLISH) or council


def _of_a_side(actor: Actor, project: Project) -> Decision:
    if not project.side_of(actor) or not actor.may(Permission.EVALUATION_ANSWER):
        return no(_("書けるのは、この事業に取り組んだ双方の担当者だけです。"))
    return YES
