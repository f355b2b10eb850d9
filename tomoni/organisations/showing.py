"""What a reader sees of a profile, field by field; and the words by which the public part is found. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from tomoni.kernel.japanese import search_key
from tomoni.rulebooks.schema import Rulebook
from tomoni.ui.dates import day

if TYPE_CHECKING:
    from tomoni.organisations.models import Profile


class Reader(IntEnum):
    """How much somebody may read: what is public, what registered parties see, what the desk and the party see."""

    PUBLIC = 0
    MEMBERS = 1
    STAFF = 2


LEVELS = {"public": Reader.PUBLIC, "members": Reader.MEMBERS, "staff": Reader.STAFF}
VISIBILITY = {"public": "だれでも", "members": "登録団体と市", "staff": "窓口だけ"}
LABELS = {
    "purpose": "目的",
    "summary": "活動の内容",
    "fields": "活動の分野",
    "area": "活動の場所・地域",
    "gives": "提供できること",
    "seeks": "求めていること",
    "vision": "これから目指す姿",
    "now": "今取り組んでいることと進み具合",
    "capabilities": "中間支援のはたらき",
    "stage": "活動のステージ",
    "members": "会員の人数",
    "founded_on": "活動を始めた日",
    "website": "ホームページ",
    "public_contact": "公開する連絡先",
}
SENTENCES = ("purpose", "summary", "gives", "seeks", "vision", "now")
LISTS = {"fields": "fields", "capabilities": "capabilities", "stage": "stages"}  # column -> list of the rulebook


@dataclass(frozen=True, slots=True)
class Shown:
    """One field of a profile as it is read: its lines, a link where it is one, and who else may read it."""

    key: str
    label: str
    lines: tuple[str, ...]
    href: str = ""
    visibility: str = "public"

    @property
    def is_text(self) -> bool:
        """Sentences stand under a heading of their own; the rest is a line among the facts."""
        return self.key in SENTENCES

    @property
    def is_list(self) -> bool:
        """Several words chosen from a list of the rulebook."""
        return self.key in LISTS

    @property
    def note(self) -> str:
        """Who reads it, when that is not everybody."""
        return "" if self.visibility == "public" else VISIBILITY[self.visibility]


def visibility_of(profile: Profile, key: str) -> str:
    """public, members or staff; what nobody chose is public only where the profile says so."""
    chosen = profile.visibility.get(key, "public")
    return chosen if chosen in LEVELS else "staff"


def shown(profile: Profile, book: Rulebook, *, to: Reader) -> tuple[Shown, ...]:
    """The filled fields this reader may read, in the order of `LABELS`."""
    return tuple(
        Shown(key, label, lines, _href(profile, key), visibility_of(profile, key))
        for key, label in LABELS.items()
        if LEVELS[visibility_of(profile, key)] <= to and (lines := tuple(_lines(profile, key, book)))
    )


def search_text(profile: Profile, book: Rulebook) -> str:
    """Every public word of a profile, for people who search."""
    return "\n".join(line for field in shown(profile, book, to=Reader.PUBLIC) for line in field.lines)


def keys_for(profile: Profile, book: Rulebook) -> dict[str, str]:
    """The two columns by which the public part is found and narrowed."""
    return {
        "search_key": search_key(f"{profile.party.name}\n{search_text(profile, book)}"),
        "facets": "".join(_facets(profile)),
    }


def facet(column: str, key: str) -> str:
    """How one key of a list stands among the facets."""
    return f"|{column}:{key}|"


def labels_of(book: Rulebook, column: str) -> Mapping[str, str]:
    """Key -> label of the list of the rulebook behind a column."""
    return {entry.key: entry.label for entry in getattr(book, LISTS[column])}


def _facets(profile: Profile) -> Iterator[str]:
    for column in LISTS:
        if visibility_of(profile, column) == "public":
            yield from (facet(column, key) for key in _keys(getattr(profile, column)))


def _keys(held: Any) -> list[str]:
    return ([held] if held else []) if isinstance(held, str) else list(held)


def _lines(profile: Profile, key: str, book: Rulebook) -> Iterator[str]:
    value = getattr(profile, key)
    if key in LISTS:
        labels = labels_of(book, key)
        yield from (labels.get(each, each) for each in _keys(value))
    elif isinstance(value, date):
        yield day(value)
    elif key == "members":
        yield from [f"{value:,}人"] if value is not None else []
    else:
        yield from (line.strip() for line in str(value or "").splitlines() if line.strip())


def _href(profile: Profile, key: str) -> str:
    """Only web addresses become links: what people typed could be anything."""
    is_link = key == "website" and profile.website.startswith(("https://", "http://"))
    return profile.website if is_link else ""
