"""Counts behind a title in quotation marks: 「男の市民活動入門」14名. One glued number makes the whole list doubtful."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tomoni.plans.sheet.passing import Passing

_QUOTED = re.compile(
    r"(?:^|(?<=[\s・○、。)①-⑳]))「(?P<label>[^「」]{2,40})」\s?(?P<value>\d{1,3}(?:,\d{3}){1,4}|\d{1,9})(?P<unit>人|名)(?=$|[\s。、・)])"
)
_BEHIND = re.compile(r"」\s?(\d{1,9})(?:人|名)")
_PART = re.compile(r"[①-⑳]$")
GLUED = 100  # 「資金調達力を磨く」215名 is its second session with 15 people: the part has run into the count


def quoted(line: str) -> Iterator[Passing]:
    """The counts of a folded text that stand behind titles; in a doubtful list only those whose part stands inside."""
    found = list(_QUOTED.finditer(line))
    is_doubtful = _is_doubtful([one["label"] for one in found], [int(count) for count in _BEHIND.findall(line)])
    for one in found:
        if not is_doubtful or _PART.search(one["label"]):
            yield Passing(one["label"], one, one.start(), one.end())


def _is_doubtful(titles: Sequence[str], counts: Sequence[int]) -> bool:
    """A title that comes twice had part numbers, and so may have had any large count."""
    bare = [title for title in titles if not _PART.search(title)]
    return len(set(bare)) < len(bare) or any(count >= GLUED for count in counts)
