"""What one part of a rulebook says of another: keys that must exist, and keys that must stand only once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from tomoni.rulebooks.schema.base import Entry, Stage
from tomoni.rulebooks.schema.content import Content
from tomoni.rulebooks.schema.planning import ProgressLevel
from tomoni.rulebooks.schema.sheets import Sheet, SheetField


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: where it stands in the file, and what to do about it."""

    path: str
    message: str


def problems_in(book: Content) -> list[Problem]:
    """Every reference that leads nowhere and every key used twice."""
    found = problems_in_plain(book.model_dump(mode="json"))
    return found + [problem for look in (_zones, _sides, _plan, _sheets, _judging, _stages) for problem in look(book)]


def problems_in_plain(content: Mapping[str, Any]) -> list[Problem]:
    """Keys used twice and unknown zones, seen in plain values: also in a file that has other mistakes."""
    zones = {entry.get("key") for _, entry in _mappings(content.get("zones"))}
    found = list(_repeated("", content))
    for place, form in _mappings(content.get("forms")):
        named = form.get("zones")
        for at, key in enumerate(named if isinstance(named, list) else []):
            if key not in zones:
                found.append(Problem(f"forms[{place}].zones[{at}]", f"「{key}」という領域はありません。"))
    return found


def _mappings(value: object) -> list[tuple[int, Mapping[str, Any]]]:
    """The entries of a list that are mappings, with their places; nothing when it is no list."""
    found = enumerate(value) if isinstance(value, list) else ()
    return [(place, entry) for place, entry in found if isinstance(entry, dict)]


def _repeated(path: str, value: object) -> Iterator[Problem]:
    """Keys that stand twice in one list, wherever it lies."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _repeated(f"{path}.{name}" if path else str(name), inner)
    first: dict[object, int] = {}
    for place, entry in _mappings(value):
        key = entry.get("key")
        if isinstance(key, str) and first.setdefault(key, place) != place:
            yield Problem(f"{path}[{place}].key", f"「{key}」は {path}[{first[key]}] と同じ名前です。")
        yield from _repeated(f"{path}[{place}]", entry)


def _keys(entries: Iterable[Entry]) -> set[str]:
    return {entry.key for entry in entries}


def _zones(book: Content) -> Iterator[Problem]:
    for place, form in enumerate(book.forms):
        for key in form.zone_remarks:
            if key not in form.zones:
                yield Problem(f"forms[{place}].zone_remarks.{key}", f"「{key}」はこの形態の領域ではありません。")


def _sides(book: Content) -> Iterator[Problem]:
    sides = {kind.side for kind in book.party_kinds}
    if "city" not in sides:
        yield Problem("party_kinds", "市（side: city）の主体がありません。市も主体の一つです。")
    if "civic" not in sides:
        yield Problem("party_kinds", "市民の側（side: civic）の主体がありません。")


def _plan(book: Content) -> Iterator[Problem]:
    levels = _keys(book.progress_scale or book.standard.progress_scale)
    for key in book.reading.statuses:
        if key not in levels:
            yield Problem(f"reading.statuses.{key}", f"「{key}」という進捗の段階はありません。")
    yield from _marks("progress_scale", book.progress_scale)
    if book.plan and book.plan.first_year and book.plan.last_year and book.plan.first_year > book.plan.last_year:
        yield Problem("plan.last_year", "最後の年度が最初の年度より前です。")


def _marks(path: str, levels: Sequence[ProgressLevel]) -> Iterator[Problem]:
    meant: dict[str, str] = {}
    for place, level in enumerate(levels):
        for mark in (level.label, *level.marks):
            if mark in meant:
                yield Problem(f"{path}[{place}]", f"「{mark}」は {meant[mark]} と {level.key} の両方を指します。")
            meant[mark] = level.key


def _sheets(book: Content) -> Iterator[Problem]:
    for place, sheet in enumerate(book.sheets):
        for at, field in enumerate(sheet.fields):
            yield from _field(book, sheet, at, f"sheets[{place}].fields[{at}]")
            if field.max_length and field.kind not in {"line", "text"}:
                yield Problem(f"sheets[{place}].fields[{at}].max_length", "字数は kind: line と text だけに書けます。")


def _field(book: Content, sheet: Sheet, at: int, path: str) -> Iterator[Problem]:
    field = sheet.fields[at]
    if field.kind in {"choice", "choices"} and bool(field.choices) == bool(field.options):
        yield Problem(path, "選ぶ質問には choices か options のどちらか一つを書いてください。")
    if field.kind not in {"choice", "choices"} and (field.choices or field.options):
        yield Problem(path, "choices と options は kind: choice と choices だけに書けます。")
    if field.required and field.choices and not _answers(book, field):
        yield Problem(f"{path}.required", f"「{field.choices}」が空なので、選べません。必須にはできません。")
    if not field.shown_when:
        return
    earlier = next((known for known in sheet.fields[:at] if known.key == field.shown_when.field), None)
    if earlier is None:
        yield Problem(f"{path}.shown_when.field", f"「{field.shown_when.field}」という質問は前にありません。")
        return
    answers = _answers(book, earlier)
    for place, key in enumerate(field.shown_when.equals):
        if key not in answers:
            yield Problem(f"{path}.shown_when.equals[{place}]", f"「{key}」という答えはありません。")


def _answers(book: Content, field: SheetField) -> set[str]:
    if field.kind == "tick":
        return {"yes", "no"}
    if field.choices:
        return _keys(getattr(book, field.choices))
    return {option.key for option in field.options}


def _judging(book: Content) -> Iterator[Problem]:
    criteria = book.screening.criteria
    if book.screening.ties != "open" and book.screening.ties not in _keys(criteria):
        yield Problem("screening.ties", f"「{book.screening.ties}」という審査項目はありません。")
    for place, criterion in enumerate(criteria):
        if criterion.floor is not None and criterion.floor > criterion.max:
            yield Problem(f"screening.criteria[{place}].floor", "最低点が満点を超えています。")
    scale, principles = book.evaluation.scale, _keys(book.principles)
    if not scale.min <= book.evaluation.reason_below <= scale.max:
        yield Problem("evaluation.reason_below", "評価の段階にない点です。")
    for place, item in enumerate(book.evaluation.items):
        if item.principle is not None and item.principle not in principles:
            yield Problem(f"evaluation.items[{place}].principle", f"「{item.principle}」という原則はありません。")


def _stages(book: Content) -> Iterator[Problem]:
    covered = {checklist.stage for checklist in book.checklists + book.standard.checklists}
    for stage in get_args(Stage):
        if stage not in covered:
            yield Problem("standard.checklists", f"「{stage}」の段階のチェックリストがありません。")
