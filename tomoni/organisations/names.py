"""Names of groups beside each other: whoever writes くらぶ for クラブ or leaves NPO法人 out may mean the same group. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from tomoni.imports.align import Aligned, Known, Match, align
from tomoni.kernel.japanese import search_key

# Words for the kind of body, which people write, shorten or leave out.
_BODY = re.compile(
    r"(?:認定)?(?:特定非営利活動法人|npo法人)|(?:一般|公益)?(?:社団|財団)法人|社会福祉法人|学校法人|"
    r"株式会社|有限会社|合同会社|\((?:株|有|特非|一社|公社)\)"
)
_MARKS = re.compile(r"[^\w]|_")


def bare(name: str) -> str:
    """A name without the word for its kind of body, without marks, in one kana: "NPO法人 みどりクラブ" -> みどりくらぶ."""
    key = search_key(name)
    return _MARKS.sub("", _BODY.sub("", key)) or key


def beside(rows: Sequence[Mapping[str, str]], held: Iterable[Known]) -> list[Aligned]:
    """Every row beside what we hold, by name. A name that is new as written but not when bare is for a person to decide."""
    held = list(held)
    matches = align(rows, held, key="name")
    new = [place for place, match in enumerate(matches) if match.match == Match.NEW]
    stripped = [Known(known.id, bare(known.name), also=tuple(map(bare, known.also))) for known in held]
    again = align([{"name": bare(rows[place]["name"])} for place in new], stripped, key="name")
    for place, second in zip(new, again, strict=True):
        candidates = second.candidates or ((second.known,) if second.known is not None else ())
        if second.match != Match.NEW:
            reason = second.reason or "名前がよく似ています"
            matches[place] = replace(matches[place], match=Match.UNSURE, candidates=candidates, reason=reason)
    return matches
