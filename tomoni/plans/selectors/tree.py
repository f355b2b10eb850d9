"""A whole plan in five queries, whatever its size: headings, measures, lines, departments and statuses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from tomoni.plans.models import Heading, Line, LineDepartment, Measure, Plan, Progress
from tomoni.plans.words import missing_in, state_of


@dataclass(frozen=True, slots=True)
class HeadingRow:
    """A heading and the ones above it, from the top down."""

    pk: int
    parent: int | None
    level: str
    depth: int
    number: str
    title: str

    @property
    def name(self) -> str:
        """推進方策1 市民の意識を育てる."""
        return f"{self.level}{self.number} {self.title}".strip()


@dataclass(frozen=True, slots=True)
class Department:
    """A department of a line."""

    pk: int
    name: str
    is_lead: bool


@dataclass(frozen=True, slots=True)
class LineRow:
    """What one department (or several together) reports: a state for every year of the plan."""

    pk: int
    departments: tuple[Department, ...]
    states: dict[int, str]

    @property
    def leads(self) -> str:
        """Names of the departments in charge, as printed in the list."""
        return "、".join(d.name for d in self.departments if d.is_lead)

    @property
    def related(self) -> str:
        """Names of the departments that take part."""
        return "、".join(d.name for d in self.departments if not d.is_lead)


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure with its lines; a relisted one has none and names its original."""

    pk: int
    heading: int | None
    number: str
    title: str
    is_priority: bool
    relisted_of: int | None
    original: str
    lines: tuple[LineRow, ...] = ()

    @property
    def name(self) -> str:
        """12 出前講座で協働を伝える."""
        return f"{self.number} {self.title}".strip()


@dataclass(frozen=True, slots=True)
class Tree:
    """A plan as it is read. Measures stand in the order of the plan; `departments` are all that lead or take part."""

    years: tuple[int, ...]
    headings: tuple[HeadingRow, ...]
    measures: tuple[MeasureRow, ...]
    departments: tuple[Department, ...]

    @property
    def lines(self) -> list[LineRow]:
        """Every line of the measures held here."""
        return [line for measure in self.measures for line in measure.lines]


def tree_of(plan: Plan, *, words: Iterable[str] = ()) -> Tree:
    """Read the plan; with `words`, only the measures whose search key holds all of them."""
    measures = Measure.objects.filter(plan=plan)
    for word in words:
        measures = measures.filter(search_key__contains=word)
    departments = _departments(plan)
    lines = _lines(plan, departments)
    rows = measures.order_by("position", "pk").values_list(
        "pk",
        "heading_id",
        "number",
        "title",
        "is_priority",
        "relisted_of_id",
        "relisted_of__number",
        "relisted_of__title",
    )
    return Tree(
        years=tuple(plan.years),
        headings=headings_of(plan),
        measures=tuple(
            MeasureRow(*row[:6], original=f"{row[6] or ''} {row[7] or ''}".strip(), lines=tuple(lines[row[0]]))
            for row in rows
        ),
        departments=tuple({each.pk: each for held in departments.values() for each in held}.values()),
    )


def headings_of(plan: Plan) -> tuple[HeadingRow, ...]:
    """All headings in the order of the plan."""
    rows = Heading.objects.filter(plan=plan).order_by("position", "pk")
    return tuple(HeadingRow(*row) for row in rows.values_list("pk", "parent_id", "level", "depth", "number", "title"))


def _departments(plan: Plan) -> dict[int, list[Department]]:
    found: dict[int, list[Department]] = defaultdict(list)
    seats = LineDepartment.objects.filter(line__measure__plan=plan).order_by("-is_lead", "position", "pk")
    for line, party, name, lead in seats.values_list("line_id", "party_id", "party__name", "is_lead"):
        found[line].append(Department(party, name, is_lead=lead))
    return found


def _lines(plan: Plan, departments: dict[int, list[Department]]) -> dict[int, list[LineRow]]:
    """Lines by measure. Read for the whole plan even when only some are wanted: an index serves exactly that."""
    states: dict[int, dict[int, str]] = defaultdict(dict)
    for line, year, status, batch in Progress.objects.filter(line__measure__plan=plan).values_list(
        "line_id", "year", "status", "batch_id"
    ):
        states[line][year] = state_of(status, from_file=batch is not None)
    found: dict[int, list[LineRow]] = defaultdict(list)
    rows = Line.objects.filter(measure__plan=plan).order_by("measure_id", "position")
    for pk, measure, begins, ends in rows.values_list("pk", "measure_id", "measure__begins_in", "measure__ends_with"):
        told = {year: states[pk].get(year) or missing_in(year, begins, ends) for year in plan.years}
        found[measure].append(LineRow(pk, tuple(departments.get(pk, ())), told))
    return found
