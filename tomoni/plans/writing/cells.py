"""Texts as a workbook keeps them: never a formula, nothing that XML forbids, and back again exactly as they were. Pure."""

from __future__ import annotations

import re

UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
RISKY = ("=", "+", "-", "@", "\t", "\r", "'")
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # a workbook would take _x0041_ for the letter A
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,14})", re.ASCII)


def printable(text: str) -> str:
    """The text without characters no cell can hold, its lines ended as cells end them."""
    return UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def kept(text: str) -> str:
    """As the file has to say it so that it is read as this text."""
    return _ESCAPE.sub("_x005F_", text)


def is_risky(text: str) -> bool:
    """Whether a spreadsheet would take what follows for a formula once somebody edits the cell."""
    return text.startswith(RISKY)


def as_number(text: str) -> int | None:
    """The whole number a text is, when a cell of that number shows exactly the text (12, not 012 or １２)."""
    return int(text) if _WHOLE.fullmatch(text) and text != "-0" else None


def exact(value: float) -> bool:
    """Whether a cell shows this number to its last digit."""
    return float(format(value, ".15g")) == value and abs(value) < 1e15
