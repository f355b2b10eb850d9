"""Which heading, measure and line of the file is which of the plan. A near-twin is never merged by the machine."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from tomoni.kernel.japanese import plain

CLOSE = 0.85  # titles this near may be one measure: a person says
ALIKE = 0.6  # with the same number, a title this near is the same measure, reworded

Key = Callable[["Named"], Hashable]


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a number and a title under something else; `id` is its index in the file or its row's number."""

    id: int
    above: Hashable
    number: str
    title: str
    kind: str = ""  # the level of a heading; "relisted" or "" of a measure
    former: tuple[tuple[str, str], ...] = ()  # numbers and titles it had before, or that went into it
    until: int | None = None  # of the plan: the last year it is carried out; of the file: the last year it tells of

    def was(self, number: str, title: str) -> bool:
        """Was this once called so? Its number alone is enough: sheets are copied from the year before."""
        return any(
            plain(title) == plain(old_title) or (number and plain(number) == plain(old_number))
            for old_number, old_title in self.former
        )


@dataclass(slots=True)
class Matching:
    """File index -> row number; and for what is unsure, the rows it might be."""

    same: dict[int, int] = field(default_factory=dict)
    unsure: dict[int, tuple[int, ...]] = field(default_factory=dict)


def likeness(one: str, two: str) -> float:
    """0 to 1: how alike two titles are, blanks and widths aside."""
    return float(fuzz.ratio(plain(one), plain(two))) / 100


def match_measures(asked: Sequence[Named], known: Sequence[Named], answers: Mapping[int, int]) -> Matching:
    """From the strictest key to the loosest; `answers` of people (0 for a new measure) come before all."""
    there = {one.id for one in known}
    told = {index: pk for index, pk in answers.items() if pk in there}
    matching = Matching(same=dict(told))
    new = {index for index, pk in answers.items() if pk == 0}
    asked = [one for one in asked if one.id not in new]
    _pair(matching, asked, known, lambda n: (n.kind, n.above, plain(n.number), plain(n.title)), in_order=True)
    _pair(matching, asked, known, lambda n: (n.kind, plain(n.number), plain(n.title)))
    _pair(matching, asked, known, lambda n: (n.kind, n.above, plain(n.title)))
    _pair(matching, asked, known, lambda n: n.number and (n.kind, plain(n.number)), alike=ALIKE)
    _doubt_old_names(matching, asked, {one.id: one for one in known}, told)
    _doubt(matching, asked, known)
    return matching


def match_headings(asked: Sequence[Named], known: Sequence[Named]) -> dict[int, int]:
    """The headings under one heading of the plan: by level, number and title, then by level and number if alike."""
    matching = Matching()
    _pair(matching, asked, known, lambda n: (n.kind, plain(n.number), plain(n.title)), in_order=True)
    _pair(matching, asked, known, lambda n: n.number and (n.kind, plain(n.number)), alike=ALIKE)
    _pair(matching, asked, known, lambda n: (n.kind, plain(n.title)))
    return matching.same


def match_lines(asked: Sequence[frozenset[Hashable]], known: Mapping[int, frozenset[Hashable]]) -> dict[int, int]:
    """The rows of a measure: by their lead departments; a single row stays the same row when its department changed."""
    free = dict(known)
    same: dict[int, int] = {}

    def take(fits: Callable[[frozenset[Hashable], frozenset[Hashable]], bool]) -> None:
        for index, leads in enumerate(asked):
            found = [pk for pk, held in free.items() if fits(leads, held)] if index not in same else []
            if found:
                same[index] = found[0]
                del free[found[0]]

    take(lambda one, two: one == two)
    take(lambda one, two: bool(one & two))
    if len(asked) == len(known) == 1 or not any(asked):
        take(lambda _one, _two: True)
    return same


def _pair(
    matching: Matching,
    asked: Iterable[Named],
    known: Iterable[Named],
    key: Key,
    *,
    in_order: bool = False,
    alike: float = 0.0,
) -> None:
    """Pair what has the same key: one with one, or in their order where the key is everything we know."""
    left, right = _by_key(asked, key, matching.same), _by_key(known, key, matching.same.values())
    for found, mine in left.items():
        theirs = right.get(found, [])
        if (not in_order and (len(mine), len(theirs)) != (1, 1)) or not theirs:
            continue
        for one, two in zip(mine, theirs, strict=False):
            if likeness(one.title, two.title) >= alike:
                matching.same[one.id] = two.id


def _by_key(named: Iterable[Named], key: Key, taken: Iterable[int]) -> dict[Hashable, list[Named]]:
    gone = set(taken)
    found: dict[Hashable, list[Named]] = defaultdict(list)
    for one in named:
        if one.id not in gone and (made := key(one)):
            found[made].append(one)
    return found


def _doubt_old_names(
    matching: Matching, asked: Sequence[Named], known: Mapping[int, Named], told: Mapping[int, int]
) -> None:
    """What is called as before a revision, or tells of years after its end, may be another one by now: a person says."""
    for one in asked:
        found = known.get(matching.same.get(one.id, 0))
        if one.id in told or found is None:
            continue
        same_number = plain(one.number) == plain(found.number) or not one.number
        has_old_name = not (same_number and plain(one.title) == plain(found.title)) and found.was(one.number, one.title)
        goes_on = one.until is not None and found.until is not None and one.until > found.until
        if has_old_name or goes_on:
            del matching.same[one.id]


def _doubt(matching: Matching, asked: Sequence[Named], known: Sequence[Named]) -> None:
    gone = set(matching.same.values())
    free = [one for one in known if one.id not in gone]
    for one in asked:
        if one.id in matching.same:
            continue
        near = [two.id for two in free if two.kind == one.kind and _might_be(one, two)]
        # Two old measures may have become one, so what was found already is still a candidate.
        near += [two.id for two in known if two.kind == one.kind and two.was(one.number, one.title)]
        near = list(dict.fromkeys(near))
        if near:
            matching.unsure[one.id] = tuple(near)


def _might_be(one: Named, two: Named) -> bool:
    same_number = bool(one.number) and plain(one.number) == plain(two.number) and one.above == two.above
    return same_number or likeness(one.title, two.title) >= CLOSE
