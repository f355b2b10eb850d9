"""Some formats are read in a process of their own, with an end to its time and memory: the worker lives on whatever
happens there. The answer comes back as JSON."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

from tomoni.imports.reading.draft import Draft, DraftSheet
from tomoni.imports.reading.limits import MAX_MEMORY, MAX_SECONDS, Unreadable


def read_apart(kind: str, data: bytes, *, seconds: int = MAX_SECONDS) -> Draft:
    """Read an xls or pdf in a child process. Raises Unreadable with what the child refused, or when it ended badly."""
    command = [sys.executable, "-m", "tomoni.imports.reading.apart", kind, str(seconds)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    try:
        done = subprocess.run(  # noqa: S603 (our own module; `kind` is one of two words of ours)
            command, input=data, capture_output=True, timeout=seconds + 5, env=environment, check=False
        )
    except subprocess.TimeoutExpired as problem:
        raise _exhausted() from problem
    if done.returncode:
        raise _exhausted()
    return unpack(json.loads(done.stdout))


def answer(kind: str, data: bytes) -> dict[str, Any]:
    """What the child says: the sheets and notes, or the refusal."""
    try:
        draft = _reader(kind)(data)
    except Unreadable as refusal:
        return {"refusal": str(refusal)}
    sheets = [
        {"name": s.name, "cells": [[*at, text] for at, text in s.cells.items()], "merged": s.merged}
        for s in draft.sheets
    ]
    return {"kind": draft.kind, "notes": draft.notes, "was_cleaned": draft.was_cleaned, "sheets": sheets}


def unpack(said: dict[str, Any]) -> Draft:
    """The draft that the child had. Raises Unreadable with the child's own sentence when it refused."""
    if "refusal" in said:
        raise Unreadable(said["refusal"])
    draft = Draft(said["kind"], notes=said["notes"], was_cleaned=said["was_cleaned"])
    for sheet in said["sheets"]:
        cells = {(row, column): text for row, column, text in sheet["cells"]}
        draft.sheets.append(DraftSheet(sheet["name"], draft, cells, [tuple(box) for box in sheet["merged"]]))
    return draft


def _reader(kind: str) -> Callable[[bytes], Draft]:
    """The readers are imported here, in the child, because the parent never needs their libraries."""
    if kind == "xls":
        from tomoni.imports.reading.biff import read_biff

        return read_biff
    from tomoni.imports.reading.documents import read_pdf

    return read_pdf


def _exhausted() -> Unreadable:
    return Unreadable(
        "決められた時間とメモリーの中で読み終わりませんでした。壊れているか、大きすぎます。"
        "必要な部分だけを、xlsxかCSVで保存し直してください。"
    )


def _main() -> None:  # pragma: no cover (runs in the child, where nothing measures)
    import resource

    kind, seconds = sys.argv[1], int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    json.dump(answer(kind, sys.stdin.buffer.read()), sys.stdout, ensure_ascii=True)


if __name__ == "__main__":  # pragma: no cover (as above)
    _main()
