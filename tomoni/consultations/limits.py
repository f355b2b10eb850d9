"""How often the public form may be used. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

MOST_AT_ONCE = 3  # from one browser
WITHIN = timedelta(minutes=10)
MOST_A_DAY = 200  # from everybody together: a city's desk hears from a few a day, more is a machine


def still_counting(sent: Sequence[float], at: datetime) -> list[float]:
    """Of the moments at which this browser sent something (seconds), those that still count."""
    return [moment for moment in sent if at.timestamp() - moment < WITHIN.total_seconds()]


def is_too_often(sent: Sequence[float], at: datetime) -> bool:
    """Has this browser sent as much as it may for now?"""
    return len(still_counting(sent, at)) >= MOST_AT_ONCE
