"""A change in words: what stood there before, and what stands there after. Used for drafts, and kept when in force."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tomoni.kernel.fiscal import FiscalYear
from tomoni.parties.models import Party
from tomoni.revisions.models import Revision
from tomoni.revisions.shape import Change, Draft, Kind, Shape, last_year, reshaped

LABELS = {
    Kind.MERGE: gettext_lazy("施策をまとめる"),
    Kind.SPLIT: gettext_lazy("施策を分ける"),
    Kind.NAME: gettext_lazy("番号や名前を変える"),
    Kind.END: gettext_lazy("施策を終える"),
    Kind.ADD: gettext_lazy("施策を加える"),
    Kind.MOVE: gettext_lazy("別の見出しの下へ移す"),
    Kind.LEADS: gettext_lazy("主な担当課を変える"),
    Kind.SCHEDULE: gettext_lazy("年度ごとの計画を変える"),
    Kind.HEADING_NAME: gettext_lazy("見出しの名前を変える"),
    Kind.HEADING_ADD: gettext_lazy("見出しを加える"),
    Kind.PERIOD: gettext_lazy("計画の期間を変える"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """Lines of text on both sides of a change."""

    before: tuple[str, ...]
    after: tuple[str, ...]


def told_changes(revision: Revision, draft: Draft) -> dict[int, dict[str, Any]]:
    """Both sides of every change, by its number, in the form that is kept."""
    telling = Telling(draft, departments_of(draft))
    found = {change.pk: telling.told(change) for change in draft.changes}
    return {pk: {"before": list(one.before), "after": list(one.after)} for pk, one in found.items()}


def departments_of(draft: Draft) -> dict[int, str]:
    """Names of every department the changes or the lines they touch speak of. One query."""
    wanted = {pk for change in draft.changes for pk in change.leads}
    wanted |= {pk for change in draft.changes for one in change.results for pk in one.leads}
    for change in draft.changes:
        for source in change.sources:
            held = draft.shape.measures.get(source)
            wanted |= {pk for _line, leads in (held.lines if held else ()) for pk in leads}
    return dict(Party.objects.filter(pk__in=wanted).values_list("pk", "name"))


class Telling:
    """Puts changes of one draft into words."""

    def __init__(self, draft: Draft, departments: Mapping[int, str]) -> None:
        self.draft, self.departments = draft, departments
        self.after = reshaped(draft)

    def told(self, change: Change) -> Told:
        """What stood there, what will stand there."""
        return self._ways[change.kind](self, change)

    def _name(self, shape: Shape, pk: int) -> str:
        held = shape.measures.get(pk)
        return f"{held.number} {held.title}".strip() if held else _("計画にない施策")

    def _named(self, change: Change) -> tuple[str, ...]:
        return tuple(self._name(self.draft.shape, pk) for pk in change.sources)

    def _heading(self, pk: int | None) -> str:
        held = self.after.headings.get(pk or 0)
        return f"{held.number} {held.title}".strip() if held else _("見出しなし")

    def _leads(self, leads: Iterable[int]) -> str:
        return "、".join(self.departments.get(pk, "") for pk in leads)

    def _made(self, change: Change) -> Told:
        with_leads = _("%(name)s（%(leads)s、%(heading)s）")
        return Told(
            self._named(change),
            tuple(
                with_leads
                % {
                    "name": f"{one.number} {one.title}".strip(),
                    "leads": self._leads(one.leads),
                    "heading": self._heading(one.heading),
                }
                for one in change.results
            ),
        )

    def _ended(self, change: Change) -> Told:
        last = FiscalYear(change.year or self.draft.year - 1)
        return Told(self._named(change), (_("%(year)sで終わり") % {"year": last},))

    def _renamed(self, change: Change) -> Told:
        return Told(self._named(change), (f"{change.number} {change.title}".strip(),))

    def _moved(self, change: Change) -> Told:
        held = [self.draft.shape.measures[pk] for pk in change.sources if pk in self.draft.shape.measures]
        return Told(
            tuple(f"{one.number} {one.title}（{self._heading(one.heading)}）".strip() for one in held),
            (self._heading(change.heading),),
        )

    def _led(self, change: Change) -> Told:
        lines = {pk: leads for one in self.draft.shape.measures.values() for pk, leads in one.lines}
        before = self._leads(lines.get(change.line or 0, ()))
        return Told(tuple(f"{name}（{before}）" for name in self._named(change)), (self._leads(change.leads),))

    def _scheduled(self, change: Change) -> Told:
        held = [self.draft.shape.measures[pk] for pk in change.sources if pk in self.draft.shape.measures]
        was = [
            f"{FiscalYear(y)} {one.schedule.get(y) or _('（なし）')}" for one in held for y in sorted(change.schedule)
        ]
        now = [f"{FiscalYear(year)} {text}" for year, text in sorted(change.schedule.items())]
        return Told((*self._named(change), *was), tuple(now))

    def _heading_renamed(self, change: Change) -> Told:
        held = self.draft.shape.headings.get(change.heading or 0)
        before = f"{held.number} {held.title}".strip() if held else ""
        return Told((before,), (f"{change.number} {change.title}".strip(),))

    def _heading_added(self, change: Change) -> Told:
        under = _("%(heading)sの下") % {"heading": self._heading(change.heading)} if change.heading else ""
        return Told((), tuple(filter(None, (f"{change.number} {change.title}".strip(), under))))

    def _prolonged(self, change: Change) -> Told:
        until = _("%(year)sまで")
        before = until % {"year": FiscalYear(self.draft.shape.last)} if self.draft.shape.last else _("決まっていません")
        return Told((before,), (until % {"year": FiscalYear(last_year(self.draft) or self.draft.year)},))

    _ways: Mapping[Kind, Callable[[Telling, Change], Told]] = {
        Kind.ADD: _made,
        Kind.MERGE: _made,
        Kind.SPLIT: _made,
        Kind.END: _ended,
        Kind.NAME: _renamed,
        Kind.MOVE: _moved,
        Kind.LEADS: _led,
        Kind.SCHEDULE: _scheduled,
        Kind.HEADING_NAME: _heading_renamed,
        Kind.HEADING_ADD: _heading_added,
        Kind.PERIOD: _prolonged,
    }
