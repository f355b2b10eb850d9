"""What must hold before a registration is handed in."""

from __future__ import annotations

from dataclasses import dataclass

from tomoni.kernel.rules import rule


@dataclass(frozen=True, slots=True)
class RegistrationFacts:
    """What the rules look at."""

    is_complete: bool
    is_excluded: bool
    ways_to_reach: int


@rule("OR-01", cites="ともに標準（登録の手引き）", where="answers")
def registration_is_complete(facts: RegistrationFacts) -> bool:
    """登録の申請に、まだ書いていない必須の項目があります。"""
    return facts.is_complete


@rule("OR-02", cites="府中市基本方針 第2章2(2)", where="excluded")
def activity_is_not_excluded(facts: RegistrationFacts) -> bool:
    """協働の対象にならない活動にあたると答えています。窓口に相談してください。"""
    return not facts.is_excluded


@rule("OR-03", cites="ともに標準（登録の手引き）", where="contacts")
def group_can_be_reached(facts: RegistrationFacts) -> bool:
    """連絡先を1つ以上書いてください。公開されません。"""
    return facts.ways_to_reach >= 1
