"""Departments in cells: which cells name them, and the several names one cell may hold."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tomoni.kernel.japanese import folded, one_line, plain
from tomoni.plans.sheet.reading import Reading

_END = (
    "(?:課|室|局|部|係|班|署|所|館|園|校|院|支所|本部|センター|事務局|委員会|担当|協議会|財団|公社|機構|"
    "グループ|チーム|プラザ|NPO|法人)"
)
_NAME = re.compile(f"^[一-龥々ぁ-んァ-ヶーA-Za-z0-9・&]{{0,24}}{_END}(?:等|ほか|他|各課)?(?:[(][^()]{{1,20}}[)])?$")
_ALL = re.compile(
    "^(?:全|各|関係|関連|庁内|全庁|所管|担当)(?:て|ての|の)?(?:課|室|部|局|部署|所属|庁|部局|機関).{0,6}$|^全庁?$|^[-―ー]$"
)

_COMMA = re.compile(r"[、，,／/;；]+|及び|並びに")  # always stands between two names, a blank may stand inside one
_CUT = re.compile(r"\s+|・(?=.*[課室局部係館所](?:\0\d+\0)?$)")
_BRACKET = re.compile(r"[（(][^（()）]*[)）]")


def names_in(text: str, reading: Reading | None = None) -> list[str]:
    """The departments a cell names, each once, in the order printed, in the spelling the rulebook prefers."""
    known = {plain(k): v for k, v in reading.departments.items()} if reading else {}
    if "\n" not in text and (all_of_it := known.get(plain(text))):
        return [all_of_it]
    names: list[str] = []
    for piece in _pieces(text):
        name = known.get(plain(piece), piece)
        if name and name not in names:
            names.append(name)
    return names


def _pieces(text: str) -> list[str]:
    """The cell cut where its parts are departments by themselves; a name broken over two lines is put together."""
    text = text.strip().strip("・○●◎")
    held: list[str] = []

    def hold(found: re.Match[str]) -> str:
        held.append(found[0])
        return f"\0{len(held) - 1}\0"

    apart = [p for p in _COMMA.split(_BRACKET.sub(hold, text)) if p.strip()]
    if len(apart) > 1:
        return [name for part in apart for name in _pieces(_put_back(part, held))]
    parts = [p for part in apart for p in _CUT.split(part) if p.strip()]
    whole = [_put_back(p, held).strip("・ \u3000") for p in parts]
    if len(whole) > 1 and not all(is_department(p) for p in whole):
        joined = one_line(text)
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if len(lines) > 1 and is_department(joined):
            return [joined]
        whole = _rejoined(whole)
    return _with_bureaus(whole)


def _put_back(text: str, held: list[str]) -> str:
    return re.sub(r"\0(\d+)\0", lambda m: held[int(m[1])], text)


def _with_bureaus(names: list[str]) -> list[str]:
    """A bureau and its section are one department ("市民部 協働課")."""
    if len(names) == 2 and re.search("(?:部|局|本部)$", names[0]) and re.search("(?:課|室|係|班)$", names[1]):
        return ["".join(names)]
    return names


def _rejoined(parts: Iterable[str]) -> list[str]:
    """Parts that are no department begin the name that follows ("産業 振興課" is one name)."""
    names: list[str] = []
    begun = ""
    for part in parts:
        begun += part
        if is_department(begun):
            names.append(begun)
            begun = ""
    if begun:
        names.append(begun)
    return names


def is_department(text: str) -> bool:
    """Whether a text is one department by the look of its name (…課, 全課)."""
    key = folded(text).strip()
    return len(key) <= 28 and bool(_NAME.match(key) or _ALL.match(key))


def are_departments(text: str) -> bool:
    """Whether a whole cell consists of departments."""
    if len(text) > 120 or "。" in text:
        return False
    pieces = _pieces(text)
    return bool(pieces) and all(is_department(p) for p in pieces)
