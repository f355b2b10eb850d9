"""Texts as the public reads them: words that people decided to blacken give way to ■■. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

BLACK = "■■"


def line_place(line: int, year: int | str, name: str) -> str:
    """The place of what a line reports for a year: results, issues, next_action or remarks."""
    return f"line/{line}/{year}/{name}"


def description_place(measure: int) -> str:
    """The place of what a measure is about."""
    return f"measure/{measure}/description"


def opinion_place(kind: str, of: int, year: int | str, committee: int) -> str:
    """The place of what a committee says of a measure or a heading in a year."""
    return f"{kind}/{of}/{year}/{committee}/opinion"


@dataclass(frozen=True, slots=True)
class Blackened:
    """The words to blacken: by place, which words and the how-manieth of them counted from 0."""

    places: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)

    def shown(self, place: str, text: str) -> str:
        """The text of a place without those words. Longer words first, so that none stands inside another."""
        spans: list[tuple[int, int]] = []
        for words, occurrence in sorted(self.places.get(place, ()), key=lambda held: -len(held[0])):
            start = nth(text, words, occurrence)
            if start >= 0 and all(start >= b or start + len(words) <= a for a, b in spans):
                spans.append((start, start + len(words)))
        for start, end in sorted(spans, reverse=True):
            text = text[:start] + BLACK + text[end:]
        return text

    @property
    def words(self) -> tuple[str, ...]:
        """All words that are blackened somewhere, the longest first."""
        return tuple(sorted({words for held in self.places.values() for words, _ in held}, key=lambda w: (-len(w), w)))

    def anywhere(self, text: str) -> str:
        """A text without any of those words, wherever they stand: for copies whose places are not known."""
        for words in self.words:
            text = text.replace(words, BLACK)
        return text


def nth(text: str, words: str, occurrence: int) -> int:
    """Where the words stand for the how-manieth time, counted from 0; -1 when they do not."""
    start = -1
    for _ in range(occurrence + 1):
        start = text.find(words, start + 1)
        if start < 0:
            return -1
    return start


def places_of(rows: Iterable[tuple[str, str, int]]) -> Blackened:
    """From rows of place, words and occurrence."""
    found: dict[str, list[tuple[str, int]]] = {}
    for place, words, occurrence in rows:
        found.setdefault(place, []).append((words, occurrence))
    return Blackened({place: tuple(held) for place, held in found.items()})
