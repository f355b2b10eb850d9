"""Telling those whom the routing table names beside the party in charge. It is not their turn; they only should know."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from tomoni.cases.tasks import mail_notices
from tomoni.consultations.models import Consultation
from tomoni.consultations.selectors import ANSWERERS, told_as_well
from tomoni.history.models import Notice
from tomoni.history.selectors import story_of
from tomoni.parties.actor import Actor
from tomoni.parties.models import User


def tell_also(consultation: Consultation, *, by: Actor) -> list[Notice]:
    """One notice for each person who answers for a party the table names as well, except who is told already."""
    event = story_of(consultation)[0]
    people = (
        User.objects.filter(
            memberships__party__in=told_as_well(consultation),
            memberships__role__in=ANSWERERS,
            memberships__until=None,
            memberships__municipality=consultation.municipality,
            is_active=True,
        )
        .exclude(pk=by.user or 0)
        .exclude(notices__event=event)
        .distinct()
    )
    text = _("%(case)s を知らせます。担当は%(party)sです。") % {"case": consultation, "party": consultation.assigned_to}
    url = consultation.get_absolute_url()
    notices = Notice.objects.bulk_create(Notice(user=who, event=event, text=text[:200], url=url) for who in people)
    if notices:
        keys, slug = [notice.pk for notice in notices], consultation.municipality.slug
        transaction.on_commit(lambda: mail_notices.enqueue(slug, keys))
    return notices
