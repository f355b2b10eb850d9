"""Entering a group that is not in the register yet. Names that look alike are shown, never merged by the machine."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from tomoni.history.services import record
from tomoni.imports.align import Known, Match
from tomoni.kernel.decisions import NotAllowed
from tomoni.organisations import permissions, selectors
from tomoni.organisations.names import beside
from tomoni.parties.actor import Actor
from tomoni.parties.models import Party
from tomoni.parties.services import found_party
from tomoni.rulebooks.schema import Rulebook


class NearTwins(Exception):
    """Groups of the same or a similar name stand already; `parties` names them, most similar first."""

    def __init__(self, parties: list[Party]) -> None:
        super().__init__(_("よく似た名前の団体が、すでにあります。同じ団体でないか、確かめてください。"))
        self.parties = parties


@transaction.atomic
def enter_group(name: str, *, kind: str, book: Rulebook, by: Actor, is_another: bool = False) -> Party:
    """A new party of that name. Raises NotAllowed, and NearTwins unless somebody has said that it is another group."""
    permissions.may_found(by).enforce()
    if kind not in {each.key for each in book.party_kinds if each.side == "civic"}:
        raise NotAllowed(_("この種類の団体は、登録できません。"))
    held = {party.pk: party for party in selectors.known_groups(book)}
    found = beside([{"name": name}], [Known(pk, party.name) for pk, party in held.items()])[0]
    twins = [held[pk] for pk in ([found.known] if found.known else found.candidates) if isinstance(pk, int)]
    if twins and (found.match != Match.UNSURE or not is_another):
        raise NearTwins(twins)
    party = found_party(kind=kind, name=name)
    record("enter", party, by=by, kind=kind)
    return party
