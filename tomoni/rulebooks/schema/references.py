"""What one part of a rulebook says of another: keys that must exist, and keys that must stand only once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tomoni.rulebooks.schema.base import Entry
from tomoni.rulebooks.schema.content import Content
from tomoni.rulebooks.schema.framework import Checklist
from tomoni.rulebooks.schema.planning import ProgressLevel
from tomoni.rulebooks.schema.sheets import Sheet, SheetField


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: where it stands in the file, and what to do about it."""

    path: str
    message: str


def problems_in(book: Content) -> list[Problem]:
    """Every reference that leads nowhere and every key used twice, in the order of the file."""
    checks = (_twice, _forms, _plan, _sheets, _judging, _checklists)
    return [problem for check in checks for problem in check(book)]


def _keys(entries: Iterable[Entry]) -> set[str]:
    return {entry.key for entry in entries}


def _unknown(path: str, keys: Sequence[str], known: set[str], what: str) -> Iterator[Problem]:
    for place, key in enumerate(keys):
        if key not in known:
            yield Problem(f"{path}[{place}]", f"「{key}」という{what}はありません。")


def _repeated(path: str, keys: Iterable[str]) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for place, key in enumerate(keys):
        if key in first:
            yield Problem(f"{path}[{place}].key", f"「{key}」は {path}[{first[key]}] と同じ名前です。")
        first.setdefault(key, place)


def _twice(book: Content) -> Iterator[Problem]:
    lists: dict[str, Iterable[Entry | SheetField]] = {
        name: getattr(book, name)
        for name in (
            "excluded", "interests", "principles", "attitudes", "party_kinds", "capabilities", "coordinators",
            "coordinator_abilities", "zones", "forms", "suitability", "checklists", "stages", "progress_scale",
            "sheets", "programmes", "routing", "fields",
        )
    }  # fmt: skip
    for place, checklist in enumerate(book.checklists):
        lists[f"checklists[{place}].items"] = checklist.items
    for place, sheet in enumerate(book.sheets):
        lists[f"sheets[{place}].fields"] = sheet.fields
    if book.plan:
        lists["plan.levels"] = book.plan.levels
    lists["screening.criteria"] = book.screening.criteria
    lists["screening.groups"] = book.screening.groups
    lists["agreement.clauses"] = book.agreement.clauses
    lists["evaluation.items"] = book.evaluation.items
    for path, entries in lists.items():
        yield from _repeated(path, [entry.key for entry in entries])


def _forms(book: Content) -> Iterator[Problem]:
    zones = _keys(book.zones)
    for place, form in enumerate(book.forms):
        yield from _unknown(f"forms[{place}].zones", form.zones, zones, "領域")
        for key in form.zone_remarks:
            if key not in form.zones:
                yield Problem(
                    f"forms[{place}].zone_remarks.{key}", f"「{key}」はこの形態の領域（zones）に入っていません。"
                )
    if not any(kind.side == "city" for kind in book.party_kinds):
        yield Problem("party_kinds", "市（side: city）の主体がありません。市も主体の一つです。")
    if not any(kind.side == "civic" for kind in book.party_kinds):
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
    yield from _repeated(f"{path}.options", [option.key for option in field.options])
    if not field.shown_when:
        return
    earlier = next((known for known in sheet.fields[:at] if known.key == field.shown_when.field), None)
    if earlier is None:
        yield Problem(f"{path}.shown_when.field", f"「{field.shown_when.field}」という質問は前にありません。")
        return
    yield from _unknown(f"{path}.shown_when.equals", field.shown_when.equals, _answers(book, earlier), "答え")


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


def _checklists(book: Content) -> Iterator[Problem]:
    have: set[str] = {checklist.stage for checklist in book.standard.checklists}
    for stage in ("considering", "planning", "doing", "reflecting"):
        if stage not in have | _stages(book.checklists):
            yield Problem("standard.checklists", f"「{stage}」の段階のチェックリストがありません。")


def _stages(checklists: Sequence[Checklist]) -> set[str]:
    return {checklist.stage for checklist in checklists}
