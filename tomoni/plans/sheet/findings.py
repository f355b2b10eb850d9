"""What a person should look at in a sheet: what could not be read for certain, and what the checks find in the rest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tomoni.kernel.fiscal import FiscalYear
from tomoni.plans.checking.check import Finding as Checked
from tomoni.plans.checking.facts import Asked, Entry, LineFacts, Value, row_of
from tomoni.plans.checking.gaps import says_how_it_stands
from tomoni.plans.checking.run import CHECKS, findings_in
from tomoni.plans.sheet.document import Document, Finding, Line, Measure, Number, Year

UNREAD = "進捗状況を、どのセルからも確かに読み取れませんでした。"
# An open rating is told with its reason, by SH-01.
ASKED_OF_SHEETS = tuple(each for each in CHECKS if each is not says_how_it_stands)


def find(document: Document) -> list[Finding]:
    """All findings, in the order of the sheet."""
    asked, unread = _asked(document), {row_of(cell.at) for cell in document.unplaced}
    numbers = _by_measure(document.numbers)
    found: list[Finding] = []
    for measure in document.measures:
        for line in measure.lines:
            found += _open(measure, line, document)
            rows = _rows(measure, line)
            told = numbers.get(measure.number or "", [])
            mine = [one for one in told if len(measure.lines) == 1 or row_of(one.at) in rows]
            facts = _facts(measure, line, asked, mine)
            if line.is_looped or not unread.isdisjoint(rows):
                facts = replace(facts, open_years=frozenset(document.years))
            found += [_told(measure, line, each) for each in findings_in(facts, ASKED_OF_SHEETS)]
    return [*found, *_inferred(document)]


def _asked(document: Document) -> Asked:
    """What the sheet asks for at all: its years, the years with a next action, departments."""
    lines = [line for measure in document.measures for line in measure.lines]
    following = {year for line in lines for year, entry in line.years.items() if "next_action" in entry.texts}
    return Asked(tuple(document.years), frozenset(following), any(line.leads for line in lines))


def _by_measure(numbers: list[Number]) -> dict[str, list[Number]]:
    found: dict[str, list[Number]] = {}
    for one in numbers:
        if one.measure is not None:
            found.setdefault(one.measure, []).append(one)
    return found


def _facts(measure: Measure, line: Line, asked: Asked, numbers: list[Number]) -> LineFacts:
    return LineFacts(
        title=measure.title,
        asked=asked,
        entries={year: _entry(entry) for year, entry in line.years.items()},
        leads=tuple(line.leads),
        schedule=measure.schedule,
        figures=tuple(Value(one.year, one.label, float(one.value), one.unit) for one in numbers),
        is_looped=line.is_looped,
        is_relisted=measure.relisted_of is not None,
    )


def _rows(measure: Measure, line: Line) -> set[str]:
    """The rows of the file a line was read from; that of its measure, where it stands alone."""
    places = {measure.at} if len(measure.lines) == 1 else set()
    for entry in line.years.values():
        places |= {text.at for text in entry.texts.values()} | ({entry.status_at} if entry.status_at else set())
    return {row_of(at) for at in places}


def _entry(entry: Year) -> Entry:
    return Entry(entry.status or "", **{name: text.text for name, text in entry.texts.items()})


def _told(measure: Measure, line: Line, one: Checked) -> Finding:
    year = one.year or None
    message = _where(measure, line, year) + one.message + one.advice
    return Finding(one.rule, one.kind.value, measure.number, message, _department(line), year, one.field)


def _where(measure: Measure, line: Line, year: int | None = None) -> str:
    number = f"No.{measure.number} " if measure.number else ""
    department = f"（{'・'.join(line.leads)}）" if line.leads else ""
    return f"{number}「{measure.title}」{department}{f' {FiscalYear(year)}' if year else ''}: "


def _open(measure: Measure, line: Line, document: Document) -> Iterator[Finding]:
    for year in document.years:
        entry = line.year(year)
        if entry.status is None:
            why = entry.why_open or UNREAD
            yield Finding(
                "SH-01", "reading", measure.number, _where(measure, line, year) + why, _department(line), year, "status"
            )


def _inferred(document: Document) -> Iterator[Finding]:
    for measure in document.measures:
        if measure.number_inferred:
            message = f"「{measure.title}」の番号は印刷されていません。前後の番号から {measure.number} としました。"
            yield Finding("SH-02", "reading", measure.number, message, field="number")


def _department(line: Line) -> str | None:
    return "・".join(line.leads) or None
