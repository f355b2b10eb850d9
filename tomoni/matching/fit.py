"""Can two listings meet at all, and what speaks for it, in words. Pure."""

from __future__ import annotations

from datetime import date, timedelta

from tomoni.kernel.japanese import plain
from tomoni.matching.listing import HOLIDAY, Category, Days, Kind, Listing, day_words, days_of
from tomoni.matching.words import shared_words

EVERYWHERE = {"", "全市", "市内全域", "全域", "市全体", "市内", "どこでも", "オンライン", "all"}


def impossible(one: Listing, other: Listing, *, on: date) -> str:
    """Why these two cannot meet, in a sentence; "" when nothing forbids it."""
    if (one.kind == Kind.OFFER) == (other.kind == Kind.OFFER):
        return "提供と希望の組み合わせではありません。"
    if one.category != other.category:
        return "提供するものと求めるものの種類が違います。"
    if one.party and one.party == other.party:
        return "同じ主体どうしです。"
    return _untimely(one, other, on) or _too_small(one, other)


def _untimely(one: Listing, other: Listing, on: date) -> str:
    period = common_period(one, other, on=on)
    if period is None:
        return "期間が合いません。"
    common = days_of(one.days).common(days_of(other.days))
    return "" if _can_meet(common, *period) else "日が合いません。"


def _too_small(one: Listing, other: Listing) -> str:
    offer, wish = sides(one, other)
    if one.category == Category.PLACE and offer.capacity and wish.capacity and offer.capacity < wish.capacity:
        return "場所の定員が足りません。"
    return ""


def sides(one: Listing, other: Listing) -> tuple[Listing, Listing]:
    """The one that gives, then the one that seeks."""
    return (one, other) if one.kind == Kind.OFFER else (other, one)


def common_period(one: Listing, other: Listing, *, on: date) -> tuple[date, date] | None:
    """From when to when both are open, not before `on`; None when they never are."""
    starts = max(on, one.starts or on, other.starts or on)
    ends = min(one.ends or date.max, other.ends or date.max)
    return (starts, ends) if starts <= ends else None


def _can_meet(days: Days | None, starts: date, ends: date) -> bool:
    """Is there a day in the period that both can? A holiday is not looked up: it may fall on any day."""
    if days is None:
        return False
    if days.any_day or HOLIDAY in days.weekdays or any(starts <= day <= ends for day in days.dates):
        return True
    span = min((ends - starts).days, 6)
    return any((starts + timedelta(days=n)).weekday() in days.weekdays for n in range(span + 1))


def reasons(one: Listing, other: Listing, *, on: date) -> tuple[str, ...]:
    """Why these two might meet, in words, strongest first."""
    said = []
    if shared := shared_words(f"{one.title}\n{one.text}", f"{other.title}\n{other.text}"):
        said.append(f"どちらも{''.join(f'「{word}」' for word in shared)}について書いています。")
    if one.field and plain(one.field) == plain(other.field):
        said.append(f"分野が同じです（{other.field}）。")
    said.append(_area_words(one, other))
    days = days_of(one.days).common(days_of(other.days))
    if days is not None and not days.any_day:
        said.append(f"日が合います（{day_words(days)}）。")
    offer, wish = sides(one, other)
    if offer.capacity and wish.capacity:
        enough = "足ります" if offer.capacity >= wish.capacity else "一部をまかなえます"
        said.append(f"数が{enough}（必要 {wish.capacity}、提供 {offer.capacity}）。")
    period = common_period(one, other, on=on)
    if period and period[1] != date.max:
        said.append(f"期間が重なります（{_day(period[0])}から{_day(period[1])}まで）。")
    return tuple(said)


def _area_words(one: Listing, other: Listing) -> str:
    if plain(one.area) in EVERYWHERE or plain(other.area) in EVERYWHERE:
        return "地区を問いません。"
    same = plain(one.area) == plain(other.area)
    return f"地区が同じです（{other.area}）。" if same else f"地区は違います（{other.area}）。"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
