"""Promises and recommendations as they are printed: in words, with the addresses of what one may do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import gettext as _

from tomoni.history.selectors import story_of
from tomoni.parties.actor import Actor
from tomoni.plans.models import Plan
from tomoni.plans.redacting import Blackened
from tomoni.plans.selectors.redactions import blackened_in
from tomoni.plans.words import long_year, short_year
from tomoni.promises import permissions
from tomoni.promises.chain import Report
from tomoni.promises.filters import UNDECIDED, WAITING, state_of
from tomoni.promises.models import Verdict
from tomoni.promises.picture import Bars, bars
from tomoni.promises.selectors.lines import LineOf
from tomoni.promises.selectors.promised import Counts, Promise, counts_of, promises_of
from tomoni.promises.selectors.recommended import Advice
from tomoni.promises.telling import STANDING_TONES, TONES, proposed, reasons, standing_label
from tomoni.tenants.scope import current

KEPT_SECONDS = 600
MOST = 20  # lines of history


@dataclass(frozen=True, slots=True)
class Shown:
    """One promise. What the program thinks (`guess`, `why_so`) is there only for those who decide."""

    promise: Promise
    line: LineOf
    year: str
    next_year: str
    state: str
    label: str
    tone: str
    measure_url: str
    judge_url: str = ""
    guess: str = ""
    why_so: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A year's promises of one line, and what its next year reported: a link of the chain."""

    year: str
    next_year: str
    leads: str
    promises: tuple[Shown, ...]
    results: str
    is_reported: bool


def shown(promises: Iterable[Promise], lines: dict[int, LineOf], plan: Plan, actor: Actor) -> list[Shown]:
    """Promises as printed, for this reader."""
    slug, blackened = current().slug, blackened_in(plan)
    made = [_shown(each, lines[each.line], (slug, plan.pk), actor) for each in promises]
    return [replace(each, promise=printed(each.promise, blackened)) for each in made] if blackened.places else made


def printed(promise: Promise, blackened: Blackened) -> Promise:
    """A promise as everybody reads it; its parts have no place of their own, so words are blackened wherever they stand."""
    return replace(
        promise,
        text=blackened.anywhere(promise.text),
        made=_without(promise.made, blackened),
        after=_without(promise.after, blackened) if promise.after else None,
    )


def _without(report: Report, blackened: Blackened) -> Report:
    told = {name: blackened.anywhere(getattr(report, name)) for name in ("results", "remarks", "next_action")}
    return replace(report, **told)


def _shown(promise: Promise, line: LineOf, where: tuple[str, int], actor: Actor) -> Shown:
    state = state_of(promise)
    decides = promise.is_reported and bool(permissions.may_judge(actor, line.leads))
    address = [*where, promise.line, promise.year, promise.part]
    return Shown(
        promise=promise,
        line=line,
        year=long_year(promise.year),
        next_year=long_year(promise.year + 1),
        state=state,
        label=state_label(state),
        tone=TONES.get(state, "open"),
        measure_url=reverse("measure", args=[*where, promise.measure]),
        judge_url=reverse("promise", args=address) if decides else "",
        guess=proposed(promise.proposal) if decides else "",
        why_so=tuple(reasons(promise.proposal)) if decides else (),
    )


@dataclass(frozen=True, slots=True)
class Told:
    """One line of how a promise was judged over time."""

    at: datetime
    label: str
    note: str
    by: str


def told_of(promise: Promise) -> list[Told]:
    """Every verdict given to a promise, newest first."""
    given = promise.verdict or promise.outdated
    if given is None:
        return []
    return [
        Told(each.at, state_label(each.now), each.note, each.acting_for.name if each.acting_for else "")
        for each in story_of(given)[:MOST]
    ]


def state_label(state: str) -> str:
    """A verdict in words, or why there is none."""
    return {UNDECIDED: _("判断待ち"), WAITING: _("翌年度の報告待ち")}.get(state) or str(Verdict(state).label)


def chain(held: Iterable[Shown]) -> list[Link]:
    """The links of a measure, newest year first; lines in the order of the plan."""
    newest = sorted(held, key=lambda each: -each.promise.year)
    groups = groupby(newest, key=lambda each: (each.promise.year, each.promise.line))
    return [_link(tuple(group)) for _key, group in groups]


def _link(promises: tuple[Shown, ...]) -> Link:
    first = promises[0]
    after = first.promise.after
    results = after.results or after.remarks if after else ""
    return Link(first.year, first.next_year, first.line.lead_names, promises, results, first.promise.is_reported)


@dataclass(frozen=True, slots=True)
class YearRow:
    """A year's counts in words."""

    year: str
    counts: Counts
    cells: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """How all promises of a plan stand: rows of numbers, and the same as a picture."""

    rows: tuple[YearRow, ...]
    picture: Bars
    description: str

    @property
    def newest(self) -> YearRow | None:
        """The newest year of which anything is decided."""
        return next((row for row in reversed(self.rows) if row.counts.decided), None)


def overview(plan: Plan) -> Overview:
    """Counts by year, kept until the plan changes."""
    key = f"promise-counts:{plan.pk}:{plan.revision}"
    counts: list[Counts] | None = cache.get(key)
    if counts is None:
        counts = [each for each in counts_of(promises_of(plan)) if each.reported]
        cache.set(key, counts, KEPT_SECONDS)
    rows = tuple(_row(each) for each in counts)
    drawn = bars((short_year(row.counts.year), _pieces(row.counts)) for row in rows)
    said = "。".join(_said(row) for row in rows)
    return Overview(rows, drawn, said)


def _row(counts: Counts) -> YearRow:
    return YearRow(long_year(counts.year), counts, (*counts.by_verdict.values(), counts.undecided))


def _pieces(counts: Counts) -> dict[str, int]:
    return {**counts.by_verdict, UNDECIDED: counts.undecided}


def _said(row: YearRow) -> str:
    told = "、".join(f"{state_label(kind)}{n}" for kind, n in _pieces(row.counts).items() if n)
    return f"{row.year} {told}"


@dataclass(frozen=True, slots=True)
class ShownAdvice:
    """A recommendation as printed."""

    advice: Advice
    year: str
    about: str
    about_url: str
    label: str
    tone: str


def shown_advice(held: Iterable[Advice]) -> list[ShownAdvice]:
    """Recommendations as printed."""
    return [_shown_advice(each) for each in held]


def _shown_advice(advice: Advice) -> ShownAdvice:
    one = advice.recommendation
    name, arguments = "plan", [current().slug, one.plan_id]
    if one.measure_id:
        name, arguments = "measure", [*arguments, one.measure_id]
    elif one.heading_id:
        name, arguments = "plan-heading", [*arguments, one.heading_id]
    return ShownAdvice(
        advice=advice,
        year=long_year(one.year),
        about=str(one.measure or one.heading or _("計画全体")),
        about_url=reverse(name, args=arguments),
        label=standing_label(advice.standing),
        tone=STANDING_TONES[advice.standing],
    )
