"""A city's plan in the demonstration: its sheet goes the way of every upload, then people review it and speak."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from tomoni.imports.services import Destination, Upload, decide, open_batch
from tomoni.parties.actor import Actor, actor_for
from tomoni.parties.models import Party, User
from tomoni.parties.permissions import Role
from tomoni.plans.importing.commit import commit
from tomoni.plans.importing.job import read_now
from tomoni.plans.importing.look import TARGET
from tomoni.plans.models import Measure, Plan
from tomoni.portal.demo.cities import DemoCity
from tomoni.portal.demo.clean import CleanPlan
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
        _imported(Upload(sheet.name, sheet.path.read_bytes()), clean, at=at, by=division)
    return Measure.objects.filter(plan__title=clean.title, relisted_of=None).count()


def _imported(upload: Upload, clean: CleanPlan, *, at: datetime, by: Actor) -> Plan:
    batch = open_batch(upload, into=Destination(TARGET, clean.title), at=at, by=by)
    batch = read_now(batch, at=at)
    batch = decide(batch, review(batch.document, clean, leave=UNREVIEWED), revision=batch.revision, at=at, by=by)
    batch = commit(batch, revision=batch.revision, at=at, by=by)
    return Plan.objects.get(pk=batch.subject_id)
