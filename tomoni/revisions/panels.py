"""What revisions show on the pages of plans, measures and departments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tomoni.kernel.fiscal import FiscalYear
from tomoni.parties.models import Party
from tomoni.parties.permissions import Permission
from tomoni.plans.models import Measure, Plan
from tomoni.plans.pages.measure import Line, drawn_figures, lines_of
from tomoni.revisions import permissions
from tomoni.revisions.selectors import overall, revisions, story
from tomoni.revisions.sentences import Said, said, seat_changed
from tomoni.revisions.shape import ENDING, MAKING
from tomoni.ui.panels import panel
from tomoni.ui.requests import Request

MOST = 5


@panel("plan.more", "revisions/_of_plan.html")
def of_plan(request: Request, plan: Plan) -> dict[str, Any] | None:
    """The latest revisions of the plan, and for the division the way to prepare one."""
    found = [(each, FiscalYear(each.year)) for each in revisions.of_plan(plan, request.actor)[:MOST]]
    begins = request.actor.may(Permission.REVISION_WRITE)
    return {"rows": found, "begins": begins, "plan": plan} if found or begins else None


@panel("measure.above", "revisions/_above.html")
def above(request: Request, measure: Measure) -> dict[str, Any] | None:
    """What this measure became, and what else happened to it and to the departments that lead it."""
    turns = _turns(request, measure.plan)
    ended = story.ending_of(turns, measure.pk)
    others = [
        turn for turn in story.turns_about(turns, measure.pk) if turn.kind not in ENDING and turn.kind not in MAKING
    ]
    seats = [seat_changed(seat) for seat in story.former_seats_of(measure) if seat.succession_id]
    shown = {
        "ended": said(ended, leads_to=ended.after) if ended else None,
        "others": [said(turn) for turn in others],
        "seats": seats,
        "plan": measure.plan_id,
    }
    return shown if ended or others or seats else None


@dataclass(frozen=True, slots=True)
class Earlier:
    """A measure that went into this one, under its name of then, with what it reported."""

    name: str
    measure: int
    until: str
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Part:
    """A turn of the story, and the measures before it."""

    told: Said
    earlier: tuple[Earlier, ...]


@panel("measure.story", "revisions/_story.html")
def earlier_years(request: Request, measure: Measure) -> dict[str, Any] | None:
    """The years before: the story goes on with the measures that went into this one."""
    plan = measure.plan
    back = story.came_from(_turns(request, plan), measure.pk)
    if not back:
        return None
    lines = lines_of(plan, list(story.measures_of(back).values()))
    shown: set[int] = set()
    parts = []
    for turn in back:
        held = [each for each in turn.before if each.measure_id not in shown]
        shown |= {each.measure_id for each in held}
        until = str(FiscalYear(turn.last_year))
        parts.append(
            Part(
                said(turn),
                tuple(Earlier(f"{e.number} {e.title}".strip(), e.measure_id, until, lines[e.measure_id]) for e in held),
            )
        )
    return {"parts": parts, "plan": plan.pk}


@panel("measure.aside", "revisions/_figures.html")
def figures(request: Request, measure: Measure) -> dict[str, Any] | None:
    """Figures that go on across a revision, as one picture; where people said that they go on."""
    back = story.came_from(_turns(request, measure.plan), measure.pk)
    drawn = drawn_figures(measure.plan, story.figures_along(back, measure))
    return {"series": drawn} if drawn else None


def _turns(request: Request, plan: Plan) -> list[story.Turn]:
    """The turns of a plan, read once for a page however many panels ask."""
    held: dict[int, list[story.Turn]] = request.__dict__.setdefault("turns_of_plans", {})
    if plan.pk not in held:
        held[plan.pk] = story.turns_of(plan)
    return held[plan.pk]


@panel("department.more", "revisions/_of_department.html")
def of_department(request: Request, department: Party) -> dict[str, Any] | None:
    """What the department had to do before, and for the division the way to write down what becomes of it."""
    before = [(seat, FiscalYear(seat.last_year)) for seat in story.former_seats_in(department)]
    may_change = bool(permissions.may_change_departments(request.actor)) and request.actor.is_signed_in
    changes = may_change and department.ended_on is None
    return {"before": before, "changes": changes, "department": department} if before or changes else None


@panel("measure.aside", "revisions/_overall.html")
def overall_of(request: Request, measure: Measure) -> dict[str, Any] | None:
    """What of the overall plan this measure serves, and for people of the city the way to say so."""
    links = list(overall.links_of(measure))
    may_link = request.actor.is_signed_in and bool(permissions.may_link_overall(request.actor))
    begins = may_link and measure.relisted_of_id is None and overall.overall_plans().exists()
    return {"links": links, "begins": begins, "measure": measure} if links or begins else None
