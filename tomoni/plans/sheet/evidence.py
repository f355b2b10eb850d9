"""What a text says about itself: whether it reports, complains, promises or remarks, and which years it can be of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from math import exp, log

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
# A lack named in passing (不足を補うため…実施する) is no complaint: the cue must end the sentence, or be a plain one.
_PROBLEM = re.compile(
    "課題(?:で|と|が|に|は|だ|を残|。|$)|必要がある|必要である|"
    "(?:必要|不足|少な[いかく]|困難|難し|できていない|できなかった|不十分|十分では|減少|低い|低かった|遅れ|懸念|弱い|足りな|していない|"
    "至っていない|未実施|問題|限界|なければならな|ならぬ|ばらつき|バラつき|ばつき|にくい|伸び悩).{0,9}$"
)
_REMARK = re.compile("^(?:※|注|備考)|移管|^なお|別紙|参照")
_ASIDE = re.compile(r"\([^()]*\)|【[^】]*】\s*[^。]{0,12}$")
_FIGURES = re.compile(r"【[^】]+】|\d\s*(?:人|名|回|件|団体|事業|校|か所|%)|現在\s*\d")
_LABELLED_YEAR = re.compile(r"【[^】]*(?:年度|現在)[^】]*】|[^\s。]{2,12}現在")
_EPIDEMIC = re.compile("コロナ|緊急事態宣言|感染拡大防止|感染症拡大|まん延防止")
EPIDEMIC_BEGAN = 2019  # the fiscal year in which the first measures were taken (February and March 2020)
_EMERGENCY = re.compile("緊急事態|まん延防止")
EMERGENCY_BEGAN = 2020  # the first emergency was declared on 7 April 2020


@dataclass(frozen=True, slots=True)
class Tenses:
    """The shares of sentences that report, promise and complain; the first sentence counts double."""

    past: float
    future: float
    problem: float

    @property
    def is_mixed(self) -> bool:
        return self.past >= 0.25 and self.future >= 0.25


@lru_cache(maxsize=4096)
def tenses(text: str) -> Tenses:
    line = folded(text)
    parts = sentences(_ASIDE.sub("", line)) or [line]
    parts = [parts[0], *parts]
    problem = [bool(_PROBLEM.search(s)) for s in parts]
    past = [bool(_PAST.search(s)) and not p for s, p in zip(parts, problem, strict=True)]
    future = [bool(_FUTURE.search(s)) and not (p or q) for s, p, q in zip(parts, problem, past, strict=True)]
    return Tenses(sum(past) / len(parts), sum(future) / len(parts), sum(problem) / len(parts))


@lru_cache(maxsize=4096)
def leaning(text: str) -> dict[Role, float]:
    """How well the wording fits each field: log shares that add up to one."""
    line, told = folded(text), tenses(text)
    cue = bool(_CUE_NEXT.search(line))
    weights = {
        Role.RESULTS: 2.2 * told.past - 1.6 * told.future - 1.0 * told.problem + 0.6 * bool(_FIGURES.search(line)),
        Role.ISSUES: 2.4 * told.problem - 0.6 - 0.8 * told.past - 0.5 * told.future - 0.3 * cue,
        Role.NEXT: 2.0 * told.future + 0.6 * cue - 1.6 * told.past - 0.5 * told.problem,
        Role.REMARKS: 2.2 * bool(_REMARK.search(line)) - 1.0,
    }
    whole = log(sum(exp(w) for w in weights.values()))
    return {role: w - whole for role, w in weights.items()}


@lru_cache(maxsize=4096)
def _years(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Years a text labels its figures with, and all the years it mentions."""
    labelled = tuple(m.year.year for found in _LABELLED_YEAR.finditer(folded(text)) for m in fiscal.mentions(found[0]))
    return labelled, tuple(m.year.year for m in fiscal.mentions(text))


def names_year(text: str, year: int) -> bool:
    """Whether the text labels a figure with that year."""
    return year in _years(text)[0]


def fits_year(text: str, role: Role, year: int) -> float:
    """How well a text can be of that year (log weight). A year in a label beats every other sign."""
    labelled, named = _years(text)
    weight = 0.0
    if _EPIDEMIC.search(text):
        if year < EMERGENCY_BEGAN and role is not Role.NEXT and _EMERGENCY.search(text):
            weight -= 3.5
        weight += 0.4 if year > EPIDEMIC_BEGAN else -0.4 if year == EPIDEMIC_BEGAN else -5.0
    if labelled:
        return weight + (4.0 if year in labelled else -6.0)
    if not named:
        return weight
    latest = max(named)
    if role is Role.NEXT:
        return weight + (0.4 if latest in (year, year + 1) else -0.5 if latest < year else 0.0)
    return weight + (0.6 if latest == year else -0.6 if latest > year + 1 else 0.0)
