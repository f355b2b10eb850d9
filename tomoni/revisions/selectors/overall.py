"""The overall plan: its fields with the measures and projects that touch them, and what an import would change."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import QuerySet

from tomoni.imports.models import Batch
from tomoni.parties.actor import Actor
from tomoni.parties.permissions import Permission
from tomoni.plans.models import Measure, ProjectLink
from tomoni.projects import selectors as projects
from tomoni.projects.models import Project
from tomoni.revisions.models import OverallEntry, OverallLink, OverallPlan
from tomoni.revisions.overall_list import FIELD, Entry, entries_in

TARGET = "overall"


def overall_plans() -> QuerySet[OverallPlan]:
    """The overall plans of the city, the newest first."""
    return OverallPlan.objects.order_by("-first_year", "-pk")


@dataclass(frozen=True, slots=True)
class Touch:
    """A measure of an action plan that serves an entry, and the public projects that serve the measure."""

    measure: Measure
    projects: tuple[Project, ...]


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry with what touches it directly."""

    entry: OverallEntry
    touches: tuple[Touch, ...]


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field with its entries in order, and how many measures and projects touch it or something below it."""

    field: OverallEntry
    rows: tuple[EntryRow, ...]
    measures: int
    projects: int

    @property
    def is_touched(self) -> bool:
        return self.measures > 0

    @property
    def touched(self) -> tuple[EntryRow, ...]:
        """The entries that something touches, the field itself among them."""
        return tuple(row for row in self.rows if row.touches)

    @property
    def untouched(self) -> tuple[EntryRow, ...]:
        """The entries below the field that nothing touches."""
        return tuple(row for row in self.rows if not row.touches and row.entry.depth > FIELD)


def fields_of(plan: OverallPlan) -> list[FieldRow]:
    """Every field of the plan with what touches it. Four queries, whatever its size."""
    entries = list(plan.entries.order_by("position", "pk"))
    touches = _touches(plan)
    fields: dict[int, list[OverallEntry]] = defaultdict(list)
    top: dict[int, int] = {}
    for entry in entries:  # a parent stands before its children
        top[entry.pk] = entry.pk if entry.parent_id is None else top.get(entry.parent_id, entry.parent_id)
        fields[top[entry.pk]].append(entry)
    return [
        _field(entry, [EntryRow(each, touches.get(each.pk, ())) for each in fields[entry.pk]])
        for entry in entries
        if entry.parent_id is None and (not entry.is_gone or touches.get(entry.pk))
    ]


def _field(field: OverallEntry, rows: list[EntryRow]) -> FieldRow:
    shown = tuple(row for row in rows if row.touches or not row.entry.is_gone)
    measures = {touch.measure.pk for row in shown for touch in row.touches}
    found = {project.pk for row in shown for touch in row.touches for project in touch.projects}
    return FieldRow(field, shown, len(measures), len(found))


def _touches(plan: OverallPlan) -> dict[int, tuple[Touch, ...]]:
    links = (
        OverallLink.objects.filter(entry__plan=plan, measure__plan__is_public=True)
        .select_related("measure__plan")
        .order_by("measure__plan", "measure__position", "pk")
    )
    links = links.defer("measure__search_key")
    wanted = {link.measure_id for link in links}
    serving = projects.public().filter(measure_links__measure__in=wanted).distinct().in_bulk()
    by_measure: dict[int, list[Project]] = defaultdict(list)
    pairs = ProjectLink.objects.filter(measure__in=wanted, project__in=serving)
    for measure, project in pairs.order_by("pk").values_list("measure_id", "project_id"):
        by_measure[measure].append(serving[project])
    found: dict[int, list[Touch]] = defaultdict(list)
    for link in links:
        found[link.entry_id].append(Touch(link.measure, tuple(by_measure[link.measure_id])))
    return {pk: tuple(each) for pk, each in found.items()}


def links_of(measure: Measure) -> QuerySet[OverallLink]:
    """What a measure serves; a relisted one shows its original's."""
    links = OverallLink.objects.filter(measure=measure.relisted_of_id or measure.pk)
    return links.select_related("entry__plan").order_by("entry__plan", "entry__position")


def entries_for(measure: Measure) -> QuerySet[OverallEntry]:
    """What a measure may still be linked to: entries of the newest overall plan. One query beside the plan's."""
    plan = overall_plans().first()
    if plan is None:
        return OverallEntry.objects.none()
    held = OverallLink.objects.filter(measure=measure).values("entry")
    return plan.entries.filter(is_gone=False).exclude(pk__in=held).order_by("position", "pk")


def linkable(actor: Actor, pk: int) -> Measure | None:
    """The measure a person may link: an original of a plan they may see."""
    originals = Measure.objects.filter(relisted_of=None).select_related("plan")
    if not actor.may(Permission.PLAN_WRITE):
        originals = originals.filter(plan__is_public=True)
    return originals.filter(pk=pk).first()


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a list would change: new entries, changed ones with what stands there now, and those it no longer has."""

    new: tuple[Entry, ...]
    changed: tuple[tuple[Entry, OverallEntry], ...]
    same: int
    gone: tuple[OverallEntry, ...]

    @property
    def changes_nothing(self) -> bool:
        return not (self.new or self.changed or self.gone)


def incoming(batch: Batch) -> Incoming:
    """Compare a list with the plan of that name as it stands."""
    asked = entries_in(batch.document or {"entries": []})
    plan = OverallPlan.objects.filter(title=batch.title).first()
    held = {entry.key: entry for entry in plan.entries.order_by("position", "pk")} if plan else {}
    pairs = [(one, held.get(one.key)) for one in asked]
    keys = {one.key for one in asked}
    return Incoming(
        new=tuple(one for one, row in pairs if row is None),
        changed=tuple((one, row) for one, row in pairs if row and _differs(one, row)),
        same=sum(1 for one, row in pairs if row and not _differs(one, row)),
        gone=tuple(row for key, row in held.items() if key not in keys and not row.is_gone),
    )


def _differs(one: Entry, row: OverallEntry) -> bool:
    return (one.number, one.title, one.department) != (row.number, row.title, row.department) or row.is_gone
