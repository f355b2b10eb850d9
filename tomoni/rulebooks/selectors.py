"""Which rulebook holds on which day."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from tomoni.rulebooks.models import RulebookVersion


class NoRulebook(LookupError):
    """This municipality has no rulebook in force on that day."""


def in_force(on: date) -> RulebookVersion:
    """The version in force in the municipality in scope on that day; NoRulebook when there is none."""
    version = RulebookVersion.objects.filter(in_force_from__lte=on).order_by("-in_force_from", "-pk").first()
    if version is None:
        raise NoRulebook("この日に効力のあるルールブックがありません。ルールブックを登録してください。")
    return version


def versions() -> QuerySet[RulebookVersion]:
    """All versions of the municipality in scope, newest first."""
    return RulebookVersion.objects.order_by("-in_force_from", "-pk")
