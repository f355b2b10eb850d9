"""A plan as open data: the same lines as CSV for spreadsheets and as JSON for programs. See docs/plan-data.md."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from tomoni.plans.models import Plan
from tomoni.plans.selectors.records import About, FigureRow, Record, missing
from tomoni.plans.selectors.tree import HeadingRow, LineRow, MeasureRow, Tree
from tomoni.plans.words import NO_RECORD, SILENT, TEXTS, Words, long_year
from tomoni.tenants.models import Municipality

FORMAT = "tomoni-plan/1"
LICENCE = "https://creativecommons.org/licenses/by/4.0/deed.ja"
RISKY = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would take what follows for a formula


@dataclass(frozen=True, slots=True)
class Content:
    """All that is handed out: the lines a filter left, their records, and what is said of each measure."""

    city: Municipality
    plan: Plan
    tree: Tree
    records: dict[int, dict[int, Record]]
    about: dict[int, About]
    years: tuple[int, ...]
    words: Words


def neutral(value: object) -> str:
    """The text of a cell that no spreadsheet computes: one that looks like a formula gets a leading apostrophe."""
    text = str(value)
    return f"'{text}" if text.startswith(RISKY) else text


def as_csv(content: Content) -> bytes:
    """UTF-8 with a byte order mark, one row per line and year; relisted measures have one row and no year."""
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\r\n")
    table.writerow(map(neutral, _columns(content)))
    table.writerows([neutral(cell) for cell in row] for row in _rows(content))
    return b"\xef\xbb\xbf" + written.getvalue().encode()


INDICATOR_COLUMNS = (
    "番号",
    "施策",
    "指標",
    "単位",
    "年度（西暦）",
    "年度",
    "値",
    "目標値",
    "目標の年度（西暦）",
    "少ないほどよい",
    "もとの表の場所",
    "もとの文",
)


def indicators_csv(city: Municipality, plan: Plan, rows: Iterable[list[object]]) -> bytes:
    """Indicators with one row per year, UTF-8 with a byte order mark. The first columns are those of the plan's table."""
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\r\n")
    table.writerow(["全国地方公共団体コード", "地方公共団体名", "計画", *INDICATOR_COLUMNS])
    for row in rows:
        table.writerow([neutral(cell) for cell in (city.code, city.name, plan.title, *row)])
    return b"\xef\xbb\xbf" + written.getvalue().encode()


def _columns(content: Content) -> list[str]:
    fields = content.words.fields
    return [
        "全国地方公共団体コード",
        "地方公共団体名",
        "計画",
        *_levels(content.tree),
        fields["number"],
        content.words.measure,
        content.words.priority,
        f"{content.words.relisted}のもと",
        fields["leads"],
        fields["related"],
        fields["description"],
        "年度（西暦）",
        "年度",
        f"{fields['schedule']}（年度）",
        f"{fields['status']}（記号）",
        fields["status"],
        f"{fields['status']}（もとの表記）",
        *(fields[name] for name in TEXTS),
        "もとの表の場所",
    ]


def _levels(tree: Tree) -> list[str]:
    """The city's name of each level, from the top down."""
    names: dict[int, str] = {}
    for heading in tree.headings:
        names.setdefault(heading.depth, heading.level)
    return [names[depth] for depth in sorted(names)]


def _rows(content: Content) -> Iterator[list[object]]:
    paths = {heading.pk: _path(heading, content.tree) for heading in content.tree.headings}
    for measure in content.tree.measures:
        above = paths.get(measure.heading or 0, {})
        start = [
            content.city.code,
            content.city.name,
            content.plan.title,
            *(above.get(level, "") for level in _levels(content.tree)),
            measure.number,
            measure.title,
            "1" if measure.is_priority else "",
            measure.original,
        ]
        said = content.about[measure.pk]
        if not measure.lines:
            yield [*start, "", "", said.description, *[""] * (6 + len(TEXTS) + 1)]
        for line in measure.lines:
            yield from ([*start, *row] for row in _years(line, said, content))


def _years(line: LineRow, said: About, content: Content) -> Iterator[list[object]]:
    for year in content.years:
        record = content.records.get(line.pk, {}).get(year) or missing(year, line.states.get(year, NO_RECORD))
        yield [
            line.leads,
            line.related,
            said.description,
            year,
            long_year(year),
            said.schedule.get(year, ""),
            "" if record.state in SILENT else record.state,
            content.words.full[record.state],
            record.status_text,
            *(record.text(name) for name in TEXTS),
            " ".join(f"{name}={place}" for name, place in record.places.items()),
        ]


def _path(heading: HeadingRow, tree: Tree) -> dict[str, str]:
    """The headings above a measure, by the name of their level."""
    by_pk = {each.pk: each for each in tree.headings}
    path, step = {}, by_pk.get(heading.pk)
    while step is not None:
        path[step.level] = f"{step.number} {step.title}".strip()
        step = by_pk.get(step.parent or 0)
    return path


def as_json(content: Content) -> dict[str, Any]:
    """The plan as documented in docs/plan-data.md; texts are as printed, nothing is escaped or shortened."""
    return {
        "format": FORMAT,
        "licence": LICENCE,
        "city": {"code": content.city.code, "name": content.city.name},
        "plan": {
            "id": content.plan.pk,
            "title": content.plan.title,
            "first_year": content.plan.first_year,
            "last_year": content.plan.last_year,
            "years": list(content.tree.years),
            "revision": content.plan.revision,
        },
        "statuses": {status: text for status, text in content.words.full.items() if status not in SILENT},
        "headings": [
            {"id": h.pk, "parent": h.parent, "level": h.level, "number": h.number, "title": h.title}
            for h in content.tree.headings
        ],
        "measures": [_measure(measure, content) for measure in content.tree.measures],
    }


def _measure(measure: MeasureRow, content: Content) -> dict[str, Any]:
    said = content.about[measure.pk]
    return {
        "id": measure.pk,
        "heading": measure.heading,
        "number": measure.number,
        "title": measure.title,
        "is_priority": measure.is_priority,
        "relisted_of": measure.relisted_of,
        "description": said.description,
        "sources": said.places,
        "source": said.batch,
        "schedule": {str(year): text for year, text in said.schedule.items()},
        "figures": [_figure(figure) for figure in said.figures if figure.year in content.years],
        "lines": [_line(line, content) for line in measure.lines],
    }


def _figure(figure: FigureRow) -> dict[str, Any]:
    return {
        "year": figure.year,
        "label": figure.label,
        "value": figure.value,
        "unit": figure.unit,
        "at": figure.place,
        "source": figure.batch,
    }


def _line(line: LineRow, content: Content) -> dict[str, Any]:
    held = content.records.get(line.pk, {})
    return {
        "leads": [each.name for each in line.departments if each.is_lead],
        "related": [each.name for each in line.departments if not each.is_lead],
        "years": {str(year): _year(held[year]) for year in content.years if year in held},
    }


def _year(record: Record) -> dict[str, Any]:
    return {
        "status": None if record.state in SILENT else record.state,
        "open_because": record.state if record.state in SILENT else None,
        "status_text": record.status_text,
        **{name: record.text(name) for name in TEXTS},
        "sources": record.places,
        "source": record.batch,
    }
