"""Keeping and dropping how people of a party are reached. What was written never enters the history, only that it was."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from tomoni.history.services import record
from tomoni.organisations import permissions
from tomoni.organisations.models import Contact
from tomoni.parties.actor import Actor
from tomoni.parties.models import Party


@transaction.atomic
def keep_contact(party: Party, values: Mapping[str, str], *, by: Actor, contact: Contact | None = None) -> Contact:
    """Add a contact, or write one anew. Raises NotAllowed for people who may not know it."""
    permissions.may_reach(by, party).enforce()
    kept = contact or Contact(party=party)
    changed = sorted(column for column, value in values.items() if getattr(kept, column) != value)
    for column, value in values.items():
        setattr(kept, column, value)
    kept.save()
    if changed:
        record("keep_contact", party, by=by, changed=changed)
    return kept


@transaction.atomic
def drop_contact(contact: Contact, *, by: Actor) -> None:
    """Delete a contact for good. Raises NotAllowed."""
    permissions.may_reach(by, contact.party).enforce()
    record("drop_contact", contact.party, by=by)
    contact.delete()
