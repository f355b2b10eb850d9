"""What must hold before a project is reported and finished."""

from __future__ import annotations

from dataclasses import dataclass

from tomoni.kernel.rules import rule


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """What the rules look at. Money in yen."""

    report_is_complete: bool
    actual_income: int
    actual_spending: int
    changes_waiting: int


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
