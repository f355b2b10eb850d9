"""Prepare a revision: begin it, describe it, write its changes, decide it or give it up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from tomoni.cases import services as cases
from tomoni.history.services import record
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.actor import Actor
from tomoni.parties.models import Party
from tomoni.plans.models import Measure, Plan
from tomoni.revisions import permissions
from tomoni.revisions.models import ChangedMeasure, PlanChange, Revision
from tomoni.revisions.models.drafting import content_of
from tomoni.revisions.shape import ENDING, MAKING, Change


@dataclass(frozen=True, slots=True)
class About:
    """What is said of a revision as a whole."""

    title: str
    reason: str
    year: int
    decided_on: date | None = None
    decided_by: Party | None = None


@transaction.atomic
def begin_revision(plan: Plan, about: About, *, on: date, by: Actor) -> Revision:
    """Begin to prepare a revision of a plan."""
    permissions.may_begin(by).enforce()
    made = Revision(plan=plan)
    _describe(made, about)
    return cases.begin(made, on=on, by=by)


@transaction.atomic
def describe_revision(revision: Revision, about: About, *, by: Actor) -> Revision:
    """Say anew what it is called, why, from which year on, and who decided it when."""
    locked = _locked(revision, by)
    _describe(locked, about)
    locked.save(update_fields=["title", "reason", "year", "decided_on", "decided_by"])
    record("write", locked, by=by)
    return locked


def _describe(revision: Revision, about: About) -> None:
    revision.title, revision.reason, revision.year = about.title, about.reason, about.year
    revision.decided_on, revision.decided_by = about.decided_on, about.decided_by


def _locked(revision: Revision, by: Actor) -> Revision:
    held = Revision.objects.select_for_update().get(pk=revision.pk)
    permissions.may_write(by, held).enforce()
    return held


@transaction.atomic
def add_change(revision: Revision, wanted: Change, *, carries_figures: bool = False, by: Actor) -> PlanChange:
    """Write a change down at the end. What is wrong with it is said on the page, and when the revision is decided."""
    held = _locked(revision, by)
    last = held.changes.aggregate(last=Max("position"))["last"] or 0
    row = PlanChange(revision=held, position=last + 1)
    _write(row, wanted, carries_figures=carries_figures)
    record("add_change", held, by=by, kind=wanted.kind.value)
    return row


@transaction.atomic
def rewrite_change(row: PlanChange, wanted: Change, *, carries_figures: bool = False, by: Actor) -> PlanChange:
    """Write a change anew in its place; its kind stays. NotAllowed when somebody took it out meanwhile."""
    held = _locked(row.revision, by)
    found = held.changes.filter(pk=row.pk).first()
    if found is None:
        raise NotAllowed(_("この変更は、ほかの方が外しました。"))
    _write(found, wanted, carries_figures=carries_figures)
    record("rewrite_change", held, by=by, kind=wanted.kind.value)
    return found


@transaction.atomic
def remove_change(row: PlanChange, *, by: Actor) -> None:
    """Take a change out of the draft."""
    held = _locked(row.revision, by)
    held.changes.filter(pk=row.pk).delete()
    record("remove_change", held, by=by, kind=row.kind)


def _write(row: PlanChange, wanted: Change, *, carries_figures: bool) -> None:
    row.kind, row.reason = wanted.kind.value, wanted.reason
    row.carries_figures = carries_figures and wanted.kind in ENDING & MAKING
    row.heading_id = wanted.heading if wanted.heading and wanted.heading > 0 else None
    row.line_id = wanted.line
    row.content = content_of(wanted)
    row.save()
    row.measures.all().delete()
    named = Measure.objects.filter(plan=row.revision.plan, relisted_of=None).in_bulk(list(wanted.sources))
    ChangedMeasure.objects.bulk_create(
        ChangedMeasure(change=row, measure=named[pk], number=named[pk].number, title=named[pk].title)
        for pk in dict.fromkeys(wanted.sources)
        if pk in named
    )


def decide(revision: Revision, *, by: Actor) -> Revision:
    """Call it decided; RulesBroken says everything that is in the way."""
    return cases.take("decide", revision, by=by)


def reopen(revision: Revision, *, reason: str, by: Actor) -> Revision:
    """Make a decided revision a draft again, with the reason."""
    return cases.take("reopen", revision, by=by, note=reason)


def drop(revision: Revision, *, reason: str, by: Actor) -> Revision:
    """Give it up, with the reason; the plan stays as it is."""
    return cases.take("drop", revision, by=by, note=reason)
