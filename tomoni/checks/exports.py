"""The findings of a plan as a file for the division."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from tomoni.checks.cards import Card
from tomoni.plans.exports import neutral

HEAD = ("番号", "種類", "重さ", "施策", "担当課", "年度と欄", "気づいたこと", "できること", "もとになった文", "答え")


def as_csv(cards: Iterable[Card]) -> bytes:
    """UTF-8 with a byte order mark, one row per finding."""
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\r\n")
    table.writerow(HEAD)
    for card in cards:
        quotes = "\n".join(f"{each.where}: {each.words}" for each in card.evidence)
        reason = card.answer.reason if card.answer else ""
        cells = (
            card.rule,
            card.kind,
            card.severity,
            card.name,
            card.departments,
            card.place,
            card.message,
            card.advice,
            quotes,
            reason,
        )
        table.writerow(neutral(cell) for cell in cells)
    return b"\xef\xbb\xbf" + written.getvalue().encode()
