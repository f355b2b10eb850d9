"""Fiscal years (April to March) and the eras they are written in: R1, Ｈ30, 令和元年度, 平成33年度, 2019年度.

Sources: 地方自治法第208条 (the fiscal year of a municipality runs from 1 April to 31 March);
元号法 and its cabinet orders (昭和 from 1926, 平成 from 1989, 令和 from 2019).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from tomoni.kernel.japanese import folded

# The year before the first year of each era. 平成33 written before the change of era is 2021, and H31 is R1.
_BEFORE = {"R": 2018, "H": 1988, "S": 1925}
_LETTER = {"令和": "R", "平成": "H", "昭和": "S", "令": "R", "平": "H", "昭": "S"}
_NAME = {"R": "令和", "H": "平成", "S": "昭和"}

_TOKEN = re.compile(
    r"(?:(?P<era>令和|平成|昭和|(?<![A-Za-z])[RHSrhs](?=[\s.]?(?:\d|元)))[\s.]*(?P<n>元|\d{1,2})(?![\d,])"
    r"|(?<![\d.,/-])(?:FY)?(?P<west>(?:19|20)\d{2})(?![\d,]|\s*[人名回件円団千万]))"
    r"(?:\s*\((?:\d{4}|[^()\d]{0,2}(?:元|\d{1,2}))\s*年?度?\))?"
    r"(?:\s*(?P<span>年度)|\s*(?:年|[./-])\s*(?P<month>1[0-2]|0?[1-9])(?!\d|\s*[~年])(?:\s*(?:月|[./-]\s*\d)|(?=\D|$))|\s*年)?"
)
_LATER = re.compile(r"\s*(?:~|から|-|、|・|,|及び|と)\s*(?P<n>\d{1,2})(?!\d)(?:\s*\(\d{4}\))?\s*(?:年度|(?=\s*年度))")
_BARE = re.compile(r"(?P<n>\d{1,2})\s*年度")
_RANGE = re.compile(r"\s*年?度?\s*(?:\(\d{4}\))?\s*年?度?\s*(?:~|から|-)\s*$")


@dataclass(frozen=True, slots=True, order=True)
class FiscalYear:
    """A fiscal year, named by the calendar year in which it begins: 2019 is R1 (and H31)."""

    year: int

    @property
    def start(self) -> date:
        return date(self.year, 4, 1)

    @property
    def end(self) -> date:
        return date(self.year + 1, 3, 31)

    @property
    def short(self) -> str:
        """R1, H30, S63: the era in force for most of the year (the year that began as H31 is R1)."""
        era = next(e for e in "RHS" if self.year > _BEFORE[e] or e == "S")
        return f"{era}{self.year - _BEFORE[era]}"

    def __str__(self) -> str:
        """令和元年度, 平成30年度."""
        era, number = self.short[0], self.short[1:]
        return f"{_NAME[era]}{'元' if number == '1' else number}年度"


def fiscal_year_on(day: date) -> FiscalYear:
    """The fiscal year a day belongs to: 31 March 2019 is still 2018."""
    return FiscalYear(day.year if day.month >= 4 else day.year - 1)


@dataclass(frozen=True, slots=True)
class Mention:
    """A year found in a text: which, and from where to where in ``folded(text)``."""

    year: FiscalYear
    start: int
    end: int
    is_dated: bool = False  # written with a month, so that January to March belong to the year before


def mentions(text: str) -> Iterator[Mention]:
    """Every year with an era or four digits, in reading order; "～33年度" after an era year inherits its era."""
    text = folded(text)
    position = 0
    while found := _TOKEN.search(text, position):
        yield _mention(found)
        position = found.end()
        era = (found["era"] or "").upper()
        while later := _LATER.match(text, position):
            letter = _LETTER.get(era, era)
            base = _BEFORE[letter] if letter else _year(found) // 100 * 100
            yield Mention(FiscalYear(base + int(later["n"])), later.start(), later.end())
            position = later.end()


def _year(found: re.Match[str]) -> int:
    if found["west"]:
        return int(found["west"])
    letter = _LETTER.get(found["era"], found["era"].upper())
    return _BEFORE[letter] + (1 if found["n"] == "元" else int(found["n"]))


def _mention(found: re.Match[str]) -> Mention:
    year, month = _year(found), found["month"]
    if month and int(month) < 4:
        year -= 1
    return Mention(FiscalYear(year), found.start(), found.end(), is_dated=bool(month))


def fiscal_year(text: str, *, near: FiscalYear | None = None) -> FiscalYear | None:
    """The one fiscal year a label names. None when it names none or several.

    "20年度" has no era: it is read only when ``near`` says which year is meant to be close.
    """
    years = {m.year for m in mentions(text)}
    if len(years) == 1:
        return years.pop()
    if years or near is None:
        return None
    bare = {int(m["n"]) for m in _BARE.finditer(folded(text))}
    if len(bare) != 1:
        return None
    number = bare.pop()
    return min((FiscalYear(base + number) for base in (*_BEFORE.values(), 2000)), key=lambda y: abs(y.year - near.year))


def fiscal_range(text: str) -> tuple[FiscalYear, FiscalYear] | None:
    """First and last year of a span such as "平成29（2017）～33（2021）年度". None when the text is no span."""
    found = list(mentions(text))
    text = folded(text)
    for one, two in pairwise(found):
        between = text[one.end : two.start] + (
            "~" if two.start == one.end and text[two.start : two.end].strip()[:1] in "~-か" else ""
        )
        if _RANGE.fullmatch(between) and one.year < two.year:
            return one.year, two.year
    return None
