"""The thread: from the first consultation to the measure a project serves, one line on the page of every stop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tomoni.agreements import selectors as agreements
from tomoni.agreements.models import Agreement
from tomoni.cases.models import Case
from tomoni.consultations import selectors as consultations
from tomoni.consultations.models import Consultation
from tomoni.evaluations import selectors as evaluations
from tomoni.evaluations.models import Evaluation
from tomoni.matching import selectors as matching
from tomoni.matching.models import Introduction
from tomoni.parties.actor import Actor
from tomoni.plans.models import Measure
from tomoni.plans.selectors import links
from tomoni.projects import selectors as projects
from tomoni.projects.models import Project
from tomoni.proposals import selectors as proposals
from tomoni.proposals.models import Proposal
from tomoni.tenants.scope import current


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop: its word, "past", "now" or "" for not yet, and its address for those who may open it."""

    label: str
    state: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """A kind of case on the way: how one comes back from it, and on from the one before."""

    model: type[Case]
    label: str | Promise
    before: Callable[[Any], Case | None]
    after: Callable[[Any], Case | None]


def _first(name: str) -> Callable[[Any], Case | None]:
    """The newest of the things that came of a case."""
    return lambda case: getattr(case, name).order_by("-pk").first()


STAGES: tuple[Stage, ...] = (
    Stage(Consultation, _("相談"), lambda _case: None, lambda c: _first("introductions")(c) or _first("proposals")(c)),
    Stage(Introduction, _("紹介"), lambda i: i.consultation, _first("proposals")),
    Stage(Proposal, _("提案"), lambda p: p.introduction or p.consultation, _first("agreements")),
    Stage(Agreement, _("協定"), lambda a: a.proposal, _first("projects")),
    Stage(Project, _("事業"), lambda p: p.agreement, _first("evaluations")),
    Stage(Evaluation, _("ふりかえり"), lambda e: e.project, lambda _case: None),
)
BY_MODEL = {stage.model: stage for stage in STAGES}


def cases_of(case: Case) -> dict[type[Case], Case]:
    """All cases on the thread of this one, one of each kind. At most two queries for each stage."""
    found: dict[type[Case], Case] = {type(case): case}
    for way in ("before", "after"):
        here: Case | None = case
        while here is not None:
            here = getattr(BY_MODEL[type(here)], way)(here)
            if here is not None:
                found.setdefault(type(here), here)
    return found


VISIBLE: dict[type[Case], Callable[[Actor], QuerySet[Any]]] = {
    Consultation: consultations.visible_to,
    Introduction: matching.visible_to,
    Proposal: proposals.visible_to,
    Agreement: agreements.visible_to,
    Project: projects.visible_to,
    Evaluation: evaluations.visible_to,
}


def may_open(case: Case, actor: Actor) -> bool:
    """May this person open that stop? Each room answers for itself."""
    return VISIBLE[type(case)](actor).filter(pk=case.pk).exists()


def thread_of(case: Case, *, actor: Actor) -> list[Stop]:
    """The line of stops as this person may see it; empty for a case that stands alone."""
    found = cases_of(case)
    project = found.get(Project)
    measure = links.measures_of(project).first() if isinstance(project, Project) else None
    if len(found) == 1 and measure is None:
        return []
    stops = []
    for stage in STAGES:
        there = found.get(stage.model)
        state = "now" if there is case else "past" if there is not None else ""
        url = there.get_absolute_url() if state == "past" and there is not None and may_open(there, actor) else ""
        stops.append(Stop(str(stage.label), state, url))
    return [*stops, _measure_stop(measure)]


def _measure_stop(measure: Measure | None) -> Stop:
    """Where the thread ends: the measure of a public plan the project serves, which everybody may open."""
    if measure is None:
        return Stop(gettext("施策"), "")
    return Stop(gettext("施策"), "past", reverse("measure", args=[current().slug, measure.plan_id, measure.pk]))
