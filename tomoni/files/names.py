"""Names of uploaded files made harmless: no folders, no control or direction characters, a length that fits."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath

LONGEST = 120
_FORBIDDEN = '\\/:*?"<>|'


def harmless(name: str) -> str:
    """The name as people may see it and keep it: the last part of a path, without anything that could mislead.

    Characters that control (line ends) or turn the direction of writing (so that `exe.xlsx` seems to end otherwise)
    are dropped; those that file systems forbid become a low line; the ending survives the cutting.
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join("_" if c in _FORBIDDEN else c for c in last if unicodedata.category(c)[0] != "C")
    kept = kept.strip().lstrip(".").strip()
    if not kept:
        return "file"
    ending = PurePosixPath(kept).suffix[:12]
    stem = kept.removesuffix(ending) if ending else kept
    return stem[: LONGEST - len(ending)] + ending
