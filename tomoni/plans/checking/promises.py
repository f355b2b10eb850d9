"""Promises without a following result: what was to be done next year is not spoken of in that year."""

from __future__ import annotations

from collections.abc import Iterator

from tomoni.plans.checking.check import Evidence, Found, Kind, Weight, check
from tomoni.plans.checking.facts import LineFacts
from tomoni.plans.checking.words import quoted, sentences_of, subject, year_word

ENOUGH = 5  # pairs of letters a promise must have of its own before its absence says anything
HEARD = 0.05  # up to this share of them may be heard again by chance


@check(
    "SH-14",
    Kind.PROMISE,
    weight=Weight.NOTE,
    cites="府中市 進行管理シート（次年度へ向けた取組と翌年度の実績）",
    advice="したかどうかを実績に書いてください。やめたときは、そのわけを書いてください。",
)
def promises_are_spoken_of(line: LineFacts) -> Iterator[Found]:
    """前の年度に次の取組として書いたことが、この年度の報告に出てきません。したかどうかを書いてください。"""
    known = subject(line.title)
    for year, before, now in line.pairs():
        if not now.results or year in line.open_years or before.status == "done":
            continue
        heard = subject("\n".join((now.results, now.issues, now.remarks)))
        own = subject(before.next_action) - known
        if len(own) >= ENOUGH and len(own & heard) <= HEARD * len(own):
            said = next(iter(sentences_of(before.next_action))).rstrip("。")
            message = f"{year_word(year - 1)}に書いた次年度の取組{quoted(said)}について、実績に書かれていません。"
            places = (Evidence(year - 1, "next_action", before.next_action), Evidence(year, "results", now.results))
            yield Found(year, "results", message, places)
