"""One story across revisions: what a measure was before, what went into it, what it became, and who led it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from tomoni.parties.models import Party
from tomoni.plans.models import Figure, Measure, Plan
from tomoni.plans.selectors.records import FigureRow
from tomoni.revisions.models import ChangedMeasure, FormerSeat, PlanChange
from tomoni.revisions.shape import ENDING, MAKING, Kind
from tomoni.revisions.workflow import State


@dataclass(frozen=True, slots=True)
class Turn:
    """A change that is in force: when, what it did, why, and the measures on both sides as they were called then."""

    pk: int
    revision: int
    revision_title: str
    year: int
    last_year: int
    kind: Kind
    reason: str
    before: tuple[ChangedMeasure, ...]
    after: tuple[ChangedMeasure, ...]
    was: tuple[str, ...]
    became: tuple[str, ...]
    carries_figures: bool


def turns_of(plan: Plan) -> list[Turn]:
    """Every change of the plan that is in force, the latest year first. Two queries, however many there are."""
    rows = (
        PlanChange.objects.filter(revision__plan=plan, revision__state=State.IN_FORCE)
        .select_related("revision")
        .prefetch_related("measures")
        .order_by("-revision__year", "-revision__put_in_force_at", "position")
    )
    return [_turn(row) for row in rows]


def _turn(row: PlanChange) -> Turn:
    sides: dict[bool, list[ChangedMeasure]] = {False: [], True: []}
    for each in row.measures.all():
        sides[each.is_after].append(each)
    year = row.revision.year
    return Turn(
        pk=row.pk,
        revision=row.revision_id,
        revision_title=row.revision.title,
        year=year,
        last_year=row.content.get("year") or year - 1,
        kind=Kind(row.kind),
        reason=row.reason,
        before=tuple(sides[False]),
        after=tuple(sides[True]),
        was=tuple(row.was.get("before", ())),
        became=tuple(row.was.get("after", ())),
        carries_figures=row.carries_figures,
    )


def turns_about(turns: Iterable[Turn], measure: int) -> list[Turn]:
    """The turns this measure itself took part in."""
    return [turn for turn in turns if any(each.measure_id == measure for each in (*turn.before, *turn.after))]


def came_from(turns: Iterable[Turn], measure: int) -> list[Turn]:
    """The turns through which earlier measures went into this one, as far back as the plan goes; the latest first."""
    turns = [turn for turn in turns if turn.kind in ENDING & MAKING]
    found: list[Turn] = []
    waiting, seen = [measure], {measure}
    while waiting:
        here = waiting.pop(0)
        for turn in turns:
            if turn not in found and any(each.measure_id == here for each in turn.after):
                found.append(turn)
                new = [each.measure_id for each in turn.before if each.measure_id not in seen]
                seen |= set(new)
                waiting += new
    return found


def ending_of(turns: Iterable[Turn], measure: int) -> Turn | None:
    """The turn with which this measure ends; None while it goes on."""
    ends = (t for t in turns if t.kind in ENDING and any(each.measure_id == measure for each in t.before))
    return next(ends, None)


def measures_of(turns: Iterable[Turn]) -> dict[int, Measure]:
    """The measures that went into others, by number. One query."""
    wanted = {each.measure_id for turn in turns for each in turn.before}
    return Measure.objects.defer("search_key").in_bulk(list(wanted))


def figures_along(turns: Iterable[Turn], measure: Measure) -> list[FigureRow]:
    """Figures of this measure and of those whose figures people said go on, where the earlier have any. One query."""
    earlier = {each.measure_id for turn in turns if turn.carries_figures for each in turn.before}
    if not earlier:
        return []
    rows = list(Figure.objects.filter(measure__in=[*earlier, measure.pk], set_aside="").order_by("label", "year", "pk"))
    if not any(row.measure_id in earlier for row in rows):
        return []
    return [FigureRow(r.year, r.label, float(r.value), r.unit, r.source_at, r.batch_id) for r in rows]


def former_seats_of(measure: Measure) -> QuerySet[FormerSeat]:
    """Who led this measure's lines before, the latest first."""
    seats = FormerSeat.objects.filter(line__measure=measure.relisted_of_id or measure.pk)
    return seats.select_related("party", "followed_by", "succession").order_by("-last_year", "pk")


def former_seats_in(department: Party) -> QuerySet[FormerSeat]:
    """What a department had to do before, with who does it since; only of public plans."""
    seats = FormerSeat.objects.filter(party=department, line__measure__plan__is_public=True)
    return seats.select_related("followed_by", "line__measure").order_by("-last_year", "line__measure__position")


def department_then(seats: Iterable[FormerSeat], line: int, year: int) -> Party | None:
    """Who led a line in an earlier year, where it was another department than today's; None where it was the same."""
    told = [seat for seat in seats if seat.line_id == line and seat.is_lead and year <= seat.last_year]
    return min(told, key=lambda seat: seat.last_year).party if told else None
