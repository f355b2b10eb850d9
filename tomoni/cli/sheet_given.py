"""The document `tomoni-sheet/1` as it is handed to `tomoni sheet write`: checked, then made the value the writer takes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, FiniteFloat

from tomoni.cli.given import Given
from tomoni.plans.sheet import document as held
from tomoni.plans.sheet.document import TEXT_FIELDS


def _is_year(key: str) -> str:
    if not (key.isascii() and key.isdecimal() and len(key) == 4):
        raise ValueError('年度は西暦の数字で書いてください（"2019"）。')
    return key


YearKey = Annotated[str, AfterValidator(_is_year)]
Status = Literal["on_track", "off_track", "done", "changed", "not_started"]


class GivenText(Given):
    text: str

    def made(self) -> held.Text:
        return held.Text(self.text, "")


class GivenYear(Given):
    status: Status | None = None
    status_text: str | None = None
    results: GivenText | None = None
    issues: GivenText | None = None
    next_action: GivenText | None = None
    remarks: GivenText | None = None

    def made(self) -> held.Year:
        told = {name: text.made() for name in TEXT_FIELDS if (text := getattr(self, name)) is not None and text.text}
        return held.Year(self.status, self.status_text, texts=told)


class GivenLine(Given):
    leads: list[str] = Field(default_factory=list)
    related: list[str] = Field(default_factory=list)
    years: dict[YearKey, GivenYear] = Field(default_factory=dict)

    def made(self) -> held.Line:
        return held.Line(list(self.leads), list(self.related), {int(y): each.made() for y, each in self.years.items()})


class GivenMeasure(Given):
    number: str | None = None
    number_inferred: bool = False
    title: str
    parent: str | None = None
    relisted_of: str | None = None
    description: GivenText | None = None
    schedule: dict[YearKey, str] = Field(default_factory=dict)
    lines: list[GivenLine] = Field(default_factory=list)

    def made(self) -> held.Measure:
        return held.Measure(
            self.number,
            self.title,
            self.parent,
            "",
            number_inferred=self.number_inferred,
            relisted_of=self.relisted_of,
            description=self.description.made() if self.description else None,
            schedule={int(year): text for year, text in self.schedule.items()},
            lines=[line.made() for line in self.lines],
        )


class GivenNode(Given):
    id: str
    level: str
    number: str | None = None
    title: str
    parent: str | None = None

    def made(self) -> held.Node:
        return held.Node(self.id, self.level, self.number, self.title, self.parent, "")


class GivenNumber(Given):
    measure: str | None = None
    year: int
    label: str
    value: int | FiniteFloat
    unit: str = ""

    def made(self) -> held.Number:
        return held.Number(self.measure, self.year, self.label, self.value, self.unit, "")


class GivenPlan(Given):
    title: str | None = None
    years: list[int] = Field(default_factory=list)


class GivenSheet(Given):
    """The whole file. What only speaks of the file it was read from (cells, unplaced, corrections) is passed over."""

    format: Literal["tomoni-sheet/1"]
    plan: GivenPlan
    nodes: list[GivenNode] = Field(default_factory=list)
    measures: list[GivenMeasure] = Field(default_factory=list)
    numbers: list[GivenNumber] = Field(default_factory=list)

    def made(self) -> held.Document:
        return held.Document(
            "",
            "",
            "",
            title=self.plan.title,
            years=list(self.plan.years),
            nodes=[node.made() for node in self.nodes],
            measures=[measure.made() for measure in self.measures],
            numbers=[number.made() for number in self.numbers],
        )
