"""The budget table of a proposal: rows as people type them, rows as they are kept, and its sums. Pure; money in yen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tomoni.kernel.japanese import folded

SIDES = ("income", "spending")
CITY = "city"  # the head of the income the city is asked for, in every rulebook's budget
MOST = 10**10
LONGEST = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One row as it was typed; `wrong` says what is the matter with it."""

    head: str = ""
    label: str = ""
    amount: str = ""
    wrong: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.head or self.label.strip() or self.amount.strip())


@dataclass(frozen=True, slots=True)
class Table:
    """Both sides as they were typed."""

    income: tuple[Line, ...] = ()
    spending: tuple[Line, ...] = ()

    @property
    def wrong(self) -> tuple[str, ...]:
        """What is the matter, in the order of the rows."""
        return tuple(line.wrong for line in (*self.income, *self.spending) if line.wrong)

    def rows(self) -> list[dict[str, Any]]:
        """As they are kept; empty and wrong rows are left out."""
        return [
            {"side": side, "head": line.head, "label": line.label.strip(), "amount": _yen(line.amount)}
            for side in SIDES
            for line in getattr(self, side)
            if not line.is_empty and not line.wrong
        ]

    def with_room(self, *, more: str = "") -> Table:
        """With two empty rows at the end of each side, five where more were asked for."""
        return Table(*(_roomy(getattr(self, side), 5 if more == side else 2) for side in SIDES))


def _roomy(lines: tuple[Line, ...], room: int) -> tuple[Line, ...]:
    return (*(line for line in lines if not line.is_empty), *[Line()] * room)


def typed(columns: Mapping[str, Sequence[str]], *, heads: Mapping[str, Iterable[str]]) -> Table:
    """From the columns a browser sends (income_head, income_label, income_amount, spending_…), each row checked."""
    return Table(*(tuple(_side(side, columns, set(heads[side]))) for side in SIDES))


def _side(side: str, columns: Mapping[str, Sequence[str]], heads: set[str]) -> Iterable[Line]:
    parts = [columns.get(f"{side}_{name}", ()) for name in ("head", "label", "amount")]
    for place, (head, label, amount) in enumerate(zip(*parts, strict=False), start=1):
        line = Line(head, label, amount)
        yield line if line.is_empty else Line(head, label, amount, _wrong(side, place, line, heads))


def _wrong(side: str, place: int, line: Line, heads: set[str]) -> str:
    where = f"{'収入' if side == 'income' else '支出'}の{place}行目"
    if line.head not in heads:
        return f"{where}: 科目を選んでください。"
    if len(line.label) > LONGEST:
        return f"{where}: 内容は{LONGEST}字以内で書いてください。"
    amount = _yen(line.amount)
    if amount is None:
        return f"{where}: 金額を円の単位で、数字で書いてください。"
    return "" if 0 <= amount < MOST else f"{where}: 金額が大きすぎます。"


def _yen(text: str) -> int | None:
    """The number people mean: full width, with commas, with 円 behind it; None when it is none."""
    digits = folded(text).strip().replace(",", "").replace("、", "").removesuffix("円").strip()
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 13 else None


def kept(rows: Iterable[Mapping[str, Any]]) -> Table:
    """The table of rows that are kept, as it is typed again."""
    held: dict[str, list[Line]] = {side: [] for side in SIDES}
    for row in rows:
        held[row["side"]].append(Line(row.get("head", ""), row["label"], f"{row['amount']:,}"))
    return Table(*(tuple(held[side]) for side in SIDES))


def total(rows: Iterable[Mapping[str, Any]], side: str) -> int:
    """The sum of one side."""
    return sum(int(row["amount"]) for row in rows if row["side"] == side)


def asked_of_city(rows: Iterable[Mapping[str, Any]]) -> int:
    """What the city is asked to pay."""
    return sum(int(row["amount"]) for row in rows if row["side"] == "income" and row.get("head") == CITY)
