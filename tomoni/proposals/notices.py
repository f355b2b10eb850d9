"""Telling the people of some parties of an event that changes nobody's turn: a decision, an invitation, results."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from tomoni.cases.tasks import mail_notices
from tomoni.history.models import Event, Notice
from tomoni.parties.actor import Actor
from tomoni.parties.models import Party, User
from tomoni.proposals.models import Proposal


def tell(parties: Iterable[Party], text: str, *, event: Event, about: Proposal, by: Actor) -> list[Notice]:
    """One notice and mail for each person who acts for these parties, except the one who did it."""
    people = (
        User.objects.filter(
            memberships__party__in=[party.pk for party in parties],
            memberships__until=None,
            memberships__municipality=about.municipality_id,
            is_active=True,
        )
        .exclude(pk=by.user or 0)
        .distinct()
    )
    notices = Notice.objects.bulk_create(
        Notice(user=person, event=event, text=text[:200], url=about.get_absolute_url()) for person in people
    )
    if notices:
        keys, slug = [notice.pk for notice in notices], about.municipality.slug
        transaction.on_commit(lambda: mail_notices.enqueue(slug, keys))
    return notices
