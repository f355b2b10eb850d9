"""Answers to a sheet as plain values: which questions stand, how far one is, what a reader sees. Pure.

Answers are kept as JSON: text as text, a choice as its key, choices as a list of keys, a date as `2026-04-01`, numbers
and yen as whole numbers, a tick as `true` or `false`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from tomoni.rulebooks.schema import Rulebook, Sheet, SheetField

Answers = Mapping[str, Any]
# Marks that change the letter before them (accents, voicing, variants), and the colours of an emoji.
_JOINING = {"Mn", "Mc", "Me", "Cf"}
_SKIN = range(0x1F3FB, 0x1F400)
_FLAG = range(0x1F1E6, 0x1F200)
_JOINER = "\u200d"


@dataclass(frozen=True, slots=True)
class ReadAnswer:
    """One answered question, as it is shown: a line, or several where many were chosen."""

    key: str
    label: str
    lines: tuple[str, ...]
    cites: str
    visibility: Literal["public", "members", "staff"]


def options_of(field: SheetField, book: Rulebook) -> tuple[tuple[str, str], ...]:
    """Key and label of every answer one can choose; empty when the city has no such list."""
    entries = getattr(book, field.choices) if field.choices else field.options
    return tuple((entry.key, entry.label) for entry in entries)


def is_asked(field: SheetField, answers: Answers) -> bool:
    """Does this question stand, given the answers so far?"""
    if field.shown_when is None:
        return True
    given = answers.get(field.shown_when.field)
    chosen = {("yes" if given else "no") if isinstance(given, bool) else each for each in _each(given)}
    return not chosen.isdisjoint(field.shown_when.equals)


def is_answered(field: SheetField, answers: Answers) -> bool:
    """Is there an answer? A tick that is required must be set."""
    given = answers.get(field.key)
    return bool(given.strip()) if isinstance(given, str) else given not in (None, [], ()) and given is not False


def standing(sheet: Sheet, answers: Answers) -> Iterator[SheetField]:
    """The questions that stand, given the answers; one behind a question that is not asked is not asked either."""
    held: dict[str, Any] = {}
    for field in sheet.fields:
        if is_asked(field, held):
            held[field.key] = answers.get(field.key)
            yield field


def progress(sheet: Sheet, answers: Answers) -> tuple[int, int]:
    """How many of the required questions that stand are answered, and how many there are."""
    required = [field for field in standing(sheet, answers) if field.required]
    return sum(is_answered(field, answers) for field in required), len(required)


def read_back(sheet: Sheet, answers: Answers, *, book: Rulebook) -> tuple[ReadAnswer, ...]:
    """What was answered, in the order of the sheet and in the words of that rulebook; open questions are left out."""
    return tuple(
        ReadAnswer(
            field.key, field.label, tuple(_shown(field, answers[field.key], book)), field.cites, field.visibility
        )
        for field in standing(sheet, answers)
        if is_answered(field, answers) or answers.get(field.key) is False
    )


def length(text: str) -> int:
    """How many characters a reader counts: a letter with its marks is one, so is a joined emoji, a flag, a line end."""
    count = 0
    before = ""
    half_flag = False
    for letter in text.replace("\r\n", "\n"):
        joins = before == _JOINER or unicodedata.category(letter) in _JOINING or ord(letter) in _SKIN
        is_flag = ord(letter) in _FLAG
        half_flag, completes = is_flag and not half_flag, is_flag and half_flag
        count += not (count and (joins or completes))
        before = letter
    return count


def _each(given: object) -> tuple[object, ...]:
    return tuple(given) if isinstance(given, list | tuple) else (given,)


def _shown(field: SheetField, given: Any, book: Rulebook) -> Iterator[str]:
    if field.kind in {"choice", "choices"}:
        labels = dict(options_of(field, book))
        yield from (labels.get(str(key), str(key)) for key in _each(given))
    elif field.kind == "tick":
        yield "はい" if given else "いいえ"
    elif field.kind == "date":
        day = date.fromisoformat(given)
        yield f"{day.year}年{day.month}月{day.day}日"
    elif field.kind in {"number", "money"}:
        yield f"{given:,}円" if field.kind == "money" else f"{given:,}"
    else:
        yield from str(given).strip().splitlines()
