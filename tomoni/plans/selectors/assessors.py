"""The committees in whose name a person may write down a view of a measure."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from tomoni.parties.actor import Actor
from tomoni.parties.models import Party
from tomoni.parties.permissions import Permission, grants


def committees_of(actor: Actor) -> QuerySet[Party]:
    """The bodies this person sits in as one who assesses; for the division every committee that has not ended."""
    own = [
        seat.party
        for seat in actor.seats
        if grants(seat.role, Permission.PLAN_ASSESS) and not grants(seat.role, Permission.PLAN_WRITE)
    ]
    wanted = Q(pk__in=own)
    if actor.may(Permission.PLAN_WRITE):
        wanted |= Q(committee__isnull=False, ended_on=None)
    return Party.objects.filter(wanted).order_by("name")
