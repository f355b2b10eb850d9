"""The words a city uses for its plan: statuses, columns, priority and relisted measures, and years in its era."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from tomoni.kernel.fiscal import FiscalYear
from tomoni.plans.models import Status
from tomoni.rulebooks.schema import Rulebook

SHORT = 6  # letters that fit into a mark of the matrix
UNREAD, BLANK, NO_RECORD = "unread", "blank", "none"
OPEN = frozenset({UNREAD, BLANK, NO_RECORD})
OUTSIDE = "outside"  # a year in which the measure is not carried out: nothing is missing there
SILENT = OPEN | {OUTSIDE}
TEXTS = ("results", "issues", "next_action", "remarks")


@dataclass(frozen=True, slots=True)
class Words:
    """What people read. `short` goes into marks, `full` is the city's own wording; both know the open states."""

    short: dict[str, str]
    full: dict[str, str]
    fields: dict[str, str]
    measure: str
    priority: str
    relisted: str

    def explained(self, *, outside: bool = False) -> list[dict[str, str]]:
        """The legend: each mark, with the city's own wording where the mark shows a shorter word.

        That a year may lie outside is explained only where one does.
        """
        return [
            {"status": mark_of(state), "label": word, "note": self.full[state] if self.full[state] != word else ""}
            for state, word in self.short.items()
            if outside or state != OUTSIDE
        ]


def words_of(book: Rulebook) -> Words:
    """The words of a rulebook; where it is silent, ours."""
    standard = {status.value: str(status.label) for status in Status}
    city: dict[str, str] = {level.status: level.label for level in reversed(book.progress_scale)}
    fits = all(len(label) <= SHORT for label in city.values())
    columns: dict[str, str] = {
        column.column: column.label for column in (*book.standard.plan.columns, *book.plan_layout.columns)
    }
    open_short = {UNREAD: _("未読取"), BLANK: _("未記入"), NO_RECORD: _("記録なし"), OUTSIDE: _("対象外")}
    open_full = {
        UNREAD: _("もとの表から状況を読み取れていません"),
        BLANK: _("状況がまだ書かれていません"),
        NO_RECORD: _("この年度の記録がありません"),
        OUTSIDE: _("この年度は取り組む期間に入っていません"),
    }
    return Words(
        short={**standard, **(city if fits else {}), **open_short},
        full={**standard, **city, **open_full},
        fields={**_fields(), **columns},
        measure=book.terms.measure,
        priority=book.plan_layout.priority or _("重点"),
        relisted=book.plan_layout.relisted or _("再掲"),
    )


def mark_of(state: str) -> str:
    """The key the frame's `mark` filter knows: a status, or "" for every open state."""
    return "" if state in OPEN else state


def missing_in(year: int, begins_in: int | None, ends_with: int | None) -> str:
    """Why a line has no record in a year: none was kept, or its measure is not carried out then."""
    return NO_RECORD if (begins_in or year) <= year <= (ends_with or year) else OUTSIDE


def state_of(status: str, *, from_file: bool) -> str:
    """A status, or why there is none: the file could not be read there, or nobody has written it yet."""
    return status or (UNREAD if from_file else BLANK)


def short_year(year: int) -> str:
    """R2."""
    return FiscalYear(year).short


def long_year(year: int) -> str:
    """令和2年度."""
    return str(FiscalYear(year))


def _fields() -> dict[str, str]:
    return {
        "number": _("番号"),
        "title": _("施策"),
        "leads": _("担当課"),
        "related": _("関係課"),
        "description": _("内容"),
        "schedule": _("計画"),
        "status": _("進捗状況"),
        "results": _("実績"),
        "issues": _("課題"),
        "next_action": _("次年度へ向けた取組"),
        "remarks": _("備考"),
    }
