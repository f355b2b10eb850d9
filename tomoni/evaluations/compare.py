"""Mutual evaluation: where do the two sides differ, what should they talk about, and what is still missing. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Side(StrEnum):
    """The two who worked together."""

    CIVIC = "civic"
    CITY = "city"


@dataclass(frozen=True, slots=True)
class Item:
    """One question both sides answer."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A mark on the scale, or None while unanswered, and the reason given for it."""

    mark: float | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The scale (lowest and highest mark), from which gap on to talk, and below which mark a reason is asked."""

    items: tuple[Item, ...]
    lowest: float
    highest: float
    talk_from: float
    reason_below: float


@dataclass(frozen=True, slots=True)
class Compared:
    """One item: both marks, the gap (civic minus city; None while one is missing), and whether to talk about it."""

    key: str
    civic: float | None
    city: float | None
    gap: float | None
    talk: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """All items in the sheet's order, the agenda by size of gap, and what each side still owes."""

    items: tuple[Compared, ...]
    agenda: tuple[str, ...]
    missing_reasons: tuple[tuple[Side, str], ...]
    unanswered: tuple[tuple[Side, str], ...]


Answers = Mapping[Side, Mapping[str, Answer]]
NONE_GIVEN = Answer(None)


class BadAnswers(ValueError):
    """Answers that do not fit the sheet; the message says where, for the person who gave them."""


def compare(sheet: Sheet, answers: Answers) -> Comparison:
    """Put both sides' answers beside each other. BadAnswers for unknown items and marks off the scale."""
    _refuse_misfits(sheet, answers)
    compared = tuple(_compared(item.key, sheet, answers) for item in sheet.items)
    order = {item.key: place for place, item in enumerate(sheet.items)}
    talking = sorted((c for c in compared if c.talk), key=lambda c: (-abs(c.gap or 0), order[c.key]))
    return Comparison(
        items=compared,
        agenda=tuple(c.key for c in talking),
        missing_reasons=tuple(_owed(sheet, answers, lambda a: _needs_reason(a, sheet))),
        unanswered=tuple(_owed(sheet, answers, lambda a: a.mark is None)),
    )


def _answer(answers: Answers, side: Side, key: str) -> Answer:
    return answers.get(side, {}).get(key, NONE_GIVEN)


def _compared(key: str, sheet: Sheet, answers: Answers) -> Compared:
    civic, city = (_answer(answers, side, key).mark for side in Side)
    gap = None if civic is None or city is None else civic - city
    return Compared(key, civic, city, gap, talk=gap is not None and abs(gap) >= sheet.talk_from)


def _needs_reason(answer: Answer, sheet: Sheet) -> bool:
    return answer.mark is not None and answer.mark < sheet.reason_below and not answer.reason.strip()


def _owed(sheet: Sheet, answers: Answers, owes: Callable[[Answer], bool]) -> Sequence[tuple[Side, str]]:
    return [(side, item.key) for side in Side for item in sheet.items if owes(_answer(answers, side, item.key))]


def _refuse_misfits(sheet: Sheet, answers: Answers) -> None:
    known = {item.key for item in sheet.items}
    for side, given in answers.items():
        for key, answer in given.items():
            if key not in known:
                raise BadAnswers(f"answers.{side}.{key}: この項目は評価シートにありません。")
            if answer.mark is not None and not sheet.lowest <= answer.mark <= sheet.highest:
                raise BadAnswers(
                    f"answers.{side}.{key}: 評点 {answer.mark:g} は {sheet.lowest:g} から {sheet.highest:g} の間にしてください。"
                )
