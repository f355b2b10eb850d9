"""When a case changes hands, the new hands are told: on their page, and by mail once the change is safe."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tomoni.cases.models import Case
from tomoni.cases.tasks import mail_notices
from tomoni.history.models import Event, Notice
from tomoni.parties.actor import Actor
from tomoni.parties.models import User


def tell_new_holder(case: Case, event: Event, *, by: Actor) -> list[Notice]:
    """One notice for each person who acts for the parties whose turn it is now, except the one who moved the case."""
    parties = [party.pk for party in case.tell()]
    today = event.at.date()
    people = (
        User.objects.filter(
            Q(memberships__until=None) | Q(memberships__until__gte=today),
            memberships__party__in=parties,
            memberships__municipality=case.municipality,
            is_active=True,
        )
        .exclude(pk=by.user or 0)
        .distinct()
    )
    text = _("「%(case)s」があなたの番になりました。") % {"case": case}
    notices = Notice.objects.bulk_create(
        Notice(user=person, event=event, text=text[:200], url=case.get_absolute_url()) for person in people
    )
    if notices:
        keys, slug = [notice.pk for notice in notices], case.municipality.slug
        transaction.on_commit(lambda: mail_notices.enqueue(slug, keys))
    return notices
