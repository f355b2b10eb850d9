"""Probable names and contacts of people in a text. The program marks them; people decide. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tomoni.plans.redacting import nth

_KANJI = "一-龥々〆ヶ"
_NAME = rf"[{_KANJI}]{{1,5}}(?:[ 　・]?[{_KANJI}ァ-ヴー]{{1,6}})?|[ァ-ヴー]{{2,8}}(?:[ 　・][ァ-ヴー]{{2,8}})?"
_DIGITS = "0-9０-９"
_DASH = r"\-‐－−ー"
# What ends like a form of address and is none: 多様, 同様, 仕様, 皆さん, 氏名.
_NOT_BEFORE = re.compile("(?:多|同|仕|模|異|一|別|有|両|今|左|左右|無|皆|みな|お客|客|奥|神|王|何|各種|多種多|様)$")
_NOT_PEOPLE = re.compile(
    "(?:皆|市民|住民|子ども|団体|企業|学生|生徒|児童|職員|社員|会員|委員|隊員|部員|議員|店員|係員|駅員|教員|法人|者|人|客|親|"
    "ボランティア|サポーター|スタッフ|メンバー|リーダー|ドライバー|シニア|講師|会長|課長|部長|代表|先生|店|会)$"
)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of candidate: what it is called, and the pattern whose group `it` is marked."""

    name: str
    pattern: re.Pattern[str]


KINDS = (
    Kind("電子メール", re.compile(r"(?P<it>[A-Za-z0-9._%+-]+[@＠][A-Za-z0-9.-]+\.[A-Za-z]{2,})")),
    Kind(
        "電話",
        re.compile(
            rf"(?<![{_DIGITS}{_DASH}.,])(?P<it>[(（]?[0０][{_DIGITS}]{{1,4}}[(（)）{_DASH} ][{_DIGITS}]{{1,4}}[)）{_DASH} ][{_DIGITS}]{{3,4}}|[0０][7-9７-９][0０][{_DIGITS}]{{8}})(?![{_DIGITS}])"
        ),
    ),
    Kind(
        "住所",
        re.compile(
            rf"(?P<it>[{_KANJI}ァ-ヴーぁ-ん]{{0,8}}?[{_DIGITS}一二三四五六七八九十]{{1,3}}丁目[{_DIGITS}一二三四五六七八九十]{{1,4}}(?:番地?|[{_DASH}の])(?:[{_DIGITS}一二三四五六七八九十]{{1,4}}号?)?|[{_KANJI}]{{1,6}}町?[{_DIGITS}]{{1,4}}番地(?:[{_DASH}の]?[{_DIGITS}]{{1,4}})?|[{_KANJI}]{{1,5}}町[{_DIGITS}]{{1,2}}[{_DASH}][{_DIGITS}]{{1,3}}[{_DASH}][{_DIGITS}]{{1,4}})"
        ),
    ),
    Kind(
        "名前",
        re.compile(rf"(?P<it>{_NAME})(?=[ 　]?(?:氏(?![名神子族])|さん|様(?![々子式相態な])|先生|殿(?=[ 、。にへ])))"),
    ),
    Kind(
        "名前",
        re.compile(
            rf"(?:講師|代表|会長|委員長|理事長|司会|担当者?|氏名)[ 　]?[：:][ 　]?(?P<it>[{_KANJI}]{{1,4}}[ 　]?[{_KANJI}ぁ-んァ-ヴー]{{1,4}})(?![{_KANJI}])"
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Some words of a text that may name a person or lead to one; the how-manieth of these words counted from 0."""

    kind: str
    text: str
    occurrence: int
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def find(text: str, *, also: str = "") -> list[Candidate]:
    """All candidates of a text in reading order, none inside another. `also`: words somebody looks for besides."""
    found: list[Candidate] = []
    kinds = (Kind("さがした言葉", re.compile(f"(?P<it>{re.escape(also)})")),) if also else ()
    for kind in (*kinds, *KINDS):
        for match in kind.pattern.finditer(text):
            words, start = match["it"], match.start("it")
            if kind.name == "名前" and not _is_likely(words):
                continue
            if all(start >= one.end or start + len(words) <= one.start for one in found):
                found.append(Candidate(kind.name, words, _which(text, words, start), start))
    return sorted(found, key=lambda one: one.start)


def _is_likely(words: str) -> bool:
    return len(words) > 1 and not _NOT_BEFORE.search(words) and not _NOT_PEOPLE.search(words)


def _which(text: str, words: str, start: int) -> int:
    occurrence = 0
    while nth(text, words, occurrence) not in (start, -1):
        occurrence += 1
    return occurrence
