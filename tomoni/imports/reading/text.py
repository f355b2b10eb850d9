"""Bytes become text: byte order marks first, then the encodings of Japan in order, each strictly."""

from __future__ import annotations

import codecs
import re

from tomoni.imports.reading.limits import Unreadable

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with the same two bytes
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SEVEN_BIT = re.compile(rb"\x1b(?:\$[@B]|\$\([DOPQ]|\([IJ])")
FAMILIES = {"Shift_JIS": ("cp932", "shift_jis_2004"), "EUC-JP": ("euc_jp", "euc_jis_2004")}
# What Japanese text is made of, and what text read in the wrong encoding is full of.
LIKELY = re.compile(r"[ぁ-んァ-ヶー、。・]")
UNLIKELY = re.compile(r"[｡-ﾟ\ue000-\uf8ff\x80-\x9f]")


def decode(data: bytes) -> tuple[str, str]:
    """The text, and a note for the person when two encodings were possible. Raises Unreadable when none fits."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _strictly(data, (encoding,)), ""
    if SEVEN_BIT.search(data) and data.isascii():
        return _strictly(data, ("iso2022_jp", "iso2022_jp_ext", "iso2022_jp_3", "iso2022_jp_2004")), ""
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError:
        return _legacy(data)


def _legacy(data: bytes) -> tuple[str, str]:
    """Shift_JIS or EUC-JP. Some bytes are valid in both: then the reading with more kana and fewer oddities is kept."""
    found = {
        family: text
        for family, encodings in FAMILIES.items()
        if (text := next(filter(None, (_attempt(data, encoding) for encoding in encodings)), None))
    }
    if not found:
        raise _no_encoding()
    best = max(found, key=lambda family: _likeliness(found[family]))
    if len(found) == 1:
        return found[best], ""
    return found[best], f"文字コードは{best}とみなしました。文字が化けていないか確かめてください。"


def _likeliness(text: str) -> int:
    return len(LIKELY.findall(text)) - 2 * len(UNLIKELY.findall(text))


def _attempt(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _strictly(data: bytes, encodings: tuple[str, ...]) -> str:
    for encoding in encodings:
        if (text := _attempt(data, encoding)) is not None:
            return text
    raise _no_encoding()


def _no_encoding() -> Unreadable:
    return Unreadable(
        "文字コードが分かりません（UTF-8、UTF-16、Shift_JIS、EUC-JP、JISのどれでもありません）。"
        "「CSV UTF-8」を選んで保存し直してください。"
    )
