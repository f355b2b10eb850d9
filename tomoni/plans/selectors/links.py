"""Which projects serve a measure, and which measures a project serves. Only public plans and public projects."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from tomoni.plans.models import Measure, ProjectLink
from tomoni.projects import selectors as projects
from tomoni.projects.models import Project


def projects_of(measure: Measure) -> QuerySet[Project]:
    """What everybody may read about of the projects that serve it; a relisted measure shows its original's."""
    original = measure.relisted_of_id or measure.pk
    return projects.public().filter(measure_links__measure=original)


def linkable() -> QuerySet[Measure]:
    """Measures a project may be linked to: originals of public plans, the newest plan first."""
    originals = Measure.objects.filter(plan__is_public=True, relisted_of=None)
    return originals.select_related("plan").defer("search_key").order_by("-plan__first_year", "plan", "position")


def measures_of(project: Project) -> list[Measure]:
    """The measures of public plans that a project serves. Read once, however many parts of a page ask."""
    public = ProjectLink.objects.filter(measure__plan__is_public=True, measure__relisted_of=None)
    ordered = public.select_related("measure__plan").defer("measure__search_key")
    ordered = ordered.order_by("-measure__plan__first_year", "measure__plan", "measure__position")
    prefetch_related_objects([project], Prefetch("measure_links", queryset=ordered))
    return [link.measure for link in project.measure_links.all()]


def choices_for(project: Project) -> dict[str, list[tuple[int, str]]]:
    """What the project may still be linked to: by the name of the plan, each measure with its number. One query."""
    held = ProjectLink.objects.filter(project=project).values("measure")
    found: dict[str, list[tuple[int, str]]] = {}
    for pk, number, title, plan in linkable().exclude(pk__in=held).values_list("pk", "number", "title", "plan__title"):
        found.setdefault(plan, []).append((pk, f"{number} {title}".strip()))
    return found
