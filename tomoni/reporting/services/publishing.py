"""Publishing a year: what was reported and said becomes part of the plan, and everybody reads it."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tomoni.cases import services as cases
from tomoni.cases.services import RulesBroken
from tomoni.history.services import record
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.actor import Actor
from tomoni.plans.models import Assessment
from tomoni.plans.services import note_assessment, touch
from tomoni.plans.yearly import Told, report_on, write_year
from tomoni.reporting import permissions
from tomoni.reporting.models import DraftAssessment, Entry, YearRequest
from tomoni.reporting.services.passing import Bulk, entries_to_move
from tomoni.reporting.workflow import State

READY = frozenset({State.CONFIRMED, State.ASSESSED})
OVER = frozenset({State.PUBLISHED, State.RELEASED})


@transaction.atomic
def publish_ready(year_request: YearRequest, *, on: date, by: Actor) -> Bulk:
    """Publish every report that is ready; the others stay, with what is in their way. One new revision of the plan."""
    permissions.may_ask(by).enforce()
    done = Bulk()
    for entry in entries_to_move(year_request):
        if entry.state in READY:
            try:
                _publish(entry, on=on, by=by)
            except (NotAllowed, RulesBroken) as problem:
                done.in_the_way.append((entry, str(problem)))
            else:
                done.moved += 1
        elif entry.state not in OVER:
            done.in_the_way.append((entry, _not_ready(entry)))
    if done.moved:
        _finish(year_request, by=by)
    return done


@transaction.atomic
def publish(entry: Entry, *, on: date, by: Actor) -> Entry:
    """Publish the report of one line."""
    published = _publish(entry, on=on, by=by)
    _finish(published.year_request, by=by)
    return published


def _not_ready(entry: Entry) -> str:
    if entry.state == State.ASKED:
        return _("担当の課がまだ出していません。")
    return _("まだ確認していません。")


def _publish(entry: Entry, *, on: date, by: Actor) -> Entry:
    moved = cases.take("publish", entry, by=by, change={"published_on": on})
    asked = moved.figures.exclude(value=None).select_related("indicator").order_by("pk")
    numbers = tuple((each.indicator, each.value) for each in asked if each.value is not None)
    told = Told(moved.status, moved.results_told, moved.issues, moved.next_action, moved.remarks, numbers)
    write_year(moved.line, moved.year_request.year, told, by=by)
    return moved


def _finish(year_request: YearRequest, *, by: Actor) -> None:
    """Say what committees said of what is public now, and let the plan show the year."""
    plan = report_on(year_request.plan, year_request.year, by=by)
    published = set(year_request.entries.filter(state=State.PUBLISHED).values_list("line__measure_id", flat=True))
    waiting = set(year_request.entries.exclude(state__in=OVER).values_list("line__measure_id", flat=True))
    all_out = not waiting
    for draft in year_request.drafts.select_related("measure__plan", "heading__plan", "committee").order_by("pk"):
        of = draft.measure or draft.heading
        is_due = draft.measure_id in published - waiting if draft.measure_id else all_out
        if of is not None and is_due and not _is_said(draft):
            year = year_request.year
            note_assessment(of, committee=draft.committee, year=year, rating=draft.rating, opinion=draft.opinion, by=by)
    touch(plan)
    record("publish_year", year_request, by=by, is_public=True, published=len(published))


def _is_said(draft: DraftAssessment) -> bool:
    return Assessment.objects.filter(
        measure=draft.measure_id,
        heading=draft.heading_id,
        year=draft.year_request.year,
        committee=draft.committee_id,
        rating=draft.rating,
        opinion=draft.opinion,
    ).exists()
