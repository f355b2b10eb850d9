"""Numbered rules of the desk (CN), and the small facts they look at."""

from __future__ import annotations

from dataclasses import dataclass

from tomoni.kernel.rules import rule


@dataclass(frozen=True, slots=True)
class ConsultationFacts:
    """What the rules look at in an enquiry."""

    answer: str
    outcome: str
    has_party: bool
    excluded_as: str
    excluded_reason: str


@dataclass(frozen=True, slots=True)
class QuestionFacts:
    """What the rules look at before a question and its answer are shown to everybody."""

    answer: str
    traces: tuple[str, ...]  # what may tell who asked
    is_confirmed: bool  # a person looked at the traces and says they are none


@rule("CN-01", cites="府中市 進行管理シート No.27（相談・提案の受付）", where="answer")
def is_answered(c: ConsultationFacts) -> bool:
    """回答を書いてください。"""
    return bool(c.answer.strip())


@rule("CN-02", cites="あま市 協働のためのルールブック 第4章1(1)（総合窓口）", where="outcome")
def has_an_outcome(c: ConsultationFacts) -> bool:
    """相談がどう終わったかを選んでください。"""
    return bool(c.outcome)


@rule("CN-03", cites="府中市 進行管理シート No.27（庁内のルール）", where="party")
def somebody_is_in_charge(c: ConsultationFacts) -> bool:
    """担当を選んでください。"""
    return c.has_party


@rule("CN-04", cites="府中市基本方針 第2章2(2)（対象としない活動）", where="reason")
def exclusion_has_its_reason(c: ConsultationFacts) -> bool:
    """協働の対象外とした理由を書いてください。相談した人にも見えます。"""
    return not c.excluded_as or bool(c.excluded_reason.strip())


@rule("CN-05", cites="あま市 協働のためのルールブック 第2章3(5)（個人情報の保護）", where="answer")
def nobody_can_be_recognised(q: QuestionFacts) -> bool:
    """相談した人の名前や連絡先が残っているようです。消すか、個人のものではないことを確かめてください。"""
    return not q.traces or q.is_confirmed


@rule("CN-06", cites="府中市 進行管理シート No.27（質問のQ&A）", where="answer")
def question_has_its_answer(q: QuestionFacts) -> bool:
    """答えを書いてから公開してください。"""
    return bool(q.answer.strip())
