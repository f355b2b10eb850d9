"""The board of the demonstration: what parties offer and seek, and a few who were brought together."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import yaml

from tomoni.kernel.clock import today
from tomoni.matching import services
from tomoni.matching.models import Introduction, Listing
from tomoni.parties.actor import Actor, Seat, actor_for
from tomoni.parties.models import Party, User
from tomoni.parties.permissions import Role
from tomoni.portal.demo.sheets import folder
from tomoni.tenants.models import Municipality
from tomoni.tenants.scope import current

AGES = (3, 9, 16, 24, 33, 47, 60)  # days since it was posted, in turn


def seed(municipality: Municipality, *, at: datetime) -> None:
    """Post what the city's listings.yaml says and make its introductions; what stands already stays."""
    file = folder() / municipality.slug / "listings.yaml"
    told: dict[str, list[dict[str, Any]]] = yaml.safe_load(file.read_text(encoding="utf-8"))
    for number, line in enumerate(told["listings"]):
        _post(line, at - timedelta(days=AGES[number % len(AGES)]), at.date())
    for line in told.get("introductions", []):
        _introduce(line, at)


def _for(party: Party) -> Actor:
    """Somebody of that party, acting for it."""
    return Actor(None, "見本の担当者", (Seat(party.pk, party.name, party.parent_id, Role.MEMBER),))


def _post(line: dict[str, Any], at: datetime, founded: date) -> None:
    party = Party.objects.get(name=line["party"], ended_on=None)
    if Listing.objects.filter(party=party, title=line["title"]).exists():
        return
    ends = founded + timedelta(days=line["last"]) if "last" in line else None
    plain = {key: line.get(key, "") for key in ("kind", "category", "title", "text", "field", "area")}
    listing = Listing(party=party, days=line.get("days", []), capacity=line.get("capacity"), ends=ends, **plain)
    services.post(listing, at=at, by=_for(party))


def _introduce(line: dict[str, Any], at: datetime) -> None:
    seeking, giving = (Listing.objects.select_related("party").get(title=line[side]) for side in ("seeking", "giving"))
    if Introduction.objects.filter(wish=seeking, offer=giving).exists():
        return
    made = services.introduce(seeking, giving, reason=line["reason"], at=at - timedelta(days=20), by=_coordinator())
    one, other = _for(seeking.party), _for(giving.party)
    if line["now"] == "declined":
        services.decline(made, reason=line["note"], by=one)
        return
    services.accept(made, at=at - timedelta(days=18), by=other)
    if line["now"] in {"accepted", "concluded"}:
        services.accept(made, at=at - timedelta(days=15), by=one)
    if line["now"] == "concluded":
        services.record_outcome(made, outcome=line["outcome"], by=one)


def _coordinator() -> Actor:
    """The coordinator at the city's centre."""
    return actor_for(User.objects.get(email=f"coordinator@{current().slug}.example"), on=today())
