"""Texts that are those of the year before: word for word, but for the numbers, or nearly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from tomoni.kernel.japanese import plain
from tomoni.plans.checking.check import Evidence, Found, Kind, check
from tomoni.plans.checking.facts import TEXTS, LineFacts
from tomoni.plans.checking.words import FIELDS, year_word

NEAR = 0.85
SHORT = 12
LONG = 60
MOST = 5000  # longer texts are compared for sameness only
TRUST = "原本の繰り返しか、読み取りの際の繰り返しかは判断できません。"

_DIGITS = re.compile(r"[0-9]+")
_LABELS = re.compile(
    r"【[^】]*】|(?:令和|平成|昭和|[rhs])(?:元|[0-9]+)(?:年度?)?|前年度?比|現在|時点|[0-9]+|[①-⑳]|[人名回件団体事業月日%％、。・()+.\-\s]"
)
_TERM = re.compile(r"[一-龥々]{4,}|[ァ-ヶー]{4,}|[a-z]{4,}")


@check(
    "SH-05",
    Kind.REPEAT,
    cites="府中市 進行管理シート（毎年同じ文の続く欄）",
    advice="この年度に変わったことを書き足してください。同じでよいときは、そのわけを答えてください。",
)
def texts_are_of_their_year(line: LineFacts) -> Iterator[Found]:
    """前の年度と同じ文です。この年度のことを書いてください。"""
    trust = TRUST if line.is_looped else ""
    for year, before, now in line.pairs():
        for name in TEXTS:
            if how := alike(before.text(name), now.text(name)):
                message = f"{FIELDS[name]}が前の年度（{year_word(year - 1)}）と{how}です。{trust}"
                places = (Evidence(year - 1, name, before.text(name)), Evidence(year, name, now.text(name)))
                yield Found(year, name, message, places)


def alike(before: str, now: str) -> str:
    """How alike two texts are; "" when they differ, or when they are nothing but labels and numbers."""
    if not before or not now:
        return ""
    one, two = _key(before), _key(now)
    bare, bare_now = _LABELS.sub("", one), _LABELS.sub("", two)
    if min(len(bare), len(bare_now)) < SHORT:
        return ""
    if one == two:
        return "同じ文"
    if _DIGITS.sub("", one) == _DIGITS.sub("", two):
        return "数字のほかは同じ文"
    return "ほぼ同じ文" if _is_near(bare, bare_now) and not _has_news(one, two) else ""


@lru_cache(maxsize=4096)  # each text is compared with the year before it and the year after
def _key(text: str) -> str:
    return plain(text)


def _is_near(one: str, two: str) -> bool:
    """Likeness of the words alone: labels and units would make any two reports of the same numbers alike."""
    if max(len(one), len(two)) > MOST or min(len(one), len(two)) < NEAR * max(len(one), len(two)) * 0.85:
        return False
    from rapidfuzz.fuzz import ratio  # only needed for near-twins; loading it costs start-up time

    return ratio(one, two) >= NEAR * 100


def _has_news(before: str, now: str) -> bool:
    """In a short text a new name (職員意識調査 instead of 庁内報) is what the year is about."""
    return len(now) < LONG and any(term not in before for term in _TERM.findall(now))
