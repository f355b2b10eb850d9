"""What must hold before an introduction moves on."""

from __future__ import annotations

from dataclasses import dataclass

from tomoni.kernel.rules import rule


@dataclass(frozen=True, slots=True)
class IntroductionFacts:
    """What the rules look at."""

    accepted_sides: int
    outcome: str


@dataclass(frozen=True, slots=True)
class ListingFacts:
    """What the rules look at before a listing is posted: pieces of the asker's name and contact that stand in it."""

    traces: tuple[str, ...]


@rule("MT-01", cites="府中市基本方針 第2章3（対等の原則）")
def both_have_accepted(facts: IntroductionFacts) -> bool:
    """双方の承諾がそろっていません。まだ答えていない相手の返事を待ってください。"""
    return facts.accepted_sides == 2


@rule("MT-02", cites="府中市基本方針 第5章6（コーディネートの結果を残す）", where="outcome")
def outcome_is_written(facts: IntroductionFacts) -> bool:
    """引き合わせた結果を書いてください。"""
    return bool(facts.outcome.strip())


@rule("MT-03", cites="あま市 協働のためのルールブック 第3章（個人情報の保護）", where="text")
def asker_is_not_told(facts: ListingFacts) -> bool:
    """相談した人の名前や、電話番号・メールアドレスが文に残っています。消してから載せてください。"""
    return not facts.traces
