"""Everything an import may touch, as plain values, for comparing before and after."""

from __future__ import annotations

from typing import Any

from tomoni.plans.importing.tables import TABLES

COUNTERS = {"revision"}  # goes up with every write, and never back


def rows_of_everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table an import writes, with all columns except counters."""
    return {
        name: [
            {column: value for column, value in row.items() if column not in COUNTERS}
            for row in table.model.objects.order_by("pk").values()
        ]
        for name, table in TABLES.items()
    }
