"""Status words: what a rating says, told by its meaning; marks, letters and digits only where a legend is found."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from tomoni.kernel.japanese import folded, plain
from tomoni.plans.sheet.reading import Reading

ON_TRACK, OFF_TRACK, DONE, CHANGED, NOT_STARTED = "on_track", "off_track", "done", "changed", "not_started"

# Longer texts are accounts, not ratings.
LONGEST = 40

_PLAN = "(?:計画|予定|期待|目標|想定|見込み?)"
_AS = "(?:通り|どおり|とおり|どうり|通)"
_NOT = "(?:ない|なかった|ません|できず|いえず|ならず|ず$)"
# Asked in this order: a refusal is heard before the word it refuses (計画どおり進んでいない, 遅れはない, 未完了).
_MEANINGS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (meaning, re.compile(pattern))
    for meaning, pattern in (
        (
            ON_TRACK,
            "遅れ(?:は|も|が)?(?:な[いくし]|無|生じていない|出ていない|見られない)|遅れることなく|遅延(?:なし|無)",
        ),
        (OFF_TRACK, f"{_PLAN}(?:に)?{_AS}.*{_NOT}|{_PLAN}{_AS}.*(?:とは|に至ら)|順調(?:で|と|に|さ).*{_NOT}|不調"),
        (
            OFF_TRACK,
            "遅れ|遅延|遅滞|停滞|難航|未達|達成(?:し|でき)(?:て?い?ない|なかった|ていません)|下回|不十分|十分(?:で|に)は?ない",
        ),
        (OFF_TRACK, f"進(?:んで|められて|ま|展して).{{0,4}}{_NOT}|達成に至ら"),
        (
            "",
            "一部(?!変更|計画を?変更|内容を?変更|見直)|部分的|半分|見込|予定(?!通|どお|とお|を?(?:以上|上回))|未完|完了し?て?いない|完了でき",
        ),
        (
            NOT_STARTED,
            "未着手|未実施|未開始|未実行|(?:着手|実施|開始)(?:して|できて|されて)?(?:い)?(?:ない|ません)|(?:着手|実施)(?:でき|し)(?:ず|なかった)",
        ),
        (
            "",
            "(?:概ね|おおむね|ほぼ|およそ).*(?:達成|完了)|達成(?:率|度|に向)(?!.*順調)|(?:変更|見直し?)(?:は|も|の必要は)?(?:な[しい]|無)",
        ),
        ("", "(?:変更|見直し?)(?:を|が)?(?:検討|必要|予定|要する)|要見直|要変更|次年度.*見直|見直す$"),
        (DONE, "完了|終了|完成|(?:実施|対応|達成|措置)済|達成(?:$|し|でき|[)。、])"),
        (CHANGED, "変更|見直し?(?:て|た|を行|の?上|の?うえ|後).*(?:実施|継続|推進|進)|見直し実施"),
        (
            ON_TRACK,
            f"順調|{_PLAN}に?{_AS}|{_PLAN}(?:を|より|に対し)?(?:大幅に|大きく)?(?:以上|上回|超え|超過)|前倒し|良好|着実に|計画に沿",
        ),
        (ON_TRACK, "^(?:おおむね|概ね|ほぼ)?進んでいる$|^進展している$"),
    )
)
# Words that rate without saying which of the five it is: they are kept and stay open.
_OPEN_WORDS = re.compile(
    "^(?:取組中|取り組み中|実施中|進行中|着手済み?|着手|一部(?:達成|完了|実施|着手)|(?:概ね|おおむね|ほぼ)(?:達成|完了)|継続中?|検討中|課題あり|"
    "要改善|改善が?必要|準備中|調整中|中止|休止|廃止|統合|保留|見直し|拡充|縮小|現状維持|維持)$"
)
# What a whole cell looks like when it is a rating; used where no heading vouches for the cell.
_WHOLE = re.compile(
    f"^(?:(?:おおむね|概ね|ほぼ|当初)?{_PLAN}(?:を|に)?(?:{_AS}|以上|上回|下回|一部変更|変更|見直|より).{{0,14}}|"
    "(?:おおむね|概ね|ほぼ|やや|少し|大幅に|大きく|一部|若干|非常に|極めて)?(?:順調|遅れ|遅延).{0,8}|"
    "(?:事業|目標|計画)?(?:を|は|の)?(?:完了|終了|達成|未達成|未着手|未実施|実施済み?|変更)(?:した|済み?|している|して実施.{0,5})?(?:[(][^()]{1,15}[)])?|"
    "(?:計画|内容)を?.{0,4}(?:変更|見直).{0,10})。?$"
)
# What scanning makes of the words: repaired only where the repaired cell is a rating.
_SLIPS = (("入って", "進んで"), ("進んて", "進んで"), ("計両", "計画"), ("計圃", "計画"), ("末着手", "未着手"))
_MORE_SLIPS = (
    ("末実施", "未実施"),
    ("末達成", "未達成"),
    ("順凋", "順調"),
    ("順詞", "順調"),
    ("達戊", "達成"),
    ("兀了", "完了"),
)

_SAME_MARKS = str.maketrans({"〇": "○", "◯": "○", "⭕": "○", "✕": "×", "☓": "×", "✖": "×", "❌": "×", "ー": "-"})
_MARK = re.compile(r"^(?:[A-Z][+-]?|[◎○●◇◆△▲▽▼×☆★□■-]{1,5}|[0-9]|[IVX]{1,4}|[Ⅰ-Ⅹ])$")
_FIRST = re.compile(r"^([A-Z][+-]?|[◎○●◇◆△▲▽▼×☆★]{1,5}|[0-9]|[IVX]{1,3}|[Ⅰ-Ⅹ])[\s.:(、]+\s*(\D[^)]*)\)?$")
_BOXES = re.compile("([■□☑☐☒●○✓✔])")
_CHECKED = set("■☑☒✓✔●")


@lru_cache(maxsize=4096)
def mark(text: str) -> str:
    """A letter, mark or digit in its one spelling (〇 and ○ are the same), or "" when the text is none."""
    key = re.sub(r"\s", "", folded(text)).translate(_SAME_MARKS)
    return key if _MARK.match(key) else ""


@lru_cache(maxsize=4096)
def meaning(text: str) -> str | None:
    """The status a word or short sentence means; None when it means none for certain (取組中, 一部達成)."""
    key = plain(text)
    if not key or len(key) > LONGEST:
        return None
    for found, pattern in _MEANINGS:
        if pattern.search(key):
            return found or None
    return None


@lru_cache(maxsize=4096)
def repaired(text: str) -> str:
    """The text without the slips of scanning that are known in status words; the same text when there is none."""
    mended = text
    for wrong, right in (*_SLIPS, *_MORE_SLIPS):
        mended = mended.replace(wrong, right)
    return mended if mended != text and _WHOLE.match(plain(mended)) and meaning(mended) else text


@lru_cache(maxsize=4096)
def is_rating_by_itself(text: str) -> bool:
    """Whether a cell is a rating in words, told without a heading above it."""
    key = plain(repaired(text))
    return len(key) <= 24 and (bool(_WHOLE.match(key) and meaning(key)) or bool(_OPEN_WORDS.match(key)))


def is_open_word(text: str) -> bool:
    return bool(_OPEN_WORDS.match(plain(text)))


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a rating was understood: the status or why it stays open, and the text with a slip repaired."""

    status: str | None
    why: str = ""
    mended: str = ""
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Scale:
    """How the ratings of one file are to be understood: the rulebook's words, then the file's legend, then meaning."""

    legend: Mapping[str, str] = field(default_factory=dict)  # mark -> its words
    words: Mapping[str, str] = field(default_factory=dict)  # plain word -> status

    @classmethod
    def of(cls, reading: Reading, legend: Mapping[str, str]) -> Scale:
        words = {(mark(word) or plain(word)): status for word, status in reading.statuses.items()}
        return cls(legend=dict(legend), words=words)

    def knows(self, text: str) -> bool:
        """Whether a cell is a rating on this scale, or a rating in words."""
        if len(text) > LONGEST or not text:
            return False
        key = mark(text)
        return (
            bool(key and (key in self.legend or key in self.words))
            or plain(text) in self.words
            or is_rating_by_itself(text)
        )

    def is_plain_rating(self, text: str) -> bool:
        """Whether a cell is a rating whose meaning is told: 見直し and 拡充 may as well be a direction for next year."""
        return self.knows(text) and self.read(text).status is not None

    def read(self, text: str) -> Verdict:
        """Understand one rating. Never guesses: a mark without a legend and a word of two meanings stay open."""
        key = mark(text)
        if (word := self.words.get(key or plain(text))) is not None:
            mended = repaired(text)
            return Verdict(word, mended=mended if mended != text else "", confidence=0.98)
        if key:
            return self._explained(key, text)
        if len(_BOXES.findall(folded(text))) > 1:
            ticked = _ticked(text)
            return self.read(ticked) if ticked else Verdict(None, "どの欄に印が付いているか、読み取れませんでした。")
        if both := _FIRST.match(folded(text).translate(_SAME_MARKS).strip()):
            return self._both(both[1], both[2])
        return _in_words(text)

    def _explained(self, key: str, text: str) -> Verdict:
        if key not in self.legend:
            return Verdict(None, f"「{text.strip()}」の意味を書いた凡例が見つからないため、判断していません。")
        words = self.legend[key]
        status = self.words.get(plain(words)) or meaning(words)
        if status is None:
            return Verdict(None, f"凡例の「{key}：{words}」が5つの状態のどれに当たるか、言葉だけでは決められません。")
        return Verdict(status, confidence=0.97)

    def _both(self, key: str, words: str) -> Verdict:
        """A cell that carries its own legend, such as "A（計画どおり）"; the two must not contradict each other."""
        own, listed = _in_words(words), self.legend.get(key)
        if listed and meaning(listed) and own.status and meaning(listed) != own.status:
            return Verdict(None, f"「{key}」の凡例（{listed}）とセルの言葉（{words}）が食い違っています。")
        if own.status is None and listed:
            return self._explained(key, key)
        return own


