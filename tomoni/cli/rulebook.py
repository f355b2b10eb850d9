"""`tomoni rulebook`: check a file, show a city's rulebook, and say what changed between two."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tomoni.cli.refusal import Unusable
from tomoni.rulebooks.compare import KINDS, Change, compare
from tomoni.rulebooks.loading import RulebookError, load, load_city
from tomoni.rulebooks.schema import Entry, Rulebook

if TYPE_CHECKING:
    from argparse import _SubParsersAction

LISTS = {
    "principles": "原則",
    "party_kinds": "主体",
    "capabilities": "中間支援の機能",
    "forms": "形態",
    "zones": "領域",
    "suitability": "適性の検証",
    "checklists": "チェックリスト",
    "stages": "活動のステージ",
    "progress_scale": "進捗の段階",
}


def add_parser(subparsers: _SubParsersAction[ArgumentParser]) -> None:
    """Add `rulebook` with its three commands; each sets `run`, which takes the arguments and gives the exit code."""
    commands = subparsers.add_parser("rulebook", help="ルールブックを確かめる・見る・比べる").add_subparsers(
        required=True, metavar="命令"
    )
    checks = commands.add_parser("check", help="ファイルを確かめ、直す所をすべて示す")
    checks.add_argument("file", metavar="FILE", type=Path)
    shows = commands.add_parser("show", help="自治体のルールブックを見る")
    shows.add_argument("city", metavar="CITY", help="自治体か、自治体@版か、ファイル")
    diffs = commands.add_parser("diff", help="2つのルールブックを比べる")
    diffs.add_argument("old", metavar="A", help="自治体かファイル")
    diffs.add_argument("new", metavar="B", help="自治体かファイル")
    for parser, run in ((checks, check), (shows, show), (diffs, diff)):
        parser.add_argument("--json", action="store_true", help="JSON で出す")
        parser.set_defaults(run=run)


def check(args: Namespace) -> int:
    """Check one file. 0 when it can be used, 1 when not; every mistake is named with its path."""
    try:
        book, problems = load(args.file), []
    except RulebookError as error:
        book, problems = None, [asdict(problem) for problem in error.problems]
    if args.json:
        _print_json({"file": str(args.file), "ok": book is not None, "problems": problems})
    elif book is not None:
        print(f"{args.file}: 使えます。{book.city.name} {book.number} 版（{_counts(book)}）")
    else:
        print(f"{args.file}: {len(problems)}か所を直してください。")
        for problem in problems:
            print(f"  {problem['path']}: {problem['message']}" if problem["path"] else f"  {problem['message']}")
    return 0 if book is not None else 1


def show(args: Namespace) -> int:
    """Print a rulebook: as JSON whole, else its lists. Unusable when there is none."""
    book = _find(args.city)
    if args.json:
        _print_json(book.model_dump(mode="json"))
        return 0
    print(f"{book.city.name} {book.source.title}（{book.number} 版）")
    for name, label in LISTS.items():
        entries: Sequence[Entry] = getattr(book, name)
        print(f"\n{label}（{len(entries)}）")
        for entry in entries:
            print(f"  {entry.label}  〔{entry.cites}〕")
    return 0


def diff(args: Namespace) -> int:
    """Print what changed from A to B. 0 whether or not anything did; Unusable when one cannot be read."""
    changes = compare(_find(args.old), _find(args.new))
    if args.json:
        _print_json([asdict(change) for change in changes])
        return 0
    for change in changes:
        print(_line(change))
    print(f"{len(changes)}件の違いがあります。" if changes else "違いはありません。")
    return 0


def _find(name: str) -> Rulebook:
    """A file when it looks like one, else a city, with its version behind `@`."""
    slug, _, number = name.partition("@")
    try:
        return load(name) if name.endswith((".yaml", ".yml")) else load_city(slug, number or None)
    except RulebookError as error:
        raise Unusable(str(error)) from None


def _line(change: Change) -> str:
    where = f"{KINDS[change.kind]} {change.section}.{change.key}".replace(" .", " ")
    if change.kind == "moved":
        return f"{where}: {change.label}（{change.before}番目から{change.after}番目へ）"
    if change.kind == "reworded":
        return f"{where}: {'、'.join(one.field for one in change.differences)}"
    return f"{where}: {change.label}"


def _counts(book: Rulebook) -> str:
    return "、".join(f"{label}{len(getattr(book, name))}" for name, label in LISTS.items())


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))
