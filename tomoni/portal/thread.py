"""The thread: from the first consultation to the measure a project serves, one line on the page of every stop."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet, Value, prefetch_related_objects
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
from tomoni.matching.models import Introduction, Listing
from tomoni.parties.actor import Actor
from tomoni.plans.models import Measure
from tomoni.plans.selectors import links
from tomoni.projects import selectors as projects
from tomoni.projects.models import Project
from tomoni.proposals import selectors as proposals
from tomoni.proposals.models import Proposal
from tomoni.tenants.scope import current

WORDS: dict[str, str | Promise] = {
    "past": _("済み"),
    "doing": _("進行中"),
    "now": _("いまここ"),
    "": _("これから"),
}


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop: its name, "past", "doing", "now" or "" for not yet, that in a word, and its address for who may open it."""

    label: str
    state: str
    url: str = ""
    said: str = ""

    @property
    def word(self) -> str:
        return self.said or str(WORDS[self.state])


@dataclass(frozen=True, slots=True)
class Stage:
    """A kind of case on the way: how one comes back from it, and on from the one before; who may open one."""

    model: type[Case]
    label: str | Promise
    before: Callable[[Any], Case | None]
    after: Callable[[Any], Case | None]
    path: str  # how the database comes back to all stages before, in one query
    seen: Callable[[Actor], tuple[QuerySet[Any], ...]]


def _newest(rows: QuerySet[Any]) -> Case | None:
    """The newest of the things that came of a case."""
    return rows.order_by("-pk").first()


def _evaluation_of(project: Any) -> Case | None:
    """The one evaluation of a project; the panel beside the thread asks for the same."""
    prefetch_related_objects([project], "evaluations")
    return next(iter(project.evaluations.all()), None)


def _came_of_consultation(enquiry: Any) -> Case | None:
    """An introduction made for it or over a listing that came of it; else a proposal."""
    over = Q(consultation=enquiry) | Q(wish__consultation=enquiry) | Q(offer__consultation=enquiry)
    return _newest(Introduction.objects.filter(over)) or _newest(enquiry.proposals)


def _enquiry_of(introduction: Any) -> Case | None:
    """What was asked at the desk before, of the introduction itself or of what was posted."""
    listings = (introduction.wish, introduction.offer)
    return introduction.consultation or next(
        (each.consultation for each in listings if each and each.consultation), None
    )


STAGES: tuple[Stage, ...] = (
    Stage(
        Consultation,
        _("相談"),
        lambda _case: None,
        _came_of_consultation,
        "",
        lambda actor: (consultations.visible_to(actor),),
    ),
    Stage(
        Introduction,
        _("紹介"),
        _enquiry_of,
        lambda i: _newest(i.proposals),
        "introduction",
        lambda actor: (matching.visible_to(actor),),
    ),
    Stage(
        Proposal,
        _("提案"),
        lambda p: p.introduction or p.consultation,
        lambda p: _newest(p.agreements),
        "proposal",
        lambda actor: (proposals.visible_to(actor), proposals.public()),
    ),
    Stage(
        Agreement,
        _("協定"),
        lambda a: a.proposal,
        lambda a: _newest(a.projects),
        "agreement",
        lambda actor: (agreements.visible_to(actor), agreements.public()),
    ),
    Stage(
        Project,
        _("事業"),
        lambda p: p.agreement,
        _evaluation_of,
        "project",
        lambda actor: (projects.visible_to(actor),),
    ),
    Stage(
        Evaluation,
        _("ふりかえり"),
        lambda e: e.project,
        lambda _case: None,
        "",
        lambda actor: (evaluations.visible_to(actor),),
    ),
)
BY_MODEL = {stage.model: stage for stage in STAGES}
# What each stage reads along with itself, so that the way back is one query.
ALONG: dict[type[Case], tuple[str, ...]] = {
    Introduction: ("consultation", "wish__consultation", "offer__consultation"),
    Proposal: ("consultation", "round__issue__consultation"),
}


