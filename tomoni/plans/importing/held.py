"""A plan as it stands in the database, as plain rows: what a file is compared with. Eight queries, whatever its size."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from tomoni.plans.importing.tables import TABLES, Row, to_json

BELOW = {
    "heading": "plan_id",
    "measure": "plan_id",
    "line": "measure__plan_id",
    "seat": "line__measure__plan_id",
    "schedule": "measure__plan_id",
    "progress": "line__measure__plan_id",
    "figure": "measure__plan_id",
}


@dataclass(slots=True)
class Held:
    """Rows of each table by number; `under` finds them by the number of what they belong to."""

    plan: int | None = None
    rows: dict[str, dict[int, Row]] = field(default_factory=lambda: {name: {} for name in TABLES})
    _under: dict[tuple[str, str], dict[Any, list[int]]] = field(default_factory=dict)

    def under(self, table: str, column: str, value: Any) -> list[int]:
        """Numbers of the rows of a table whose column has that value, in the order of the plan."""
        index = self._under.get((table, column))
        if index is None:
            index = self._under[table, column] = defaultdict(list)
            for pk, row in sorted(self.rows[table].items(), key=lambda each: (each[1].get("position") or 0, each[0])):
                index[row[column]].append(pk)
        return index.get(value, [])


def held(plan: int | None) -> Held:
    """The rows of a plan; none for a plan that is still to be made."""
    found = Held(plan)
    if plan is None:
        return found
    for name, path in (("plan", "pk"), *BELOW.items()):
        table = TABLES[name]
        for row in table.model.objects.filter(**{path: plan}).values("pk", *table.columns):
            pk = row.pop("pk")
            found.rows[name][pk] = {column: to_json(value) for column, value in row.items()}
    return found
