"""The tally of a screening: pure, exact, and every step of it can be recomputed by hand.

percent = 100 x (sum of weight x mean points) / (sum of weight x maximum), over the screeners who count. With groups, the
mean of each group weighs by its share. Numbers are exact fractions; only what is printed is rounded.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Criterion:
    """What is judged: points from 0 to `most`, their weight, and the least mean that still passes."""

    key: str
    label: str
    most: Fraction
    weight: Fraction = Fraction(1)
    floor: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A group of screeners whose mean weighs by its share."""

    key: str
    share: Fraction


@dataclass(frozen=True, slots=True)
class TallyRule:
    """How points become a result. `fill_mean`: a conflicted screener gets the mean of the others, else is left out."""

    criteria: tuple[Criterion, ...]
    pass_percent: Fraction
    fill_mean: bool = False
    groups: tuple[Group, ...] = ()
    tie_break: str = ""  # key of a criterion; "" leaves ties open

    @property
    def weighted_maximum(self) -> Fraction:
        return sum((c.weight * c.most for c in self.criteria), Fraction(0))


@dataclass(frozen=True, slots=True)
class Mark:
    """One screener's points for one proposal. A conflicted one has handed in, but their points do not count."""

    screener: str
    proposal: str
    points: Mapping[str, Fraction | None]
    group: str | None = None
    conflict: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """What a proposal reached: weighted points and percent (exact), whether it passes, its rank, and how and why."""

    proposal: str
    points: Fraction
    percent: Fraction
    passed: bool
    rank: int
    steps: tuple[str, ...]
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """Results in the order of the proposals; a proposal with findings has none."""

    results: tuple[Result, ...]
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Counted:
    proposal: str
    means: dict[str, Fraction]  # by criterion, weighed by group
    plain: dict[str, Fraction]  # by criterion, over the counting screeners alike: what a floor looks at
    steps: tuple[str, ...]


def tally(rule: TallyRule, proposals: Sequence[str], marks: Iterable[Mark]) -> Tally:
    """Count all marks. Missing, doubled or misfit marks become findings, and their proposal gets no result."""
    by_proposal: dict[str, list[Mark]] = defaultdict(list)
    for mark in marks:
        by_proposal[mark.proposal].append(mark)
    screeners = sorted({mark.screener for held in by_proposal.values() for mark in held})
    findings = [f"{name}: この提案は一覧にありません。" for name in by_proposal if name not in set(proposals)]
    counted = []
    for proposal in proposals:
        faults = _faults(rule, proposal, by_proposal[proposal], screeners)
        findings += faults
        if not faults:
            counted.append(_count(rule, proposal, by_proposal[proposal]))
    return Tally(tuple(_ranked(rule, counted)), tuple(findings))


def _faults(rule: TallyRule, proposal: str, marks: list[Mark], screeners: list[str]) -> list[str]:
    given = Counter(mark.screener for mark in marks)
    faults = [f"{proposal}: {name} の採点がありません。" for name in screeners if not given[name]]
    faults += [f"{proposal}: {name} の採点が{times}回あります。" for name, times in given.items() if times > 1]
    for mark in marks:
        faults += _misfits(rule, mark)
    counting = [mark for mark in marks if not mark.conflict]
    if rule.groups:
        present = {mark.group for mark in counting}
        faults += [
            f"{proposal}: 「{g.key}」に採点を数える審査委員がいません。" for g in rule.groups if g.key not in present
        ]
    elif not counting:
        faults.append(f"{proposal}: 採点を数える審査委員がいません。")
    return faults


def _misfits(rule: TallyRule, mark: Mark) -> list[str]:
    who = f"{mark.proposal}: {mark.screener}"
    if rule.groups and mark.group not in {group.key for group in rule.groups}:
        return [f"{who} の区分「{mark.group or ''}」は審査の区分にありません。"]
    if mark.conflict:
        return []
    known = {criterion.key for criterion in rule.criteria}
    faults = [f"{who} の「{key}」は審査項目にありません。" for key in mark.points if key not in known]
    for criterion in rule.criteria:
        value = mark.points.get(criterion.key)
        if value is None:
            faults.append(f"{who} の「{criterion.label}」の採点がありません。")
        elif not 0 <= value <= criterion.most:
            faults.append(
                f"{who} の「{criterion.label}」の {shown(value)} 点は 0 から {shown(criterion.most)} の外です。"
            )
    return faults


