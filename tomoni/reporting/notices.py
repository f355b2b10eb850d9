"""Telling people about many lines at once: one notice and one mail for each person, never one for each line."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q, QuerySet

from tomoni.cases.tasks import mail_notices
from tomoni.history.models import Event, Notice
from tomoni.parties.actor import Actor
from tomoni.parties.models import User
from tomoni.parties.permissions import Role


def acting(event: Event, *, parties: Iterable[int] | None = None, roles: Iterable[Role] = ()) -> QuerySet[User]:
    """People who act in this municipality on the day of the event, for these parties or in these roles."""
    today = event.at.date()
    wanted = Q(memberships__party__in=list(parties)) if parties is not None else Q()
    if roles:
        wanted &= Q(memberships__role__in=list(roles))
    return User.objects.filter(
        Q(memberships__until=None) | Q(memberships__until__gte=today),
        wanted,
        memberships__since__lte=today,
        memberships__municipality=event.municipality_id,
        is_active=True,
    ).distinct()


def tell(people: Iterable[User], text: str, url: str, *, event: Event, by: Actor) -> int:
    """A notice and, once the change is safe, a mail for each of them but the one who acts; how many were told."""
    told = Notice.objects.bulk_create(
        Notice(user=each, event=event, text=text[:200], url=url) for each in people if each.pk != by.user
    )
    if told:
        keys, slug = [notice.pk for notice in told], event.municipality.slug
        transaction.on_commit(lambda: mail_notices.enqueue(slug, keys))
    return len(told)
