"""Reminding departments that have not answered: before and after the deadline, once a day and person."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tomoni.history.models import Event
from tomoni.history.services import record
from tomoni.parties.actor import Actor
from tomoni.reporting import notices, permissions
from tomoni.reporting.models import YearRequest
from tomoni.reporting.workflow import State


def remind_due(*, on: date, by: Actor) -> int:
    """Remind of every year whose day has come; how many people were told. Run twice on a day, it tells nobody twice."""
    told = 0
    for year_request in YearRequest.objects.select_related("plan", "municipality").order_by("pk"):
        if (year_request.due_on - on).days in year_request.reminder_days:
            told += _remind(year_request, on=on, by=by)
    return told


@transaction.atomic
def remind(year_request: YearRequest, *, on: date, by: Actor) -> int:
    """Remind now, by the division; how many people were told. Twice on a day is once."""
    permissions.may_ask(by).enforce()
    return _remind(year_request, on=on, by=by)


@transaction.atomic
def _remind(year_request: YearRequest, *, on: date, by: Actor) -> int:
    YearRequest.objects.select_for_update().get(pk=year_request.pk)
    late = year_request.entries.filter(state=State.ASKED).exclude(department=None)
    departments = set(late.values_list("department_id", flat=True))
    told_already = Event.objects.filter(
        verb="remind",
        subject_type=year_request._meta.label_lower,
        subject_id=year_request.pk,
        details__day=on.isoformat(),
    )
    if not departments or told_already.exists():
        return 0
    event = record("remind", year_request, by=by, day=on.isoformat(), departments=sorted(departments))
    people = notices.acting(event, parties=departments)
    return notices.tell(people, _words(year_request, on), year_request.get_absolute_url() + "mine/", event=event, by=by)


def _words(year_request: YearRequest, on: date) -> str:
    left = (year_request.due_on - on).days
    named = {"plan": year_request.plan, "year": year_request, "left": left, "late": -left}
    if left > 0:
        return _("「%(plan)s」の%(year)sの締め切りまで、あと%(left)s日です。") % named
    if left == 0:
        return _("「%(plan)s」の%(year)sの締め切りは、今日です。") % named
    return _("「%(plan)s」の%(year)sの締め切りを、%(late)s日過ぎています。") % named
