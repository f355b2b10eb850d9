"""What must hold before a proposal is handed in, and before it is decided."""

from __future__ import annotations

from dataclasses import dataclass

from tomoni.kernel.rules import rule


@dataclass(frozen=True, slots=True)
class ProposalFacts:
    """What the rules look at. Money in yen; `cap` is None where the programme sets none."""

    is_complete: bool
    income: int
    spending: int
    partners: int
    partners_wanted: int
    round_is_open: bool
    asked: int
    cap: int | None
    is_eligible: bool
    marks_waiting: int
    reasons: str


@rule("PR-01", cites="あま市 協働のためのルールブック 第4章（計画を立てる）", where="answers")
def sheet_is_complete(facts: ProposalFacts) -> bool:
    """提案書に、まだ書いていない必須の項目があります。"""
    return facts.is_complete


@rule("PR-02", cites="府中市基本方針 第4章2（公費濫用の防止）", where="budget")
def budget_balances(facts: ProposalFacts) -> bool:
    """収入の合計と支出の合計が一致していません。予算表を直してください。"""
    return facts.income == facts.spending


@rule("PR-03", cites="府中市基本方針 第4章1（多様な主体の連携）", where="partners")
def has_the_partners_asked_for(facts: ProposalFacts) -> bool:
    """この募集では、いっしょに取り組む相手が必要です。相手を加えてください。"""
    return facts.partners >= facts.partners_wanted


@rule("PR-04", cites="ともに標準（募集要領）")
def round_is_open(facts: ProposalFacts) -> bool:
    """募集の期間ではありません。募集の期間を確かめてください。"""
    return facts.round_is_open


@rule("PR-05", cites="府中市基本方針 第2章2(2)", where="eligibility")
def proposer_is_eligible(facts: ProposalFacts) -> bool:
    """応募の条件を満たしていません。条件の確認の欄を見てください。"""
    return facts.is_eligible


@rule("PR-06", cites="ともに標準（募集要領）", where="budget")
def asks_within_the_cap(facts: ProposalFacts) -> bool:
    """市に求める金額が、上限を超えています。"""
    return facts.cap is None or facts.asked <= facts.cap


@rule("SC-01", cites="ともに標準（審査要領）")
def all_marks_are_in(facts: ProposalFacts) -> bool:
    """採点を終えていない審査委員がいます。全員の採点を待ってください。"""
    return facts.marks_waiting == 0


@rule("SC-02", cites="府中市基本方針 第2章3(6)（情報公開の原則）", where="reasons")
def decision_names_its_reasons(facts: ProposalFacts) -> bool:
    """採択・不採択の理由を書いてください。"""
    return bool(facts.reasons.strip())
