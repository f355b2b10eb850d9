"""Who might meet whom: what cannot be is left out, the rest is ranked with reasons in words. Pure.

The score (0 to 100) is words 50, field 20, area 12, days 8, number 6, length of the common period 4. It orders; it
judges nothing. docs/algorithms/matching.md walks through an example.
"""

from __future__ import annotations

import heapq
import math
from array import array
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tomoni.kernel.japanese import plain
from tomoni.matching.fit import EVERYWHERE, common_period, impossible, reasons, sides
from tomoni.matching.listing import Category, Days, Kind, Listing, days_of
from tomoni.matching.words import tokens

WORDS, FIELD, AREA, DAYS, NUMBER, PERIOD = 50, 20, 12, 8, 6, 4
# For these the same field is reason enough to meet; goods, skills and knowledge must be spoken of in both texts.
FIELD_IS_ENOUGH = {Category.PEOPLE, Category.PLACE, Category.MONEY}
LEAST_WORDS = 0.06


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One listing that may fit, its score and the reasons people read."""

    id: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    listing: Listing
    words: array[int]  # numbers in the board's vocabulary, which hold a tenth of the room of words
    days: Days
    field: str
    area: str


class Board:
    """All listings, indexed by their words once; ranking one of them afterwards is quick."""

    def __init__(self, listings: Iterable[Listing]) -> None:
        self._vocabulary: dict[str, int] = {}
        self.known = [self._learn(listing) for listing in listings]
        self.place = {known.listing.id: n for n, known in enumerate(self.known)}
        self._by_word: dict[tuple[int, str], array[int]] = defaultdict(lambda: array("I"))
        self._by_field: dict[tuple[str, str], array[int]] = defaultdict(lambda: array("I"))
        uses = [0] * len(self._vocabulary)
        for n, known in enumerate(self.known):
            side = _side(known.listing)
            for word in known.words:
                self._by_word[word, side].append(n)
                uses[word] += 1
            if known.field:
                self._by_field[known.field, side].append(n)
        whole = len(self.known) + 1
        self._square = [math.log(1 + whole / times) ** 2 for times in uses]
        self._length = array("d", (math.sqrt(sum(self._square[w] for w in k.words)) or 1.0 for k in self.known))

    def _learn(self, listing: Listing) -> _Known:
        numbers = self._vocabulary
        words = array("I", (numbers.setdefault(w, len(numbers)) for w in tokens(f"{listing.title}\n{listing.text}")))
        return _Known(listing, words, days_of(listing.days), plain(listing.field), plain(listing.area))

    def rank(self, listing_id: str, *, on: date, top: int) -> list[Suggestion]:
        """The best partners of one listing on a day, best first; an empty list when nothing fits. KeyError if unknown."""
        asked = self.known[self.place[listing_id]]
        nearness = self._word_nearness(asked)
        for n in self._same_field(asked):
            nearness.setdefault(n, 0.0)
        scored = (
            (score, self.known[n])
            for n, words in nearness.items()
            if (score := self._score(asked, self.known[n], words, on)) > 0
        )
        best = heapq.nlargest(top, scored, key=lambda pair: (pair[0], _later_first(pair[1].listing.id)))
        return [
            Suggestion(k.listing.id, round(score, 1), reasons(asked.listing, k.listing, on=on)) for score, k in best
        ]

    def _same_field(self, asked: _Known) -> Iterable[int]:
        if not asked.field or asked.listing.category not in FIELD_IS_ENOUGH:
            return ()
        return self._by_field.get((asked.field, _other_side(asked.listing)), ())

    def _word_nearness(self, asked: _Known) -> dict[int, float]:
        """Cosine of the weighted words, for every listing of the other side that shares one."""
        side = _other_side(asked.listing)
        dots: dict[int, float] = defaultdict(float)
        for word in asked.words:
            square = self._square[word]
            for n in self._by_word.get((word, side), ()):
                dots[n] += square
        own = self._length[self.place[asked.listing.id]]
        return {n: dot / (own * self._length[n]) for n, dot in dots.items()}

    def _score(self, asked: _Known, other: _Known, words: float, on: date) -> float:
        if impossible(asked.listing, other.listing, on=on):
            return 0.0
        same_field = bool(asked.field) and asked.field == other.field
        enough = same_field and asked.listing.category in FIELD_IS_ENOUGH
        if words < LEAST_WORDS and not enough:
            return 0.0
        score = WORDS * min(1.0, math.sqrt(words)) + FIELD * same_field
        score += AREA * _area_fits(asked, other)
        score += DAYS * (1.0 if not asked.days.any_day and not other.days.any_day else 0.5)
        score += NUMBER * _share(asked.listing, other.listing)
        return score + PERIOD * _period_share(asked.listing, other.listing, on)


def _side(listing: Listing) -> str:
    """Offers stand on one side; wishes and issues on the other. Categories never meet across."""
    return f"{'gives' if listing.kind == Kind.OFFER else 'seeks'}:{listing.category}"


def _other_side(listing: Listing) -> str:
    return f"{'seeks' if listing.kind == Kind.OFFER else 'gives'}:{listing.category}"


def _later_first(listing_id: str) -> tuple[int, ...]:
    """Equal scores stand in the order of their ids (nlargest wants the larger first)."""
    return tuple(-ord(letter) for letter in listing_id)


def _area_fits(one: _Known, other: _Known) -> float:
    if one.area == other.area and one.area not in EVERYWHERE:
        return 1.0
    return 0.6 if one.area in EVERYWHERE or other.area in EVERYWHERE else 0.0


def _share(one: Listing, other: Listing) -> float:
    offer, wish = sides(one, other)
    return min(1.0, offer.capacity / wish.capacity) if offer.capacity and wish.capacity else 0.5


def _period_share(one: Listing, other: Listing, on: date) -> float:
    period = common_period(one, other, on=on)
    return min(1.0, ((period[1] - period[0]).days + 1) / 30) if period else 0.0
