"""Telling people: whose turn it is now, and what became of what others waited for. On their page, and by mail once it is safe."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Protocol

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tomoni.cases.models import Case
from tomoni.cases.tasks import mail_notices
from tomoni.history.models import Event, Notice
from tomoni.parties.actor import Actor
from tomoni.parties.models import Party, User
from tomoni.tenants.models import Municipality


class Subject(Protocol):
    """What people are told about: a row of a city that has a page."""

    municipality: Municipality

    def get_absolute_url(self) -> str:
        """Where it is read."""


def tell(
    parties: Iterable[Party], text: str, *, about: Subject, event: Event, by: Actor, roles: Collection[str] = ()
) -> list[Notice]:
    """One notice and mail for each person who acts for these parties (in these roles), except the one who did it.

    Nobody is told of one event twice: the first words stand.
    """
    where, day = about.municipality, event.at.date()
    seats = Q(memberships__party__in=[party.pk for party in parties], memberships__municipality=where)
    seats &= Q(memberships__until=None) | Q(memberships__until__gte=day)
    if roles:
        seats &= Q(memberships__role__in=roles)
    people = User.objects.filter(seats, is_active=True).exclude(pk=by.user or 0).exclude(notices__event=event)
    url = about.get_absolute_url()
    notices = Notice.objects.bulk_create(
        Notice(user=person, event=event, text=text[:200], url=url) for person in people.distinct()
    )
    if notices:
        keys, slug = [notice.pk for notice in notices], where.slug
        transaction.on_commit(lambda: mail_notices.enqueue(slug, keys))
    return notices


def tell_new_holder(case: Case, event: Event, *, by: Actor) -> list[Notice]:
    """Those whose turn it is now learn that it is."""
    text = _("「%(case)s」があなたの番になりました。") % {"case": case}
    return tell(case.tell(), text, about=case, event=event, by=by)


def tell_outcome(case: Case, event: Event, *, by: Actor) -> list[Notice]:
    """Those who waited learn what became of it; whoever has been told that it is their turn is not told again."""
    text = _("「%(case)s」は「%(state)s」になりました。") % {"case": case, "state": case.public_label}
    return tell(case.hears(), text, about=case, event=event, by=by)
