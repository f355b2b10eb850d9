"""Numbers that do not add up: a list and its printed total, the change from the year before, parts and their share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product

from tomoni.kernel.japanese import folded
from tomoni.plans.charts import undated
from tomoni.plans.checking.check import Evidence, Found, Kind, Weight, check
from tomoni.plans.checking.facts import LineFacts
from tomoni.plans.checking.words import FIELDS, amount, quoted, sentences_of, year_word

TOLD_IN = ("results", "remarks")
MARKS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"

_N = r"(\d{1,3}(?:,\d{3}){1,4}|(?<!\d)\d{1,12})"
_UNIT = r"(人|名|回|件|団体|事業|世帯|社|校|冊|部|枚|組|か所|箇所|円|千円|万円)"
_COUNT = re.compile(_N + _UNIT)
_SEGMENT = re.compile(r"【[^】]{0,60}】")
_TOTAL = re.compile(
    rf"(?:(?<![一-龥])(?:合計|総計|計|延べ|のべ)|全\d{{1,4}}回[、,]?(?:で|計|延べ)?)\s*:?\s*{_N}{_UNIT}"
)
_ROW = re.compile(
    rf"(?P<items>(?:[^\d、。,(){{}}]{{1,12}}{_N}{_UNIT}[、,・]\s?){{2,20}})(?P<sum>(?:合計|計))\s*:?\s*(?P<total>(?<![\d,])\d[\d,]{{0,12}})(?P<unit>[一-龥]{{1,2}})"
)
_PARTS = re.compile(rf"{_N}{_UNIT}\s*\(内訳\s*[:は]?\s*([^()]{{1,400}})\)")
_CHANGE = re.compile(
    r"(?P<now>(?<![\d,.])\d[\d,]{0,12}(?:\.\d{1,4})?)\s*(?P<unit>%|人|名|回|件|団体|事業)[^\d。]{0,6}前年(?:度)?比\s*:?\s*(?P<sign>[+\-▲△±]?)\s*"
    r"(?P<by>(?<![\d,.])\d[\d,]{0,12}(?:\.\d{1,4})?)\s*(?P<by_unit>%|ポイント|pt|人|名|回|件|団体|事業)?(?P<way>増|減)?"
)
_MORE = re.compile(
    r"(?P<now>(?<![\d,.])\d[\d,]{0,12}(?:\.\d{1,4})?)\s*(?P<unit>%|人|名|回|件|団体|事業)[^\d。]{0,8}前年(?:度)?(?:より|から|に比べて?|と比べて?)[、,]?\s*(?P<sign>)"
    r"(?P<by>(?<![\d,.])\d[\d,]{0,12}(?:\.\d{1,4})?)\s*(?P<by_unit>%|ポイント|pt|人|名|回|件|団体|事業)の?(?P<way>増|減)"
)
_SHARE = re.compile(
    r"(?P<all>(?<![\d,])\d[\d,]{0,12})(?P<unit>人|名|件|団体|回|事業|世帯|機関|会議)(?:中|のうち|の内)[、,]?\s*(?P<part>(?<![\d,])\d[\d,]{0,12})(?P=unit)?[^\d。%]{0,10}?"
    r"(?P<rate>(?<![\d.])\d{1,4}(?:\.\d{1,4})?)%"
)
_RATE = re.compile(
    r"(?P<rate>(?<![\d.])\d{1,4}(?:\.\d{1,4})?)%\s*\((?P<part>(?<![\d,])\d[\d,]{0,12})(?P<unit>人|名|件|団体|回|事業|世帯|機関|会議)?\s*/\s*(?P<all>(?<![\d,])\d[\d,]{0,12})[^\d)]{0,4}\)"
)

# Texts without these are not looked at more closely.
_ADDED = re.compile(r"計|内訳|延べ|のべ|全[0-9０-９]+回")
_PERCENT = re.compile(r"[%％]")


@check(
    "SH-15",
    Kind.SUM,
    weight=Weight.MEND,
    cites="府中市 進行管理シート No.6（講座ごとの人数と合計）、No.15",
    advice="内訳と合計のどちらが正しいかを確かめて、直してください。",
)
def parts_make_their_total(line: LineFacts) -> Iterator[Found]:
    """内訳を足すと、書かれている合計と合いません。どちらが正しいかを確かめてください。"""
    for year, entry in line.years():
        for name in TOLD_IN:
            if not _ADDED.search(entry.text(name)):
                continue
            text = folded(entry.text(name))
            for parts, total, unit, words in (*_lists(text), *_rows(text), *_breakdowns(text)):
                if not _can_make(parts, total):
                    message = f"{FIELDS[name]}の{_sum_word(parts, unit)}合計は{amount(total, unit)}と書かれています。"
                    yield Found(year, name, message, (Evidence(year, name, words),))


@check(
    "SH-16",
    Kind.SUM,
    weight=Weight.MEND,
    cites="府中市 進行管理シート No.30（公募委員のいる会議の割合）",
    advice="この年度と前の年度の数を確かめて、直してください。",
)
def changes_follow_from_the_year_before(line: LineFacts) -> Iterator[Found]:
    """前年との差が、前の年度の数と合いません。数を確かめてください。"""
    for year, entry in line.years():
        for name in TOLD_IN:
            for sentence in sentences_of(entry.text(name)) if "前年" in entry.text(name) else ():
                for found in (*_CHANGE.finditer(sentence), *_MORE.finditer(sentence)):
                    for before in _before(line, year, found):
                        now, unit = _number(found["now"]), found["unit"]
                        message = (
                            f"{quoted(found.group())}とありますが、前の年度（{year_word(year - 1)}）は{amount(before, unit)}で、"
                            f"差は{amount(round(now - before, 6), unit)}です。"
                        )
                        places = (Evidence(year - 1, "figure", amount(before, unit)), Evidence(year, name, sentence))
                        yield Found(year, name, message, places)


@check(
    "SH-17",
    Kind.SUM,
    weight=Weight.MEND,
    cites="府中市 進行管理シート No.30（割合の計算）",
    advice="人数や件数と、割合のどちらが正しいかを確かめて、直してください。",
)
def shares_follow_from_their_parts(line: LineFacts) -> Iterator[Found]:
    """割合が、書かれている数から計算したものと合いません。数を確かめてください。"""
    for year, entry in line.years():
        for name in TOLD_IN:
            for sentence in sentences_of(entry.text(name)) if _PERCENT.search(entry.text(name)) else ():
                for found in (*_SHARE.finditer(sentence), *_RATE.finditer(sentence)):
                    part, whole, rate = (_number(found[key]) for key in ("part", "all", "rate"))
                    if not whole or part > whole or abs(100 * part / whole - rate) < _step(found["rate"]):
                        continue
                    message = (
                        f"{quoted(found.group())}とありますが、計算すると{amount(round(100 * part / whole, 1))}%です。"
                    )
                    yield Found(year, name, message, (Evidence(year, name, sentence),))


Sum = tuple[list[int], int, str, str]


def _lists(text: str) -> Iterator[Sum]:
    """①…②…③… with one printed total of the same unit; each list by itself, and each 【label】 by itself."""
    for segment in _SEGMENT.split(text):
        total = _only_total(segment)
        if total is None:
            continue
        for items in _runs(segment):
            parts = [_last(item, total[1], total[0]) for item in items]
            if len(parts) >= 2 and None not in parts:
                yield [part for part in parts if part is not None], total[0], total[1], segment.strip()


def _only_total(segment: str) -> tuple[int, str] | None:
    totals = {(int(_number(found[1])), _same(found[2])) for found in _TOTAL.finditer(segment)}
    return totals.pop() if len(totals) == 1 else None


def _runs(segment: str) -> Iterator[list[str]]:
    """The texts after ①, ②, ③ … of every list that counts on without a gap."""
    pieces = re.split(rf"([{MARKS}])", segment)
    run: list[str] = []
    for mark, text in zip(pieces[1::2], pieces[2::2], strict=True):
        if mark == MARKS[0]:
            if run:
                yield run
            run = [text]
        elif run and mark == MARKS[len(run)]:
            run.append(text)
        else:
            run = []
    if run:
        yield run


def _last(item: str, unit: str, total: int) -> int | None:
    """The count an item ends with; the printed total behind the last item is not one of them."""
    body = _TOTAL.sub("", item)
    counts = [int(_number(found[1])) for found in _COUNT.finditer(body.split("○")[0]) if _same(found[2]) == unit]
    return counts[-1] if counts else None


def _rows(text: str) -> Iterator[Sum]:
    """男性60人、女性50人、計110人."""
    for found in _ROW.finditer(text):
        counts = [(int(_number(one[1])), _same(one[2])) for one in _COUNT.finditer(found["items"])]
        unit = _same(found["unit"])
        if all(each == unit for _n, each in counts):
            yield [n for n, _each in counts], int(_number(found["total"])), unit, found.group()


def _breakdowns(text: str) -> Iterator[Sum]:
    """120人（内訳 大人80人、子ども40人）."""
    for found in _PARTS.finditer(text):
        unit = _same(found[2])
        parts = [int(_number(one[1])) for one in _COUNT.finditer(found[3]) if _same(one[2]) == unit]
        if len(parts) >= 2:
            yield parts, int(_number(found[1])), unit, found.group()


def _sum_word(parts: Sequence[int], unit: str) -> str:
    """What the parts make; where a part number may have run into a count, only that no reading fits."""
    if any(len(_readings(part)) > 1 for part in parts):
        return f"内訳{len(parts)}件は、番号と数を分けて読んでも合計になりません。"
    return f"内訳を足すと{amount(sum(parts), unit)}ですが、"


def _can_make(parts: Sequence[int], total: int) -> bool:
    """Does any reading of the parts add up? A part number may have run into its count: 215 is also 15."""
    if sum(parts) == total:
        return True
    readings = [_readings(part) for part in parts]
    lowest = sum(min(each) for each in readings)
    doubtful = sum(len(each) > 1 for each in readings)
    if lowest > total or sum(map(max, readings)) < total:
        return False
    return doubtful > 12 or any(sum(each) == total for each in product(*readings))


def _readings(part: int) -> list[int]:
    digits = str(part)
    tails = {int(digits[cut:]) for cut in (1, 2) if len(digits) - cut >= 2 and digits[cut] != "0"}
    return sorted({part, *tails}) if len(digits) >= 3 else [part]


def _before(line: LineFacts, year: int, found: re.Match[str]) -> Iterator[float]:
    """The figure of the year before, where the change told does not follow from it. Told in points or in percent."""
    now = _number(found["now"])
    labels = {undated(one.label) for one in line.figures if one.year == year and one.value == now}
    held = {one.value for one in line.figures if one.year == year - 1 and undated(one.label) in labels}
    if len(held) != 1:
        return
    before = held.pop()
    told = _number(found["by"]) * (-1 if found["sign"] in {"-", "▲", "△"} or found["way"] == "減" else 1)
    step = max(_step(found["by"]), _step(found["now"]))
    ways = [now - before, -(now - before) if found["sign"] == "±" else now - before]
    if found["by_unit"] in {"%", None} and before:
        ways += [100 * (now - before) / before, 100 * now / before]
    if not any(abs(way - told) < step + 1e-9 for way in ways):
        yield before


def _step(digits: str) -> float:
    """What a printed number may be off by: a little more than one of its last digit."""
    decimals = len(digits.partition(".")[2])
    return float(1.01 * 10**-decimals)


def _number(digits: str) -> float:
    return float(digits.replace(",", ""))


def _same(unit: str) -> str:
    return "人" if unit == "名" else unit
