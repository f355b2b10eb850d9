"""What must hold before a year's papers are published, and before a version is withdrawn."""

from __future__ import annotations

from dataclasses import dataclass

from tomoni.kernel.rules import rule


@dataclass(frozen=True, slots=True)
class PublishFacts:
    """What is known when somebody wants to publish."""

    undecided: int
    reported: int
    is_new: bool


@dataclass(frozen=True, slots=True)
class WithdrawFacts:
    """What is known when somebody wants to withdraw a version."""

    reason: str


@rule("PA-01", cites="個人情報の保護に関する法律", where="names")
def names_are_decided(facts: PublishFacts) -> bool:
    """個人の名前や連絡先かもしれない言葉に、伏せるか残すかを決めていないものがあります。"""
    return facts.undecided == 0


@rule("PA-02", cites="進行管理シート")
def something_is_reported(facts: PublishFacts) -> bool:
    """この年度の記録が、まだ一つもありません。"""
    return facts.reported > 0


@rule("PA-03", cites="武蔵野市 市民活動促進基本計画 Ⅶ（評価の公表）")
def something_is_new(facts: PublishFacts) -> bool:
    """いま公表している版から、何も変わっていません。"""
    return facts.is_new


@rule("PA-04", cites="府中市 基本方針 第3章（情報の公開）", where="reason")
def withdrawal_has_a_reason(facts: WithdrawFacts) -> bool:
    """取り下げる理由を書いてください。"""
    return bool(facts.reason.strip())


PUBLISHING = (names_are_decided, something_is_reported, something_is_new)
WITHDRAWING = (withdrawal_has_a_reason,)
