"""What must hold before a year is asked for, a line is handed in, a view is given, and a year is published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tomoni.kernel.rules import rule


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """What the rules look at when a year is opened."""

    year: int
    first_year: int | None
    last_year: int | None
    opened_on: date
    due_on: date
    lines: int


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """What the rules look at in what a department reports of one line."""

    status: str
    results: str
    is_unchanged: bool
    unchanged_why: str
    numbers_open: int
    is_in_charge: bool
    asks_committee: bool
    committee_has_spoken: bool
    names_open: int


@rule("RP-01", cites="府中市 進行管理シート（年度ごとの報告）", where="due_on")
def deadline_lies_ahead(facts: RequestFacts) -> bool:
    """締め切りが過ぎた日になっています。今日か、それより後の日にしてください。"""
    return facts.due_on >= facts.opened_on


@rule("RP-02", cites="府中市 進行管理シート（計画の期間）", where="year")
def year_is_within_the_plan(facts: RequestFacts) -> bool:
    """計画の期間から離れた年度です。計画の期間か、その前後1年の年度を選んでください。"""
    # A first report looks back on the year before a plan began, and a plan read from its sheet may go on after it.
    first = facts.first_year - 1 if facts.first_year is not None else facts.year
    return first <= facts.year <= (facts.last_year + 1 if facts.last_year is not None else facts.year)


@rule("RP-03", cites="府中市 進行管理シート（施策と主管課）", where="year")
def something_is_asked_for(facts: RequestFacts) -> bool:
    """この年度に報告する取組がありません。計画の取組と担当課を確かめてください。"""
    return facts.lines > 0


@rule("RP-04", cites="府中市 進行管理シート（進捗状況）", where="status")
def status_is_chosen(facts: EntryFacts) -> bool:
    """進捗状況を選んでください。"""
    return bool(facts.status)


@rule("RP-05", cites="府中市 進行管理シート（実績）", where="results")
def results_are_told(facts: EntryFacts) -> bool:
    """実績を書いてください。前の年度と変わらないときは「前の年度と変わりない」を選び、わけを1文で書きます。"""
    return bool(facts.results.strip()) or facts.is_unchanged


@rule("RP-06", cites="府中市 進行管理シート（実績）", where="unchanged_why")
def no_change_has_its_reason(facts: EntryFacts) -> bool:
    """前の年度と変わりないわけを、1文で書いてください。"""
    return not facts.is_unchanged or bool(facts.unchanged_why.strip())


@rule("RP-07", cites="武蔵野市 市民活動促進基本計画 Ⅶ 1-2（参考指標）", where="figures")
def asked_numbers_are_given(facts: EntryFacts) -> bool:
    """たずねている数値が空いています。数値か、書けないわけを書いてください。"""
    return facts.numbers_open == 0


@rule("RP-08", cites="府中市 進行管理シート（主管課）", where="department")
def somebody_is_in_charge(facts: EntryFacts) -> bool:
    """担当する課が決まっていません。先に担当課を決めてください。"""
    return facts.is_in_charge


@rule("RP-09", cites="武蔵野市 市民活動促進基本計画 Ⅶ 1-2（推進委員会の評価）", where="opinion")
def view_is_written(facts: EntryFacts) -> bool:
    """委員会の評価か意見を、先に書いてください。"""
    return facts.committee_has_spoken


@rule("RP-10", cites="武蔵野市 市民活動促進基本計画 Ⅶ 1-2（推進委員会の評価）", where="opinion")
def committee_was_heard(facts: EntryFacts) -> bool:
    """委員会の評価がまだです。委員会の評価を待つか、照会の設定で「委員会の評価を受ける」を外してください。"""
    return not facts.asks_committee or facts.committee_has_spoken


@rule("RP-11", cites="個人情報の保護に関する法律", where="names")
def names_are_decided(facts: EntryFacts) -> bool:
    """個人の名前や連絡先かもしれない言葉が残っています。「名前や連絡先の確認」で、伏せるか残すかを決めてください。"""
    return facts.names_open == 0
