"""The spreadsheets of the demonstration: which city hands over which file, and how each is made of its plan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from tomoni.imports.reading.read import read
from tomoni.portal.demo.clean import CleanPlan, load_plan
from tomoni.portal.demo.messy import load_mess, mess_up
from tomoni.portal.demo.tidy import lettered_csv, merged_workbook, web_page
from tomoni.portal.demo.workbooks import messy_workbook


def folder() -> Path:
    """Where the texts and sheets of the demonstration lie."""
    return Path(settings.ROOT) / "demo"


@dataclass(frozen=True, slots=True)
class DemoSheet:
    """One city's file, and what makes it."""

    slug: str
    name: str
    make: Callable[[CleanPlan], bytes]

    @property
    def path(self) -> Path:
        return folder() / self.slug / self.name

    @property
    def plan(self) -> CleanPlan:
        return load_plan(folder() / self.slug / "plan.yaml")

    def is_current(self) -> bool:
        """Does the file hold the cells its plan would give? Bytes differ from one saving to the next, cells do not."""
        return self.path.exists() and _cells(self.path.read_bytes()) == _cells(self.make(self.plan))


def _of_fuchu(plan: CleanPlan) -> bytes:
    return messy_workbook(mess_up(plan, load_mess(folder() / "fuchu" / "mess.yaml")))


SHEETS = (
    DemoSheet("fuchu", "進行管理シート.xlsx", _of_fuchu),
    DemoSheet("ama", "取組の進み具合.xlsx", merged_workbook),
    DemoSheet("higashikurume", "取組一覧.csv", lettered_csv),
    DemoSheet("musashino", "達成状況.html", web_page),
)


def sheet_of(slug: str) -> DemoSheet:
    """The file of that city. KeyError for a city that has none."""
    return {sheet.slug: sheet for sheet in SHEETS}[slug]


def _cells(data: bytes) -> list[tuple[str, str]]:
    return [(cell.at, cell.text) for cell in read(data, name="").cells()]
