"""What became of a promise, as far as texts can tell: the words of it that stand in the next year's report. Pure.

A proposal is no verdict. It names the words it was made from, so that a person sees in a moment whether it is right.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from tomoni.kernel.japanese import plain
from tomoni.promises.parts import parts_of
from tomoni.promises.wording import Word, match, words_of

KEPT_FROM, PARTLY_FROM = 0.6, 0.3
LEAST_LETTERS = 3  # a promise with fewer in its words has nothing of its own to look for
_NOT_DONE = re.compile(
    "未開催|未実施|中止|延期|見送|見合わせ|取りやめ|取り止め|保留|断念|至らな|至って(?:い)?な|でき(?:な|ず|ていな)|行わな|行えな|開かな|しなかっ|なかった|減らした"
)
_BEGINNING = re.compile(
    r"^(?:また|さらに|あわせて|併せて)?[、,]?(?:引き続き|引続き|継続して|今後も|次年度も|来年度も)?[、,]?"
)
_END = re.compile(r"[。.、,\s]+$")


class Outcome(StrEnum):
    """What became of a promise. People decide among the first four; the program may also say that it cannot tell."""

    KEPT = "kept"
    PARTLY = "partly"
    DROPPED = "dropped"
    REPEATED = "repeated"
    UNCLEAR = "unclear"


class Because(StrEnum):
    """Why the program proposes what it proposes."""

    WORDS = "words"  # so many of its words stand there, or do not
    AGAIN = "again"  # promised again in the same words
    NO_REPORT = "no_report"  # nothing is written for the next year
    NO_WORDS = "no_words"  # the promise has no words of its own
    SAME_REPORT = "same_report"  # the report says what it said the year before
    NOT_DONE = "not_done"  # the sentence that names it says that it was not done
    BEHIND = "behind"  # the words stand there, but the line is behind its plan


@dataclass(frozen=True, slots=True)
class Report:
    """What a line reports for a year, as far as it can answer a promise of the year before."""

    results: str = ""
    remarks: str = ""
    next_action: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the program proposes: the words found and missed, the sentence that answers best, and one that speaks against."""

    outcome: Outcome
    because: Because
    found: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    sentence: str = ""
    against: str = ""


def propose(promise: str, made: Report, after: Report | None, *, topic: str = "") -> Proposal:
    """What seems to have become of one promise. `made` is the report it stands in, `after` that of the next year."""
    after = after or Report()
    seen = _seen(promise, made, after, topic)
    if is_promised_again(promise, after.next_action):
        return replace(seen, outcome=Outcome.REPEATED, because=Because.AGAIN)
    return seen


def is_promised_again(promise: str, later: str) -> bool:
    """Whether the same promise stands in a later text, word for word but for how it begins (引き続き)."""
    wanted = _core(promise)
    return bool(wanted) and any(_core(each) == wanted for each in (later, *parts_of(later)))


def _core(text: str) -> str:
    return plain(_END.sub("", _BEGINNING.sub("", text.strip())))


def _seen(promise: str, made: Report, after: Report, topic: str) -> Proposal:
    told = [sentence for text in (after.results, after.remarks) for sentence in parts_of(text)]
    words = words_of(promise, topic=topic)
    if not told:
        return Proposal(Outcome.UNCLEAR, Because.NO_REPORT)
    if sum(len(word.text) for word in words) < LEAST_LETTERS:
        return Proposal(Outcome.UNCLEAR, Because.NO_WORDS)
    done = [each for each in told if not _NOT_DONE.search(each)]
    held = match(words, "\n".join(done))
    best = max(done, key=lambda each: match(words, each).share, default="")
    against = next((each for each in told if each not in done and match(words, each).share >= PARTLY_FROM), "")
    is_full = _ends_well(words, "\n".join(done)) and sum(map(len, held.found)) >= LEAST_LETTERS
    share = held.share if is_full else min(held.share, KEPT_FROM - 0.01)
    outcome, because = _judged(share, made, after, is_denied=bool(against))
    return Proposal(outcome, because, held.found, held.missing, best if held.found else "", against=against)


def _ends_well(words: tuple[Word, ...], text: str) -> bool:
    """A Japanese sentence ends with what is to be done: the last word of the promise must stand there, too."""
    return match(words[-1:], text).share > 0


def _judged(share: float, made: Report, after: Report, *, is_denied: bool) -> tuple[Outcome, Because]:
    """The words found decide; three signs make the program more careful, none makes it bolder."""
    outcome, because = _by(share), Because.WORDS
    if is_denied and outcome != Outcome.KEPT:
        because = Because.NOT_DONE
    elif outcome == Outcome.KEPT and after.status in {"off_track", "not_started"}:
        outcome, because = Outcome.PARTLY, Because.BEHIND
    if outcome != Outcome.DROPPED and made.results and plain(made.results) == plain(after.results):
        return Outcome.UNCLEAR, Because.SAME_REPORT
    return outcome, because


def _by(share: float) -> Outcome:
    if share >= KEPT_FROM:
        return Outcome.KEPT
    return Outcome.PARTLY if share >= PARTLY_FROM else Outcome.DROPPED
