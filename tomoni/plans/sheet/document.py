"""What a progress sheet said, as values: the document every recogniser yields (format ``tomoni-sheet/1``)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

FORMAT = "tomoni-sheet/1"
TEXT_FIELDS = ("results", "issues", "next_action", "remarks")

Json = dict[str, Any]


class NotAPlan(ValueError):
    """The file holds no progress sheet of a plan. The message is a sentence for the person who sent it."""


@dataclass(slots=True)
class Text:
    """A text and the cell it stands in."""

    text: str
    at: str

    def as_json(self) -> Json:
        return {"text": self.text, "at": self.at}


@dataclass(slots=True)
class Node:
    """A heading of the plan. ``level`` is the city's own word (推進方策, 目標)."""

    id: str
    level: str
    number: str | None
    title: str
    parent: str | None
    at: str

    def as_json(self) -> Json:
        return {
            "id": self.id,
            "level": self.level,
            "number": self.number,
            "title": self.title,
            "parent": self.parent,
            "at": self.at,
        }


@dataclass(slots=True)
class Year:
    """What a line says about one year. ``status`` None is an open one; ``confidence`` speaks of the status only."""

    status: str | None = None
    status_text: str | None = None
    status_at: str | None = None
    confidence: float = 0.0
    texts: dict[str, Text] = field(default_factory=dict)
    why_open: str = ""

    def as_json(self) -> Json:
        found: Json = {
            "status": self.status,
            "status_text": self.status_text,
            "status_at": self.status_at,
            "confidence": round(self.confidence, 2),
        }
        for name in TEXT_FIELDS:
            found[name] = self.texts[name].as_json() if name in self.texts else None
        return found


@dataclass(slots=True)
class Line:
    """The part of a measure one lead department (or several together) answers for."""

    leads: list[str] = field(default_factory=list)
    related: list[str] = field(default_factory=list)
    years: dict[int, Year] = field(default_factory=dict)
    is_looped: bool = False

    def year(self, year: int) -> Year:
        return self.years.setdefault(year, Year())

    def as_json(self) -> Json:
        years = {str(year): self.years[year].as_json() for year in sorted(self.years)}
        return {"leads": self.leads, "related": self.related, "years": years}


@dataclass(slots=True)
class Measure:
    """A measure of the plan. ``number`` is as printed, None where none is printed and none can be inferred."""

    number: str | None
    title: str
    parent: str | None
    at: str
    number_inferred: bool = False
    relisted_of: str | None = None
    description: Text | None = None
    schedule: dict[int, str] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)

    def as_json(self) -> Json:
        return {
            "number": self.number,
            "number_inferred": self.number_inferred,
            "title": self.title,
            "parent": self.parent,
            "relisted_of": self.relisted_of,
            "at": self.at,
            "description": self.description.as_json() if self.description else None,
            "schedule": {str(year): self.schedule[year] for year in sorted(self.schedule)},
            "lines": [line.as_json() for line in self.lines],
        }


@dataclass(frozen=True, slots=True)
class Number:
    """A figure with its label, found in a text or in a column of its own."""

    measure: str | None
    year: int
    label: str
    value: int | float
    unit: str
    at: str

    def as_json(self) -> Json:
        return {
            "measure": self.measure,
            "year": self.year,
            "label": self.label,
            "value": self.value,
            "unit": self.unit,
            "at": self.at,
        }


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A cell that became nothing, and why."""

    at: str
    text: str
    why: str

    def as_json(self) -> Json:
        return {"at": self.at, "text": self.text, "why": self.why}


@dataclass(frozen=True, slots=True)
class Correction:
    """A slip of the scan that was read through: what stands there and what was understood."""

    at: str
    was: str
    now: str

    def as_json(self) -> Json:
        return {"at": self.at, "from": self.was, "to": self.now}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person should look at, in a sentence. It never changes a value."""

    rule: str
    kind: str
    measure: str | None
    message: str
    department: str | None = None
    year: int | None = None
    field: str | None = None

    def as_json(self) -> Json:
        return {
            "rule": self.rule,
            "kind": self.kind,
            "measure": self.measure,
            "department": self.department,
            "year": self.year,
            "field": self.field,
            "message": self.message,
        }


@dataclass(slots=True)
class Document:
    """A whole sheet as read. ``cells`` names every cell of the file once."""

    name: str
    sha256: str
    kind: str
    title: str | None = None
    years: list[int] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    cells: dict[str, str | list[str]] = field(default_factory=dict)

    def as_json(self) -> Json:
        """The document in the stable form described in docs/sheet-format.md."""
        return {
            "format": FORMAT,
            "source": {"name": self.name, "sha256": self.sha256, "kind": self.kind},
            "plan": {"title": self.title, "years": self.years},
            "nodes": [node.as_json() for node in self.nodes],
            "measures": [measure.as_json() for measure in self.measures],
            "numbers": [number.as_json() for number in self.numbers],
            "unplaced": [cell.as_json() for cell in self.unplaced],
            "corrections": [correction.as_json() for correction in self.corrections],
            "findings": [finding.as_json() for finding in self.findings],
            "cells": self.cells,
        }
