"""The story of one measure: what its lines reported over the years, and everything that stands around it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from tomoni.imports.models import Batch
from tomoni.plans.models import Assessment, Heading, Line, LineDepartment, Measure, Plan
from tomoni.plans.redacting import Blackened, opinion_place
from tomoni.plans.selectors.records import About, Record, about, missing, records_of
from tomoni.plans.selectors.redactions import blackened_in
from tomoni.plans.selectors.tree import Department
from tomoni.plans.words import missing_in


@dataclass(frozen=True, slots=True)
class LineStory:
    """A line and its records, newest year first."""

    pk: int
    departments: tuple[Department, ...]
    records: tuple[Record, ...]

    @property
    def leads(self) -> tuple[Department, ...]:
        return tuple(each for each in self.departments if each.is_lead)

    @property
    def related(self) -> tuple[Department, ...]:
        return tuple(each for each in self.departments if not each.is_lead)


@dataclass(frozen=True, slots=True)
class Story:
    """All a measure's page shows."""

    measure: Measure
    path: tuple[Heading, ...]
    lines: tuple[LineStory, ...]
    about: About
    relisted: tuple[Measure, ...]
    assessments: tuple[Assessment, ...]
    corrections: tuple[dict[str, str], ...]
    before: Measure | None
    after: Measure | None


def measures_of(plan: Plan) -> Any:
    """The measures of a plan, with the headings they stand under."""
    return Measure.objects.filter(plan=plan).select_related("heading", "relisted_of").defer("search_key")


def story_of(plan: Plan, measure: Measure) -> Story:
    """Read everything around a measure. Its years are those of the plan, newest first."""
    blackened = blackened_in(plan)
    lines = story_lines(plan, [measure], blackened=blackened)[measure.pk]
    said = about(plan, measure=measure.pk, blackened=blackened)[measure.pk]
    return Story(
        measure=measure,
        path=path_to(measure.heading),
        lines=lines,
        about=said,
        relisted=tuple(measures_of(plan).filter(relisted_of=measure).order_by("position")),
        assessments=shown(assessments_of(plan).filter(measure=measure), blackened),
        corrections=_corrections(lines, said),
        before=measures_of(plan).filter(position__lt=measure.position).order_by("-position").first(),
        after=measures_of(plan).filter(position__gt=measure.position).order_by("position").first(),
    )


def assessments_of(plan: Plan) -> Any:
    """What committees wrote about measures and headings of the plan, newest year first."""
    held = Assessment.objects.filter(measure__plan=plan) | Assessment.objects.filter(heading__plan=plan)
    return held.select_related("committee").order_by("-year", "committee__name")


def shown(assessments: Iterable[Assessment], blackened: Blackened) -> tuple[Assessment, ...]:
    """The same without what is blackened; nobody saves what this gives."""
    held = tuple(assessments)
    for one in held:
        kind, of = ("measure", one.measure_id) if one.measure_id else ("heading", one.heading_id)
        one.opinion = blackened.shown(opinion_place(kind, of or 0, one.year, one.committee_id), one.opinion)
    return held


def path_to(heading: Heading | None) -> tuple[Heading, ...]:
    """The headings above, from the top down, this one included."""
    path: list[Heading] = []
    while heading is not None:
        path.insert(0, heading)
        heading = heading.parent
    return tuple(path)


def story_lines(plan: Plan, measures: Sequence[Measure], *, blackened: Blackened) -> dict[int, tuple[LineStory, ...]]:
    """The lines of measures with a record or its absence for every year of the plan, newest first. Three queries."""
    wanted = {measure.pk: measure for measure in measures}
    departments: dict[int, list[Department]] = {}
    seats = LineDepartment.objects.filter(line__measure__in=wanted).order_by("-is_lead", "position", "pk")
    for line, party, name, lead in seats.values_list("line_id", "party_id", "party__name", "is_lead"):
        departments.setdefault(line, []).append(Department(party, name, is_lead=lead))
    records = records_of(plan, measures=list(wanted), blackened=blackened)
    years = sorted(plan.years, reverse=True)
    found: dict[int, list[LineStory]] = {pk: [] for pk in wanted}
    for pk, of in Line.objects.filter(measure__in=wanted).order_by("position").values_list("pk", "measure_id"):
        begins, ends = wanted[of].begins_in, wanted[of].ends_with
        told = tuple(records[pk].get(y) or missing(y, missing_in(y, begins, ends)) for y in years)
        found[of].append(LineStory(pk, tuple(departments.get(pk, ())), told))
    return {pk: tuple(lines) for pk, lines in found.items()}


def _corrections(lines: Iterable[LineStory], said: About) -> tuple[dict[str, str], ...]:
    """Slips of the scan that were read through, in the cells this measure came from."""
    places: dict[int, set[str]] = {}
    if said.batch:
        places[said.batch] = set(said.places.values())
    for record in (record for line in lines for record in line.records if record.batch):
        places.setdefault(record.batch or 0, set()).update(record.places.values())
    held = Batch.objects.filter(pk__in=places).values_list("pk", "document__corrections")
    return tuple(
        {"at": one["at"], "was": one["from"], "now": one["to"], "batch": pk}
        for pk, corrections in held
        for one in corrections or ()
        if one["at"] in places[pk]
    )
