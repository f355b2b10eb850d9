"""Pairs of letters: Japanese has no blanks between words, and a two-letter word must be found on every database. Pure."""

from __future__ import annotations

import re

from tomoni.kernel.japanese import search_key

_RUNS = re.compile(r"\w+")
MOST_LETTERS = 12_000  # a text is indexed up to here; PostgreSQL keeps no positions beyond 16,383


def grams(text: str) -> str:
    """`市民協働` becomes `市民 民協 協働`; a run of one letter stands for itself."""
    pieces: list[str] = []
    for run in _RUNS.findall(search_key(text[:MOST_LETTERS])):
        pieces += [run[i : i + 2] for i in range(len(run) - 1)] or [run]
    return " ".join(pieces)


def asked(query: str) -> list[list[str]]:
    """The phrases a person looks for: for each word its pairs, in order. Words are parted by blanks."""
    phrases = (grams(word).split() for word in query.split())
    return [phrase for phrase in phrases if phrase]
