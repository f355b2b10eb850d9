"""Figures told in texts with their label: 【参加者数】116人, lists ①②③ with their total, 登録者数は52人, 「講座」16名, H29.4.1現在46.3%.

What is glued, rounded beyond 約, a range, a goal, or belongs to another year without saying which is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tomoni.kernel import fiscal
from tomoni.kernel.japanese import folded
from tomoni.plans.sheet.document import Number, Text
from tomoni.plans.sheet.passing import NOT_REACHED, passing
from tomoni.plans.sheet.quoted import quoted

VALUE = r"(?P<value>[▲△+-]?\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,6})?|[▲△+-]?\d{1,12}(?:\.\d{1,6})?)"
LONGEST = 20_000  # letters of one text that are looked through for figures
BACK = 60  # letters before a figure in which a year may be named that it is of
_UNITS = (
    "人日|人|名|回|件|団体|事業|校|か所|カ所|箇所|ヶ所|ヵ所|地区|世帯|組|社|冊|部|枚|台|本|店|日|時間|分|点|歳|億円|万円|千円|円|ポイント|pt|%|㎡|ha|km|kg|t|"
    "科目|講座|コース|クール|自治会|町会|クラブ|グループ|チーム|種類|項目|法人|店舗|園|館|区画|拠点|校区|品目|施設|機関|会場|作品|票|通|万件|万人|人/日"
)
_ABOUT = r"(?:(?:延べ|のべ|計|合計|全体|全部)で?)?(?:約|およそ)?\s*"
_LABEL = r"【(?P<label>[^】]{1,30})】\s*[:：]?\s*"
# Neither a longer word (団体数), nor rounded, nor a limit, nor a range, nor a rate per something.
_CLOSED = r"(?![一-龥]{2}|以上|以下|以内|程度|ほど|余|前後|未満|超|弱|強|まで|ずつ|あたり|当たり|\s*[~〜]\s*\d)"
UNIT = rf"(?P<unit>{_UNITS}){_CLOSED}"
_PAIR = re.compile(rf"{_LABEL}{_ABOUT}{VALUE}\s*{UNIT}")
_ITEMS = (
    r"(?P<items>(?:[①-⑳]\s?\d[\d,.]{0,12}\s?[^\d①-⑳\s、。,.【]{1,4}[、,\s]{0,3}){2,}(?:[①-⑳]\s*)?)"
    rf"(?:(?:合計|計)\s*{VALUE}\s*{UNIT})?"
)
_LIST = re.compile(_LABEL + _ITEMS)
_OPEN_LIST = re.compile(
    rf"(?:^|[\s、。・○])(?P<label>[^\s、。・○:【】()\d]{{0,10}}(?:数|者|率|人数))\s*[:はが]?\s*{_ITEMS}"
)
_ITEM = re.compile(rf"(?P<mark>[①-⑳])\s*{VALUE}\s*(?P<unit>[^\d①-⑳\s、。【,]{{1,4}})")
# 公募委員のいる会議は、H29.4.1現在46.3%: what it counts stands before は and ends as nouns do; 現在 only says when.
_WHAT = r"(?:(?:^|(?<=[\s。、・]))(?P<what>[^\s。、・:【】()\dはがを]{1,20}[一-龥々ァ-ヶーA-Za-z])は[、,]?\s*)?"
_DATED = re.compile(
    rf"{_WHAT}(?P<label>[^\s。、【】]{{0,3}}[RHS令平]?[^\s。、]{{0,10}}現在)\s*(?:で|:)?\s*{VALUE}\s*{UNIT}"
)
_COUNTED = r"(?:数|者|率|回数|件数|額|人数|割合|延べ人数|度|平均点|得点)"
_COLON = re.compile(
    rf"(?:^|[\s、。・○の])(?P<label>[^\s、。・○:：【】()（）\d]{{2,16}}{_COUNTED})\s*(?:[:：]|は[、,]?|が)\s*{_ABOUT}{VALUE}\s*{UNIT}"
)
# 参加者数は、令和元年度45人、令和2年度50人: one label, and each year with its number.
_BY_YEAR = re.compile(rf"(?P<label>[^\s、。・○:：【】()（）\d]{{1,15}}{_COUNTED})\s*[:：はが、]*\s*(?P<rest>[^。\n]+)")
_AFTER_YEAR = re.compile(rf"\s*(?:末|中)?\s*[:：はがに、(]{{0,2}}\s*{_ABOUT}{VALUE}\s*{UNIT}")
_GOAL = re.compile(rf"(?:を|と|に|が)(?:{NOT_REACHED.pattern})|(?:{NOT_REACHED.pattern})")
_JOINED = re.compile(r"\s*(?:末|[./]?\d*日?)?(?:現在)?(?:の|は|:|、)?\s*")
_DIGIT = re.compile(r"\d")
_SENTENCE = re.compile(r"[^。\n]+")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stands: its measure, the year of its column, its cell."""

    measure: str | None
    year: int | None
    at: str


