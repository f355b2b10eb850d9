"""The overall plan as a table for spreadsheets: each entry with what touches it, one row per measure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from tomoni.plans.exports import neutral
from tomoni.revisions.selectors.overall import EntryRow, FieldRow

BOM = b"\xef\xbb\xbf"


def as_csv(fields: Iterable[FieldRow]) -> bytes:
    """UTF-8 with a byte order mark; an entry that nothing touches has one row with empty columns."""
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\r\n")
    head = (
        _("分野"),
        _("段"),
        _("番号"),
        _("名前"),
        _("担当課"),
        _("行動計画"),
        _("取組の番号"),
        _("取組"),
        _("協働事業"),
    )
    table.writerow(head)
    for field in fields:
        for row in field.rows:
            table.writerows([neutral(cell) for cell in cells] for cells in _cells(field, row))
    return BOM + written.getvalue().encode()


def _cells(field: FieldRow, row: EntryRow) -> Iterator[list[str]]:
    level = (_("分野"), _("政策"), _("施策"))[row.entry.depth]
    start = [field.field.title, level, row.entry.number, row.entry.title, row.entry.department]
    for touch in row.touches:
        named = "、".join(project.title for project in touch.projects)
        yield [*start, touch.measure.plan.title, touch.measure.number, touch.measure.title, named]
    if not row.touches:
        yield [*start, "", "", "", ""]
