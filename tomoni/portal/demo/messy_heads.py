"""The four heads found on the pages of one and the same sheet. None of them stands exactly over what it names."""

from __future__ import annotations

from collections.abc import Callable

Row = list[str]

FIXED_HEAD = ["No", "推進方策・目標・施策", "主管課", "関係課", "事業内容"]
FIELDS = ["進捗状況", "実績", "課題", "次年度へ向けた取組", "備考"]
SCHEDULE = ["R1", "R2", "R3"]
NOTHING = [""] * 5


def long() -> list[Row]:
    """Five fields for every year, even where the later years have four."""
    return [
        [*FIXED_HEAD, "計画", "", "", "", "進捗状況"],
        [*NOTHING, *SCHEDULE, "H29", "", "", "", "H30", "", "", "", "R1", "", "", "", "R2"],
        [*NOTHING, "", "", "", *(FIELDS * 4)],
    ]


def short() -> list[Row]:
    """課題 is gone from R1 on, and the action for the next year bears the name of that year."""
    return [
        [*FIXED_HEAD, "計画", "", "", "", "進捗状況"],
        [*NOTHING, *SCHEDULE, "H29", "", "", "", "H30", "", "", "", "R1", "", "", "", "R2"],
        [*NOTHING, "", "", "", *FIELDS, *FIELDS, "進捗状況", "実績", "R2年度へ向けた取組", "備考", "進捗状況", "実績"],
    ]


def crowded() -> list[Row]:
    """The years stand one row too high, in the row of the schedule."""
    return [
        [*FIXED_HEAD, "計画"],
        [*NOTHING, "計画", "", "", "", "", "H29", "", "", "", "", "H30", "", "", "", "", "R1", "", "", "", "", "R2"],
        [*NOTHING, *SCHEDULE, *(FIELDS * 4)],
    ]


def upturned() -> list[Row]:
    """The fields stand above the years, and the years over the schedule."""
    later = ["進捗状況", "実績", "R2年度へ向けた取組", "備考", "進捗状況", "実績", "R3年度へ向けた取組", "備考"]
    return [
        [*FIXED_HEAD, "計画", "", "", "", "進捗状況"],
        [*NOTHING, *SCHEDULE, *FIELDS, *FIELDS, *later],
        [*NOTHING, "H29", "H30", "R1", "", "", "", "", "", "", "", "", "", "R2"],
    ]


HEADS: dict[str, Callable[[], list[Row]]] = {
    "long": long,
    "short": short,
    "crowded": crowded,
    "upturned": upturned,
}
