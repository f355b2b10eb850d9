"""Reads of evaluations: what everybody sees, what the sides see, whose turn it is, and both sides' marks compared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, prefetch_related_objects

from tomoni.agreements.models import Side as Party
from tomoni.evaluations import permissions
from tomoni.evaluations.compare import Answer, Compared, Comparison, Item, Sheet, Side, compare
from tomoni.evaluations.models import Evaluation, EvaluationAnswer
from tomoni.evaluations.workflow import State
from tomoni.parties.actor import Actor
from tomoni.parties.permissions import Permission, grants
from tomoni.projects.models import Project
from tomoni.rulebooks.schema import Rulebook

SEARCH_KIND = "evaluation"
PUBLISHED = [State.PUBLISHED, State.FOLLOWED_UP]
AGREED = [State.AGREED, State.OPINED]


def _with_names() -> QuerySet[Evaluation]:
    return Evaluation.objects.select_related(
        "project", "project__civic", "project__city", "project__agreement", "rulebook", "municipality"
    )


def public() -> QuerySet[Evaluation]:
    """Evaluations everybody may read, the newest first."""
    return _with_names().filter(_is_public()).order_by("-published_on", "-pk")


def visible_to(actor: Actor) -> QuerySet[Evaluation]:
    """What is published; for the two sides and the division all of theirs; for the council from the agreement on."""
    seen = _is_public() | _is_of(actor.parties)
    if actor.may(Permission.EVALUATION_OPINE):
        seen |= Q(state__in=[*AGREED, *PUBLISHED])
    if actor.may(Permission.EVALUATION_PUBLISH):
        seen |= Q(state__in=State.values)
    return _with_names().filter(seen).order_by("-begun_on", "-pk")


def of_project(project: Project, *, seen_by: Actor) -> Evaluation | None:
    """The one evaluation of a project, if this person may read it. Read once, however many parts of a page ask."""
    prefetch_related_objects([project], "evaluations")
    held = next(iter(project.evaluations.all()), None)
    if held is None:
        return None
    held.project, held.municipality = project, project.municipality
    is_public = held.is_published and project.is_public
    return held if is_public or permissions.may_enter(seen_by, held) else None


def under_way(actor: Actor) -> QuerySet[Evaluation]:
    """What this person may see that is not published yet."""
    return visible_to(actor).exclude(state__in=PUBLISHED)


def awaiting(actor: Actor, *, on: date) -> QuerySet[Evaluation]:
    """Evaluations in which it is this person's turn on that day."""
    sides = [seat.party for seat in actor.seats if grants(seat.role, Permission.EVALUATION_ANSWER)]
    is_in = EvaluationAnswer.objects.exclude(handed_in_at=None).filter(evaluation=OuterRef("pk"))
    civic_in, city_in = Q(civic_in=True), Q(city_in=True)
    turn = (
        Q(state=State.ANSWERING) & ~civic_in & Q(project__civic__in=sides)
        | Q(state=State.ANSWERING) & ~city_in & Q(project__city__in=sides)
        | Q(state=State.ANSWERING) & civic_in & city_in & _is_of(sides)
        | Q(state=State.TALKING) & _is_of(sides)
        | Q(state=State.PUBLISHED, follow_up_due__lte=on) & _is_of(sides)
    )
    if actor.may(Permission.EVALUATION_OPINE):
        turn |= Q(state=State.AGREED) & ~_is_of(actor.parties)
    if actor.may(Permission.EVALUATION_PUBLISH):
        turn |= Q(state=State.OPINED)
    return (
        _with_names()
        .annotate(civic_in=Exists(is_in.filter(side=Party.CIVIC)), city_in=Exists(is_in.filter(side=Party.CITY)))
        .filter(turn)
        .order_by("begun_on", "pk")
    )


def sheet_of(book: Rulebook) -> Sheet:
    """The questions and the scale of a rulebook, as the comparison wants them."""
    scale = book.evaluation.scale
    return Sheet(
        items=tuple(Item(each.key, each.label) for each in book.evaluation_items),
        lowest=scale.min,
        highest=scale.max,
        talk_from=book.evaluation.talk_from,
        reason_below=book.evaluation.reason_below,
    )


def answers_from(kept: dict[str, Any]) -> dict[str, Answer]:
    """One side's answers as they are kept, as the comparison wants them."""
    return {key: Answer(told.get("mark"), told.get("reason", "")) for key, told in kept.items()}


def own_answers(evaluation: Evaluation, side: str) -> dict[str, Any]:
    """What one side has written so far; empty while nothing is saved."""
    row = evaluation.answers.filter(side=side).first()
    return row.answers if row else {}


@dataclass(frozen=True, slots=True)
class Row:
    """One question with both sides' marks and reasons, once they are opened."""

    label: str
    aspect: str
    compared: Compared
    reasons: tuple[str, str]


def comparison(evaluation: Evaluation) -> tuple[list[Row], Comparison] | None:
    """Both sides' marks, by size of gap; None until they were opened together."""
    if not evaluation.is_opened:
        return None
    book = evaluation.rulebook.book
    answers = {Side(row.side): answers_from(row.answers) for row in evaluation.answers.all()}
    compared = compare(sheet_of(book), answers)
    asked = {each.key: each for each in book.evaluation_items}

    def reason(side: Side, key: str) -> str:
        return answers.get(side, {}).get(key, Answer(None)).reason

    rows = [
        Row(asked[c.key].label, asked[c.key].aspect, c, (reason(Side.CIVIC, c.key), reason(Side.CITY, c.key)))
        for c in sorted(compared.items, key=lambda c: -abs(c.gap or 0))
    ]
    return rows, compared


def _is_of(parties: frozenset[int] | list[int]) -> Q:
    return Q(project__civic__in=parties) | Q(project__city__in=parties)


def _is_public() -> Q:
    return Q(state__in=PUBLISHED, project__is_public=True)