def _count(rule: TallyRule, proposal: str, marks: list[Mark]) -> _Counted:
    counting = [mark for mark in marks if not mark.conflict]
    steps = [_conflict_step(rule, mark) for mark in marks if mark.conflict]
    means, plain = {}, {}
    for criterion in rule.criteria:
        values = [mark.points[criterion.key] or Fraction(0) for mark in counting]
        plain[criterion.key] = Fraction(sum(values)) / len(values)
        if rule.groups:
            means[criterion.key], said = _by_group(rule, criterion, counting)
        else:
            means[criterion.key] = plain[criterion.key]
            said = f"({' + '.join(map(shown, values))}) ÷ {len(values)}"
        weighted = means[criterion.key] * criterion.weight
        steps.append(
            f"{criterion.label}: {said} = {shown(means[criterion.key])}、重み {shown(criterion.weight)} で {shown(weighted)}"
        )
    return _Counted(proposal, means, plain, tuple(steps))


def _conflict_step(rule: TallyRule, mark: Mark) -> str:
    how = "ほかの審査委員の平均を充てます" if rule.fill_mean else "数えません"
    return f"{mark.screener}: 利害関係があるため、{how}。"


def _by_group(rule: TallyRule, criterion: Criterion, counting: list[Mark]) -> tuple[Fraction, str]:
    whole = sum((group.share for group in rule.groups), Fraction(0))
    total, said = Fraction(0), []
    for group in rule.groups:
        values = [mark.points[criterion.key] or Fraction(0) for mark in counting if mark.group == group.key]
        mean = Fraction(sum(values)) / len(values)
        total += mean * group.share / whole
        said.append(f"{group.key} 平均 {shown(mean)} × {shown(group.share / whole)}")
    return total, " + ".join(said)


def _ranked(rule: TallyRule, counted: list[_Counted]) -> list[Result]:
    percents = {c.proposal: _points(rule, c) * 100 / rule.weighted_maximum for c in counted}

    def standing(c: _Counted) -> tuple[Fraction, Fraction]:
        return percents[c.proposal], c.means[rule.tie_break] if rule.tie_break else Fraction(0)

    standings = sorted((standing(c) for c in counted), reverse=True)
    places: dict[tuple[Fraction, Fraction], int] = {}
    for place, one in enumerate(standings, start=1):
        places.setdefault(one, place)
    return [_result(rule, c, percents[c.proposal], places[standing(c)]) for c in counted]


def _points(rule: TallyRule, counted: _Counted) -> Fraction:
    return sum((counted.means[c.key] * c.weight for c in rule.criteria), Fraction(0))


def _result(rule: TallyRule, counted: _Counted, percent: Fraction, rank: int) -> Result:
    points = _points(rule, counted)
    low = [c for c in rule.criteria if c.floor is not None and counted.plain[c.key] < c.floor]
    enough = percent >= rule.pass_percent
    compared = "以上です" if enough else "に届きません"
    why = [f"得点率 {shown(percent)}% は、基準の {shown(rule.pass_percent)}% {compared}。"]
    why += [
        f"「{c.label}」の平均 {shown(counted.plain[c.key])} が、下限の {shown(c.floor or Fraction(0))} を下回ります。"
        for c in low
    ]
    total = f"合計 {shown(points)} ÷ 満点 {shown(rule.weighted_maximum)} × 100 = {shown(percent)}%"
    return Result(counted.proposal, points, percent, enough and not low, rank, (*counted.steps, total), tuple(why))


def shown(number: Fraction) -> str:
    """A number for people: whole when whole, otherwise up to four decimals."""
    return str(number.numerator) if number.denominator == 1 else f"{float(number):.4f}".rstrip("0")
