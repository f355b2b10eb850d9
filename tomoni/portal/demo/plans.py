"""A city's plan in the demonstration: its sheet goes the way of every upload, then people review it and speak."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.core.management.base import CommandError

from tomoni.imports.services import Destination, Upload, decide, open_batch
from tomoni.parties.actor import Actor, actor_for
from tomoni.parties.models import Party, User
from tomoni.parties.permissions import Role
from tomoni.plans.importing.commit import commit
from tomoni.plans.importing.job import read_now
from tomoni.plans.importing.look import TARGET
from tomoni.plans.models import Measure, Plan
from tomoni.plans.services import assess, describe, mark_priority
from tomoni.portal.demo.cities import DemoCity
from tomoni.portal.demo.clean import CleanHeading, CleanPlan
from tomoni.portal.demo.reviewing import review
from tomoni.portal.demo.sheets import sheet_of

# Left as the reader left them, so that the demonstration shows what open places look like.
UNREVIEWED = frozenset({"21", "22"})


def bring_in_plan(city: DemoCity, parties: Mapping[str, Party], people: Mapping[Role, User], *, at: datetime) -> int:
    """Inside the city's scope: import its sheet unless its plan is there. Answers how many measures the plan has."""
    sheet = sheet_of(city.slug)
    clean = sheet.plan
    if not Plan.objects.filter(title=clean.title).exists():
        division = actor_for(people[Role.DIVISION], on=at.date())
        plan = _imported(Upload(sheet.name, sheet.path.read_bytes()), clean, at=at, by=division)
        _point_out(plan, clean, by=division)
        _speak(plan, clean, parties[city.council], by=actor_for(people[Role.COUNCIL], on=at.date()))
    return Measure.objects.filter(plan__title=clean.title, relisted_of=None).count()


def _imported(upload: Upload, clean: CleanPlan, *, at: datetime, by: Actor) -> Plan:
    batch = open_batch(upload, into=Destination(TARGET, clean.title), at=at, by=by)
    batch = read_now(batch, at=at)
    if batch.document is None:
        raise CommandError(f"{upload.name}: {batch.problem}")
    batch = decide(batch, review(batch.document, clean, leave=UNREVIEWED), revision=batch.revision, at=at, by=by)
    commit(batch, revision=batch.revision, at=at, by=by)
    return Plan.objects.get(title=clean.title)


def _point_out(plan: Plan, clean: CleanPlan, *, by: Actor) -> None:
    """What the plan is about, and which of its measures come first."""
    describe(plan, summary=clean.summary, by=by)
    for number in _priorities(clean.headings):
        mark_priority(Measure.objects.get(plan=plan, number=number, relisted_of=None), is_priority=True, by=by)


def _priorities(headings: tuple[CleanHeading, ...]) -> list[str]:
    found: list[str] = []
    for heading in headings:
        if heading.priority:
            found += [measure.number for measure in heading.all_measures() if not measure.relisted_of]
        else:
            found += _priorities(heading.children)
    return found


def _speak(plan: Plan, clean: CleanPlan, committee: Party, *, by: Actor) -> None:
    """The committee's view, measure by measure."""
    for opinion in clean.opinions:
        measure = Measure.objects.get(plan=plan, number=opinion.measure, relisted_of=None)
        assess(measure, committee=committee, year=opinion.year, rating=opinion.rating, opinion=opinion.opinion, by=by)
