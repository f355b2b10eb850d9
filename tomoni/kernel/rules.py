"""Numbered rules: a pure function that is true of a good thing, with its source and the sentence we tell people."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `message` is its docstring: what is wrong when the rule is broken, and what to do."""

    code: str
    cites: str
    where: str
    message: str
    holds: Callable[[Any], bool]
    home: str

    def __call__(self, facts: Any) -> bool:
        return self.holds(facts)


@dataclass(frozen=True, slots=True)
class Finding:
    """A broken rule: its number, the sentence, and the field or place to mend ("" for the whole)."""

    rule: str
    message: str
    where: str = ""


REGISTRY: dict[str, Rule] = {}


def rule(code: str, *, cites: str, where: str = "") -> Callable[[Callable[[Any], bool]], Rule]:
    """Make a numbered rule of a function. A number is used once, and a rule without a sentence is refused."""

    def decorate(holds: Callable[[Any], bool]) -> Rule:
        message = (holds.__doc__ or "").strip()
        if not message:
            raise ValueError(f"{code} has no sentence")
        made = Rule(code, cites, where, message, holds, f"{holds.__module__}.{holds.__name__}")
        if code in REGISTRY and REGISTRY[code].home != made.home:
            raise ValueError(f"{code} is already {REGISTRY[code].home}")
        REGISTRY[code] = made
        return made

    return decorate


def broken(rules: Iterable[Rule], facts: Any) -> list[Finding]:
    """Ask all rules; every one that does not hold becomes a finding."""
    return [Finding(each.code, each.message, each.where) for each in rules if not each(facts)]
