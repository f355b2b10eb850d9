"""Rows of a table are put beside what we hold: new, the same, changed, or unsure. Near twins are never merged here."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from rapidfuzz import fuzz, process

from tomoni.kernel.japanese import plain


class Match(StrEnum):
    """How a row stands to what we hold."""

    NEW = "new"
    SAME = "same"
    CHANGED = "changed"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Known:
    """Something we hold: its number, the name it goes by, other names it is known under, and its values."""

    id: Hashable
    name: str
    values: Mapping[str, str] = field(default_factory=dict)
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Aligned:
    """A row and its match. `known` is set for same and changed; `candidates` (best first) for unsure."""

    row: Mapping[str, str]
    match: Match
    known: Hashable = None
    candidates: tuple[Hashable, ...] = ()
    changed: tuple[str, ...] = ()
    reason: str = ""


def align(rows: Iterable[Mapping[str, str]], held: Iterable[Known], *, key: str, close: float = 0.85) -> list[Aligned]:
    """Put every row beside what we hold, by the name under `key`; `close` is how alike (0 to 1) a near twin is.

    A person decides what is unsure: near twins, names held twice, names twice in the file, rows without a name.
    """
    rows = list(rows)
    index = Index(held, close)
    names = [plain(row.get(key, "")) for row in rows]
    times = Counter(names)
    return [
        _unsure(row, name, times[name], index) or _settled(row, index.called(name), key)
        for row, name in zip(rows, names, strict=True)
    ]


class Index:
    """What we hold, to be found by exact and by similar names."""

    def __init__(self, held: Iterable[Known], close: float) -> None:
        self._close = close
        self._by_name: dict[str, list[Known]] = defaultdict(list)
        for known in held:
            for name in dict.fromkeys(plain(name) for name in (known.name, *known.also)):
                self._by_name[name].append(known)
        self._names = list(self._by_name)

    def called(self, name: str) -> list[Known]:
        """All that go by exactly this name."""
        return self._by_name.get(name, [])

    def near(self, name: str) -> tuple[Hashable, ...]:
        """The numbers of those whose name is at least so alike, best first."""
        found = process.extract(name, self._names, scorer=fuzz.ratio, score_cutoff=self._close * 100, limit=5)
        return tuple(dict.fromkeys(known.id for like, _, _ in found for known in self._by_name[like]))


def _unsure(row: Mapping[str, str], name: str, times: int, index: Index) -> Aligned | None:
    """Why a person must decide; None when what we hold settles it."""
    if not name:
        return Aligned(row, Match.UNSURE, reason="名前がありません")
    exact = tuple(known.id for known in index.called(name))
    if times > 1:
        return Aligned(row, Match.UNSURE, candidates=exact, reason="同じ名前の行がファイルの中にいくつもあります")
    if len(exact) > 1:
        return Aligned(row, Match.UNSURE, candidates=exact, reason="同じ名前のものがいくつも登録されています")
    if not exact and (near := index.near(name)):
        return Aligned(row, Match.UNSURE, candidates=near, reason="名前がよく似ています")
    return None


def _settled(row: Mapping[str, str], exact: list[Known], key: str) -> Aligned:
    """New, or the same thing with or without changes; how its name is spelled is no change."""
    if not exact:
        return Aligned(row, Match.NEW)
    known = exact[0]
    changed = tuple(
        name for name, text in row.items() if name != key and plain(text) != plain(known.values.get(name, ""))
    )
    return Aligned(row, Match.CHANGED if changed else Match.SAME, known.id, changed=changed)
