"""A finding as it is shown: in the city's words, with its evidence, its answer, and whether the reader may answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tomoni.checks import permissions
from tomoni.checks.models import CheckAnswer
from tomoni.checks.selectors.findings import Told
from tomoni.parties.actor import Actor
from tomoni.plans.checking.check import Evidence, Kind, Weight
from tomoni.plans.models import Plan
from tomoni.plans.words import Words, long_year, words_of

KINDS: dict[str, str | Promise] = {
    Kind.SUM: gettext_lazy("計算が合わない"),
    Kind.CONTRADICTION: gettext_lazy("進捗状況と合わない"),
    Kind.PROMISE: gettext_lazy("前の年の約束が見えない"),
    Kind.MISSING: gettext_lazy("書かれていない"),
    Kind.REPEAT: gettext_lazy("前の年と同じ"),
}
WEIGHTS: dict[str, tuple[str | Promise, str]] = {
    Weight.MEND: (gettext_lazy("直すところ"), "bad"),
    Weight.ASK: (gettext_lazy("確かめるところ"), "warn"),
    Weight.NOTE: (gettext_lazy("気づいたこと"), "open"),
}


@dataclass(frozen=True, slots=True)
class Quote:
    """Words a finding rests on, with where they stand (令和元年度の実績)."""

    where: str
    words: str


@dataclass(frozen=True, slots=True)
class Card:
    """One finding on a page. `tone` goes with its severity; `old_reason` is an answer its words have outgrown."""

    key: str
    line: int
    measure: int
    name: str
    departments: str
    rule: str
    severity: str
    tone: str
    kind: str
    place: str
    message: str
    advice: str
    evidence: tuple[Quote, ...]
    answer: CheckAnswer | None
    old_reason: str
    may_answer: bool


def cards_of(found: Iterable[Told], plan: Plan, *, actor: Actor) -> list[Card]:
    """Findings as cards for `checks/_findings.html`. No queries."""
    words = words_of(plan.rulebook.book)
    return [_card(each, words, actor) for each in found]


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one line that stand on a page."""

    line: int
    measure: int
    name: str
    departments: str
    cards: tuple[Card, ...]


def by_line(cards: Iterable[Card]) -> list[Group]:
    """Cards that follow each other and are of one line, together."""
    runs = (tuple(some) for _line, some in groupby(cards, key=lambda card: card.line))
    return [Group(run[0].line, run[0].measure, run[0].name, run[0].departments, run) for run in runs]


def _card(told: Told, words: Words, actor: Actor) -> Card:
    finding = told.finding
    severity, tone = WEIGHTS[finding.weight]
    return Card(
        key=finding.key,
        line=told.line,
        measure=told.measure,
        name=told.name,
        departments=told.departments,
        rule=finding.rule,
        severity=str(severity),
        tone=tone,
        kind=str(KINDS[finding.kind]),
        place=_place(finding.year, finding.field, words),
        message=finding.message,
        advice=finding.advice,
        evidence=tuple(_words(each, words) for each in finding.evidence if each.words),
        answer=told.answer,
        old_reason=told.lapsed.reason if told.lapsed else "",
        may_answer=bool(permissions.may_answer(actor, (lead.pk for lead in told.leads))),
    )


def _words(one: Evidence, words: Words) -> Quote:
    said = words.full.get(one.words, one.words) if one.field == "status" else one.words
    return Quote(_place(one.year, one.field, words), said)


def _place(year: int, field: str, words: Words) -> str:
    name = words.fields.get(field) or _("数値")
    return _("%(year)sの%(field)s") % {"year": long_year(year), "field": name} if year else name
