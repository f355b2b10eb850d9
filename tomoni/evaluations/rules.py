"""What must hold before both sides open their marks, and before the evaluation is agreed."""

from __future__ import annotations

from dataclasses import dataclass

from tomoni.kernel.rules import rule


@dataclass(frozen=True, slots=True)
class EvaluationFacts:
    """What the rules look at."""

    sides_handed_in: int
    talk: str
    improvements: int
    improvements_without_owner_or_day: int


@rule("EV-01", cites="東久留米市 協働の指針（協働事業の進め方）")
def both_have_handed_in(facts: EvaluationFacts) -> bool:
    """双方の評価がそろっていません。相手が書き終えるのを待ってください。"""
    return facts.sides_handed_in == 2


@rule("EV-02", cites="東久留米市 協働の指針（協働事業の進め方）", where="talk")
def talk_is_recorded(facts: EvaluationFacts) -> bool:
    """話し合ったことを書いてください。"""
    return bool(facts.talk.strip())


@rule("EV-03", cites="府中市基本方針 第2章3(5)（評価の原則）", where="improvements")
def improvements_have_owner_and_day(facts: EvaluationFacts) -> bool:
    """改善することには、担当と期日を書いてください。"""
    return facts.improvements_without_owner_or_day == 0
