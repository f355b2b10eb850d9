"""Taking a commit back in one step: exactly what was before, or not at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from tomoni.history.services import record
from tomoni.imports.models import Batch
from tomoni.imports.permissions import may_undo
from tomoni.imports.services import lock
from tomoni.parties.actor import Actor
from tomoni.parties.models import Party, User
from tomoni.plans.importing.commit import one_at_a_time
from tomoni.plans.importing.tables import TABLES, Row, Table, from_json, to_json
from tomoni.plans.importing.write import Kept, chunks, create, overwrite
from tomoni.plans.models import Measure, Plan
from tomoni.plans.services import touch
from tomoni.tenants.models import TenantModel


def _below() -> Iterator[tuple[type[TenantModel], str, str, str]]:
    """What can hang on a row that would go, in any app: the model, its column, the table above, its own table if any."""
    own = {table.model: table.name for table in TABLES.values()}
    for table in TABLES.values():
        if table.model is Party:  # a department others use meanwhile stays, see _let_go
            continue
        for relation in table.model._meta.get_fields(include_hidden=True):
            model = relation.related_model
            if not (relation.one_to_many or relation.one_to_one) or not relation.auto_created:
                continue
            if isinstance(model, type) and issubclass(model, TenantModel):
                yield model, relation.field.attname, table.name, own.get(model, "")  # type: ignore[union-attr]


# What only people write on rows an import made: their work is never thrown away.
_UNTOUCHED: dict[str, Row] = {
    "plan": {"summary": ""},
    "measure": {"is_priority": False},
    "figure": {"set_aside": ""},
}


class ChangedSince(Exception):
    """A value this import wrote has been changed since; the message says which."""


@transaction.atomic
def undo(batch: Batch, *, revision: int, at: datetime, by: Actor) -> Batch:
    """Restore every row the commit changed, and remove every row it made; the batch can be committed again.

    Raises NotAllowed, Moved, and ChangedSince when people have worked on these values; then nothing has changed.
    A department that has been used elsewhere meanwhile stays.
    """
    one_at_a_time()
    locked = lock(batch, revision=revision)
    may_undo(by, locked).enforce()
    plan = Plan.objects.select_for_update().filter(pk=locked.subject_id or 0).first()
    restore(locked.changes, by=User.objects.filter(pk=by.user or 0).first())
    made_plan = any(one["table"] == "plan" and one["before"] is None for one in locked.changes)
    if made_plan:
        locked.subject_id = None
    elif plan and locked.changes:
        touch(plan)
    count = len(locked.changes)
    locked.changes, locked.undone_at = [], at
    locked.revision += 1
    locked.save(update_fields=["changes", "subject_id", "undone_at", "revision"])
    record("undo", locked, by=by, changes=count)
    return locked


def restore(kept: Kept, *, by: User | None) -> None:
    """Bring back every row as it was before it was written; ChangedSince when people have worked on it since."""
    by_table: dict[str, Kept] = defaultdict(list)
    for one in kept:
        by_table[one["table"]].append(one)
    refuse_if_changed(by_table)
    for table in reversed(TABLES.values()):
        _take_back(table, by_table[table.name], by)


def refuse_if_changed(by_table: dict[str, Kept]) -> None:
    """Raise ChangedSince unless every row still is as the commit left it, and nothing else hangs on rows that would go."""
    for name, kept in by_table.items():
        table = TABLES[name]
        now = _rows(table, [one["pk"] for one in kept if one["after"] is not None])
        for one in kept:
            if one["after"] is not None and name != "party":
                _refuse_row(table, one, now.get(one["pk"]))
    made = {name: {one["pk"] for one in kept if one["before"] is None} for name, kept in by_table.items()}
    for model, column, above, own in _below():
        for some in chunks(made.get(above, ())):
            found = set(model.objects.filter(**{f"{column}__in": some}).values_list("pk", flat=True))
            if found - _written(by_table.get(own, []), column):
                raise ChangedSince(
                    _("取り込んだあとに「%(what)s」が書き加えられています。取り消すと失われるため、取り消せません。")
                    % {"what": model._meta.verbose_name}
                )


def _written(kept: Kept, column: str) -> set[int]:
    """Rows whose column this import wrote: they go, or they go back to where they hung before."""
    return {one["pk"] for one in kept if one["after"] is not None and column in one["after"]}


def _rows(table: Table, numbers: Iterable[int]) -> dict[int, Row]:
    extra = _UNTOUCHED.get(table.name, {})
    found: dict[int, Row] = {}
    for some in chunks(numbers):
        for row in table.model.objects.filter(pk__in=some).values("pk", *table.columns, *extra):
            found[row.pop("pk")] = {name: to_json(value) for name, value in row.items()}
    return found


def _refuse_row(table: Table, one: dict[str, Any], now: Row | None) -> None:
    expected = {**(_UNTOUCHED.get(table.name, {}) if one["before"] is None else {}), **one["after"]}
    for name, value in expected.items():
        if now is None or now[name] != value:
            column = next(f for f in table.model._meta.concrete_fields if f.attname == name)
            raise ChangedSince(
                _(
                    "取り込んだあとに、ほかの方が「%(thing)s」の「%(field)s」を変えています。取り消すと失われるため、取り消せません。"
                )
                % {"thing": table.model._meta.verbose_name, "field": column.verbose_name}
            )


def _take_back(table: Table, kept: Kept, user: User | None) -> None:
    """Columns first, so that nothing points at a row that goes; then rows that were made; then rows that were gone."""
    changed = {one["pk"]: one["before"] for one in kept if one["before"] is not None and one["after"] is not None}
    overwrite(table, changed, by=user)
    made = [one["pk"] for one in kept if one["before"] is None]
    if table.model is Party:
        _let_go(made)
    else:
        for some in chunks(reversed(made)):
            if table.model is Measure:  # relisted ones first: they protect their originals
                Measure.objects.filter(pk__in=some, relisted_of__isnull=False).delete()
        for some in chunks(reversed(made)):
            table.model.objects.filter(pk__in=some).delete()
    gone = [{"pk": one["pk"], **_columns(table, one["before"])} for one in kept if one["after"] is None]
    create(table, gone, by=user)


def _columns(table: Table, row: Row) -> Row:
    return {name: from_json(table.name, name, value) for name, value in row.items()}


def _let_go(departments: list[int]) -> None:
    for party in Party.objects.filter(pk__in=departments).order_by("-pk"):
        try:
            with transaction.atomic():
                party.delete()
        except ProtectedError:  # somebody has given it members or other work meanwhile: it stays
            continue
