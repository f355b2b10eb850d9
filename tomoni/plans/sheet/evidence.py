"""What a text says about itself: whether it reports, complains, promises or remarks, and which years it can be of."""

from __future__ import annotations

import re
from functools import lru_cache

from tomoni.kernel import fiscal
from tomoni.kernel.japanese import folded, sentences
from tomoni.plans.sheet.vocabulary import Role

_PAST = re.compile(
    r"(?:た|ました|済み?|済|でした)(?:が)?[。)）]*$|(?:実施|開催|作成|配布|参加|発行|公開)。?$|\d+\s*(?:人|名|回|件|団体|事業|点|冊)[)）。]*$"
)
_FUTURE = re.compile(
    r"(?<!てい)(?:する|いく|図る|努める|行う|目指す|促す|進める|組む|広げる|設ける|つなげる|活かす|ほしい|たい|予定|検討|[うくすつぶむるぐ])[。)）]*$"
)
_CUE_NEXT = re.compile("引き続き|継続して|次年度|来年度|今後|を継続|に向けて?|予定")
_PROBLEM = re.compile(
    "課題|必要がある|必要である|必要。|不足|少な[いかく]|困難|難し|できていない|できなかった|不十分|十分では|減少|低い|低かった|遅れ|懸念|弱い|足りな|"
    "していない|至っていない|未実施|問題|限界|なければならな|ならぬ|ばらつき|バラつき|伸び悩"
)
_REMARK = re.compile("^(?:※|注|備考)|移管|^なお|別紙|参照")
_ASIDE = re.compile(r"\([^()]*\)|【[^】]*】\s*[^。]{0,12}$")
_FIGURES = re.compile(r"【[^】]+】|\d+\s*(?:人|名|回|件|団体|事業|校|か所)")
_LABELLED_YEAR = re.compile(r"【[^】]*(?:年度|現在)[^】]*】|[^\s。]{2,12}現在")
_EPIDEMIC = re.compile("コロナ|緊急事態宣言|感染拡大防止|感染症拡大|まん延防止")
EPIDEMIC_BEGAN = 2019  # the fiscal year in which the first measures were taken (February and March 2020)
_EMERGENCY = re.compile("緊急事態|まん延防止")
EMERGENCY_BEGAN = 2020  # the first emergency was declared on 7 April 2020


@lru_cache(maxsize=4096)
def leaning(text: str) -> dict[Role, float]:
    """How much the wording speaks for each field (log weights, around -2 to +2.5)."""
    line = folded(text)
    parts = sentences(_ASIDE.sub("", line)) or [line]
    problem = sum(bool(_PROBLEM.search(s)) for s in parts) / len(parts)
    past = sum(bool(_PAST.search(s)) for s in parts) / len(parts)
    future = sum(bool(_FUTURE.search(s)) and not _PROBLEM.search(s) and not _PAST.search(s) for s in parts) / len(parts)
    cue = bool(_CUE_NEXT.search(line))
    return {
        Role.RESULTS: 2.0 * past - 1.6 * future - 1.0 * problem + 0.6 * bool(_FIGURES.search(line)),
        Role.ISSUES: 2.2 * problem - 0.7 - 0.8 * past - 0.5 * future - 0.3 * cue,
        Role.NEXT: 1.8 * future + 0.5 * cue - 1.6 * past - 0.5 * problem,
        Role.REMARKS: 2.0 * bool(_REMARK.search(line)) - 1.0,
    }


@lru_cache(maxsize=4096)
def _years(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Years a text labels its figures with, and all the years it mentions."""
    labelled = tuple(m.year.year for found in _LABELLED_YEAR.finditer(folded(text)) for m in fiscal.mentions(found[0]))
    return labelled, tuple(m.year.year for m in fiscal.mentions(text))


def fits_year(text: str, role: Role, year: int) -> float:
    """How well a text can be of that year (log weight). A year in a label beats every other sign."""
    labelled, named = _years(text)
    weight = 0.0
    if _EPIDEMIC.search(text):
        if year < EMERGENCY_BEGAN and role is not Role.NEXT and _EMERGENCY.search(text):
            weight -= 3.5
        weight += 0.4 if year > EPIDEMIC_BEGAN else -0.4 if year == EPIDEMIC_BEGAN else -5.0
    if labelled:
        return weight + (3.0 if year in labelled else -4.0)
    if not named:
        return weight
    latest = max(named)
    if role is Role.NEXT:
        return weight + (0.4 if latest in (year, year + 1) else -0.5 if latest < year else 0.0)
    return weight + (0.6 if latest == year else -0.6 if latest > year + 1 else 0.0)
