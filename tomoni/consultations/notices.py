"""Telling those whom the routing table names beside the party in charge. It is not their turn; they only should know."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tomoni.cases.notices import tell
from tomoni.consultations.models import Consultation
from tomoni.consultations.selectors import ANSWERERS, told_as_well
from tomoni.history.models import Notice
from tomoni.history.selectors import story_of
from tomoni.parties.actor import Actor


def tell_also(consultation: Consultation, *, by: Actor) -> list[Notice]:
    """One notice for each person who answers for a party the table names as well, except who is told already."""
    text = _("%(case)s を知らせます。担当は%(party)sです。") % {"case": consultation, "party": consultation.assigned_to}
    parties, event = told_as_well(consultation), story_of(consultation)[0]
    return tell(parties, text, about=consultation, event=event, by=by, roles=ANSWERERS)
