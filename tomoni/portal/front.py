"""What a city's home tells at a glance: what is new, what is open now, and a few numbers. Only what is public."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tomoni.consultations import selectors as consultations
from tomoni.evaluations import selectors as evaluations
from tomoni.matching import selectors as matching
from tomoni.organisations import selectors as organisations
from tomoni.projects import selectors as projects
from tomoni.projects.workflow import State as ProjectState
from tomoni.proposals.models import Round

MOST = 6
LOOK_AT = 4  # of each kind, so that no kind fills the whole list


@dataclass(frozen=True, slots=True)
class News:
    """One thing that became public: what kind it is, its name, where it is read, since when."""

    label: str | Promise
    title: str
    url: str
    day: date


def news(on: date, *, rounds: tuple[Round, ...] = ()) -> list[News]:
    """What became public lately in any room, newest first. One query a room."""
    found = [each for each in _all_news(on, rounds) if each.day <= on]
    return sorted(found, key=lambda each: each.day, reverse=True)[:MOST]


def _all_news(on: date, rounds: tuple[Round, ...]) -> Iterator[News]:
    for listing in matching.public(on)[:LOOK_AT]:
        yield News(listing.kind_label, listing.title, listing.get_absolute_url(), listing.posted_on)
    for call in rounds:
        yield News(_("募集"), call.title, call.get_absolute_url(), call.opens)
    for project in projects.public()[:LOOK_AT]:
        yield News(_("協働事業"), project.title, project.get_absolute_url(), project.begun_on)
    for evaluation in evaluations.public()[:LOOK_AT]:
        yield News(_("評価"), str(evaluation), evaluation.get_absolute_url(), evaluation.published_on or on)
    for question in consultations.public().select_related("municipality")[:LOOK_AT]:
        yield News(_("よくある質問"), question.question, question.get_absolute_url(), question.published_on or on)


def numbers(on: date) -> list[dict[str, Any]]:
    """How much there is of each thing today; what there is nothing of is left out."""
    board = matching.counts(on)
    told = [
        (_("登録団体"), organisations.registered(on).values("party").distinct().count()),
        (_("地域の課題"), board.get("issue", 0)),
        (_("してほしい・探している"), board.get("wish", 0)),
        (_("提供・協力したい"), board.get("offer", 0)),
        (_("実施中の協働事業"), projects.public().filter(state=ProjectState.RUNNING).count()),
    ]
    return [{"label": label, "value": count} for label, count in told if count]
