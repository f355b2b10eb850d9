"""What a city's rulebook may tell the reader in advance: its level names, status words, spellings and departments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

STATUSES = ("on_track", "off_track", "done", "changed", "not_started")


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything is optional: a sheet is read by its own words first.

    ``levels`` from the top down; ``statuses`` from a word or mark to one of ``STATUSES``; ``aliases`` from a column
    heading to a role (number, title, level, lead, related, description, schedule, status, results, issues,
    next_action, remarks, ignore); ``departments`` from a spelling to the name in use.
    """

    levels: tuple[str, ...] = ()
    statuses: Mapping[str, str] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)
    departments: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if unknown := set(self.statuses.values()) - set(STATUSES):
            raise ValueError(f"進捗の状態として知らない値です: {'、'.join(sorted(unknown))}")
