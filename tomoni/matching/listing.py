"""What a matcher looks at: one offer, wish or issue, with its days told apart from its words. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from tomoni.kernel.japanese import plain


class Kind(StrEnum):
    """What a listing is: something offered, something wished for, or a local issue that looks for a partner."""

    OFFER = "offer"
    WISH = "wish"
    ISSUE = "issue"


class Category(StrEnum):
    """What is given or sought."""

    PEOPLE = "people"
    GOODS = "goods"
    MONEY = "money"
    PLACE = "place"
    SKILL = "skill"
    INFORMATION = "information"


@dataclass(frozen=True, slots=True)
class Listing:
    """One listing. `days` are as people write them; an empty field means that anything will do."""

    id: str
    kind: Kind
    title: str
    text: str
    category: Category
    field: str = ""
    area: str = ""
    days: tuple[str, ...] = ()
    starts: date | None = None
    ends: date | None = None
    capacity: int | None = None
    party: str = ""
    party_kind: str = ""


@dataclass(frozen=True, slots=True)
class Days:
    """When something is possible: weekdays (0 is Monday, 7 a public holiday) and single dates; both empty: any day."""

    weekdays: frozenset[int] = frozenset()
    dates: frozenset[date] = frozenset()

    @property
    def any_day(self) -> bool:
        return not self.weekdays and not self.dates

    def common(self, other: Days) -> Days | None:
        """The days both can, or None when there is none."""
        if self.any_day or other.any_day:
            return other if self.any_day else self
        both = Days(
            self.weekdays & other.weekdays,
            self.dates & other.dates | self._dated(other) | other._dated(self),
        )
        return None if both.any_day else both

    def _dated(self, other: Days) -> frozenset[date]:
        return frozenset(day for day in self.dates if day.weekday() in other.weekdays)


JAPANESE_DAYS = "月火水木金土日"
ENGLISH_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HOLIDAY = 7
SPANS = {
    "平日": range(5),
    "weekday": range(5),
    "weekdays": range(5),
    "土日": (5, 6),
    "週末": (5, 6),
    "weekend": (5, 6),
    "weekends": (5, 6),
    "土日祝": (5, 6, HOLIDAY),
    "祝": (HOLIDAY,),
    "祝日": (HOLIDAY,),
    "holiday": (HOLIDAY,),
}
ANY = {"毎日", "いつでも", "全日", "any", "daily", "everyday", "応相談", "不定期"}
_ISO = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")
_RUN = re.compile(r"毎?週?([月火水木金土日・、,/~\-からと]+?)(?:曜日?|$)")


@lru_cache(maxsize=4096)
def days_of(words: tuple[str, ...]) -> Days:
    """The days that words such as 土, 土曜日, sat, 平日, 月・水・金 or 2026-12-05 mean; unknown words mean any day."""
    weekdays: set[int] = set()
    dates: set[date] = set()
    for word in words:
        key = plain(word)
        if key in ANY:
            return Days()
        if _ISO.fullmatch(key):
            year, month, day = map(int, key.split("-"))
            dates.add(date(year, month, day))
        else:
            weekdays.update(_weekdays(key))
    return Days(frozenset(weekdays), frozenset(dates))


def _weekdays(key: str) -> Iterable[int]:
    if key in SPANS:
        return SPANS[key]
    if key[:3] in ENGLISH_DAYS:
        return (ENGLISH_DAYS.index(key[:3]),)
    run = _RUN.match(key)
    return [JAPANESE_DAYS.index(letter) for letter in run[1] if letter in JAPANESE_DAYS] if run else ()


def day_words(days: Days) -> str:
    """The same for people: 土曜日・日曜日, 12月5日."""
    weekly = [f"{JAPANESE_DAYS[n]}曜日" if n < HOLIDAY else "祝日" for n in sorted(days.weekdays)]
    return "・".join([*weekly, *(f"{day.month}月{day.day}日" for day in sorted(days.dates))])
