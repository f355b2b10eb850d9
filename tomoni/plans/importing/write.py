"""Writing a difference in bulk, and keeping row by row what was there before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import QuerySet
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from tomoni.parties.models import User
from tomoni.plans.importing.difference import Change
from tomoni.plans.importing.tables import TABLES, Ref, Row, Table, from_json
from tomoni.plans.models import Progress
from tomoni.tenants.models import TenantModel

BATCH = 200
Kept = list[dict[str, Any]]


def chunks(numbers: Iterable[int], size: int = 500) -> Iterator[list[int]]:
    """Numbers in portions that every database takes in one query."""
    held = list(numbers)
    for start in range(0, len(held), size):
        yield held[start : start + size]


def write(changes: Sequence[Change], *, by: User | None) -> Kept:
    """Carry out changes, table by table; what was done, as it is kept for undoing it. Call inside a transaction."""
    numbers: dict[str, int] = {}
    kept: Kept = []
    for table in TABLES.values():
        mine = [change for change in changes if change.table == table.name]
        kept += take_away(table, [change for change in mine if change.after is None])
        kept += _make(table, [change for change in mine if change.before is None], numbers, by)
        kept += _overwrite(table, [c for c in mine if c.before is not None and c.after is not None], numbers, by)
    return kept


def _kept(change: Change, pk: int, after: Row | None) -> dict[str, Any]:
    return {"table": change.table, "pk": pk, "before": change.before, "after": after}


def take_away(table: Table, changes: Sequence[Change]) -> Kept:
    """Delete rows; they come back from `before`."""
    for some in chunks(change.pk for change in changes if change.pk is not None):
        table.model.objects.filter(pk__in=some).delete()
    return [_kept(change, change.pk, None) for change in changes if change.pk is not None]


def _make(table: Table, changes: Sequence[Change], numbers: dict[str, int], by: User | None) -> Kept:
    """In waves: a row is made once everything it points to has its number."""
    kept: Kept = []
    waiting = list(changes)
    while waiting:
        ready = [c for c in waiting if all(v.name in numbers for v in (c.after or {}).values() if isinstance(v, Ref))]
        if not ready:
            raise RuntimeError(f"rows of {table.name} point at each other")
        rows = [_resolved(change.after or {}, numbers) for change in ready]
        made = create(table, [_columns(table, row) for row in rows], by=by)
        for change, row, one in zip(ready, rows, made, strict=True):
            numbers[f"{table.name}:{change.ref}"] = one.pk
            kept.append(_kept(change, one.pk, row))
        done = {id(change) for change in ready}
        waiting = [change for change in waiting if id(change) not in done]
    return kept


def create(table: Table, rows: Sequence[Row], *, by: User | None) -> list[Any]:
    """Rows made at once, in their order; of progress the history is written too."""
    made = [table.model(**row) for row in rows]
    if table.model is Progress:
        return list(bulk_create_with_history(made, Progress, batch_size=BATCH, default_user=by))
    return list(table.model.objects.bulk_create(made, batch_size=BATCH))


def _overwrite(table: Table, changes: Sequence[Change], numbers: dict[str, int], by: User | None) -> Kept:
    rows = {change.pk: _resolved(change.after or {}, numbers) for change in changes if change.pk is not None}
    overwrite(table, rows, by=by)
    return [_kept(change, change.pk, rows[change.pk]) for change in changes if change.pk is not None]


def overwrite(table: Table, rows: dict[int, Row], *, by: User | None) -> None:
    """Set columns of rows by number, all rows of a table at once."""
    if not rows:
        return
    known: dict[int, TenantModel] = _queryset(table).in_bulk(list(rows))
    for pk, row in rows.items():
        for name, value in _columns(table, row).items():
            setattr(known[pk], name, value)
    touched = {name for row in rows.values() for name in row}
    fields = [f.name for f in table.model._meta.concrete_fields if f.attname in touched]
    if table.model is Progress:
        bulk_update_with_history(list(known.values()), Progress, fields, batch_size=BATCH, default_user=by)
    else:
        _queryset(table).bulk_update(list(known.values()), fields, batch_size=BATCH)


def _queryset(table: Table) -> QuerySet[Any]:
    return table.model.objects.all()


def _resolved(row: Row, numbers: dict[str, int]) -> Row:
    return {name: numbers[value.name] if isinstance(value, Ref) else value for name, value in row.items()}


def _columns(table: Table, row: Row) -> Row:
    return {name: from_json(table.name, name, value) for name, value in row.items()}
