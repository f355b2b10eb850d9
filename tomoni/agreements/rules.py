"""What must hold before an agreement is offered for signing, and before it is concluded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tomoni.kernel.rules import rule


@dataclass(frozen=True, slots=True)
class AgreementFacts:
    """What the rules look at. Money in yen. `must_end` comes from the rulebook's options."""

    missing_clauses: tuple[str, ...]
    total: int
    shares: int
    starts: date | None
    ends: date | None
    must_end: bool
    sides_with_duties: int
    reasons_written: bool
    signed_sides: int


@rule("AG-01", cites="あま市 協働のためのルールブック 第2章5", where="clauses")
def every_clause_is_filled(facts: AgreementFacts) -> bool:
    """この形態で決めておく条項に、まだ書いていないものがあります。"""
    return not facts.missing_clauses


@rule("AG-02", cites="府中市基本方針 第4章2（公費濫用の防止）", where="shares")
def shares_add_up(facts: AgreementFacts) -> bool:
    """費用の分担の合計が、全体の費用と一致していません。"""
    return facts.shares == facts.total


@rule("AG-03", cites="東久留米市 協働の指針 7つの視点(7)（時限性の原則）", where="period")
def period_is_in_order(facts: AgreementFacts) -> bool:
    """期間のはじまりとおわりを、順に書いてください。"""
    if facts.starts is None:
        return False
    return facts.ends >= facts.starts if facts.ends else not facts.must_end


@rule("AG-04", cites="府中市基本方針 第2章3(2)（対等の原則）", where="duties")
def each_side_has_a_duty(facts: AgreementFacts) -> bool:
    """双方の役割を、それぞれ1つ以上書いてください。"""
    return facts.sides_with_duties == 2


@rule("AG-05", cites="府中市基本方針 第5章5（公平性の確保）", where="reasons")
def reasons_are_written(facts: AgreementFacts) -> bool:
    """この形態を選んだ理由と、この相手と取り組む理由を書いてください。"""
    return facts.reasons_written


@rule("AG-06", cites="東久留米市 協働の指針 4（協働に関する協定）")
def both_have_signed(facts: AgreementFacts) -> bool:
    """双方の署名がそろっていません。"""
    return facts.signed_sides == 2
