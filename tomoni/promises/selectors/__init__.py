"""Reads: the promises of a plan with their verdicts, recommendations with their answers, and what is still open."""

from tomoni.promises.selectors.opened import Open, open_for
from tomoni.promises.selectors.promised import Counts, Promise, counts_of, promise_of, promises_of
from tomoni.promises.selectors.recommended import Advice, advice_of, open_in, recommendations_of

__all__ = [
    "Advice",
    "Counts",
    "Open",
    "Promise",
    "advice_of",
    "counts_of",
    "open_for",
    "open_in",
    "promise_of",
    "promises_of",
    "recommendations_of",
]
