"""`tomoni screening tally`: marks of screeners become results that anybody can recompute."""

from __future__ import annotations

import argparse
import json
import math
from fractions import Fraction
from typing import Any, Literal

from pydantic import Field

from tomoni.cli.given import Given, read_json
from tomoni.cli.refusal import Unusable
from tomoni.proposals.tally import Criterion, Group, Mark, Result, Tally, TallyRule, shown, tally


class _Criterion(Given):
    key: str
    label: str = ""
    max: float
    weight: float = 1
    floor: float | None = None


class _Pass(Given):
    percent: float


class _Group(Given):
    key: str
    share: float


class _Rule(Given):
    criteria: list[_Criterion]
    passing: _Pass = Field(alias="pass")  # "pass" is a word of Python
    conflict: Literal["exclude", "mean"] = "exclude"
    groups: list[_Group] | None = None
    ties: str = "open"


class _Proposal(Given):
    id: str
    title: str = ""


class _Mark(Given):
    screener: str
    group: str | None = None
    proposal: str
    points: dict[str, float | None] = {}
    conflict: bool = False


class Question(Given):
    """The input file."""

    rule: _Rule
    proposals: list[_Proposal]
    marks: list[_Mark]


def add_parser(groups: Any) -> None:
    """Add `screening tally` to the command line."""
    group = groups.add_parser("screening", help="審査")
    verbs = group.add_subparsers(dest="verb", required=True)
    verb = verbs.add_parser("tally", help="採点を集計する")
    verb.add_argument("file", metavar="FILE", help="審査の決まりと採点を書いた JSON ファイル")
    verb.add_argument("--json", action="store_true", help="JSON で出す")
    verb.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the tally; Unusable when the file does not fit."""
    given = read_json(options.file, Question)
    rule = tally_rule(given.rule)
    titles = {proposal.id: proposal.title for proposal in given.proposals}
    if len(titles) < len(given.proposals):
        raise Unusable("proposals: 同じ id が2回あります。")
    counted = tally(rule, list(titles), [_mark(mark) for mark in given.marks])
    print(json.dumps(as_json(counted), ensure_ascii=False) if options.json else as_text(titles, counted))
    return 0


def tally_rule(given: _Rule) -> TallyRule:
    """The rule as the tally wants it; Unusable where it contradicts itself."""
    keys = [criterion.key for criterion in given.criteria]
    if not keys or len(set(keys)) < len(keys):
        raise Unusable("rule.criteria: 審査項目を1つ以上、別々の key で書いてください。")
    if any(c.max <= 0 or c.weight < 0 for c in given.criteria) or not any(c.weight > 0 for c in given.criteria):
        raise Unusable("rule.criteria: max は0より大きく、weight は0以上にしてください。")
    if given.ties not in {"open", *keys}:
        raise Unusable(f"rule.ties: 「{given.ties}」という審査項目はありません。")
    groups = given.groups or []
    if len({group.key for group in groups}) < len(groups) or any(group.share <= 0 for group in groups):
        raise Unusable("rule.groups: 区分は別々の key で、share は0より大きくしてください。")
    return TallyRule(
        criteria=tuple(
            Criterion(
                c.key, c.label or c.key, exact(c.max), exact(c.weight), None if c.floor is None else exact(c.floor)
            )
            for c in given.criteria
        ),
        pass_percent=exact(given.passing.percent),
        fill_mean=given.conflict == "mean",
        groups=tuple(Group(group.key, exact(group.share)) for group in groups),
        tie_break="" if given.ties == "open" else given.ties,
    )


def exact(number: float) -> Fraction:
    """The decimal as it was written: 0.1 is a tenth."""
    if not math.isfinite(number):
        raise Unusable("数でない値（NaN や無限）があります。")
    return Fraction(str(number))


def _mark(given: _Mark) -> Mark:
    points = {key: None if value is None else exact(value) for key, value in given.points.items()}
    return Mark(given.screener, given.proposal, points, given.group, given.conflict)


def number(value: Fraction) -> float | int:
    """As JSON has it: whole when whole."""
    return value.numerator if value.denominator == 1 else float(value)


def as_json(counted: Tally) -> dict[str, Any]:
    """The stable output form."""
    return {"results": [_result(one) for one in counted.results], "findings": list(counted.findings)}


def _result(one: Result) -> dict[str, Any]:
    return {
        "proposal": one.proposal,
        "points": number(one.points),
        "percent": number(one.percent),
        "passed": one.passed,
        "rank": one.rank,
        "steps": list(one.steps),
        "why": list(one.why),
    }


def as_text(titles: dict[str, str], counted: Tally) -> str:
    """The same for reading, best first."""
    lines = []
    for one in sorted(counted.results, key=lambda result: result.rank):
        verdict = "合格" if one.passed else "不合格"
        lines.append(f"{one.rank}位 {titles[one.proposal] or one.proposal} {shown(one.percent)}% {verdict}")
        lines += [f"    {step}" for step in (*one.steps, *one.why)]
    lines += [f"確認が必要です: {finding}" for finding in counted.findings]
    return "\n".join(lines)
