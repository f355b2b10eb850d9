"""What must hold before an agreement is offered for signing, and before it is concluded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tomoni.kernel.rules import rule


@dataclass(frozen=True, slots=True)
class AgreementFacts:
    """What the rules look at. Money in yen. `must_end`, `longest_years` and `tells_partner` are the rulebook's options."""

    form_chosen: bool
    missing_clauses: tuple[str, ...]
    total: int
    shares: int
    starts: date | None
    ends: date | None
    must_end: bool
    longest_years: int | None
    sides_with_duties: int
    form_reason: bool
    partner_reason: bool
    tells_partner: bool
    signed_sides: int
    is_in_force: bool


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


@rule("AG-05", cites="府中市基本方針 第4章1（協働の形態）", where="reasons")
def form_reason_is_written(facts: AgreementFacts) -> bool:
    """この形態を選んだ理由を書いてください。"""
    return facts.form_reason


@rule("AG-06", cites="東久留米市 協働の指針 4（協働に関する協定）")
def both_have_signed(facts: AgreementFacts) -> bool:
    """双方の署名がそろっていません。"""
    return facts.signed_sides == 2


@rule("AG-07", cites="東久留米市 協働の指針 7つの視点(7)（時限性の原則）", where="period")
def period_is_short_enough(facts: AgreementFacts) -> bool:
    """期間が、この市で決めている年数より長くなっています。"""
    if facts.longest_years is None or facts.starts is None or facts.ends is None:
        return True
    return facts.ends < _years_after(facts.starts, facts.longest_years)


def _years_after(day: date, years: int) -> date:
    """The same day that many years on; for 29 February the first of March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


@rule("AG-08", cites="府中市基本方針 第5章5（公平性の確保）", where="reasons")
def partner_reason_is_written(facts: AgreementFacts) -> bool:
    """この相手と取り組む理由を書いてください。"""
    return facts.partner_reason or not facts.tells_partner


@rule("AG-09", cites="東久留米市 協働の指針「協働の形態」", where="form")
def form_is_chosen(facts: AgreementFacts) -> bool:
    """協働の形態を選んでください。"""
    return facts.form_chosen


@rule("AG-10", cites="東久留米市 協働の指針 4（協働に関する協定）")
def was_concluded(facts: AgreementFacts) -> bool:
    """まだ一度も締結していません。"""
    return facts.is_in_force


@rule("AG-11", cites="東久留米市 協働の指針 4（協働に関する協定）")
def never_concluded(facts: AgreementFacts) -> bool:
    """締結した協定があります。変更をやめて今の協定に戻すか、協定を終えてください。"""
    return not facts.is_in_force
