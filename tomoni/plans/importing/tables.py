"""The tables an import writes: which columns are content, which only say where a value came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import models

from tomoni.parties.models import Party
from tomoni.plans.models import Figure, Heading, Line, LineDepartment, Measure, Plan, Progress, Schedule
from tomoni.tenants.models import TenantModel

Row = dict[str, Any]
TEXTS = ("results", "issues", "next_action", "remarks")
_STEP = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class Ref:
    """Stands for the number of a row that has not been written yet."""

    name: str


@dataclass(frozen=True, slots=True)
class Table:
    """`content` makes a difference between two rows, `origin` does not: it is written along with a difference."""

    name: str
    model: type[TenantModel]
    content: tuple[str, ...]
    origin: tuple[str, ...] = ()
    longest: dict[str, int] = field(default_factory=dict)

    @property
    def columns(self) -> tuple[str, ...]:
        return self.content + self.origin

    def fitted(self, row: Row) -> Row:
        """The row with texts cut to what their columns hold; the whole text stays in the file, at its place."""
        return {
            name: value[: self.longest[name] - 1] + "…"
            if name in self.longest and isinstance(value, str) and len(value) > self.longest[name]
            else value
            for name, value in row.items()
        }


def _table(name: str, model: type[TenantModel], content: str, origin: str = "") -> Table:
    columns = tuple(content.split())
    longest = {
        f.attname: f.max_length
        for f in model._meta.concrete_fields
        if f.attname in (*columns, *origin.split()) and isinstance(f, models.CharField) and f.max_length
    }
    return Table(name, model, columns, tuple(origin.split()), longest)


# In the order they are written; taken back from the end.
TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        _table("party", Party, "kind name parent_id"),
        _table("plan", Plan, "title rulebook_id first_year last_year years levels"),
        _table("heading", Heading, "plan_id parent_id level depth number title position", "source_at"),
        _table(
            "measure",
            Measure,
            "plan_id heading_id number number_inferred title description relisted_of_id position begins_in ends_with former",
            "sources batch_id",
        ),
        _table("line", Line, "measure_id position"),
        _table("seat", LineDepartment, "line_id party_id is_lead position"),
        _table("schedule", Schedule, "measure_id year text"),
        _table(
            "progress",
            Progress,
            "line_id year status status_text results issues next_action remarks",
            "confidence sources batch_id",
        ),
        _table("figure", Figure, "measure_id year label value unit", "source_at batch_id printed_label"),
    )
}


def to_json(value: Any) -> Any:
    """A column's value as it is kept in JSON: decimals as text with three places."""
    return str(value.quantize(_STEP)) if isinstance(value, Decimal) else value


def from_json(table: str, column: str, value: Any) -> Any:
    """The opposite of to_json for that column."""
    return Decimal(value) if (table, column) == ("figure", "value") else value


def decimal_text(value: float | str) -> str:
    """A figure with three places, as to_json gives it. Raises ArithmeticError where the column cannot hold it."""
    made = Decimal(str(value)).quantize(_STEP)
    if not made.is_finite() or abs(made) >= Decimal(10) ** 13:
        raise ArithmeticError(value)
    return str(made)
