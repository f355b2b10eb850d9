"""Sheets: the questions a case asks, and how the answers are shown."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from tomoni.rulebooks.schema.base import STANDARD, Entry, Key, Label, Part, Text

FieldKind = Literal["line", "text", "choice", "choices", "date", "number", "money", "tick"]
ChoiceSource = Literal["forms", "zones", "party_kinds", "principles", "capabilities", "stages", "routing", "fields"]


class Option(Part):
    """One answer to choose."""

    key: Key
    """Name for the program."""
    label: Label
    """The answer as people read it."""


class Condition(Part):
    """Ask only when an earlier choice was answered with one of these."""

    field: Key
    """An earlier field of the same sheet, of kind `choice`, `choices` or `tick`."""
    equals: tuple[Key, ...] = Field(min_length=1)
    """Keys of the answers that open this question; `yes` for a tick."""


class SheetField(Part):
    """One question."""

    key: Key
    """Name for the program; answers are kept under it."""
    label: Label
    """The question as people read it."""
    cites: Label = STANDARD
    """Where the question comes from."""
    kind: FieldKind = "line"
    """How it is answered: one line, a longer text, one choice, several, a date, a number, yen, or a tick."""
    required: bool = False
    """Whether the sheet is complete without it."""
    help: str = Field(default="", max_length=300)
    """A sentence beside the question."""
    max_length: int | None = Field(default=None, ge=1, le=10000)
    """Longest answer in characters (`line` and `text` only)."""
    choices: ChoiceSource | None = None
    """A list of this rulebook to choose from."""
    options: tuple[Option, ...] = ()
    """Answers of its own to choose from, instead of `choices`."""
    shown_when: Condition | None = None
    """Asked only then; always when absent."""
    visibility: Literal["public", "members", "staff"] = "public"
    """Who sees the answer when nobody chose otherwise: everyone, signed-in parties, or the city's desk."""


class Sheet(Entry):
    """Questions that belong together."""

    fields: tuple[SheetField, ...] = Field(min_length=1)
    """The questions, in order."""


class Budget(Part):
    """Heads of the budget table."""

    income: tuple[Entry, ...] = Field(min_length=1)
    """Where money comes from."""
    spending: tuple[Entry, ...] = Field(min_length=1)
    """What it is spent on."""


class RoutingTheme(Entry):
    """A theme of consultation, and who answers first. All staff can read this table."""

    department: Text
    """The department that answers; a department of the city, or the centre."""
    also: tuple[Text, ...] = ()
    """Who is told as well."""


class Programme(Entry):
    """A programme for proposals, as the city announced it; a round is opened from it."""

    kind: Literal["citizen", "city", "both", "grant"]
    """Who sets the theme: the proposer, the city, either; or a plain grant."""
    years: tuple[int, ...] = ()
    """Fiscal years it ran in, as far as known."""
    total: int | None = Field(default=None, ge=0)
    """Money for all projects of a year, in yen."""
    cap: int | None = Field(default=None, ge=0)
    """Money for one project, in yen."""
    rounds: int = Field(default=1, ge=1)
    """Rounds a year."""
    screenings: int = Field(default=1, ge=1)
    """Steps of screening."""
    minimum_people: int | None = Field(default=None, ge=1)
    """Fewest members an applicant may have."""
    must_be_based_here: bool = False
    """Whether an applicant needs a base in the city."""
    consults_first: bool = True
    """Whether applicants talk with the department before they apply."""
    several_years: bool = False
    """Whether a project may run longer than one fiscal year."""
