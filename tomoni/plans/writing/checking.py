"""What no sheet can hold, said before anything is written: a document is written whole or not at all. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from tomoni.plans.sheet.document import Document

LONGEST = 32_767  # what one cell of a workbook holds, counted as the workbook counts
FIRST, LAST = 1926, 2999
MOST_ROWS = 100_000
MOST_YEARS = 60
WORDS = {
    "results": "実績",
    "issues": "課題",
    "next_action": "次年度へ向けた取組",
    "remarks": "備考",
    "status": "進捗状況",
}


class CannotWrite(ValueError):
    """The document cannot be written without losing something. The message says which place, and what to do."""


def refuse(document: Document) -> None:
    """Raise CannotWrite for the first thing that a sheet cannot hold."""
    _years(document)
    _tree(document)
    if sum(len(m.lines) or 1 for m in document.measures) + len(document.nodes) > MOST_ROWS:
        raise CannotWrite(f"行が多すぎます（{MOST_ROWS:,}行まで）。計画を分けて書き出してください。")
    for where, text in _texts(document):
        if units(text) > LONGEST:
            raise CannotWrite(
                f"{where}: 文が長すぎます（{units(text):,}字）。1つのセルに入るのは{LONGEST:,}字までです。"
                "文を短くするか、分けてください。"
            )


def units(text: str) -> int:
    """How long a text is to a workbook, which counts a rare character or an emoji twice."""
    return len(text) + sum(character > "\uffff" for character in text)


def _years(document: Document) -> None:
    held = set(document.years)
    if len(held) != len(document.years):
        raise CannotWrite("plan.years: 同じ年度が2回あります。")
    told = {y for m in document.measures for line in m.lines for y in line.years}
    told_elsewhere = {y for m in document.measures for y in m.schedule} | {n.year for n in document.numbers}
    if missing := sorted(told - held):
        raise CannotWrite(
            f"plan.years: {missing[0]} がありませんが、進捗の記入があります。plan.years に加えてください。"
        )
    every = held | told_elsewhere
    if wrong := sorted(year for year in every if not FIRST <= year <= LAST):
        raise CannotWrite(f"年度 {wrong[0]} は書けません。{FIRST}から{LAST}までの西暦で書いてください。")
    if len(every) > MOST_YEARS:
        raise CannotWrite(f"年度が多すぎます（{MOST_YEARS}年度まで）。")


def _tree(document: Document) -> None:
    seen: set[str] = set()
    for number, node in enumerate(document.nodes):
        if node.id in seen:
            raise CannotWrite(f"nodes.{number}.id: 「{node.id}」が2回あります。")
        if node.parent is not None and node.parent not in seen:
            raise CannotWrite(f"nodes.{number}.parent: 「{node.parent}」が、この見出しより前にありません。")
        seen.add(node.id)
    for number, measure in enumerate(document.measures):
        if measure.parent is not None and measure.parent not in seen:
            raise CannotWrite(f"measures.{number}.parent: 「{measure.parent}」という見出しがありません。")
        for place, line in enumerate(measure.lines):
            for name in (*line.leads, *line.related):
                if "\n" in name or "\r" in name:
                    raise CannotWrite(
                        f"measures.{number}.lines.{place}: 担当課の名前に改行があります。1行にしてください。"
                    )


def _texts(document: Document) -> Iterator[tuple[str, str]]:
    yield "plan.title", document.title or ""
    for number, node in enumerate(document.nodes):
        yield f"nodes.{number}", f"{node.level}{node.number or ''}{node.title}"
    for number, measure in enumerate(document.measures):
        where = f"施策{measure.number or number + 1}"
        yield where, f"{measure.title}{measure.relisted_of or ''}"
        yield f"{where} 事業内容", measure.description.text if measure.description else ""
        for year, text in measure.schedule.items():
            yield f"{where} {year}年度 計画", text
        for line in measure.lines:
            yield f"{where} 担当課", "\n".join((*line.leads, *line.related))
            for year, entry in line.years.items():
                yield f"{where} {year}年度 進捗状況", entry.status_text or ""
                for name, told in entry.texts.items():
                    yield f"{where} {year}年度 {WORDS[name]}", told.text
    for number, figure in enumerate(document.numbers):
        yield f"numbers.{number}", f"{figure.label}{figure.unit}{figure.measure or ''}"
