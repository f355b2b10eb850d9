"""Figures said in passing, without brackets or colon: 参加45名, 加入率52.3%, 12回開催, 延べ240人. Careful rather than many."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from tomoni.kernel import fiscal

LARGEST = 9999  # without commas; longer runs of digits are often two numbers the scan ran together
_SENTENCE = re.compile(r"[^。\n]+")
# A sentence that adds up, compares, rounds or looks ahead says more than one number can.
_DOUBT = re.compile(
    r"計|うち|内訳|目標|目指|予定|見込|上限|定員|前年|昨年|次年|来年|今後|比較|[①-⑳]\s*\d|[~〜]\s*\d|\d\s*[~〜]"
)
_NOUN = r"(?P<label>[一-龥々ァ-ヶー]{0,10}?(?:参加|申込み?|応募|来場|受講|出席|登録|加入|回答|利用|配布|開催|実施|者|率|件数|回数|人数|団体数|世帯数))"
_NUMBER = r"(?P<value>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)"
# What follows must close the phrase: "受講者2人が活動を始めた" are two of them, not all.
_END = r"(?=$|[\s。)」]|[、,・](?!\s*\d)|でした|だった|となった)"
_LED = re.compile(
    rf"(?<![一-龥々ァ-ヶーA-Za-z]){_NOUN}{_NUMBER}(?P<unit>人|名|件|回|団体|世帯|部|冊|枚|校|社|組|%){_END}"
)
# 交流会を1回開催: without its thing a number of times would make one series of meetings and lectures.
_DONE = re.compile(
    rf"(?:^|(?<![一-龥々ァ-ヶーA-Za-z])(?P<thing>[一-龥々ァ-ヶー]{{2,12}})(?:を|の(?:開催|実施)\s+)){_NUMBER}(?P<unit>回|件)"
    r"(?P<label>開催|実施)(?!予定|計画|日)"
)
_ALL_TOLD = re.compile(rf"(?:^|[\s、をにはがで・])(?P<label>延べ|のべ){_NUMBER}(?P<unit>人|名){_END}")


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
    said = Counter(one.label for one in found)
    return (one for one in found if said[one.label] == 1)


def _of_sentence(sentence: re.Match[str], year: int) -> Iterator[Passing]:
    text = sentence.group()
    if _DOUBT.search(text) or any(each.year.year != year for each in fiscal.mentions(text)):
        return
    for pattern in (_LED, _DONE, _ALL_TOLD):
        for one in pattern.finditer(text):
            if _is_likely(one):
                yield Passing(_label(one), one, sentence.start() + one.start(), sentence.start() + one.end())


def _label(one: re.Match[str]) -> str:
    if one.re is _ALL_TOLD:
        return "延べ人数"
    thing = one.groupdict().get("thing")
    return f"{thing}の{one['label']}" if thing else str(one["label"])


def _is_likely(one: re.Match[str]) -> bool:
    """A rate goes with % up to 100 and with nothing else; a long run of digits is not believed."""
    digits = one["value"]
    value = float(digits.replace(",", ""))
    is_rate = one["label"].endswith("率")
    if is_rate != (one["unit"] == "%") or (is_rate and value > 100):
        return False
    is_counted = is_rate or "." not in digits
    return is_counted and not (digits.startswith("0") and len(digits) > 1) and ("," in digits or value <= LARGEST)
