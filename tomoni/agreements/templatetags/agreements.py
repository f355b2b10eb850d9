"""Sums, days and periods of an agreement in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from tomoni.agreements import content

register = template.Library()
register.filter("yen", content.yen)
register.filter("iso_day", content.day_words)


@register.filter
def period(held: Mapping[str, Any]) -> str:
    """From when to when."""
    return content.period_words(held["starts"], held["ends"])
