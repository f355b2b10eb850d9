"""What must hold before a project is reported and finished."""

from __future__ import annotations

from dataclasses import dataclass

from tomoni.kernel.rules import rule

BOTH = 2


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """What the rules look at. Money in yen."""

    report_is_complete: bool
    actual_income: int
    actual_spending: int
    changes_waiting: int
    is_covered: bool = True


@dataclass(frozen=True, slots=True)
class RenewalFacts:
    """What the rules look at before a project goes on for another year."""

    reviews: int
    wishes_to_go_on: int
    years: float
    longest_years: int | None
    has_next: bool


@rule("PJ-01", cites="あま市 協働のためのルールブック 第4章（実施する）", where="report")
def report_is_written(facts: ProjectFacts) -> bool:
    """完了報告に、まだ書いていない必須の項目があります。"""
    return facts.report_is_complete


@rule("PJ-02", cites="府中市基本方針 第4章1(4)", where="accounts")
def accounts_balance(facts: ProjectFacts) -> bool:
    """決算の収入の合計と支出の合計が一致していません。"""
    return facts.actual_income == facts.actual_spending


@rule("PJ-03", cites="あま市 協働のためのルールブック 第4章（実施する）4", where="changes")
def no_change_waits(facts: ProjectFacts) -> bool:
    """相手の返事を待っている変更があります。先に話し合ってください。"""
    return facts.changes_waiting == 0


@rule("PJ-04", cites="東久留米市 協働の指針「7つの視点」(7)", where="renewal")
def agreement_covers_the_period(facts: ProjectFacts) -> bool:
    """この事業の期間を含む協定に、まだ双方の署名がそろっていません。協定に署名してから始めてください。"""
    return facts.is_covered


@rule("PJ-05", cites="東久留米市 協働の指針「7つの視点」(7)、府中市 進行管理シート No.23", where="renewal")
def both_have_reviewed(facts: RenewalFacts) -> bool:
    """続ける前に、双方がふりかえりを書きます。"""
    return facts.reviews == BOTH


@rule("PJ-06", cites="府中市基本方針 第4章1", where="renewal")
def both_wish_to_go_on(facts: RenewalFacts) -> bool:
    """双方が「続けたい」と答えたときに、次の年度に進めます。"""
    return facts.wishes_to_go_on == BOTH


@rule("PJ-07", cites="東久留米市 協働の指針「7つの視点」(7)", where="renewal")
def stays_within_the_limit(facts: RenewalFacts) -> bool:
    """続けると、この市が決めた期間の上限を超えます。新しい提案として考え直してください。"""
    return facts.longest_years is None or facts.years <= facts.longest_years


@rule("PJ-08", cites="ともに標準", where="renewal")
def has_no_next_year(facts: RenewalFacts) -> bool:
    """次の年度の事業は、すでにあります。"""
    return not facts.has_next
