"""The parts of 協働とは that a city's rulebook can fill: what it does not say has no page and no link."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tomoni.rulebooks.schema import Entry, Rulebook

E = TypeVar("E", bound=Entry)


@dataclass(frozen=True, slots=True)
class Chapter:
    """One page of 協働とは: its address, the question it answers, its name, and what it shows of a rulebook."""

    url_name: str
    question: str | Promise
    name: Callable[[Rulebook], str]
    content: Callable[[Rulebook], tuple[Entry, ...]]
    counted: Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Door:
    """A chapter this city has: the words of the link, how much stands behind it, and its first names."""

    url_name: str
    label: str
    question: str | Promise
    amount: str
    names: tuple[str, ...]
    others: bool


FIRST_NAMES = 4


def things(number: int) -> str:
    """Some things in words: 6つ, 12個."""
    return _("%(number)dつ") % {"number": number} if number < 10 else _("%(number)d個") % {"number": number}


def kinds(number: int) -> str:
    """Some kinds in words: 6種類."""
    return _("%(number)d種類") % {"number": number}


def points(number: int) -> str:
    """Some points in words: 9項目."""
    return _("%(number)d項目") % {"number": number}


def own(entries: Iterable[E]) -> tuple[E, ...]:
    """The entries that the city's document says; what Tomoni added as its standard is left out."""
    return tuple(entry for entry in entries if not entry.is_standard)


def _parties(book: Rulebook) -> tuple[Entry, ...]:
    return own(book.party_kinds) or own((*book.capabilities, *book.coordinators, *book.coordinator_abilities))


def _points(book: Rulebook) -> tuple[Entry, ...]:
    return own(item for checklist in own(book.checklists) for item in checklist.items)


CHAPTERS: tuple[Chapter, ...] = (
    Chapter("about-parties", gettext_lazy("だれと取り組むか"), lambda _book: _("協働の主体"), _parties, kinds),
    Chapter(
        "about-suitability",
        gettext_lazy("協働に向いているか"),
        lambda _book: _("適性の検証"),
        lambda book: own(book.suitability),
        points,
    ),
    Chapter(
        "about-forms",
        gettext_lazy("どの形で取り組むか"),
        lambda book: book.terms.form,
        lambda book: own(book.forms),
        kinds,
    ),
    Chapter(
        "about-checklists",
        gettext_lazy("何を確かめながら進めるか"),
        lambda _book: _("チェックリスト"),
        _points,
        points,
    ),
    Chapter(
        "about-stages",
        gettext_lazy("団体はどう育つか"),
        lambda _book: _("活動のステージ"),
        lambda book: own(book.stages),
        things,
    ),
)


def name_of(url_name: str, book: Rulebook) -> str:
    """What a chapter is called in this city, whether or not the city has it."""
    return next(chapter.name(book) for chapter in CHAPTERS if chapter.url_name == url_name)


def doors(book: Rulebook) -> tuple[Door, ...]:
    """The chapters this city has, in the order in which one needs them."""
    found = ((chapter, chapter.content(book)) for chapter in CHAPTERS)
    return tuple(
        Door(
            chapter.url_name,
            chapter.name(book),
            chapter.question,
            chapter.counted(len(content)),
            tuple(entry.label for entry in content[:FIRST_NAMES]),
            others=len(content) > FIRST_NAMES,
        )
        for chapter, content in found
        if content
    )


def has(url_name: str, book: Rulebook) -> bool:
    """Does this city's document fill that chapter?"""
    return any(chapter.url_name == url_name and chapter.content(book) for chapter in CHAPTERS)
