"""Describing a party, and keeping what is public of it where people find it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from tomoni.history.services import record
from tomoni.organisations import permissions, selectors
from tomoni.organisations.models import Profile
from tomoni.organisations.sheet import NoSheet, default_visibility
from tomoni.organisations.showing import keys_for, search_text
from tomoni.parties.actor import Actor
from tomoni.parties.models import Party
from tomoni.rulebooks.schema import Rulebook
from tomoni.search.services import forget, index

KIND = "organisation"


@transaction.atomic
def describe(
    party: Party, values: Mapping[str, Any], *, visibility: Mapping[str, str], book: Rulebook, by: Actor
) -> Profile:
    """Write columns of the profile and who reads them; what is not named stays. Raises NotAllowed."""
    permissions.may_describe(by, party).enforce()
    profile = written(party, values, book=book, visibility=visibility)
    publish(profile, book)
    record("describe", party, by=by, fields=sorted(values), visibility=dict(visibility))
    return profile


def written(
    party: Party, values: Mapping[str, Any], *, book: Rulebook, visibility: Mapping[str, str] | None = None
) -> Profile:
    """The saved profile with these columns. A new one begins with what the sheet says of who reads what."""
    profile = selectors.profile_of(party)
    if profile.pk is None:
        profile.visibility = _defaults(book)
    for column, value in values.items():
        setattr(profile, column, value)
    profile.visibility = {**profile.visibility, **(visibility or {})}
    keys = keys_for(profile, book)
    profile.search_key, profile.facets = keys["search_key"], keys["facets"]
    profile.save()
    return profile


def publish(profile: Profile, book: Rulebook) -> None:
    """Let everybody find the public part, or nobody when the party does not stand in the register."""
    if not stands(profile.party, book):
        forget(profile)
        return
    text = search_text(profile, book)
    index(profile, kind=KIND, title=profile.party.name, text=text, url=profile.get_absolute_url())


def stands(party: Party, book: Rulebook) -> bool:
    """Does the party stand in the register?"""
    is_citys = party.kind in selectors.city_kinds(book)
    return party.ended_on is None and (is_citys or selectors.standing().filter(party=party).exists())


def _defaults(book: Rulebook) -> dict[str, str]:
    try:
        return default_visibility(book)
    except NoSheet:
        return {}
