"""How large a file may be, in every sense that matters, and the one exception that says why a file was not read."""

from __future__ import annotations

MAX_BYTES = 50 * 2**20
MAX_UNPACKED = 300 * 2**20  # what a packed workbook may grow to
MAX_RATIO = 300  # honest workbooks shrink 5 to 50 times; deflate itself ends at about 1,000
MAX_MARKUP = 10_000_000  # characters of a web page: its tree takes 20 times as much memory
MAX_SHEETS = 100
MAX_CELLS = 1_000_000
MAX_CHARACTERS = 100_000_000
MAX_SPREAD = 500_000  # copies made of merged cells
MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384
MAX_PAGES = 200
MAX_SECONDS = 180  # for the formats that are read in a process of their own
MAX_MEMORY = 2 * 2**30

ADVICE = "表の入ったファイル（xlsx、xls、ods、CSV、TSV、HTML、文字のあるPDF）を送ってください。"


class Unreadable(Exception):
    """The file cannot be read. The message is for the person who sent it: what is wrong, and what to do."""


def refuse_large(size: int) -> None:
    """Raise Unreadable when a file of `size` bytes is more than we take. Ask before the bytes are loaded."""
    if size > MAX_BYTES:
        message = (
            f"ファイルが大きすぎます（{size / 2**20:,.0f} MB）。{MAX_BYTES // 2**20} MBまでのファイルに分けてください。"
        )
        raise Unreadable(message)


def broken(what: str) -> Unreadable:
    """The refusal for a file whose kind is known but whose inside does not hold together."""
    return Unreadable(
        f"{what}として開けません。ファイルが途中で切れているか、壊れています。もう一度保存して送ってください。"
    )
