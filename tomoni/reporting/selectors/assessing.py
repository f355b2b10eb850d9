"""What a committee reads of one policy in one year: reports, self-assessment, last year's words, and its own drafts."""

from __future__ import annotations

from dataclasses import dataclass

from tomoni.plans.models import Assessment, Heading, Progress
from tomoni.reporting.models import DraftAssessment, Entry, EntryFigure, YearRequest
from tomoni.reporting.selectors.requests import in_order
from tomoni.reporting.workflow import State


@dataclass(frozen=True, slots=True)
class Report:
    """What one department reports of a measure, and what it promised the year before."""

    entry: Entry
    figures: tuple[EntryFigure, ...]
    last: Progress | None

    @property
    def is_ready(self) -> bool:
        """Has the division confirmed it?"""
        return self.entry.state not in {State.ASKED, State.HANDED_IN}


@dataclass(frozen=True, slots=True)
class Subject:
    """A measure or a heading with its reports, what was said last year, and what is said now."""

    of: object
    kind: str  # "measure" or "heading"
    key: int
    reports: tuple[Report, ...]
    last_year: tuple[Assessment, ...]
    drafts: tuple[DraftAssessment, ...]

    @property
    def name(self) -> str:
        """What its form and its place on the page are called: measure12."""
        return f"{self.kind}{self.key}"

    @property
    def is_ready(self) -> bool:
        """May a view be written: a policy at any time, a measure once its reports are confirmed."""
        return self.kind == "heading" or (bool(self.reports) and all(each.is_ready for each in self.reports))

    @property
    def is_published(self) -> bool:
        """Is everything of it public?"""
        return bool(self.reports) and all(each.entry.state == State.PUBLISHED for each in self.reports)


def policies(year_request: YearRequest) -> list[Heading]:
    """The headings at the top of the plan, by which the pages of the committee are divided."""
    return list(Heading.objects.filter(plan=year_request.plan_id, depth=0).order_by("position"))


def subjects(year_request: YearRequest, policy: Heading | None) -> list[Subject]:
    """The policy itself, the headings below it, and their measures in the order of the plan. Eight queries."""
    headings = _below(year_request, policy)
    asked = year_request.entries.exclude(state=State.RELEASED)
    if policy is not None:
        asked = asked.filter(line__measure__heading__in=[each.pk for each in headings])
    entries = list(in_order(asked))
    reports = _reports(year_request, entries)
    said = _said(year_request)
    drafts = _drafts(year_request)
    found: list[Subject] = []
    by_heading: dict[int | None, list[Entry]] = {}
    for entry in entries:
        by_heading.setdefault(entry.line.measure.heading_id, []).append(entry)
    for heading in headings:
        key = ("heading", heading.pk)
        found.append(Subject(heading, "heading", heading.pk, (), said.get(key, ()), drafts.get(key, ())))
        found += _measures(by_heading.pop(heading.pk, []), reports, said, drafts)
    for rest in by_heading.values():
        found += _measures(rest, reports, said, drafts)
    return found


def _measures(
    entries: list[Entry],
    reports: dict[int, Report],
    said: dict[tuple[str, int], tuple[Assessment, ...]],
    drafts: dict[tuple[str, int], tuple[DraftAssessment, ...]],
) -> list[Subject]:
    grouped: dict[int, list[Entry]] = {}
    for entry in entries:
        grouped.setdefault(entry.line.measure_id, []).append(entry)
    return [
        Subject(
            held[0].line.measure,
            "measure",
            pk,
            tuple(reports[each.pk] for each in held),
            said.get(("measure", pk), ()),
            drafts.get(("measure", pk), ()),
        )
        for pk, held in grouped.items()
    ]


def _below(year_request: YearRequest, policy: Heading | None) -> list[Heading]:
    if policy is None:
        return []
    inside, found = {policy.pk}, [policy]
    for each in Heading.objects.filter(plan=year_request.plan_id, depth__gt=0).order_by("position"):
        if each.parent_id in inside:
            inside.add(each.pk)
            found.append(each)
    return found


def _reports(year_request: YearRequest, entries: list[Entry]) -> dict[int, Report]:
    figures: dict[int, list[EntryFigure]] = {}
    asked = EntryFigure.objects.filter(entry__in=[each.pk for each in entries]).select_related("indicator")
    for each in asked.order_by("indicator_id"):
        figures.setdefault(each.entry_id, []).append(each)
    last = Progress.objects.filter(line__in=[each.line_id for each in entries], year=year_request.year - 1)
    before = {each.line_id: each for each in last}
    return {each.pk: Report(each, tuple(figures.get(each.pk, ())), before.get(each.line_id)) for each in entries}


def _said(year_request: YearRequest) -> dict[tuple[str, int], tuple[Assessment, ...]]:
    last = Assessment.objects.filter(year=year_request.year - 1)
    here = last.filter(measure__plan=year_request.plan_id) | last.filter(heading__plan=year_request.plan_id)
    found: dict[tuple[str, int], tuple[Assessment, ...]] = {}
    for each in here.select_related("committee").order_by("pk"):
        key = ("measure", each.measure_id) if each.measure_id else ("heading", each.heading_id or 0)
        found[key] = (*found.get(key, ()), each)
    return found


def _drafts(year_request: YearRequest) -> dict[tuple[str, int], tuple[DraftAssessment, ...]]:
    found: dict[tuple[str, int], tuple[DraftAssessment, ...]] = {}
    for each in year_request.drafts.select_related("committee", "written_by").order_by("pk"):
        key = ("measure", each.measure_id) if each.measure_id else ("heading", each.heading_id or 0)
        found[key] = (*found.get(key, ()), each)
    return found
