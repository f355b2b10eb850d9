"""Verbs of an evaluation: begin, answer blind, open, talk, promise, agree, opine, publish, look back."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tomoni.cases import services as cases
from tomoni.cases.notices import tell_new_holder
from tomoni.evaluations import permissions
from tomoni.evaluations.compare import BadAnswers, Side, compare
from tomoni.evaluations.models import Evaluation, EvaluationAnswer, Improvement
from tomoni.evaluations.selectors import SEARCH_KIND, answers_from, sheet_of
from tomoni.history.selectors import story_of
from tomoni.history.services import record
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.actor import Actor
from tomoni.projects.models import Project
from tomoni.search.services import index


@transaction.atomic
def begin(project: Project, *, on: date, by: Actor) -> Evaluation:
    """Ask both sides to answer the sheet of the rulebook in force. NotAllowed before the report, and a second time."""
    held = Project.objects.select_for_update(of=("self",)).select_related("civic", "city").get(pk=project.pk)
    permissions.may_begin(by, held).enforce()
    if held.evaluations.exists():
        raise NotAllowed(_("この事業の相互評価は、すでに始まっています。"))
    evaluation = cases.begin(Evaluation(project=held), on=on, by=by)
    tell_new_holder(evaluation, story_of(evaluation)[0], by=by)
    return evaluation


@transaction.atomic
def answer(
    evaluation: Evaluation,
    answers: Mapping[str, Mapping[str, Any]],
    *,
    by: Actor,
    handed_in_at: datetime | None = None,
) -> EvaluationAnswer:
    """Keep the marks of one's own side; with `handed_in_at` they are final. History keeps no mark.

    `answers`: item key -> {"mark": number or None, "reason": text}. NotAllowed after handing in, for marks that do
    not fit the sheet, and for handing in with a mark or the reason of a low mark missing.
    """
    held = _locked(evaluation)
    permissions.may_answer(by, held).enforce()
    side = held.project.side_of(by)
    kept = {key: dict(told) for key, told in answers.items() if told.get("mark") is not None or told.get("reason")}
    _refuse_unready(held, side, kept, final=handed_in_at is not None)
    row, _made = EvaluationAnswer.objects.update_or_create(
        evaluation=held, side=side, defaults={"answers": kept, "handed_in_at": handed_in_at}
    )
    event = record("hand_in" if handed_in_at else "answer", held, by=by)
    if handed_in_at:
        tell_new_holder(held, event, by=by)
    return row


def _refuse_unready(held: Evaluation, side: str, kept: dict[str, Any], *, final: bool) -> None:
    own = Side(side)
    try:
        compared = compare(sheet_of(held.rulebook.book), {own: answers_from(kept)})
    except BadAnswers as problem:
        raise NotAllowed(_("このシートにない項目か評点があります。画面を開き直してください。")) from problem
    if final and any(of == own for of, _key in compared.unanswered):
        raise NotAllowed(_("評点のない項目があります。すべての項目に評点を付けてから出してください。"))
    if final and compared.missing_reasons:
        raise NotAllowed(_("低い評点には理由が必要です。理由を書いてから出してください。"))


def open_both(evaluation: Evaluation, *, by: Actor) -> Evaluation:
    """Let both sides read both sheets, at the same moment. RulesBroken until both are in."""
    return cases.take("open", evaluation, by=by)


@transaction.atomic
def note_talk(evaluation: Evaluation, *, talk: str, talked_on: date | None, by: Actor) -> Evaluation:
    """Write down what the sides said to each other."""
    held = _locked(evaluation)
    permissions.may_talk(by, held).enforce()
    held.talk, held.talked_on = talk, talked_on
    held.save(update_fields=["talk", "talked_on"])
    record("talk", held, by=by)
    return held


@transaction.atomic
def add_improvement(evaluation: Evaluation, *, text: str, side: str, due: date | None, by: Actor) -> Improvement:
    """Promise to do something better; who and by when may follow until the agreement."""
    held = _locked(evaluation)
    permissions.may_talk(by, held).enforce()
    improvement = Improvement(evaluation=held, text=text, side=side, due=due)
    improvement.save()
    record("promise", held, by=by, text=text)
    return improvement


@transaction.atomic
def drop_improvement(improvement: Improvement, *, by: Actor) -> None:
    """Take a promise back, while the sides still talk."""
    held = _locked(improvement.evaluation)
    permissions.may_talk(by, held).enforce()
    record("drop", held, by=by, text=improvement.text)
    improvement.delete()


@transaction.atomic
def mark_done(improvement: Improvement, *, on: date, by: Actor) -> Improvement:
    """The promise is kept. Saying so twice keeps the first day."""
    held = _locked(improvement.evaluation)
    permissions.may_mark_done(by, held).enforce()
    improvement.refresh_from_db()
    if improvement.done_on is None:
        improvement.done_on = on
        improvement.save(update_fields=["done_on"])
        record("done", held, by=by, text=improvement.text)
    return improvement


def agree(evaluation: Evaluation, *, by: Actor, note: str = "") -> Evaluation:
    """Close the talk; RulesBroken says what is missing."""
    return cases.take("agree", evaluation, by=by, note=note)


def opine(evaluation: Evaluation, *, opinion: str, by: Actor) -> Evaluation:
    """Say what the council thinks of it."""
    return cases.take("opine", evaluation, by=by, note=opinion, change={"opinion": opinion.strip()})


@transaction.atomic
def publish(evaluation: Evaluation, *, on: date, by: Actor) -> Evaluation:
    """Let everybody read it, and set the day on which the sides are asked what became of it."""
    months = evaluation.rulebook.book.evaluation.follow_up_months
    days = {"published_on": on, "follow_up_due": months_later(on, months)}
    published = cases.take("publish", evaluation, by=by, change=days)
    _index(published)
    return published


@transaction.atomic
def follow_up(evaluation: Evaluation, *, told: str, by: Actor) -> Evaluation:
    """Say what became of the improvements."""
    followed = cases.take("follow_up", evaluation, by=by, note=told, change={"follow_up": told.strip()})
    _index(followed)
    return followed


def months_later(day: date, months: int) -> date:
    """The same day that many months on; the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _locked(evaluation: Evaluation) -> Evaluation:
    rows = Evaluation.objects.select_for_update(of=("self",))
    return rows.select_related("project", "project__civic", "project__city", "rulebook").get(pk=evaluation.pk)


def _index(evaluation: Evaluation) -> None:
    if not evaluation.project.is_public:
        return
    promised = [each.text for each in evaluation.improvements.order_by("pk")]
    sides = [evaluation.project.civic.name, evaluation.project.city.name]
    text = "\n".join([evaluation.talk, *promised, evaluation.opinion, evaluation.follow_up, *sides])
    title = _("%s の相互評価") % evaluation.project.title
    index(evaluation, kind=SEARCH_KIND, title=title, text=text, url=evaluation.get_absolute_url())