def _way_back(model: type[Case]) -> list[str]:
    """The joins from a stage to everything before it."""
    way, prefix = [*ALONG.get(model, ())], ""
    for stage in reversed(STAGES[: STAGES.index(BY_MODEL[model])]):
        if stage.path:
            prefix = f"{prefix}{stage.path}__"
            way += [prefix.removesuffix("__"), *(prefix + each for each in ALONG.get(stage.model, ()))]
    return way


def cases_of(case: Case) -> dict[type[Case], Case]:
    """All cases on the thread of this one, one of each kind: one query for the way back, one or two for each stage on."""
    found: dict[type[Case], Case] = {type(case): case}
    here: Case | None = type(case)._default_manager.select_related(*_way_back(type(case))).get(pk=case.pk)
    while here is not None:
        here = BY_MODEL[type(here)].before(here)
        if here is not None:
            found[type(here)] = here
    here = case
    while here is not None:
        here = BY_MODEL[type(here)].after(here)
        if here is not None:
            found.setdefault(type(here), here)
    for each in found.values():
        each.municipality = case.municipality  # the same for all, and read already
    return found


def may_open(cases: Iterable[Case], actor: Actor) -> set[type[Case]]:
    """Of which of these stops may this person open the page? Each room answers for itself, in one query for all."""
    parts = [
        rows.order_by().filter(pk=each.pk).annotate(stop=Value(number)).values_list("stop")
        for each in cases
        for number, stage in enumerate(STAGES)
        if stage.model is type(each)
        for rows in stage.seen(actor)
    ]
    if not parts:
        return set()
    first, *others = parts
    return {STAGES[number].model for (number,) in (first.union(*others) if others else first)}


def thread_of(case: Case, *, actor: Actor) -> list[Stop]:
    """The line of stops as this person may see it; empty for a case that stands alone."""
    found = cases_of(case)
    project = found.get(Project)
    measure = next(iter(links.measures_of(project)), None) if isinstance(project, Project) else None
    origin = _origin(found)
    if len(found) == 1 and measure is None and origin is None:
        return []
    others = [each for each in found.values() if each is not case]
    open_to = may_open(others, actor)
    stops = [_stop(stage, found.get(stage.model), here=case, open_to=open_to) for stage in STAGES]
    stops[: _reached(found)] = [stop if stop.state else _left_out(stop) for stop in stops[: _reached(found)]]
    if origin is not None and Consultation not in found:
        stops[0] = Stop(origin.kind_label, "past", origin.get_absolute_url())
    return [*stops, _measure_stop(measure)]


def _reached(found: dict[type[Case], Case]) -> int:
    """How far the thread has come: the place of the latest stop there is."""
    return max(place for place, stage in enumerate(STAGES) if stage.model in found)


def _left_out(stop: Stop) -> Stop:
    """A stop that was passed by: what came later began without it, so it does not lie ahead."""
    return Stop(stop.label, "", said=gettext("なし"))


def _stop(stage: Stage, there: Case | None, *, here: Case, open_to: set[type[Case]]) -> Stop:
    if there is None:
        return Stop(str(stage.label), "")
    if there is here:
        return Stop(str(stage.label), "now")
    url = there.get_absolute_url() if stage.model in open_to else ""
    return Stop(str(stage.label), "past" if there.is_settled else "doing", url)


def _origin(found: dict[type[Case], Case]) -> Listing | None:
    """The public listing it all began with: a wish or an issue over which two met, or that became a call."""
    introduction, proposal = found.get(Introduction), found.get(Proposal)
    if isinstance(introduction, Introduction) and introduction.wish is not None:
        return introduction.wish
    return proposal.round.issue if isinstance(proposal, Proposal) else None


def _measure_stop(measure: Measure | None) -> Stop:
    """Where the thread ends: the measure of a public plan the project serves, which everybody may open."""
    if measure is None:
        return Stop(gettext("施策"), "")
    url = reverse("measure", args=[current().slug, measure.plan_id, measure.pk])
    return Stop(gettext("施策"), "past", url, gettext("つながっています"))
