"""From a file to a rulebook: laid over the standard, checked, every mistake named by its path."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from tomoni.rulebooks.schema import Problem, Rulebook
from tomoni.rulebooks.schema.references import problems_in_plain
from tomoni.rulebooks.wording import in_words
from tomoni.rulebooks.yamlfile import Unreadable, read_mapping

STANDARD_FILE = "_standard.yaml"
OUR_OWN = Path(__file__).parents[2] / "rulebooks"


class RulebookError(ValueError):
    """A rulebook cannot be used; `problems` names each mistake with its path."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(f"{p.path}: {p.message}" if p.path else p.message for p in self.problems))


def folder() -> Path:
    """Where the rulebooks lie: TOMONI_RULEBOOKS, or `rulebooks/` beside the package."""
    return Path(os.environ.get("TOMONI_RULEBOOKS") or OUR_OWN)


def known_cities() -> tuple[str, ...]:
    """Slugs of all cities with a rulebook, in alphabetical order."""
    if not folder().is_dir():
        return ()
    return tuple(sorted(place.name for place in folder().iterdir() if place.is_dir() and any(place.glob("*.yaml"))))


def versions_of(slug: str) -> tuple[str, ...]:
    """Numbers of all versions of a city's rulebook, oldest first; none for a city that is not known."""
    return tuple(sorted(file.stem for file in (folder() / slug).glob("*.yaml"))) if slug in known_cities() else ()


def load(path: Path | str) -> Rulebook:
    """Read one file, laid over the nearest standard. RulebookError names all mistakes."""
    try:
        city = read_mapping(Path(path))
        standard = read_mapping(_standard_for(Path(path)))
    except Unreadable as reason:
        raise RulebookError([Problem("", str(reason))]) from None
    return build(over_standard(city, standard))


def load_city(slug: str, number: str | None = None) -> Rulebook:
    """The rulebook of a city in that version; without a number, the newest. RulebookError when there is none."""
    versions = versions_of(slug)
    if not versions:
        known = "、".join(known_cities()) or "なし"
        raise _lacking(f"「{slug}」という自治体のルールブックはありません。今あるもの: {known}。")
    number = number or versions[-1]
    if number not in versions:
        raise _lacking(f"「{slug}」に {number} 版はありません。今あるもの: {'、'.join(versions)}。")
    book = load(folder() / slug / f"{number}.yaml")
    if (book.city.slug, book.number) != (slug, number):
        raise _lacking(
            f"{slug}/{number}.yaml の中身は {book.city.slug} の {book.number} 版です。場所を直してください。"
        )
    return book


def build(content: Mapping[str, Any]) -> Rulebook:
    """Check plain values and make the rulebook of them. RulebookError names every mistake with its path."""
    try:
        return Rulebook.model_validate(content)
    except ValidationError as mistakes:
        raise RulebookError(_problems(mistakes, content)) from None


def over_standard(city: Mapping[str, Any], standard: Mapping[str, Any]) -> dict[str, Any]:
    """The city's file laid over the standard: mappings are joined key by key; lists and values replace.

    Sheets are replaced one by one: a city that writes its own proposal sheet keeps the standard closing report.
    """
    merged = dict(standard)
    for key, value in city.items():
        under = standard.get(key)
        if isinstance(value, Mapping) and isinstance(under, Mapping):
            merged[key] = over_standard(value, under)
        elif key == "sheets" and isinstance(value, list) and isinstance(under, list):
            own = {sheet.get("key") for sheet in value if isinstance(sheet, Mapping)}
            merged[key] = value + [sheet for sheet in under if sheet["key"] not in own]
        else:
            merged[key] = value
    return merged


def _lacking(sentence: str) -> RulebookError:
    return RulebookError([Problem("", sentence)])


def _standard_for(path: Path) -> Path:
    """Above the city's folder, else in the rulebooks folder, else the one that ships with Tomoni."""
    for place in (path.resolve().parent.parent, folder()):
        if (place / STANDARD_FILE).is_file():
            return place / STANDARD_FILE
    return OUR_OWN / STANDARD_FILE


def _problems(mistakes: ValidationError, content: Mapping[str, Any]) -> list[Problem]:
    errors = mistakes.errors(include_url=False)
    if errors[0]["type"] == "references":
        problems: list[Problem] = errors[0]["ctx"]["problems"]
        return problems
    found = [Problem(_path(one["loc"]), in_words(one["type"], one["input"], one.get("ctx", {}))) for one in errors]
    return found + problems_in_plain(content)


def _path(loc: Iterable[str | int]) -> str:
    path = ""
    for step in loc:
        path += f"[{step}]" if isinstance(step, int) else f".{step}" if path else str(step)
    return path
