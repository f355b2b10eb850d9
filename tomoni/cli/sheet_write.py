"""`tomoni sheet write`: a document as `sheet read --json` prints it, written as a spreadsheet in a city's layout."""

from __future__ import annotations

import hashlib
import json
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tomoni.cli.refusal import Unusable
from tomoni.plans.sheet.document import Document

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from tomoni.plans.writing.layout import Layout


def add_parser(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Add `write` beside `read`."""
    writes = commands.add_parser("write", help="シートの JSON を、印刷できる表計算のファイルにする")
    writes.add_argument("file", metavar="FILE.json", help="tomoni sheet read --json が出したもの")
    writes.add_argument("to", metavar="OUT.xlsx", type=Path, nargs="?", help="書き出す先")
    writes.add_argument("-o", "--output", metavar="OUT.xlsx", type=Path, help="書き出す先（同じ）")
    writes.add_argument("--rulebook", metavar="CITY_OR_FILE", help="欄の名前と言葉を決めるルールブック")
    writes.add_argument("--json", action="store_true", help="書き出したものを JSON で示す")
    writes.set_defaults(run=run_write)


def run_write(args: Namespace) -> int:
    """Write the file. Raises Unusable, and writes nothing, when the document cannot be held whole."""
    # The schema and the workbook library are loaded only here: reading a sheet does not wait for them.
    from tomoni.cli.given import read_json
    from tomoni.cli.sheet_given import GivenSheet
    from tomoni.plans.writing.checking import CannotWrite
    from tomoni.plans.writing.workbook import write

    target: Path | None = args.output or args.to
    if target is None:
        raise Unusable("書き出す先がありません。「-o 書き出す先.xlsx」を付けてください。")
    document = read_json(args.file, GivenSheet).made()
    try:
        made = write(document, _layout(args.rulebook))
    except CannotWrite as refusal:
        raise Unusable(f"{Path(args.file).name}: {refusal}") from refusal
    try:
        target.write_bytes(made)
    except OSError as closed:
        raise Unusable(f"{target}: 書き出せません。フォルダーがあるか、書き込めるかを確かめてください。") from closed
    told = written(document, target, made)
    print(json.dumps(told, ensure_ascii=False) if args.json else summary(told))
    return 0


def _layout(rulebook: str | None) -> Layout:
    from tomoni.plans.writing.layout import Layout, layout_of
    from tomoni.rulebooks.loading import RulebookError, load, load_city

    if not rulebook:
        return Layout()
    try:
        return layout_of(load(Path(rulebook)) if Path(rulebook).is_file() else load_city(rulebook))
    except RulebookError as error:
        raise Unusable(f"ルールブックを読めません: {error}") from error


def written(document: Document, path: Path, made: bytes) -> dict[str, Any]:
    """What was written, for programs."""
    return {
        "format": "tomoni-written/1",
        "path": str(path),
        "sha256": hashlib.sha256(made).hexdigest(),
        "size": len(made),
        "title": document.title,
        "years": document.years,
        "nodes": len(document.nodes),
        "measures": len(document.measures),
        "lines": sum(len(measure.lines) for measure in document.measures),
        "numbers": len(document.numbers),
    }


def summary(told: dict[str, Any]) -> str:
    """What was written, for people."""
    return (
        f"{told['path']} に書き出しました。"
        f"見出し {told['nodes']}、施策 {told['measures']}（行 {told['lines']}）、数値 {told['numbers']}。"
    )
