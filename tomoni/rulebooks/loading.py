"""Reading a rulebook from its file: safely, over the standard, with every mistake named by its path."""

from __future__ import annotations

import os
from collections.abc import Hashable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from tomoni.rulebooks.schema import Problem, Rulebook
from tomoni.rulebooks.wording import in_words

STANDARD_FILE = "_standard.yaml"
LARGEST = 1_000_000
DEEPEST = 24


class RulebookError(ValueError):
    """A rulebook cannot be used; `problems` names each mistake with its path."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(f"{p.path}: {p.message}" if p.path else p.message for p in self.problems))


def folder() -> Path:
    """Where the rulebooks lie: TOMONI_RULEBOOKS, or `rulebooks/` beside the package."""
    return Path(os.environ.get("TOMONI_RULEBOOKS") or Path(__file__).parents[2] / "rulebooks")


def load(path: Path | str) -> Rulebook:
    """Read one file over the standard that lies above it (or in the rulebooks folder). RulebookError with all mistakes."""
    path = Path(path)
    return build(over_standard(_read(path), _read(_standard_for(path))))


def load_city(slug: str, number: str | None = None) -> Rulebook:
    """The rulebook of a city in that version; without a number, the newest. RulebookError when there is none."""
    files = {file.stem: file for file in _files(slug)}
    if not files:
        known = "、".join(known_cities()) or "ありません"
        raise RulebookError([Problem("", f"「{slug}」という自治体のルールブックはありません。あるもの: {known}。")])
    if number is not None and number not in files:
        raise RulebookError(
            [Problem("", f"「{slug}」に {number} 版はありません。あるもの: {'、'.join(sorted(files))}。")]
        )
    book = load(files[number or max(files)])
    if (book.city.slug, book.number) != (slug, number or max(files)):
        raise RulebookError(
            [Problem("city.slug", f"ファイルの場所は {slug} の {number or max(files)} 版ですが、中身は違います。")]
        )
    return book


def known_cities() -> tuple[str, ...]:
    """Slugs of all cities with a rulebook, in alphabetical order."""
    if not folder().is_dir():
        return ()
    return tuple(sorted(place.name for place in folder().iterdir() if place.is_dir() and any(place.glob("*.yaml"))))


def versions_of(slug: str) -> tuple[str, ...]:
    """Numbers of all versions of a city's rulebook, oldest first."""
    return tuple(sorted(file.stem for file in _files(slug)))


def build(content: Mapping[str, Any]) -> Rulebook:
    """Check plain values and make the rulebook of them. RulebookError names every mistake with its path."""
    try:
        return Rulebook.model_validate(content)
    except ValidationError as mistakes:
        raise RulebookError(_problems(mistakes)) from None


def over_standard(city: Mapping[str, Any], standard: Mapping[str, Any]) -> dict[str, Any]:
    """The city's file laid over the standard: mappings are joined key by key, lists and values replace."""
    merged = dict(standard)
    for key, value in city.items():
        under = standard.get(key)
        joined = isinstance(value, Mapping) and isinstance(under, Mapping)
        merged[key] = over_standard(value, under) if joined else value  # type: ignore[arg-type]  # joined says both are mappings
    return merged


def _files(slug: str) -> list[Path]:
    place = folder() / slug
    # A slug is a folder's own name, never a way out of the rulebooks folder.
    return sorted(place.glob("*.yaml")) if slug in known_cities() else []


def _standard_for(path: Path) -> Path:
    above = path.resolve().parents[1] / STANDARD_FILE if len(path.resolve().parents) > 1 else path
    return above if above.is_file() else folder() / STANDARD_FILE


def _problems(mistakes: ValidationError) -> list[Problem]:
    found: list[Problem] = []
    for mistake in mistakes.errors(include_url=False):
        context = mistake.get("ctx", {})
        if mistake["type"] == "references":
            found.extend(context["problems"])
        else:
            found.append(Problem(_path(mistake["loc"]), in_words(mistake["type"], mistake["input"], context)))
    return found


def _path(loc: Iterable[str | int]) -> str:
    path = ""
    for step in loc:
        path += f"[{step}]" if isinstance(step, int) else f".{step}" if path else str(step)
    return path


class _Strict(yaml.SafeLoader):
    """Plain values only, and no key twice in one mapping."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002 - the base class's signature
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.MarkedYAMLError(
                    problem=f"「{key.value}」が同じ所に2回書かれています。", problem_mark=key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def _read(path: Path) -> dict[str, Any]:
    try:
        data = path.read_bytes() if path.stat().st_size <= LARGEST else None
    except OSError:
        raise RulebookError([Problem("", f"{path.name} を開けません。ファイルの場所を確かめてください。")]) from None
    if data is None:
        raise RulebookError([Problem("", f"{path.name} が大きすぎます。1 MB までのファイルを使ってください。")])
    try:
        content = _parse(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise RulebookError([Problem("", f"{path.name} を UTF-8 で保存し直してください。")]) from None
    except yaml.YAMLError as mistake:
        raise RulebookError([Problem("", f"{path.name} を読めません。{_where(mistake)}")]) from None
    if not isinstance(content, dict):
        raise RulebookError(
            [Problem("", f"{path.name} はルールブックの形をしていません。「鍵: 値」で書いてください。")]
        )
    return content


def _where(mistake: yaml.YAMLError) -> str:
    if not isinstance(mistake, yaml.MarkedYAMLError) or mistake.problem_mark is None:
        return "使えない文字があります。"
    sentence = mistake.problem or ""
    told = sentence if sentence.endswith("。") else "書き方（字下げ、引用符、コロン）を確かめてください。"
    return f"{mistake.problem_mark.line + 1}行目: {told}"


@lru_cache(maxsize=16)
def _parse(text: str) -> Any:
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise yaml.MarkedYAMLError(problem="参照（& と *）は使えません。", problem_mark=event.start_mark)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise yaml.MarkedYAMLError(problem="入れ子が深すぎます。", problem_mark=event.start_mark)
    return yaml.load(text, Loader=_Strict)  # noqa: S506 - a SafeLoader that also refuses keys written twice
