"""Figures said in passing, without brackets or colon: 参加45名, 加入率52.3%, 12回開催, 11名が修了. Careful rather than many."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from tomoni.kernel import fiscal

LARGEST = 9999  # without commas; longer runs of digits are often two numbers the scan ran together
# What is hoped for, allowed or planned is not what was reached.
NOT_REACHED = re.compile(r"目標|目指|予定|見込|上限|定員|定数|計画値|募集人数|募集定員|枠")
_DIGIT = re.compile(r"\d")
_SENTENCE = re.compile(r"[^。\n]+")
# A sentence that adds up, compares, rounds or looks ahead says more than one number can.
_DOUBT = re.compile(
    rf"計|うち|内訳|{NOT_REACHED.pattern}|前年|昨年|次年|来年|今後|比較|[①-⑳]\s*\d|[~〜]\s*\d|\d\s*[~〜]"
)
_ASIDE = re.compile(r"\([^()]{0,200}\)")
_NOUN = (
    r"(?P<label>[A-Za-z一-龥々ァ-ヶー]{0,12}?(?:参加|申込み?|応募|来場|受講|出席|登録|加入|回答|利用|配布|開催|実施|相談|修了|"
    r"者|率|(?<![複多少半])数|平均点|満足度|認知度|達成度|理解度|"
    r"講座|研修|会議|教室|講習|セミナー|フォーラム|説明会|交流会|相談会|学習会|講演会|ワークショップ|サロン|カフェ))"
)
_NUMBER = r"(?P<value>\d{1,3}(?:,\d{3}){1,4}|\d{1,12}(?:\.\d{1,6})?)"
_COUNT = r"(?P<unit>人|名|件|回|団体|世帯|部|冊|枚|校|社|組|事業|か所|箇所|点|%)"
# What follows must close the phrase: "受講者2人が活動を始めた" are two of them, not all.
_END = r"(?=$|[\s。)」【(]|[、,・](?!\s*\d)|でした|だった|となった|となり)"
_LED = re.compile(rf"(?<![一-龥々ァ-ヶーA-Za-z\d]){_NOUN}\s?{_NUMBER}{_COUNT}{_END}")
_DEED = r"(?P<label>開催|実施|配布|発行|作成|派遣|設置|配置|開設|認定|採択|交付|締結|掲載|受け付け|受付|送付|発送|公開|配信|更新)"
# 交流会を1回開催, チラシを1,200部配布: without its thing a number of times would make one series of meetings and lectures.
_DONE = re.compile(
    rf"(?:^全?|(?<=[○・\s])全|(?<![一-龥々ァ-ヶーA-Za-z])(?:(?P<thing>[A-Za-z一-龥々ァ-ヶー]{{2,12}})|「(?P<title>[^「」]{{2,30}})」)(?:を|の(?:開催|実施)\s+)(?:年|計)?)"
    rf"{_NUMBER}{_COUNT}{_DEED}(?!予定|計画|日|す[るべ])"
)
_ALL_TOLD = re.compile(
    rf"(?:^|[\s、をにはがで・])(?P<label>延べ|のべ){_NUMBER}(?P<unit>人|名)(?:{_END}|(?=の参加|が参加|が来場|の来場))"
)
# 11名が修了, 41名の参加: behind another count (全12回246名) the digits may be two numbers.
_FOLLOWED = re.compile(
    rf"(?:^|(?<=[\s、。はにを・)])){_NUMBER}(?P<unit>人|名|団体|件)(?:が|の)(?P<label>参加|受講|修了|来場|応募|利用|出席|回答|加入|登録|申込み?)"
    r"(?=$|[\s。、)]|し[、たま]|があ|が得|を得|があった|となった)"
)
_SENT = re.compile(
    rf"(?:^|(?<=[\s、。は・)])){_NUMBER}(?P<unit>団体|社|校|施設|自治会|世帯|か所|箇所|課)(?:に|へ)(?P<label>派遣|配布|訪問|出向|送付)(?=し[、たま])"
)
# 7人・16件の取得実績: two counts of one thing, each with its own unit.
_RECORD = re.compile(
    r"(?P<counts>(?:(?<![\d,])\d[\d,]{0,10}(?:人|名|件|回|団体)[・、]){0,4}(?<![\d,])\d[\d,]{0,10}(?:人|名|件|回|団体))の(?P<label>[一-龥]{2,8}実績)"
)
_RATE = re.compile(r"(?:率|満足度|認知度|達成度|理解度)$")
_EVENT = re.compile(r"(?:講座|研修|会議|教室|講習|セミナー|フォーラム|会|ワークショップ|サロン|カフェ)$")
_EACH = re.compile(rf"{_NUMBER}(?P<unit>人|名|件|回|団体)")


@dataclass(frozen=True, slots=True)
class Passing:
    """One such figure: what it counts, the match, and where it stands in the text."""

    label: str
    found: re.Match[str]
    start: int
    end: int


def passing(line: str, year: int) -> Iterator[Passing]:
    """The figures of a folded text of that year. A label that is said twice with two numbers is left out altogether."""
    found = [one for sentence in _SENTENCE.finditer(line) for one in _of_sentence(sentence, year)]
    said = Counter((one.label, one.found["unit"]) for one in found)
    return (one for one in found if said[one.label, one.found["unit"]] == 1)


def _of_sentence(sentence: re.Match[str], year: int) -> Iterator[Passing]:
    text = sentence.group()
    if not _DIGIT.search(text) or any(each.year.year != year for each in fiscal.mentions(text)):
        return
    if not _DOUBT.search(text):
        yield from _records(sentence)
    # Words in parentheses speak of something else (うち学生12名); the sentence is read without them.
    text = _ASIDE.sub(lambda aside: " " * len(aside.group()), text)
    if _DOUBT.search(text):
        return
    for pattern in (_LED, _DONE, _ALL_TOLD, _FOLLOWED, _SENT):
        for one in pattern.finditer(text):
            if _is_likely(one):
                yield Passing(_label(one), one, sentence.start() + one.start(), sentence.start() + one.end())


def _records(sentence: re.Match[str]) -> Iterator[Passing]:
    for record in _RECORD.finditer(sentence.group()):
        for one in _EACH.finditer(sentence.group(), record.start("counts"), record.end("counts")):
            label = record["label"] if record["counts"] == one.group() else f"{record['label']}({one['unit']})"
            yield Passing(label, one, sentence.start() + one.start(), sentence.start() + one.end())


def _label(one: re.Match[str]) -> str:
    if one.re is _ALL_TOLD:
        return "延べ人数"
    groups = one.groupdict()
    thing = groups.get("thing") or groups.get("title")
    label = str(one["label"]).replace("受け付け", "受付")
    return f"{thing}の{label}" if thing else label


def _is_likely(one: re.Match[str]) -> bool:
    """A rate goes with % up to 100 and with nothing else; a long run of digits is not believed."""
    digits, label, unit = one["value"], str(one["label"]), one["unit"]
    value = float(digits.replace(",", ""))
    is_rate = bool(_RATE.search(label))
    if is_rate != (unit == "%") or (is_rate and value > 100) or label.endswith("平均点") != (unit == "点"):
        return False
    if _EVENT.search(label) and unit != "回":
        return False
    is_counted = is_rate or unit == "点" or "." not in digits
    return is_counted and not (digits.startswith("0") and len(digits) > 1) and ("," in digits or value <= LARGEST)
