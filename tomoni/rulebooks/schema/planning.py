"""Action plans: names of the levels, the progress scale, the sheet, and how this city writes its spreadsheets."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from tomoni.rulebooks.schema.base import Entry, Key, Label, Part, Text

Status = Literal["on_track", "off_track", "done", "changed", "not_started"]
Column = Literal[
    "number",
    "title",
    "leads",
    "related",
    "description",
    "schedule",
    "status",
    "results",
    "issues",
    "next_action",
    "remarks",
]


class ProgressLevel(Entry):
    """One step of the progress scale; listed in the order shown."""

    status: Status
    """What it means for the program."""
    marks: tuple[Label, ...] = ()
    """Letters, signs or digits that stand for it in sheets: the legend. Without it a mark is never understood."""


class PlanColumn(Entry):
    """A column of the sheet; `label` as the city heads it."""

    column: Column
    """What stands in it."""


class Assessor(Entry):
    """Who says how a measure went, in order."""

    role: Literal["implementer", "committee"]
    """Those who carry it out, or those who watch."""


class PlanLayout(Part):
    """How the city's action plan is built and printed."""

    title: Label
    """Title of the plan."""
    cites: Label
    """Where the layout comes from."""
    levels: tuple[Entry, ...] = Field(min_length=1)
    """Names of the levels, from the top down to the measure."""
    first_year: int | None = Field(default=None, ge=1989, le=2200)
    """First fiscal year of the plan."""
    last_year: int | None = Field(default=None, ge=1989, le=2200)
    """Last fiscal year of the plan."""
    reported_years: tuple[int, ...] = ()
    """Fiscal years whose progress the sheet reports."""
    columns: tuple[PlanColumn, ...] = ()
    """Columns of the sheet, from the left; those of a year stand once."""
    priority: str = ""
    """The city's word for priority measures; empty when there are none."""
    relisted: str = ""
    """The city's word for a measure printed a second time; empty when there are none."""
    indicators: str = ""
    """The city's word for indicators watched beside the measures."""
    assessors: tuple[Assessor, ...] = ()
    """Who says how a measure went, in order."""


class Alias(Part):
    """One name, and its other spellings."""

    name: Text
    """The name to use."""
    also: tuple[Text, ...] = Field(min_length=1)
    """Other spellings and earlier names."""


class Slip(Part):
    """A known slip of scanning."""

    read: Text
    """As it stands in files."""
    means: Text
    """What was printed."""


class Reading(Part):
    """How this city's spreadsheets write things."""

    columns: dict[Column, tuple[Text, ...]] = Field(default_factory=dict)
    """Other headings of a column."""
    statuses: dict[Key, tuple[Text, ...]] = Field(default_factory=dict)
    """Other wordings of a level of the progress scale."""
    departments: tuple[Alias, ...] = ()
    """Other names of departments; also names they had before."""
    slips: tuple[Slip, ...] = ()
    """Known slips of scanning; put right before reading, and told to the reviewer."""
