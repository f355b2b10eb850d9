"""What stands above the tables: the plan's title, and the year a sheet speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from tomoni.imports.reading.grid import Cell
from tomoni.kernel import fiscal
from tomoni.kernel.japanese import folded, plain
from tomoni.plans.sheet.statuses import is_rating_by_itself

_PLAN_WORDS = re.compile(
    "計画|プラン|ビジョン|指針|進行管理|進捗|シート|調書|評価|一覧|取組状況|実施状況|戦略|プログラム"
)
_STRONG = re.compile("計画|プラン|ビジョン|戦略|指針")
_RESULTS = re.compile("^(?:末|分|の)*(?:.{0,4}実績|取り?組み?結果|実施結果|事業報告|の?進捗状況)")
_NO_TITLE = re.compile("^(?:※|注|[(（])|。")
_EVALUATED = re.compile("実績|進捗|評価|実施状況|取組状況|取り組み状況|達成状況|実施結果|結果|報告|進行管理|点検")
_MADE = re.compile("作成|更新|現在|改定|策定|提出|発行|時点|開催|第\\d+回")


def title_of(cells: Iterable[Cell]) -> Cell | None:
    """The cell that names the plan: the first that says so, else the first that speaks of progress at all."""
    told = [
        c
        for c in cells
        if 4 <= len(plain(c.text)) <= 80 and not _NO_TITLE.search(plain(c.text)) and not is_rating_by_itself(c.text)
    ]
    for words in (_STRONG, _PLAN_WORDS):
        for cell in told:
            if words.search(plain(cell.text)):
                return cell
    return None


def title_key(text: str) -> str:
    """By which a title repeated on later pages is known again, however its wave dash is written."""
    return re.sub("[~()\\[\\]【】「」・,、-]", "", plain(text))


def year_told(name: str, lines: Sequence[str]) -> int | None:
    """The one year a sheet says its entries are of; None when it says none, or several without saying which.

    "令和5年度 進行管理シート（令和4年度実績）" is of 2022: a word of results speaks louder than one of reporting, and
    that louder than a year standing alone. The name of the sheet is asked before the lines above the table.
    """
    for near in (_RESULTS, _EVALUATED, None):
        for texts in ([name], lines):
            years = {year for text in texts for year in (_near(text, near) if near else _alone(text))}
            if len(years) == 1:
                return years.pop()
            if years:
                return None
    return None


def _near(text: str, word: re.Pattern[str]) -> set[int]:
    """Years that stand right before such a word; spans of years are left out."""
    text = folded(text)
    return {
        m.year.year for m in fiscal.mentions(text) if not _in_span(text, m) and word.search(text[m.end : m.end + 14])
    }


def _in_span(text: str, mention: fiscal.Mention) -> bool:
    before, after = text[: mention.start].rstrip("( "), text[mention.end :].lstrip(") 年度")
    return before.endswith(("~", "から")) or after.startswith(("~", "から"))


def _alone(text: str) -> set[int]:
    text = folded(text)
    if _MADE.search(text):
        return set()
    return {m.year.year for m in fiscal.mentions(text) if not m.is_dated and not _in_span(text, m)}
