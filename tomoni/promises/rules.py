"""What must hold of a verdict on a promise, and of the answer to a recommendation."""

from __future__ import annotations

from dataclasses import dataclass

from tomoni.kernel.rules import rule


@dataclass(frozen=True, slots=True)
class VerdictFacts:
    """A verdict about to be given: what it says, why, and whether there is anything to judge by."""

    verdict: str
    why: str
    is_reported: bool


@dataclass(frozen=True, slots=True)
class AnswerFacts:
    """An answer about to be given to a recommendation of a year."""

    answer: str
    reason: str
    year: int
    recommended_in: int


@rule("PM-01", cites="府中市 進行管理シート（次年度へ向けた取組と翌年度の実績）")
def next_year_is_reported(facts: VerdictFacts) -> bool:
    """翌年度の報告がまだありません。報告が出てから判断してください。"""
    return facts.is_reported


@rule("PM-02", cites="府中市基本方針 第2章3(5)（評価の原則）", where="why")
def verdict_has_its_reason(facts: VerdictFacts) -> bool:
    """「果たした」以外の判断には、理由を1文で書いてください。"""
    return facts.verdict == "kept" or bool(facts.why.strip())


@rule("PM-03", cites="武蔵野市 市民活動促進基本計画 第7章（評価と見直し）", where="reason")
def answer_has_its_reason(facts: AnswerFacts) -> bool:
    """どう対応するか、またはその理由を書いてください。"""
    return bool(facts.reason.strip())


@rule("PM-04", cites="武蔵野市 市民活動促進基本計画 第7章（評価と見直し）", where="year")
def answer_is_not_before_the_recommendation(facts: AnswerFacts) -> bool:
    """対応の年度は、意見が出た年度より前にはできません。"""
    return facts.year >= facts.recommended_in