def value_of(found: re.Match[str]) -> int | float:
    """The number a pattern found."""
    digits = found["value"].replace(",", "").replace("▲", "-").replace("△", "-").lstrip("+")
    return float(digits) if "." in digits else int(digits)


def told(text: Text, measure: str | None, year: int | None, *, in_passing: bool = True) -> Iterator[Number]:
    """The labelled figures of one text; glued numbers and figures without a label are refused.

    Without a year, those whose label names one. Without `in_passing`, only those with brackets, colon or list.
    """
    if not _DIGIT.search(text.text):
        return iter(())
    line, place = folded(text.text[:LONGEST]), Place(measure, year, text.at)
    taken = _Taken(len(line))
    found = [*_listed(line, place, taken), *_labelled(line, place, taken)]
    if year is not None and in_passing:
        said = (each for each in (*quoted(line), *passing(line, year)) if taken.add(each.start, each.end))
        found += [_one(each.label, each.found, place) for each in said]
    return (number for number in found if number is not None)


def _listed(line: str, place: Place, taken: _Taken) -> Iterator[Number | None]:
    if "①" not in line:
        return
    for listed in (*_LIST.finditer(line), *_OPEN_LIST.finditer(line)):
        if taken.add(*listed.span()):
            yield from _of_list(listed, place)


def _labelled(line: str, place: Place, taken: _Taken) -> Iterator[Number | None]:
    for sentence in _SENTENCE.finditer(line):
        yield from _by_year(sentence, place, taken)
    # A pattern is tried only where the sign it cannot do without stands.
    for pattern, sign in ((_PAIR, "【"), (_DATED, "現在"), (_COLON, "")):
        for one in pattern.finditer(line) if sign in line else ():
            meant = replace(place, year=_year_before(line, one, place.year)) if pattern is _COLON else place
            if not _looks_ahead(line, one) and taken.add(*one.span()):
                yield _one(one["label"], one, meant)


class _Taken:
    """Stretches of a text some figure was taken from already."""

    def __init__(self, length: int) -> None:
        self._letters = bytearray(length)

    def add(self, start: int, end: int) -> bool:
        """Take this stretch; False when part of it is taken."""
        if self._letters.find(1, start, end) >= 0:
            return False
        self._letters[start:end] = b"\x01" * (end - start)
        return True


def _looks_ahead(line: str, found: re.Match[str]) -> bool:
    """A label that is a goal, or words behind the number that make it one: 参加者数は45人を目標とする."""
    return bool(NOT_REACHED.search(found["label"]) or _GOAL.match(line, found.end()))


def _year_before(line: str, found: re.Match[str], year: int | None) -> int | None:
    """The year a figure is of when its sentence names one before it (平成30年度の登録数は…); None when that is unclear."""
    ends = (line.rfind("。", 0, found.start()), line.rfind("\n", 0, found.start()), found.start() - BACK, 0)
    start = max(ends)
    named = list(fiscal.mentions(line[start : found.start("label")]))
    if not named or named[-1].year.year == year:
        return year
    between = line[start + named[-1].end : found.start("label")]
    return named[-1].year.year if _JOINED.fullmatch(between) else None


def _of_list(found: re.Match[str], place: Place) -> Iterator[Number | None]:
    """①33人②41人 計74人: each part by its mark, and the total where one is printed."""
    for item in _ITEM.finditer(found["items"]):
        yield _one(f"{found['label']}{item['mark']}", item, place)
    if found["value"]:
        yield _one(found["label"], found, place)


def _by_year(sentence: re.Match[str], place: Place, taken: _Taken) -> Iterator[Number]:
    """A label followed by years each with a number of its own."""
    text = sentence.group()
    head = _BY_YEAR.search(text) if _DIGIT.search(text) else None
    years = list(fiscal.mentions(text)) if head is not None else []
    if head is None or len(years) < 2 or NOT_REACHED.search(text) or years[0].start < head.end("label"):
        return
    after = [(mention.year.year, _AFTER_YEAR.match(text, mention.end)) for mention in years]
    if len({year for year, _one in after}) < len(after) or any(one is None for _year, one in after):
        return
    if taken.add(sentence.start() + head.start(), sentence.end()):
        for year, one in after:
            if one is not None:
                yield Number(place.measure, year, head["label"], value_of(one), one["unit"], place.at)


def _one(label: str, found: re.Match[str], place: Place) -> Number | None:
    year = place.year
    named = next(iter(fiscal.mentions(label)), None)
    if named is not None:
        year = named.year.year
        label = folded(label)[named.end :].strip() if named.start == 0 and not named.is_dated else label
        label = found.groupdict().get("what") or label
    return None if year is None else Number(place.measure, year, label, value_of(found), found["unit"], place.at)
