"""Taking a commit back in one step: exactly what was before, or not at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
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
from tomoni.plans.models import (
    Assessment,
    Figure,
    Heading,
    Line,
    LineDepartment,
    Measure,
    Plan,
    Progress,
    ProjectLink,
    Schedule,
)
from tomoni.plans.services import touch
from tomoni.tenants.models import TenantModel

# What hangs on a row that would go: the model, its column, the table above, and its own table if imports write it.
_BELOW: tuple[tuple[type[TenantModel], str, str, str], ...] = (
    (Heading, "plan_id", "plan", "heading"),
    (Measure, "plan_id", "plan", "measure"),
    (Heading, "parent_id", "heading", "heading"),
    (Measure, "heading_id", "heading", "measure"),
    (Assessment, "heading_id", "heading", ""),
    (Measure, "relisted_of_id", "measure", "measure"),
    (Line, "measure_id", "measure", "line"),
    (Schedule, "measure_id", "measure", "schedule"),
    (Figure, "measure_id", "measure", "figure"),
    (Assessment, "measure_id", "measure", ""),
    (ProjectLink, "measure_id", "measure", ""),
    (Progress, "line_id", "line", "progress"),
    (LineDepartment, "line_id", "line", "seat"),
)
# What only people write on rows an import made: their work is never thrown away.
_UNTOUCHED: dict[str, Row] = {"plan": {"summary": ""}, "measure": {"is_priority": False}}


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
    by_table: dict[str, Kept] = defaultdict(list)
    for one in locked.changes:
        by_table[one["table"]].append(one)
    refuse_if_changed(by_table)
    user = User.objects.filter(pk=by.user or 0).first()
    for table in reversed(TABLES.values()):
        _take_back(table, by_table[table.name], user)
    made_plan = any(one["before"] is None for one in by_table["plan"])
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


def refuse_if_changed(by_table: dict[str, Kept]) -> None:
    """Raise ChangedSince unless every row still is as the commit left it, and nothing else hangs on rows that would go."""
    for name, kept in by_table.items():
        table = TABLES[name]
        now = _rows(table, [one["pk"] for one in kept if one["after"] is not None])
        for one in kept:
            if one["after"] is not None and name != "party":
                _refuse_row(table, one, now.get(one["pk"]))
    made = {name: {one["pk"] for one in kept if one["before"] is None} for name, kept in by_table.items()}
    for model, column, above, own in _BELOW:
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
