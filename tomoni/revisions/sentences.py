"""What happened to a measure, in sentences people read on its page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tomoni.kernel.fiscal import FiscalYear
from tomoni.revisions.models import ChangedMeasure, FormerSeat
from tomoni.revisions.selectors.story import Turn
from tomoni.revisions.shape import Kind
from tomoni.ui.dates import day


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence with its reason, the revision it belongs to, and measures it leads to."""

    sentence: str
    reason: str
    revision: int
    title: str
    leads_to: tuple[ChangedMeasure, ...] = ()


def named(each: Iterable[ChangedMeasure]) -> str:
    """「1 出前講座」と「2 情報紙」."""
    return "と".join(f"「{f'{one.number} {one.title}'.strip()}」" for one in each)


def said(turn: Turn, *, leads_to: tuple[ChangedMeasure, ...] = ()) -> Said:
    """The turn in words."""
    words = {
        "year": FiscalYear(turn.year),
        "last": FiscalYear(turn.last_year),
        "before": named(turn.before),
        "after": named(turn.after),
        "was": "、".join(turn.was),
        "now": "、".join(turn.became),
    }
    return Said(_PATTERNS[turn.kind]() % words, turn.reason, turn.revision, turn.revision_title, leads_to)


_PATTERNS = {
    Kind.MERGE: lambda: _("%(year)sに%(before)sをまとめて、%(after)sにしました。"),
    Kind.SPLIT: lambda: _("%(year)sに%(before)sを、%(after)sに分けました。"),
    Kind.NAME: lambda: _("%(year)sに、%(before)sから%(after)sに変えました。"),
    Kind.END: lambda: _("%(before)sは、%(last)sで終わりました。"),
    Kind.ADD: lambda: _("%(year)sに%(after)sを加えました。"),
    Kind.MOVE: lambda: _("%(year)sに%(before)sを「%(now)s」の下へ移しました。"),
    Kind.LEADS: lambda: _("%(year)sに、担当課を「%(was)s」から「%(now)s」に変えました。"),
    Kind.SCHEDULE: lambda: _("%(year)sに、%(before)sの年度ごとの計画を変えました。"),
    Kind.HEADING_NAME: lambda: _("%(year)sに、見出し「%(was)s」を「%(now)s」に変えました。"),
    Kind.HEADING_ADD: lambda: _("%(year)sに、見出し「%(now)s」を加えました。"),
    Kind.PERIOD: lambda: _("計画の期間を、%(was)sから%(now)sに変えました。"),
}


def seat_changed(seat: FormerSeat) -> str:
    """平成29年4月1日から△△課（それまでは○○課）."""
    on = seat.succession.on if seat.succession else None
    since = day(on) if on else str(FiscalYear(seat.last_year + 1))
    told = {"since": since, "now": seat.followed_by.name if seat.followed_by else "", "before": seat.party.name}
    if not told["now"]:
        return _("%(since)sから担当が外れました（それまでは%(before)s）。") % told
    return _("%(since)sから%(now)s（それまでは%(before)s）。") % told
