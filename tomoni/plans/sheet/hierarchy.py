"""Headings above the measures: reading one, and keeping the path of open headings over rows, pages and sheets."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tomoni.kernel.japanese import folded, number_as_printed, one_line, plain
from tomoni.plans.sheet.document import Node
from tomoni.plans.sheet.vocabulary import LEVEL_WORD

UNNAMED = "見出し"
LONGEST = 90

_CIRCLED = "[①-⑳㉑-㉟❶-❿⓪]"
_NUMBER = rf"(?:\(\d{{1,2}}\)|\d{{1,2}}-\(\d{{1,2}}\)|\d{{1,3}}(?:[-‐.]\d{{1,3}}){{0,3}}{_CIRCLED}?|{_CIRCLED}|[IVX]{{1,4}}(?![A-Za-z])|[Ⅰ-Ⅻ]|[一二三四五六七八九十]{{1,3}}(?![^\s、.:　]))"
_OPEN, _CLOSE = r"[【\[《<■◆●○□◇▼◎・\s]*", r"[】\]》>]?"
_SEP = r"\s*[:.、。・\-―…)]?\s*"
_CHAPTER = re.compile(
    rf"^{_OPEN}第\s*(?P<number>[\d一二三四五六七八九十]+)\s*(?P<level>[章節項編部柱])\s*{_CLOSE}{_SEP}(?P<title>.*)$"
)
_NAMED = re.compile(
    rf"^{_OPEN}(?P<level>{LEVEL_WORD})\s*(?P<number>{_NUMBER}|[A-Z](?=[\s:.]))\s*{_CLOSE}{_SEP}(?P<title>.*)$"
)
_QUOTED = re.compile(rf"^[【\[《<](?P<level>{LEVEL_WORD})(?P<number>)[】\]》>]\s*(?P<title>.+)$")
_COLON = re.compile(rf"^{_OPEN}(?P<level>{LEVEL_WORD})(?P<number>)\s*[:]\s*(?P<title>.+)$")
_LEARNT = re.compile(
    rf"^{_OPEN}(?!第|令和|平成|昭和|資料|別[表紙])(?P<level>[一-龥々ぁ-んァ-ヶー]{{1,10}}?)\s*(?P<number>\(\d{{1,2}}\)|\d{{1,2}}(?:-\d{{1,2}})*|[IVX]{{1,4}}|[Ⅰ-Ⅻ]|{_CIRCLED})\s*{_CLOSE}(?:\s+|\s*[:.、・]\s*|(?=[「一-龥ァ-ヶ]))(?P<title>\D.+)$"
)
# 2 人材の育成 is a heading, 2人 and 2 人が参加 are a count: a unit is one when it is glued on or no word goes on from it.
_UNIT = "(?:年度?|月|日|人|名|回|件|円|か所|つ(?![ぁ-ん])|%)"
_COUNTED = re.compile(rf"^(?!人[のと]){_UNIT}(?:間|目|分|以上|程度|$|[^一-龥々ァ-ヶー])")
_NUMBERED = re.compile(
    rf"^{_OPEN}(?P<level>)(?P<number>{_NUMBER}){_CLOSE}(?:{_SEP}|\s+)(?P<title>(?:(?<=[\s:.、。・)])|(?!{_UNIT}))"
    r"[^\d\s.,%/].*)$"
)
_BULLET = re.compile(r"^[■◆●□◇▼◎【《](?P<level>)(?P<number>)\s*(?P<title>[^】》]{2,60})[】》]?$")
_PATTERNS = (_CHAPTER, _NAMED, _QUOTED, _COLON)
_NOTE = re.compile(r"^[(（]?(?:※|\*|注[)）:：\d]|備考|凡例|資料|出典|参考|別紙|別表|単位|作成)|。$|[:：]$")
_PRIORITY = re.compile(r"[【\[(〔]\s*(?:重点(?:施策|事業|項目|取組|目標)?|新規|拡充|継続)\s*[】\])〕]|^★\s*|\s*★$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as read: level word ("" when it names none), number as printed, title."""

    level: str
    number: str | None
    title: str

    @property
    def key(self) -> tuple[str, str, str]:
        return self.level, plain(self.number or ""), plain(self.title)

    @property
    def style(self) -> str:
        """The look of an unnamed heading's number, by which its depth is known: 1-1, (1), ①, I, a bullet."""
        return re.sub(_CIRCLED, "①", re.sub(r"\d+", "1", re.sub("^[IVXⅠ-Ⅻ]+$", "I", self.number or "-")))


