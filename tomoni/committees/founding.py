"""A new committee with the party it is: it stands beneath the city."""

from __future__ import annotations

from django.db import transaction

from tomoni.committees import permissions
from tomoni.committees.models import Committee
from tomoni.committees.services import found_committee
from tomoni.parties.actor import Actor
from tomoni.parties.models import Party
from tomoni.parties.services import found_party
from tomoni.rulebooks.schema import Rulebook


@transaction.atomic
def found(book: Rulebook, *, name: str, purpose: str, is_advisory_body: bool, by: Actor) -> Committee:
    """The committee of that name beneath the city, made if it is not there. Raises NotAllowed."""
    permissions.may_write(by).enforce()
    kinds = [kind.key for kind in book.party_kinds if kind.side == "city"]
    hall = Party.objects.filter(kind__in=kinds, parent=None, ended_on=None).order_by("pk").first()
    party = found_party(kind=kinds[0], name=name, parent=hall)
    return found_committee(party, purpose=purpose, is_advisory_body=is_advisory_body, by=by)
