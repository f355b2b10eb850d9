"""One check: its number, kind and source, the sentence in general, and how it finds what does not fit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from tomoni.kernel.japanese import plain
from tomoni.kernel.rules import Rule, rule
from tomoni.plans.checking.facts import LineFacts


class Kind(StrEnum):
    """What sort of thing does not fit."""

    MISSING = "missing"
    REPEAT = "repeat"
    PROMISE = "promise"
    CONTRADICTION = "contradiction"
    SUM = "sum"


class Weight(StrEnum):
    """How sure the program is that something must be mended: arithmetic is, likeness of words is not."""

    MEND = "mend"
    ASK = "ask"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words a finding rests on, and where they stand: a field of a year (year 0: the line as a whole)."""

    year: int
    field: str
    words: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a check found in a line: where, the sentence with its words and numbers, and what it rests on."""

    year: int
    field: str
    message: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding as people read it. `advice` says what the officer could do; no rating is ever changed."""

    rule: str
    kind: Kind
    weight: Weight
    year: int
    field: str
    message: str
    advice: str
    evidence: tuple[Evidence, ...]

    @property
    def fingerprint(self) -> str:
        """The same while the words it rests on stay the same; an answer to it counts so long."""
        rests_on = (f"{each.year}:{each.field}:{plain(each.words)}" for each in self.evidence)
        return sha256("\n".join((self.rule, str(self.year), self.field, *rests_on)).encode()).hexdigest()

    @property
    def key(self) -> str:
        """Names this finding among those of its line."""
        return f"{self.rule}.{self.year}.{self.field}.{self.fingerprint[:16]}"


Find = Callable[[LineFacts], Iterable[Found]]


@dataclass(frozen=True, slots=True)
class Check:
    """A numbered check. Its rule stands in the one list of rules and holds for a line in which it finds nothing."""

    rule: Rule
    kind: Kind
    weight: Weight
    advice: str
    find: Find

    def findings(self, line: LineFacts) -> Iterator[Finding]:
        """Everything this check finds in a line, with what could be done about it."""
        for one in self.find(line):
            yield Finding(
                self.rule.code, self.kind, self.weight, one.year, one.field, one.message, self.advice, one.evidence
            )


def check(code: str, kind: Kind, *, cites: str, advice: str, weight: Weight = Weight.ASK) -> Callable[[Find], Check]:
    """Make a numbered check of a function that yields what it finds; its docstring is the sentence in general."""

    def decorate(find: Find) -> Check:
        def holds(line: LineFacts) -> bool:
            return not any(True for _each in find(line))

        holds.__doc__, holds.__module__, holds.__name__ = find.__doc__, find.__module__, find.__name__
        return Check(rule(code, cites=cites)(holds), kind, weight, advice, find)

    return decorate
