"""The progress sheet of a year's papers: the document that `tomoni sheet write` writes, and its rows for print. Pure."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from tomoni.papers.content import TEXTS, Content, years_of
from tomoni.papers.making.states import is_status
from tomoni.plans.sheet.document import Document, Line, Measure, Node, Number, Text, Year
from tomoni.plans.sheet.margin import Code
from tomoni.plans.writing import sizes
from tomoni.plans.writing.cells import printable
from tomoni.plans.writing.layout import LABELS, STATUSES, Layout
from tomoni.plans.writing.printing import SHARED
from tomoni.plans.writing.rows import Column, Row, table_of


def layout_from(content: Content) -> Layout:
    """The city's layout, as the data remember it."""
    words = content["words"]
    labels = dict(words["columns"]) or {name: words["fields"].get(name, label) for name, label in LABELS.items()}
    return Layout(labels, {key: words["full"].get(key, label) for key, label in STATUSES.items()}, words["relisted"])


def document_of(content: Content) -> Document:
    """The data as a document of the sheet format."""
    names = {heading["id"]: f"n{place}" for place, heading in enumerate(content["headings"], start=1)}
    by_id = {measure["id"]: measure for measure in content["measures"]}
    numbers = [
        Number(measure["number"] or None, figure["year"], figure["label"], figure["value"], figure["unit"], "")
        for measure in content["measures"]
        for figure in measure["figures"]
    ]
    return Document(
        "",
        "",
        "",
        content["plan"]["title"],
        [int(year) for year in years_of(content)],
        [
            Node(names[h["id"]], h["level"], h["number"] or None, h["title"], names.get(h["parent"]), "")
            for h in content["headings"]
        ],
        [_measure(measure, names, by_id) for measure in content["measures"]],
        numbers,
    )


def _measure(measure: Content, names: dict[int, str], by_id: dict[int, Content]) -> Measure:
    original = by_id.get(measure["relisted_of"] or 0)
    return Measure(
        measure["number"] or None,
        measure["title"],
        names.get(measure["heading"]),
        "",
        relisted_of=(original["number"] or original["title"]) if original else None,
        description=Text(measure["description"], "") if measure["description"] else None,
        schedule={int(year): text for year, text in measure["schedule"].items()},
        lines=[_line(line) for line in measure["lines"]],
    )


def _line(line: Content) -> Line:
    years = {
        int(year): Year(
            entry["state"] if is_status(entry["state"]) else None,
            entry["status_text"] or None,
            texts={name: Text(entry[name], "") for name in TEXTS if entry[name]},
        )
        for year, entry in line["years"].items()
    }
    return Line(line["leads"], line["related"], years)


def printed(content: Content) -> dict[str, Any]:
    """The sheet for typst: widths, heads and rows of the same table as the workbook's."""
    table = table_of(document_of(content), layout_from(content))
    widths = [_width(column, table.rows) for column in table.columns]
    return {
        "title": table.title,
        "city": content["city"],
        "columns": widths,
        "heads": _heads(table.columns),
        "labels": [column.label for column in table.columns if column.group],
        "rows": [_row(row, table.columns) for row in table.rows],
    }


def _width(column: Column, rows: tuple[Row, ...]) -> float:
    """The share of the paper a column takes; print breaks long cells over pages, so no column need be very wide."""
    texts = [row.cells.get(column.code, "") for row in rows if row.kind != "node"]
    if not any(texts) and column.code.name not in sizes.NARROW:
        return 5.0
    return sizes.usual_width(column.code.name)


def _heads(columns: tuple[Column, ...]) -> list[dict[str, Any]]:
    heads: list[dict[str, Any]] = []
    for group, held in groupby(columns, key=lambda c: c.group or c):
        inside = list(held)
        is_group = isinstance(group, str)
        heads.append({"text": inside[0].group or inside[0].label, "columns": len(inside), "rows": 1 if is_group else 2})
    return heads


def _row(row: Row, columns: tuple[Column, ...]) -> dict[str, Any]:
    if row.kind == "node":
        return {"kind": "heading", "depth": row.depth, "text": printable(row.cells[Code("title")])}
    cells = [
        {
            "text": printable(row.cells.get(column.code, "")),
            "rows": row.span if column.code.name in SHARED else 1,
            "middle": column.code.name in ("number", "schedule"),
        }
        for column in columns
        if row.kind == "measure" or column.code.name not in SHARED
    ]
    return {"kind": "measure", "cells": cells}
