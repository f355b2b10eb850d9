"""What changed between two rulebooks: two versions of one city, or two cities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal, TypeGuard

from tomoni.rulebooks.schema import Rulebook

Kind = Literal["added", "removed", "moved", "reworded"]
KINDS: Mapping[Kind, str] = {"added": "追加", "removed": "削除", "moved": "移動", "reworded": "書き換え"}


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that reads differently; None where it was or is absent."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Change:
    """One entry that was added, removed, moved to another place in its list, or reworded.

    `section` is the path of the list (`forms`, `checklists.planning.items`), `key` the entry in it. Places count from
    1; `before` and `after` are the labels, or the places of a moved entry.
    """

    kind: Kind
    section: str
    key: str
    label: str
    before: str = ""
    after: str = ""
    differences: tuple[Difference, ...] = ()


def compare(old: Rulebook, new: Rulebook) -> list[Change]:
    """Every change from the old rulebook to the new, in the order of the new one; empty when they say the same."""
    return list(_mappings("", old.model_dump(mode="json"), new.model_dump(mode="json")))


def _mappings(section: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    """Changes inside two mappings: lists of entries and mappings are entered, all else is compared as it stands."""
    for key in [*new, *(gone for gone in old if gone not in new)]:
        before, after = old.get(key), new.get(key)
        path = f"{section}.{key}" if section else key
        if _is_list(before) and _is_list(after):
            yield from _lists(path, before, after)
        elif isinstance(before, dict) and isinstance(after, dict):
            yield from _mappings(path, before, after)
        elif before != after:
            yield Change("reworded", section, key, key, differences=(Difference(key, before, after),))


def _lists(section: str, old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]) -> Iterator[Change]:
    """Changes between two lists of entries that carry keys."""
    was = {entry["key"]: entry for entry in old}
    now = {entry["key"]: entry for entry in new}
    stayed = _stayed([key for key in was if key in now], [key for key in now if key in was])
    for key, entry in now.items():
        if key not in was:
            yield Change("added", section, key, entry["label"], after=entry["label"])
            continue
        if key not in stayed:
            before, after = list(was).index(key) + 1, list(now).index(key) + 1
            yield Change("moved", section, key, entry["label"], str(before), str(after))
        yield from _entries(section, was[key], entry)
    for key, entry in was.items():
        if key not in now:
            yield Change("removed", section, key, entry["label"], before=entry["label"])


def _entries(section: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    """One change for all fields of an entry that read differently; the lists inside it are entered."""
    inner = [field for field in new if _is_list(old[field]) and _is_list(new[field]) and (old[field] or new[field])]
    plain = [field for field in new if field not in inner and old[field] != new[field]]
    if plain:
        differences = tuple(Difference(field, old[field], new[field]) for field in plain)
        yield Change("reworded", section, new["key"], new["label"], old["label"], new["label"], differences)
    for field in inner:
        yield from _lists(f"{section}.{new['key']}.{field}", old[field], new[field])


def _is_list(value: Any) -> TypeGuard[list[Mapping[str, Any]]]:
    """True for a list of entries that carry keys, and for an empty list."""
    return isinstance(value, list) and all(isinstance(entry, dict) and "key" in entry for entry in value)


def _stayed(old: Sequence[str], new: Sequence[str]) -> set[str]:
    """Keys that kept their order; the fewest others are called moved."""
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return {key for block in blocks for key in old[block.a : block.a + block.size]}
