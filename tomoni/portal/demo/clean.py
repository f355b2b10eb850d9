"""A plan of the demonstration as it is written down in demo/<city>/plan.yaml, before any sheet is made of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

TextField = Literal["results", "issues", "next", "remarks"]
TEXT_FIELDS: tuple[TextField, ...] = ("results", "issues", "next", "remarks")


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class YearEntry(_Part):
    """What a department reported in one year. `again` names the texts it took over from the year before."""

    status: str = ""
    results: str = ""
    issues: str = ""
    next: str = ""
    remarks: str = ""
    again: tuple[TextField, ...] = ()

    def after(self, before: YearEntry) -> YearEntry:
        """The same entry with its repeated texts written out."""
        return self.model_copy(update={field: getattr(before, field) for field in self.again} | {"again": ()})


class CleanLine(_Part):
    """What the lead departments together report of a measure, year by year."""

    leads: tuple[str, ...]
    related: tuple[str, ...] = ()
    years: dict[int, YearEntry] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _repeats_written_out(self) -> CleanLine:
        before = YearEntry()
        for year in sorted(self.years):
            before = self.years[year] = self.years[year].after(before)
        return self


class CleanMeasure(_Part):
    """One measure. A relisted one names the number of its original and has nothing else."""

    number: str
    title: str = ""
    description: str = ""
    schedule: tuple[str, ...] = ()
    lines: tuple[CleanLine, ...] = ()
    relisted_of: str = ""
    priority: bool = False


class CleanHeading(_Part):
    """A heading with what stands below it."""

    number: str
    title: str
    priority: bool = False
    children: tuple[CleanHeading, ...] = ()
    measures: tuple[CleanMeasure, ...] = ()

    def all_measures(self) -> Iterator[CleanMeasure]:
        """Every measure below this heading, in order."""
        yield from self.measures
        for child in self.children:
            yield from child.all_measures()


class Opinion(_Part):
    """What the committee says of a measure in a year."""

    measure: str
    year: int
    rating: str = ""
    opinion: str


class CleanPlan(_Part):
    """A whole plan. `statuses` holds the words, letters or marks its sheet uses for each status."""

    title: str
    sheet_title: str
    summary: str = ""
    years: tuple[int, ...]
    schedule_years: tuple[int, ...] = ()
    levels: tuple[str, ...]
    statuses: dict[str, str]
    legend: str = ""
    headings: tuple[CleanHeading, ...]
    opinions: tuple[Opinion, ...] = ()

    def measures(self) -> Iterator[CleanMeasure]:
        """Every measure, in order."""
        for heading in self.headings:
            yield from heading.all_measures()


def load_plan(path: Path) -> CleanPlan:
    """The plan in that file. pydantic's ValidationError names each mistake with its path."""
    return CleanPlan.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
