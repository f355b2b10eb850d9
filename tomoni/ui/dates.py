"""Days and fiscal years as people here write them: 令和2年6月3日, 令和2年度（2020年度）.

Source: 元号法 and its cabinet orders. Days before 昭和 are given in western years.
"""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from tomoni.kernel.fiscal import FiscalYear

ERAS = ((date(2019, 5, 1), "令和"), (date(1989, 1, 8), "平成"), (date(1926, 12, 25), "昭和"))


def day(on: date | None) -> str:
    """令和2年6月3日, by the clock of the installation; "" for no day."""
    if on is None:
        return ""
    if isinstance(on, datetime):
        on = timezone.localtime(on).date()
    for start, name in ERAS:
        if on >= start:
            number = on.year - start.year + 1
            return f"{name}{'元' if number == 1 else number}年{on.month}月{on.day}日"
    return f"{on.year}年{on.month}月{on.day}日"


def moment(at: datetime | None) -> str:
    """令和2年6月3日 14:05; "" for no moment."""
    return f"{day(at)} {timezone.localtime(at):%H:%M}" if at else ""


def fiscal(year: int | None, western: str = "") -> str:
    """令和2年度 for 2020; with "western" also （2020年度）; "" for no year."""
    if year is None:
        return ""
    name = str(FiscalYear(year))
    return f"{name}（{year}年度）" if western else name


def fiscal_short(year: int | None) -> str:
    """R2 for 2020, for the head of a narrow column; "" for no year."""
    return FiscalYear(year).short if year is not None else ""
