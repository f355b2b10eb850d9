"""再掲: measures listed a second time, and the measure they point to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tomoni.kernel.japanese import folded, number_as_printed, plain
from tomoni.plans.sheet.document import Measure

_NOTE = re.compile(r"[（(【\[〔]\s*(?:再掲)([^）)】\]〕]*)[）)】\]〕]|再掲\s*[:：]?")
_CODE = re.compile(r"(?:No\.?\s*|番号\s*|→\s*)?([0-9]+(?:[-.][0-9]+)*[①-⑳]?|[①-⑳])")
_TAIL = re.compile(r"([0-9]+(?:-[0-9]+)*)[.\s].*?([①-⑳])\s*$")


def reference(text: str) -> str | None:
    """What a cell that says 再掲 points to: the words inside or after the note ("" when it only says so)."""
    found = _NOTE.search(text)
    if not found:
        return None
    inside = (found[1] or "").strip(" 　:：、")
    return inside or text[found.end() :].strip(" 　:：、")


def without_reference(title: str) -> str:
    return _NOTE.sub("", title).strip() or title


def resolve(measures: Sequence[Measure]) -> None:
    """Turn what each relisted measure points to into the number of that measure, or its code as printed."""
    by_title: dict[str, list[Measure]] = {}
    for measure in measures:
        by_title.setdefault(plain(measure.title), []).append(measure)
    for measure in measures:
        if measure.relisted_of is not None:
            measure.relisted_of = _target(measure, by_title)


def _target(measure: Measure, by_title: dict[str, list[Measure]]) -> str | None:
    told = folded(measure.relisted_of or "")
    if code := _code(told):
        return code
    others = [m for m in by_title.get(plain(measure.title), ()) if m is not measure and m.relisted_of is None]
    if len(others) == 1:
        return others[0].number or others[0].title
    return told or None


def _code(told: str) -> str:
    """ "1-2. 多様な活動につながる情報の提供①" and "No.5" as codes: 1-2①, 5."""
    if tail := _TAIL.match(told.strip()):
        return f"{tail[1]}{tail[2]}"
    found = _CODE.match(told.strip())
    return number_as_printed(found[1]) if found else ""
