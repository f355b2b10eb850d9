"""`tomoni evaluation compare`: two sides' answers beside each other."""

from __future__ import annotations

import argparse
import json
from typing import Any

from tomoni.cli.given import Given, read_json
from tomoni.cli.refusal import Unusable
from tomoni.evaluations.compare import Answer, BadAnswers, Comparison, Item, Sheet, Side, compare

SIDES = {Side.CIVIC: "団体", Side.CITY: "市"}


class _Scale(Given):
    min: float
    max: float


class _Item(Given):
    key: str
    label: str = ""


class _Answer(Given):
    mark: float | None = None
    reason: str | None = ""


class _Both(Given):
    civic: dict[str, _Answer] = {}
    city: dict[str, _Answer] = {}


class Question(Given):
    """The input file."""

    scale: _Scale
    items: list[_Item]
    answers: _Both
    talk_from: float
    reason_below: float


def add_parser(groups: Any) -> None:
    """Add `evaluation compare` to the command line."""
    group = groups.add_parser("evaluation", help="相互評価")
    verbs = group.add_subparsers(dest="verb", required=True)
    verb = verbs.add_parser("compare", help="双方の評価をくらべる")
    verb.add_argument("file", metavar="FILE", help="双方の答えを書いた JSON ファイル")
    verb.add_argument("--json", action="store_true", help="JSON で出す")
    verb.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the comparison; Unusable when the file does not fit."""
    given = read_json(options.file, Question)
    if given.scale.min > given.scale.max:
        raise Unusable("scale: min は max 以下にしてください。")
    if len({item.key for item in given.items}) < len(given.items):
        raise Unusable("items: 同じ key が2回あります。")
    sheet = Sheet(
        items=tuple(Item(item.key, item.label) for item in given.items),
        lowest=given.scale.min,
        highest=given.scale.max,
        talk_from=given.talk_from,
        reason_below=given.reason_below,
    )
    answers = {
        side: {key: Answer(one.mark, one.reason or "") for key, one in getattr(given.answers, side).items()}
        for side in Side
    }
    try:
        compared = compare(sheet, answers)
    except BadAnswers as problem:
        raise Unusable(str(problem)) from problem
    print(json.dumps(as_json(compared), ensure_ascii=False) if options.json else as_text(sheet, compared))
    return 0


def plain_number(value: float | None) -> float | int | None:
    """3.0 as 3: marks are whole numbers to most people."""
    return int(value) if value is not None and value == int(value) else value


def as_json(compared: Comparison) -> dict[str, Any]:
    """The stable output form."""
    return {
        "items": [
            {
                "key": one.key,
                "civic": plain_number(one.civic),
                "city": plain_number(one.city),
                "gap": plain_number(one.gap),
                "talk": one.talk,
            }
            for one in compared.items
        ],
        "agenda": list(compared.agenda),
        "missing_reasons": [{"side": side.value, "key": key} for side, key in compared.missing_reasons],
        "unanswered": [{"side": side.value, "key": key} for side, key in compared.unanswered],
    }


def as_text(sheet: Sheet, compared: Comparison) -> str:
    """The same for reading."""
    labels = {item.key: item.label or item.key for item in sheet.items}
    lines = [f"{labels[c.key]}: 団体 {_mark(c.civic)} 市 {_mark(c.city)} 差 {_mark(c.gap)}" for c in compared.items]
    lines.append("話し合う項目: " + ("、".join(labels[key] for key in compared.agenda) or "なし"))
    lines += [f"理由がありません: {SIDES[side]} {labels[key]}" for side, key in compared.missing_reasons]
    lines += [f"未記入: {SIDES[side]} {labels[key]}" for side, key in compared.unanswered]
    return "\n".join(lines)


def _mark(value: float | None) -> str:
    return "－" if value is None else f"{value:g}"