def parse(text: str, *, is_wide: bool = False) -> Heading | None:
    """The heading a lone cell is, or None. ``is_wide``: the cell is merged over the table, so its look may be free."""
    line = folded(one_line(text)).strip()
    if not 2 <= len(line) <= LONGEST or _NOTE.search(line):
        return None
    patterns = (*_PATTERNS, _LEARNT, _NUMBERED, _BULLET)
    for pattern in patterns:
        if (found := pattern.match(line)) and found["title"].strip():
            if pattern is _NUMBERED and _COUNTED.match(found["title"]):
                continue
            return _heading(text, found)
        if found and pattern in (_CHAPTER, _NAMED):
            return Heading(found["level"], number_as_printed(found["number"]), "")
    if is_wide and len(line) <= 60:
        return Heading("", None, one_line(text).strip())
    return None


def _heading(text: str, found: re.Match[str]) -> Heading:
    number = number_as_printed(found["number"]) if found["number"] else None
    return Heading(plain(found["level"]) and found["level"], number, _as_printed(text, found["title"]))


def _as_printed(text: str, title: str) -> str:
    """The title in the letters of the cell: folding was only for recognising it."""
    whole = one_line(text).strip()
    for cut in range(len(whole)):
        if folded(whole[cut:]).strip() == title.strip():
            return whole[cut:].strip()
    return title.strip()


def split_number(text: str) -> tuple[str | None, str]:
    """Number and title of a cell that prints both: "1-1 講座の開催" gives 1-1 and 講座の開催."""
    line = folded(one_line(text)).strip()
    found = re.match(
        rf"^{_OPEN}(?:No\.?\s*|事業|取組|施策)?(?P<number>{_NUMBER})(?:[.．:：、)）]\s*|\s+|(?<=[①-⑳)]))(?P<title>\D.*)$",
        line,
    )
    if not found or _COUNTED.match(found["title"]):
        return None, one_line(text).strip()
    return number_as_printed(found["number"]), _as_printed(text, found["title"])


def without_marks(title: str) -> str:
    """A title without the note that it is a priority or new, for comparing."""
    return _PRIORITY.sub("", title).strip()


@dataclass(slots=True)
class Path:
    """The headings that are open where the reader stands, and the order of levels learnt so far."""

    names: tuple[str, ...] = ()  # level names in order, where the table head or the rulebook lists them
    nodes: list[Node] = field(default_factory=list)
    open: list[tuple[str, Node]] = field(default_factory=list)  # depth key and node, from the top down
    order: list[str] = field(default_factory=list)
    _known: dict[tuple[str | None, tuple[str, str, str]], Node] = field(default_factory=dict)

    @property
    def here(self) -> str | None:
        return self.open[-1][1].id if self.open else None

    def enter(self, heading: Heading, at: str) -> tuple[Node, bool]:
        """Open a heading; (node, whether it is new). The same heading under the same parent is the same node."""
        key = heading.level or f"?{heading.style}"
        if key not in self.order:
            self._learn(key)
        rank = self.order.index(key)
        kept = [(k, n) for k, n in self.open if not k.startswith("#") and self.order.index(k) < rank]
        return self._open(kept, key, heading, at)

    def enter_column(self, depth: int, heading: Heading, at: str) -> tuple[Node, bool]:
        """Open the heading that a column of the table holds; columns count from the left, under headings of rows."""
        key = f"#{depth}"
        kept = [(k, n) for k, n in self.open if not k.startswith("#") or int(k[1:]) < depth]
        return self._open(kept, key, heading, at)

    def _open(self, kept: list[tuple[str, Node]], key: str, heading: Heading, at: str) -> tuple[Node, bool]:
        parent = kept[-1][1].id if kept else None
        known = self._known.get((parent, heading.key))
        if known is None:
            level = heading.level or self._name(key)
            known = Node(f"n{len(self.nodes) + 1}", level, heading.number, heading.title, parent, at)
            self._known[parent, heading.key] = known
            self.nodes.append(known)
            self.open = [*kept, (key, known)]
            return known, True
        self.open = [*kept, (key, known)]
        return known, False

    def _learn(self, key: str) -> None:
        """A level seen for the first time stands below what is open, unless the names are listed."""
        if key in self.names:
            later = [k for k in self.order if k in self.names and self.names.index(k) > self.names.index(key)]
            position = self.order.index(later[0]) if later else len(self.order)
        else:
            ranks = [self.order.index(k) for k, _ in self.open if k in self.order]
            position = max(ranks) + 1 if ranks else len(self.order)
        self.order.insert(position, key)

    def _name(self, key: str) -> str:
        unnamed = [k for k in self.order if k.startswith("?")]
        free = [n for n in self.names if n not in self.order]
        if key in unnamed and unnamed.index(key) < len(free):
            return free[unnamed.index(key)]
        return UNNAMED
