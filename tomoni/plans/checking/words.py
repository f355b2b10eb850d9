"""Words the checks speak and look for: names of fields and years, sentences, and what a text is about."""

from __future__ import annotations

import re
from functools import lru_cache

from tomoni.kernel.fiscal import FiscalYear
from tomoni.kernel.japanese import folded, sentences

FIELDS = {
    "results": "実績",
    "issues": "課題",
    "next_action": "次年度の取組",
    "remarks": "備考",
    "status": "進捗状況",
    "leads": "担当課",
    "schedule": "年度ごとの計画",
}
STATUSES = {
    "on_track": "計画どおり",
    "off_track": "遅れ",
    "done": "完了",
    "changed": "計画変更",
    "not_started": "未着手",
}
QUOTED = 40

_RUN = re.compile(r"[一-龥々]{2,}|[ァ-ヶー]{3,}|[A-Za-z]{2,}")
# What is said of every measure tells nothing about this one.
_COMMON = re.compile(
    "引き続|引続|継続|実施|検討|推進|取組|取り組|事業|活動|行政|市民|協働|必要|今後|来年度|次年度|本年度|今年度|年度|対応|"
    "内容|方法|状況|関係|各種|充実|強化|向上|拡大|拡充|改善|工夫|促進|支援|連携|開催|参加|募集|周知|調整|準備|予定|目標|課題|"
    "効果|効率|積極|具体|適切|適宜|様々|多様|情報|交換|機会|時期|従来|提供|意見|結果|成果|市内|団体|職員|担当|資料|計画|見直|手法|体制|"
    "仕組|環境|構築|整備|調査|研究|把握|管理|運営|利用|活用|普及|啓発|理解|意識|交流|発信|庁内|各課|府内|県内|全体|一層|新型|感染症|"
    "更|等|的|者|数|性|化|内|外"
)


def year_word(year: int) -> str:
    """令和元年度."""
    return str(FiscalYear(year))


def quoted(text: str, most: int = QUOTED) -> str:
    """A text as it is quoted within a sentence: on one line, and cut where it is long."""
    line = " ".join(text.split())
    return f"「{line if len(line) <= most else line[:most] + '…'}」"


def amount(value: float, unit: str = "") -> str:
    """1,200人, 44.9%."""
    return f"{value:,.10g}{unit}"


@lru_cache(maxsize=4096)  # every check asks for the sentences of the same few texts
def sentences_of(text: str) -> tuple[str, ...]:
    """The sentences of a text in one width."""
    return tuple(each for each in sentences(folded(text)) if each)


def subject(text: str) -> frozenset[str]:
    """What a text is about, as pairs of letters of its words; words that stand in every report are left out."""
    runs = (run for word in _RUN.findall(folded(text)) for run in _COMMON.split(word) if len(run) > 1)
    return frozenset(run[i : i + 2].casefold() for run in runs for i in range(len(run) - 1))
