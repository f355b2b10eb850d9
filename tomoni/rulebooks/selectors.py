"""Which rulebook holds on which day."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from tomoni.rulebooks.models import RulebookVersion
from tomoni.rulebooks.schema import Rulebook
from tomoni.tenants.models import Municipality
from tomoni.tenants.scope import scope

_REMEMBERED = "_rulebooks_in_force"


class NoRulebook(LookupError):
    """This municipality has no rulebook in force on that day."""

    def __init__(self) -> None:
        super().__init__("この日に効力のあるルールブックがありません。ルールブックを登録してください。")


def in_force(on: date) -> RulebookVersion:
    """The version in force in the municipality in scope on that day; NoRulebook when there is none."""
    version = RulebookVersion.objects.filter(in_force_from__lte=on).order_by("-in_force_from", "-pk").first()
    if version is None:
        raise NoRulebook
    return version


def version_of(municipality: Municipality, on: date) -> RulebookVersion:
    """The version in force in that municipality on that day; NoRulebook when there is none.

    Remembered on the object given, which lives as long as its request: page, tags and panels cost one query together.
    """
    remembered: dict[date, RulebookVersion | None] = vars(municipality).setdefault(_REMEMBERED, {})
    if on not in remembered:
        try:
            with scope(municipality):
                remembered[on] = in_force(on)
        except NoRulebook:
            remembered[on] = None
    version = remembered[on]
    if version is None:
        raise NoRulebook
    return version


def book_of(municipality: Municipality, on: date) -> Rulebook:
    """The rulebook in force in that municipality on that day; NoRulebook when there is none. One query at most."""
    return version_of(municipality, on).book


def versions() -> QuerySet[RulebookVersion]:
    """All versions of the municipality in scope, newest first."""
    return RulebookVersion.objects.order_by("-in_force_from", "-pk")