def _in_words(text: str) -> Verdict:
    mended = repaired(text)
    for candidate in (mended, _first_clause(mended)):
        if status := meaning(candidate):
            sure = 0.98 if candidate == mended else 0.9
            return Verdict(status, mended=mended if mended != text else "", confidence=sure)
    if len(plain(text)) > LONGEST:
        return Verdict(None, "進捗状況の欄が文章で、どの状態に当たるか言葉だけでは決められません。")
    return Verdict(None, f"「{text.strip()}」が5つの状態のどれに当たるか、言葉だけでは決められません。")


def _first_clause(text: str) -> str:
    """The opening words of a cell that goes on to explain itself: "計画どおり。講座を…" gives "計画どおり"."""
    first = re.split(r"[。\n]|\s{2,}", text.strip(), maxsplit=1)[0]
    return first if len(first) <= 24 and first != text.strip() else ""


def _ticked(text: str) -> str:
    """The label of the one ticked box in "■順調 □遅れ". "" when labels do not clearly follow their boxes."""
    parts = _BOXES.split(folded(text).strip())
    if len(parts) < 5 or parts[0].strip():
        return ""
    ticked = [label.strip() for box, label in zip(parts[1::2], parts[2::2], strict=True) if box in _CHECKED]
    blank = any(not label.strip() for label in parts[2::2])
    return ticked[0] if len(ticked) == 1 and not blank else ""
