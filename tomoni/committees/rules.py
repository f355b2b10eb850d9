"""What must hold of the terms and seats of a committee."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tomoni.kernel.rules import rule


@dataclass(frozen=True, slots=True)
class TermFacts:
    """A term about to be written, and the first and last days of the committee's other terms."""

    starts: date
    ends: date
    others: Sequence[tuple[date, date]] = ()


@rule("CM-01", cites="府中市 進行管理シート No.30（附属機関等の委員の任期）", where="starts")
def terms_do_not_overlap(term: TermFacts) -> bool:
    """ほかの期と重なっています。はじまりとおわりの日を確かめてください。"""
    return all(term.ends < starts or ends < term.starts for starts, ends in term.others)


@rule("CM-02", cites="ともに標準（会議の名簿）", where="ends")
def term_ends_after_it_starts(term: TermFacts) -> bool:
    """任期のおわりは、はじまりより後にしてください。"""
    return term.starts <= term.ends
