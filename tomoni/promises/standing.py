"""Where a recommendation stands, seen from the answers given to it year by year. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum


class Standing(StrEnum):
    """Computed, never stored."""

    UNANSWERED = "unanswered"
    CONSIDERED = "considered"  # the answer is that it is still being thought about
    UNDER_WAY = "under_way"  # taken up; what became of it is asked in a later year
    FOLLOWED_UP = "followed_up"
    DECLINED = "declined"


OPEN = frozenset({Standing.UNANSWERED, Standing.CONSIDERED, Standing.UNDER_WAY})


def standing(answers: Sequence[str]) -> Standing:
    """From the answers, oldest first: taken up is open until a later year says what became of it."""
    if not answers:
        return Standing.UNANSWERED
    last = answers[-1]
    if last == "declined":
        return Standing.DECLINED
    if last == "considering":
        return Standing.CONSIDERED
    was_taken_up = any(each in {"adopted", "partly"} for each in answers[:-1])
    return Standing.FOLLOWED_UP if was_taken_up else Standing.UNDER_WAY
