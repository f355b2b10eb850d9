"""`tomoni sheet`: read and check a municipal progress sheet of any kind, as JSON or in words for people."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from tomoni.cli import sheet_write
from tomoni.cli.refusal import Unusable
from tomoni.imports.reading.read import Unreadable, read, refuse_large
from tomoni.plans.sheet.document import Document, NotAPlan
from tomoni.plans.sheet.reading import Reading
from tomoni.plans.sheet.recognise import recognise

if TYPE_CHECKING:
    from argparse import _SubParsersAction

LABELS = {
    "on_track": "計画どおり",
    "off_track": "遅れ",
    "done": "完了",
    "changed": "変更",
    "not_started": "未着手",
    None: "判断できず",
}
KINDS = {
    "sum": "計算が合わない",
    "contradiction": "進捗状況と合わない",
    "promise": "前の年の約束が見えない",
    "missing": "書かれていない",
    "repeat": "前の年と同じ",
    "reading": "読み取りの確かめ",
}
SHOWN = 12


def add_parser(subparsers: _SubParsersAction[ArgumentParser]) -> None:
    """Add `sheet` with its commands; each sets `run`, which takes the arguments and gives the exit code."""
    commands = subparsers.add_parser("sheet", help="進行管理シートを読む").add_subparsers(required=True, metavar="命令")
    reads = commands.add_parser("read", help="シートを読み、何をどう読んだかを示す")
    reads.add_argument("file", metavar="FILE", type=Path, help="xlsx, xls, ods, csv, tsv, html, pdf")
    reads.add_argument("--json", action="store_true", help="JSON（tomoni-sheet/1）で出す")
    reads.add_argument("--rulebook", metavar="CITY_OR_FILE", help="言葉の読み方を補うルールブック")
    reads.set_defaults(run=run_read)
    sheet_write.add_parser(commands)
    checks = commands.add_parser("check", help="シートを点検し、つじつまの合わないところを示す")
    checks.add_argument("file", metavar="FILE", type=Path, help="xlsx, xls, ods, csv, tsv, html, pdf")
    checks.add_argument("--json", action="store_true", help="JSON（findings の一覧）で出す")
    checks.add_argument("--rulebook", metavar="CITY_OR_FILE", help="言葉の読み方を補うルールブック")
    checks.set_defaults(run=run_check)


def run_check(args: Namespace) -> int:
    """Print what a person should look at in the file. Raises Unusable when it cannot be read or is no plan."""
    document = _document(args)
    if args.json:
        found = [finding.as_json() for finding in document.findings]
        print(json.dumps({"findings": found}, ensure_ascii=False))
    else:
        print(report(document))
    return 0


def _document(args: Namespace) -> Document:
    try:
        return recognise(read(_bytes(args.file), name=args.file.name), _reading(args.rulebook))
    except (Unreadable, NotAPlan) as refusal:
        raise Unusable(str(refusal)) from refusal


def run_read(args: Namespace) -> int:
    """Print what the file says. Raises Unusable when it cannot be read or is no plan."""
    document = _document(args)
    if args.json:
        print(json.dumps(document.as_json(), ensure_ascii=False))
    else:
        print(summary(document))
    return 0


def _bytes(path: Path) -> bytes:
    try:
        refuse_large(path.stat().st_size)
        return path.read_bytes()
    except FileNotFoundError as missing:
        raise Unusable(f"ファイルが見つかりません: {path}") from missing
    except OSError as closed:
        raise Unusable(f"ファイルを開けません: {path}") from closed


def _reading(rulebook: str | None) -> Reading:
    """What the rulebook says about how this city's sheets are written; nothing without a rulebook."""
    if not rulebook:
        return Reading()
    # Rulebooks need the whole schema; a sheet is read without waiting for it.
    from tomoni.plans.importing.spellings import reading_of
    from tomoni.rulebooks.loading import RulebookError, load, load_city

    try:
        return reading_of(load(Path(rulebook)) if Path(rulebook).is_file() else load_city(rulebook))
    except RulebookError as error:
        raise Unusable(f"ルールブックを読めません: {error}") from error


def report(document: Document) -> str:
    """For people: how many findings of each kind, then all of them, sorted by kind."""
    by_kind = {kind: [one for one in document.findings if one.kind == kind] for kind in KINDS}
    counts = "、".join(f"{KINDS[kind]} {len(found)}" for kind, found in by_kind.items() if found)
    lines = [f"点検: {len(document.findings)}件（{counts}）" if counts else "点検: 気づいたことはありません"]
    for kind, found in by_kind.items():
        if found:
            lines += ["", f"■ {KINDS[kind]}", *(f"・{one.message} [{one.rule}]" for one in found)]
    return "\n".join(lines)


def summary(document: Document) -> str:
    """A page for people: what was found, what stays open, what to look at."""
    entries = [(m, line, y) for m in document.measures for line in m.lines for y in line.years.values()]
    states = Counter(entry.status for _, _, entry in entries)
    levels = Counter(node.level for node in document.nodes)
    places = Counter(_kind(target) for target in document.cells.values())
    lines = [
        f"計画: {document.title or '（題名が見つかりません）'}",
        f"年度: {'、'.join(map(str, document.years)) or '（年度が見つかりません）'}",
        f"見出し: {'、'.join(f'{name} {n}' for name, n in levels.items()) or 'なし'}",
        f"施策: {len(document.measures)}（行 {sum(len(m.lines) for m in document.measures)}）",
        f"進捗: {'、'.join(f'{LABELS[s]} {n}' for s, n in states.most_common())}",
        f"数値: {len(document.numbers)}、読み替え: {len(document.corrections)}",
        f"セル: {'、'.join(f'{name} {n}' for name, n in places.most_common())}",
    ]
    lines += [f"・{finding.message}" for finding in document.findings[:SHOWN]]
    if (more := len(document.findings) - SHOWN) > 0:
        lines.append(f"・ほかに {more} 件あります（--json で全部を見られます）")
    return "\n".join(lines)


def _kind(target: str | list[str]) -> str:
    names = {"header": "見出し行", "furniture": "飾り", "unplaced": "置けなかった"}
    return names.get(target, "読めた") if isinstance(target, str) else "読めた"
