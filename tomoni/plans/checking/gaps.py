"""What is missing: departments, ratings, results and next actions."""

from __future__ import annotations

from collections.abc import Iterator

from tomoni.plans.checking.check import Evidence, Found, Kind, Weight, check
from tomoni.plans.checking.facts import TEXTS, Entry, LineFacts
from tomoni.plans.checking.words import FIELDS, STATUSES, year_word

ENDED = frozenset({"done"})


@check(
    "SH-03",
    Kind.MISSING,
    weight=Weight.MEND,
    cites="府中市 進行管理シート（主管課の欄）",
    advice="担当する課を書いてください。",
)
def has_a_department(line: LineFacts) -> Iterator[Found]:
    """担当課が書かれていません。担当する課を書いてください。"""
    if not (line.leads or line.is_relisted) and line.asked.departments:
        yield Found(0, "leads", "担当課が書かれていません。")


@check(
    "SH-04",
    Kind.MISSING,
    cites="府中市 進行管理シート（次年度へ向けた取組の欄）",
    advice="次の年度にすることを、1文でも書いてください。続けるだけの年も、何を変えるかを書くと伝わります。",
)
def says_what_comes_next(line: LineFacts) -> Iterator[Found]:
    """次年度の取組が書かれていません。次の年度にすることを書いてください。"""
    for year, entry in line.years():
        if entry.next_action or entry.status in ENDED or year not in line.asked.next_action_in:
            continue
        if _has_texts(entry) and year not in line.open_years:
            yield Found(
                year, "next_action", "次年度の取組が見当たりません。", (Evidence(year, "results", entry.results),)
            )


@check(
    "SH-06",
    Kind.MISSING,
    cites="府中市 進行管理シート（実績の欄）",
    advice="この年度にしたことを書いてください。しなかった年は、その理由を書いてください。",
)
def says_what_was_done(line: LineFacts) -> Iterator[Found]:
    """進捗状況は選ばれていますが、実績が書かれていません。この年度にしたことを書いてください。"""
    for year, entry in line.years():
        if entry.status in {"", "not_started"} or entry.results or year in line.open_years:
            continue
        said = STATUSES[entry.status]
        message = f"進捗状況は{said}ですが、実績が見当たりません。"
        yield Found(year, "results", message, (Evidence(year, "status", entry.status),))


@check(
    "SH-07",
    Kind.MISSING,
    weight=Weight.MEND,
    cites="府中市 進行管理シート（進捗状況の欄）",
    advice="進捗状況を選んでください。",
)
def says_how_it_stands(line: LineFacts) -> Iterator[Found]:
    """実績は書かれていますが、進捗状況が選ばれていません。進捗状況を選んでください。"""
    for year, entry in line.years():
        if entry.results and not entry.status:
            words = f"{year_word(year)}の{FIELDS['results']}はありますが、進捗状況が決まっていません。"
            yield Found(year, "status", words, (Evidence(year, "results", entry.results),))


def _has_texts(entry: Entry) -> bool:
    return any(entry.text(name) for name in TEXTS)
