"""A text of what is planned for the next year, taken apart into single promises: sentences and items of a list. Pure."""

from __future__ import annotations

import re

_ITEM = re.compile(r"(?:^|(?<=[\s。]))(?:[・○●◯■◆◇□▪*-]|[(（]\d{1,2}[)）])\s*")
_CIRCLED = re.compile(r"[①-⑳]\s*")
_OPEN, _CLOSE = "「『(（【〈", "」』)）】〉"
_GOES_ON = re.compile(r"^(?:その|それ|これ|なお|ただし|※|特に|例えば|たとえば)")
SHORTEST = 6  # letters: what is shorter promises nothing of its own


def parts_of(text: str) -> tuple[str, ...]:
    """The single promises of a text, in order, in its own words; a list's marks are left out."""
    found: list[str] = []
    for sentence in (each for item in _items(text) for each in _sentences(item)):
        if found and (_GOES_ON.match(sentence) or len(sentence) < SHORTEST):
            found[-1] += sentence
        else:
            found.append(sentence)
    return tuple(found)


def _items(text: str) -> list[str]:
    """Items of a list: after a mark at the start of a line or sentence, or after each of ①②③ wherever they stand."""
    marks = _CIRCLED.findall(text)
    numbered = len(marks) > 1 and [each[0] for each in marks] == [chr(ord("①") + n) for n in range(len(marks))]
    pieces = re.split(_CIRCLED if numbered else _ITEM, text)
    return [piece.strip() for piece in pieces if piece.strip()]


def _sentences(text: str) -> list[str]:
    """Cut after 。 and at line ends; what stands in brackets is never cut."""
    found, depth, start = [], 0, 0
    for n, letter in enumerate(text):
        depth += (letter in _OPEN) - (letter in _CLOSE)
        if depth <= 0 and letter in "。！？\n":
            found.append(text[start : n + 1].strip())
            start, depth = n + 1, 0
    return [each for each in (*found, text[start:].strip()) if each]
