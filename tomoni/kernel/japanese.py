"""Keys for comparing and searching Japanese text, and small repairs of how spreadsheets write it."""

from __future__ import annotations

import re
import unicodedata

# Circled and Roman numbers mean something of their own (1-1③ is not 1-13, Ⅰ is not the letter I): they stay.
_KEPT = re.compile("([①-⑳⓪-⓿❶-➓㉑-㉟㊱-㊿Ⅰ-ⅿ])")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−－﹣", "-") | dict.fromkeys("～〜∼", "~"))
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_SPACE = re.compile(r"\s+")
_ENDS = re.compile(r"(?<=[。！？!?])\s*|\n+")


def folded(text: str) -> str:
    """Text in one width (NFKC) with one kind of dash and wave; circled and Roman numbers and spaces stay as they are."""
    if text.isascii():
        return text
    parts = _KEPT.split(_INVISIBLE.sub("", text))
    whole = "".join(part if i % 2 else unicodedata.normalize("NFKC", part) for i, part in enumerate(parts))
    return whole.translate(_DASHES)


def plain(text: str) -> str:
    """The key two spellings share: one width, small letters, no blanks. ``"ＰＲ 活動" -> "pr活動"``."""
    key = _SPACE.sub("", folded(text)).casefold()
    # Small letters and lost blanks can leave accents apart from their letters.
    return key if unicodedata.is_normalized("NFKC", key) else _SPACE.sub("", folded(key)).casefold()


def hiragana(text: str) -> str:
    """Katakana turned into hiragana, so that ふりがな and カナ find each other; the long mark stays."""
    return "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in text)


def search_key(text: str) -> str:
    """What is compared when someone searches: ``plain`` without the difference of the two kana."""
    return hiragana(plain(text))


def one_line(text: str) -> str:
    """A label broken over lines in its cell, as one line; a blank stays only between Latin words."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    joined = ""
    for line in lines:
        gap = (
            " "
            if joined and joined[-1].isascii() and joined[-1].isalnum() and line[0].isascii() and line[0].isalnum()
            else ""
        )
        joined += gap + line
    return joined


def number_as_printed(text: str) -> str:
    """A number or code as printed, in half width: ``"１－１③" -> "1-1③"``; trailing dots and blanks go."""
    return _SPACE.sub("", folded(text)).rstrip(".．、。,:：")


def sentences(text: str) -> list[str]:
    """The sentences of a text, cut after 。 and at line ends, blanks trimmed."""
    return [part.strip() for part in _ENDS.split(text) if part.strip()]
