"""The two menus: what everybody sees, and what people at work see besides. A test resolves every entry."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tomoni.parties.permissions import Permission


@dataclass(frozen=True, slots=True)
class Entry:
    """One word of a menu and the name of the address it leads to."""

    label: str | Promise
    url_name: str
    permission: Permission | None = None


PUBLIC: tuple[Entry, ...] = (
    Entry(_("計画と進捗"), "plans"),
    Entry(_("協働とは"), "about"),
)

AT_WORK: tuple[Entry, ...] = (Entry(_("シートの取り込み"), "imports", Permission.IMPORT_READ),)
