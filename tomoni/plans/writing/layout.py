"""How a city lays out its progress sheet: which columns, under which labels, with which words for a rating. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tomoni.rulebooks.schema import Rulebook

# Column of the rulebook -> label where a city has not said its own.
LABELS: Mapping[str, str] = {
    "number": "No",
    "title": "施策",
    "leads": "主管課",
    "related": "関係課",
    "description": "事業内容",
    "schedule": "計画",
    "status": "進捗状況",
    "results": "実績",
    "issues": "課題",
    "next_action": "次年度へ向けた取組",
    "remarks": "備考",
}
STATUSES: Mapping[str, str] = {
    "on_track": "計画どおり進んでいる",
    "off_track": "計画どおり進んでいない",
    "done": "完了",
    "changed": "計画を変更して実施している",
    "not_started": "未着手",
}
YEARLY = ("status", "results", "issues", "next_action", "remarks")
PLANNED = "schedule"


@dataclass(frozen=True, slots=True)
class Layout:
    """Labels in the order of the columns. A column the city does not have is added only when something stands in it."""

    labels: Mapping[str, str] = field(default_factory=lambda: LABELS)
    statuses: Mapping[str, str] = field(default_factory=lambda: STATUSES)
    relisted: str = "再掲"
    name: str = "進行管理シート"

    def label(self, column: str) -> str:
        return self.labels.get(column) or LABELS[column]

    def ordered(self, columns: tuple[str, ...]) -> list[str]:
        """Those columns in the city's order; one that is not the city's comes where it stands by default."""
        own = [name for name in self.labels if name in columns]
        for name in columns:
            if name not in own:
                before = [own.index(each) + 1 for each in columns[: columns.index(name)] if each in own]
                own.insert(max(before, default=0), name)
        return own


def layout_of(book: Rulebook | None) -> Layout:
    """The layout a rulebook describes under `plan` and `progress_scale`; the usual one where it says nothing."""
    if book is None:
        return Layout()
    plan = book.plan_layout
    own: dict[str, str] = {column.column: column.label for column in plan.columns}
    labels = own or {**LABELS, "title": plan.levels[-1].label}
    statuses: dict[str, str] = {}
    for level in book.scale:
        statuses.setdefault(level.status, level.label)
    return Layout(labels, {**STATUSES, **statuses}, plan.relisted or "再掲")
