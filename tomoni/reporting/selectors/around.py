"""What stands around one line while it is written: last year, what was promised, the schedule, numbers, projects, advice."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tomoni.plans.models import Assessment, Figure, LineDepartment, Progress, Schedule
from tomoni.plans.selectors.links import projects_of
from tomoni.projects.models import Project, ProjectFigure
from tomoni.projects.selectors import figures_for
from tomoni.promises.selectors.opened import open_for
from tomoni.promises.selectors.recommended import Advice
from tomoni.reporting.models import DraftAssessment, Entry, EntryFigure


@dataclass(frozen=True, slots=True)
class Asked:
    """A number asked for, with the values of the years before."""

    figure: EntryFigure
    before: tuple[tuple[int, Decimal], ...]

    offers: tuple[ProjectFigure, ...] = ()  # what projects of the measure reported in the same unit

    @property
    def last(self) -> Decimal | None:
        return self.before[-1][1] if self.before else None


@dataclass(frozen=True, slots=True)
class Around:
    """All a page shows beside what is written."""

    last: Progress | None  # last year's report, where there is one
    schedule: str
    asked: tuple[Asked, ...]
    advice: tuple[Assessment, ...]  # what committees said of last year, of the measure and of its headings
    projects: tuple[Project, ...]
    recommendations: tuple[Advice, ...]  # what committees asked for and nobody has answered for this year
    with_departments: tuple[str, ...]  # departments of the line beside the one in charge

    @property
    def promised(self) -> str:
        """What was to be done next, as it was written last year."""
        return self.last.next_action if self.last else ""


def around(entry: Entry) -> Around:
    """Read everything beside one line; a dozen queries and one for each heading above."""
    measure, year = entry.line.measure, entry.year_request.year
    projects = tuple(projects_of(measure))
    return Around(
        last=Progress.objects.filter(line=entry.line_id, year=year - 1).first(),
        schedule=Schedule.objects.filter(measure=measure, year=year).values_list("text", flat=True).first() or "",
        asked=_asked(entry, projects),
        advice=_advice(entry),
        projects=projects,
        recommendations=open_for([entry.line], year)[entry.line_id].recommendations,
        with_departments=_others(entry),
    )


def _asked(entry: Entry, projects: tuple[Project, ...]) -> tuple[Asked, ...]:
    figures = list(entry.figures.select_related("indicator").order_by("indicator_id"))
    if not figures:
        return ()
    told: dict[str, dict[int, Decimal]] = {}
    labels = [each.indicator.label for each in figures]
    held = Figure.objects.filter(measure=entry.line.measure_id, label__in=labels, set_aside="")
    for label, year, value in held.filter(year__lt=entry.year_request.year).values_list("label", "year", "value"):
        told.setdefault(label, {})[year] = value
    offers = list(figures_for(projects, entry.year_request.year)) if projects else []
    return tuple(
        Asked(
            each,
            tuple(sorted(told.get(each.indicator.label, {}).items())[-3:]),
            tuple(one for one in offers if one.unit == each.indicator.unit),
        )
        for each in figures
    )


def offer_of(entry: Entry, key: int) -> ProjectFigure | None:
    """A number that a project of the measure has reported for the year."""
    projects = projects_of(entry.line.measure)
    return figures_for(projects, entry.year_request.year).filter(pk=key).first()


def _advice(entry: Entry) -> tuple[Assessment, ...]:
    above, heading = [], entry.line.measure.heading
    while heading is not None:
        above.append(heading.pk)
        heading = heading.parent
    last = Assessment.objects.filter(year=entry.year_request.year - 1).select_related("committee", "measure", "heading")
    said = last.filter(measure=entry.line.measure_id) | last.filter(heading__in=above)
    return tuple(each for each in said.order_by("pk") if each.opinion.strip())


def _others(entry: Entry) -> tuple[str, ...]:
    seats = LineDepartment.objects.filter(line=entry.line_id).exclude(party=entry.department_id)
    return tuple(seats.order_by("-is_lead", "position", "pk").values_list("party__name", flat=True))


def views_on(entry: Entry) -> list[DraftAssessment]:
    """What the committee wrote of the measure this year, not public yet."""
    found = DraftAssessment.objects.filter(year_request=entry.year_request_id, measure=entry.line.measure_id)
    return list(found.select_related("committee", "written_by").order_by("pk"))
