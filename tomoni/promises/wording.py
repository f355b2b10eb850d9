"""The words of a promise that say what is promised, and which of them stand in another text. Pure.

Japanese has no blanks between words. Runs of kanji, katakana, letters and numbers are taken for words; a run counts as
found as far as pieces of it stand in the other text, so that 市民協働推進員研修 is found in "研修 … 市民協働推進員".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tomoni.kernel.japanese import folded

# Words every promise is made of: they say that something is done, not what.
_LIGHT = [
    "引き続き",
    "引続き",
    "次年度",
    "来年度",
    "翌年度",
    "今年度",
    "前年度",
    "年度",
    "今後",
    "継続",
    "実施",
    "検討",
    "推進",
    "取組み",
    "取組",
    "取り組み",
    "取り組",
    "積極的",
    "効果的",
    "効率的",
    "適切",
    "必要",
    "予定",
    "対応",
    "充実",
    "強化",
    "促進",
    "展開",
    "関係",
    "内容",
    "状況",
    "実現",
    "行う",
    "行い",
    "行って",
    "図る",
    "図り",
    "図って",
    "進める",
    "進めて",
    "努める",
    "努めて",
    "向けて",
    "向けた",
    "対して",
    "踏まえ",
    "合わせて",
    "応じて",
    "通して",
    "通じて",
    "含めて",
    "一層",
    "更なる",
    "着実",
    "随時",
    "適宜",
    "各種",
    "様々",
    "可能",
    "場合",
    "事業",
    "対象",
    "活用",
    "本市",
    "当該",
]
_LIGHT_PATTERN = re.compile("|".join(sorted(map(re.escape, _LIGHT), key=len, reverse=True)))
_RUN = re.compile(r"[一-龥々〆]+|[ァ-ヴ][ァ-ヴー]+|[a-z]{2,}|\d+[一-龥]{1,2}")
_KANJI = re.compile(r"[一-龥々〆]")
# First letters of verbs and endings that carry no meaning of their own: 行う, 図る, 合わせる, 続ける …
_LIGHT_KANJI = frozenset(
    "関行図進努向続引取得受等及併応踏伴含基係合起上組込出付入見持為所中間者物事時様的性化点際共例何今次市会前後年月日設与促"
)
_VERB_ENDING = re.compile("[ぁ-ん](?<![のはをがにへともや])")
_SHORTEST = {"kanji": 2, "kana": 3, "other": 2}


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a promise, as it is compared and as it is shown, and how much it weighs."""

    text: str
    shown: str
    weight: float


@dataclass(frozen=True, slots=True)
class Match:
    """How much of a promise stands in another text: the words found there, and those that are not. `share` is 0 to 1."""

    share: float
    found: tuple[str, ...]
    missing: tuple[str, ...]
    weight: float


def stripped(text: str) -> str:
    """The text in one width and small letters, with as many blanks where a light word stood."""
    return _LIGHT_PATTERN.sub(lambda word: " " * len(word.group()), folded(text).lower())


def words_of(text: str, *, topic: str = "", topic_weight: float = 1 / 3) -> tuple[Word, ...]:
    """The words that say what is promised. Words of the topic stand in every report of it, so they weigh less."""
    about = stripped(topic)
    found: dict[str, Word] = {}
    bare, printed = stripped(text), folded(text)
    for run in _RUN.finditer(bare):
        word = run.group()
        if len(word) == 1 and not _is_verb(bare, run.end(), word):
            continue
        weight = float(len(word)) * (topic_weight if word in about else 1)
        found.setdefault(word, Word(word, printed[slice(*run.span())], weight))
    return tuple(found.values())


def _is_verb(text: str, end: int, kanji: str) -> bool:
    """One kanji with the kana of a verb behind it, as in 増やす; alone it is too little to be told apart."""
    return kanji not in _LIGHT_KANJI and bool(_VERB_ENDING.match(text, end))


def match(words: Iterable[Word], text: str) -> Match:
    """Which of the words stand in the text, whole or in pieces."""
    within = stripped(text)
    words = tuple(words)
    total = sum(word.weight for word in words)
    got, found, missing = 0.0, [], []
    for word in words:
        pieces = _pieces(word.text, within)
        share = sum(map(len, pieces)) / len(word.text)
        got += word.weight * share
        if len(word.text) > 1:  # one letter of a verb counts, but says nothing to a reader
            found += [word.shown[at : at + len(piece)] for piece in pieces for at in [word.text.index(piece)]]
            missing += [word.shown] if share < 0.5 else []
    return Match(got / total if total else 0.0, tuple(dict.fromkeys(found)), tuple(missing), total)


def _pieces(word: str, text: str) -> list[str]:
    """The longest pieces of a word that stand in the text, from left to right."""
    if len(word) == 1:
        return [word] if re.search(f"{word}[ぁ-ん]", text) else []
    shortest = min(len(word), _SHORTEST["kanji" if _KANJI.match(word) else "kana" if word[0] >= "ァ" else "other"])
    if not _KANJI.match(word) and word[0] < "ァ":
        return [word] if word in text else []
    found, start = [], 0
    while start <= len(word) - shortest:
        for end in range(len(word), start + shortest - 1, -1):
            if word[start:end] in text:
                found.append(word[start:end])
                start = end
                break
        else:
            start += 1
    return found
