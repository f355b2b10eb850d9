"""Values of a workbook as a person sees them: 1.0 is 1, 0.725 under 0.0% is 72.5%, 29 under 0"年度" is 29年度.

Two things differ from the screen on purpose: numbers carry no thousands separators, and whole dates are ISO dates.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from openpyxl.styles.numbers import is_date_format
from openpyxl.utils.datetime import from_excel

Moment = datetime | date | time | timedelta

PLAIN = ""
# Formats that a workbook names by number only. Those with a currency sign are left plain: the sign is the reader's own.
BUILT_IN = {
    1: "0", 2: "0.00", 9: "0%", 10: "0.00%", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: 'yyyy"年"m"月"',
    18: "h:mm", 19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 32: "h:mm",
    33: "h:mm:ss", 34: 'yyyy"年"m"月"', 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss", 55: 'yyyy"年"m"月"',
} | dict.fromkeys((27, 28, 29, 30, 31, 35, 36, 50, 51, 52, 53, 54, 56, 57, 58), "yyyy/m/d")  # fmt: skip

TOKENS = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]|([#0?.,]*[#0?][#0?.,]*)|(.)', re.DOTALL)
DATE_TOKENS = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|(ggg|gg|g|e+|y+|m+|d+|h+|s+)|(.)', re.DOTALL | re.IGNORECASE)
ERAS = ((date(2019, 5, 1), "令和", "R"), (date(1989, 1, 8), "平成", "H"), (date(1926, 12, 25), "昭和", "S"))


def number(value: float) -> str:
    """A number under no format: no needless .0, and no traces of binary fractions."""
    if float(value).is_integer() and abs(value) < 1e15:
        return str(int(value))
    return format(value, ".15g")


def shown(value: float, code: str, epoch: datetime) -> str:
    """A number under an Excel format code ("" for General), dates counted from `epoch`."""
    if code == PLAIN:
        return number(value)
    try:
        return _as_moment(value, code, epoch) if is_moment(code) else _as_number(value, code)
    except (ArithmeticError, ValueError):  # a date after the year 9999, infinity
        return number(value)


def moment(value: Moment) -> str:
    """A date or time: 2021-04-01, 2021-04-01 13:30, 09:05, 30:00."""
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}" + (f":{seconds:02d}" if seconds else "")
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else f"{value.date()} {moment(value.time())}"
    if isinstance(value, date):
        return value.isoformat()
    return value.isoformat("seconds" if value.second else "minutes")


def moment_under(value: Moment, code: str) -> str:
    """A date or time under a format code: without a day in the format, only the year and month that it shows."""
    letters = _letters(code)
    if not isinstance(value, date) or not letters or re.search("[hs]", letters):
        return moment(value)
    day = value.date() if isinstance(value, datetime) else value
    return moment(day) if "d" in letters else _without_day(day, code)


def truth(value: object) -> str:
    """A boolean as every spreadsheet shows it."""
    return "TRUE" if value else "FALSE"


@lru_cache(maxsize=512)
def is_moment(code: str) -> bool:
    """Whether a format code is one of dates or times, Japanese eras included."""
    return bool(is_date_format(code)) or bool(re.search(r"g+e", re.sub(r'"[^"]*"|general', "", code, flags=re.I), re.I))


def _letters(code: str) -> str:
    """The format code in small letters, without quoted texts and locales."""
    return re.sub(r'"[^"]*"|\[\$[^\]]*\]', "", code.lower())


def _as_moment(value: float, code: str, epoch: datetime) -> str:
    if "[" in _letters(code):
        return moment(timedelta(days=value))
    if value < 0:  # the screen shows ####
        return number(value)
    return moment_under(from_excel(value, epoch), code)


def _without_day(day: date, code: str) -> str:
    """A year or month written as a date (平成30年度 may be kept as 2018-04-01): the format says what is meant."""
    begins, era, letter = next((e for e in ERAS if day >= e[0]), (date(1, 1, 1), "", ""))
    parts = []
    for literal, escaped, token, other in DATE_TOKENS.findall(code.split(";")[0]):
        part = literal or escaped or other
        if token:
            part = {
                "g": letter if len(token) == 1 else era[: len(token) - 1],
                "e": str(day.year - begins.year + 1),
                "y": str(day.year),
            }.get(token[0].lower(), str(day.month))
        parts.append("" if part == "@" else part)
    return "".join(parts)


def _as_number(value: float, code: str) -> str:
    code, value = _section(value, code)
    if not code or re.search(r"general|標準|[eE][+-]|@|\[[<>=]|\?/", code, re.IGNORECASE):
        return number(value)
    shape = _shape(code)
    if shape is None:
        return number(value)
    before, digits, after = shape
    text = before + (_digits(value, digits, percents=code.count("%")) if digits else "") + after
    return text.strip() or number(value)


def _section(value: float, code: str) -> tuple[str, float]:
    """The part of `positive;negative;zero` that applies; the negative part shows its own sign."""
    sections = re.findall(r'(?:"[^"]*"|\\.|[^;])+|(?<=;)(?=;|$)', code)
    if value < 0 and len(sections) > 1:
        return sections[1], -value
    if value == 0 and len(sections) > 2:
        return sections[2], value
    return sections[0] if sections else "", value


@lru_cache(maxsize=512)
def _shape(code: str) -> tuple[str, str, str] | None:
    """What stands before the digits, the digit pattern, what stands after; None where that is not all of it."""
    before, digits, after = "", "", ""
    for literal, escaped, sign, pattern, other in TOKENS.findall(code):
        if pattern and digits:
            return None
        if pattern:
            digits = pattern
        elif digits:
            after += literal or escaped or sign or other
        else:
            before += literal or escaped or sign or other
    return before, digits, after


def _digits(value: float, pattern: str, *, percents: int) -> str:
    body = pattern.rstrip(",")
    whole, _, fraction = body.replace(",", "").partition(".")
    exact = Decimal(repr(float(value))).scaleb(2 * percents - 3 * (len(pattern) - len(body)))
    rounded = exact.quantize(Decimal(1).scaleb(-len(fraction)), rounding=ROUND_HALF_UP)
    sign = "-" if rounded < 0 else ""
    left, _, right = format(abs(rounded), "f").partition(".")
    least = len(fraction.rstrip("#?"))
    while len(right) > least and right.endswith("0"):
        right = right[:-1]
    left = left.zfill(whole.count("0")) if whole.count("0") > 1 else left
    return f"{sign}{left}" + (f".{right}" if right else "")
