"""What a person should look at in a sheet: open ratings, texts repeated from the year before, empty fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tomoni.kernel.fiscal import FiscalYear
from tomoni.kernel.japanese import plain
from tomoni.plans.sheet.document import Document, Finding, Line, Measure, Text

NEAR = 0.85
FIELDS = {"results": "実績", "issues": "課題", "next_action": "次年度の取組", "remarks": "備考"}
UNREAD = "進捗状況を、どのセルからも確かに読み取れませんでした。"

_DIGITS = re.compile(r"[0-9]+")
_LABELS = re.compile(r"【[^】]*】|[0-9]+|[①-⑳]|[人名回件団体事業%％、。・\s]")
_SHORT = 12


def find(document: Document) -> list[Finding]:
    """All findings, in the order of the sheet."""
    asked = _Asked.of(document)
    checks: tuple[Callable[[Measure, Line, _Asked], Iterator[Finding]], ...] = (_open, _missing, _repeats)
    found = [f for m in document.measures for line in m.lines for check in checks for f in check(m, line, asked)]
    return [*found, *_inferred(document)]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the sheet asks for at all: its years, the years with a next action, departments."""

    years: Sequence[int]
    next_actions: frozenset[int]
    departments: bool

    @classmethod
    def of(cls, document: Document) -> _Asked:
        lines = [line for measure in document.measures for line in measure.lines]
        following = {y for line in lines for y, entry in line.years.items() if "next_action" in entry.texts}
        return cls(document.years, frozenset(following), any(line.leads for line in lines))


def _where(measure: Measure, line: Line, year: int | None = None) -> str:
    number = f"No.{measure.number} " if measure.number else ""
    department = f"（{'・'.join(line.leads)}）" if line.leads else ""
    return f"{number}「{measure.title}」{department}{f' {FiscalYear(year)}' if year else ''}: "


def _open(measure: Measure, line: Line, asked: _Asked) -> Iterator[Finding]:
    for year in asked.years:
        entry = line.year(year)
        if entry.status is None:
            why = entry.why_open or UNREAD
            yield Finding(
                "SH-01", "reading", measure.number, _where(measure, line, year) + why, _department(line), year, "status"
            )


def _inferred(document: Document) -> Iterator[Finding]:
    for measure in document.measures:
        if measure.number_inferred:
            message = f"「{measure.title}」の番号は印刷されていません。前後の番号から {measure.number} としました。"
            yield Finding("SH-02", "reading", measure.number, message, field="number")


def _missing(measure: Measure, line: Line, asked: _Asked) -> Iterator[Finding]:
    if measure.relisted_of is None and not line.leads and asked.departments:
        yield Finding(
            "SH-03", "missing", measure.number, _where(measure, line) + "担当課が書かれていません。", field="leads"
        )
    for year in asked.years:
        entry = line.years.get(year)
        if entry is None or not entry.texts or entry.status == "done" or line.is_looped:
            continue
        if "next_action" not in entry.texts and year in asked.next_actions:
            message = _where(measure, line, year) + "次年度の取組が書かれていないか、読み取れませんでした。"
            yield Finding("SH-04", "missing", measure.number, message, _department(line), year, "next_action")


def _repeats(measure: Measure, line: Line, asked: _Asked) -> Iterator[Finding]:
    for year in asked.years[1:]:
        before, now = line.years.get(year - 1), line.years.get(year)
        if before is None or now is None:
            continue
        for name, label in FIELDS.items():
            if name in before.texts and name in now.texts and (how := _alike(before.texts[name], now.texts[name])):
                trust = "原本の繰り返しか、読み取りの際の繰り返しかは判断できません。" if line.is_looped else ""
                message = f"{_where(measure, line, year)}{label}が前の年度と{how}です。{trust}"
                yield Finding("SH-05", "repeat", measure.number, message, _department(line), year, name)


def _alike(before: Text, now: Text) -> str:
    """How alike two texts are; "" when they differ, or when they are nothing but labels and numbers."""
    one, two = plain(before.text), plain(now.text)
    if min(len(_LABELS.sub("", one)), len(_LABELS.sub("", two))) < _SHORT:
        return ""
    if one == two:
        return "同じ文"
    if _DIGITS.sub("", one) == _DIGITS.sub("", two):
        return "数字のほかは同じ文"
    if min(len(one), len(two)) < NEAR * max(len(one), len(two)) * 0.85:
        return ""
    from rapidfuzz.fuzz import ratio  # only needed for near-twins; loading it costs start-up time

    return "ほぼ同じ文" if ratio(one, two) >= NEAR * 100 else ""


def _department(line: Line) -> str | None:
    return "・".join(line.leads) or None
