"""What changed between two versions, in the words of residents: under which heading, which entry, from what to what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tomoni.rulebooks.compare import KINDS, Change, Difference, compare
from tomoni.rulebooks.schema import Rulebook

# What the document says, in the order of the pages.
DOCUMENT: dict[str, Promise] = {
    "source": gettext_lazy("もとにした文書"),
    "definition": gettext_lazy("言葉の意味"),
    "excluded": gettext_lazy("協働に含めないもの"),
    "interests": gettext_lazy("利益の種類"),
    "principles": gettext_lazy("原則"),
    "attitudes": gettext_lazy("心掛け"),
    "party_kinds": gettext_lazy("主体"),
    "capabilities": gettext_lazy("中間支援の機能"),
    "coordinators": gettext_lazy("つなぐ人"),
    "coordinator_abilities": gettext_lazy("つなぐ人に求められる力"),
    "zones": gettext_lazy("領域"),
    "forms": gettext_lazy("形態"),
    "suitability": gettext_lazy("適性の検証"),
    "not_suited": gettext_lazy("適性の検証"),
    "checklists": gettext_lazy("チェックリスト"),
    "stages": gettext_lazy("活動のステージ"),
    "progress_scale": gettext_lazy("進捗の段階"),
    "plan": gettext_lazy("計画"),
    "terms": gettext_lazy("言葉"),
    "programmes": gettext_lazy("募集の制度"),
}
# What this site asks and how it counts; most of it is Tomoni's standard.
WORKINGS: dict[str, Promise] = {
    "sheets": gettext_lazy("記入票"),
    "budget": gettext_lazy("予算の項目"),
    "screening": gettext_lazy("審査"),
    "agreement": gettext_lazy("約束の文書"),
    "evaluation": gettext_lazy("振り返り"),
    "routing": gettext_lazy("相談の担当"),
    "fields": gettext_lazy("活動の分野"),
    "options": gettext_lazy("運用の決まり"),
    "services": gettext_lazy("使えるサービス"),
}
FIELDS: dict[str, Promise] = {
    "label": gettext_lazy("名前"),
    "cites": gettext_lazy("出典"),
    "text": gettext_lazy("説明"),
    "gap": gettext_lazy("ことわり"),
    "summary": gettext_lazy("概要"),
    "zones": gettext_lazy("領域"),
    "zone_remarks": gettext_lazy("領域ごとの説明"),
    "notes": gettext_lazy("留意点"),
    "regulations": gettext_lazy("関係する決まり"),
    "examples": gettext_lazy("例"),
    "traits": gettext_lazy("持ち味"),
    "roles": gettext_lazy("役割"),
    "effects": gettext_lazy("得られること"),
    "attitudes": gettext_lazy("心掛け"),
    "title": gettext_lazy("題名"),
    "dated": gettext_lazy("日付"),
    "note": gettext_lazy("ことわり"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that changed: what happened to which entry, and each field before and after."""

    what: str
    name: str
    fields: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    """Changes under one heading. `is_document` is False for what this site adds to the document."""

    heading: str
    told: tuple[Told, ...]
    is_document: bool


def changes(old: Rulebook, new: Rulebook) -> tuple[ChangeGroup, ...]:
    """What changed from the old version to the new, by heading: the document first, then how this site works."""
    found = compare(old, new)
    zones = {zone.key: zone.label for zone in (*old.zones, *new.zones)}
    groups = []
    for names, is_document in ((DOCUMENT, True), (WORKINGS, False)):
        for heading in dict.fromkeys(str(label) for label in names.values()):
            told = tuple(_told(change, zones) for change in found if str(names.get(_root(change), "")) == heading)
            if told:
                groups.append(ChangeGroup(heading, told, is_document))
    return tuple(groups)


def _root(change: Change) -> str:
    return (change.section or change.key).partition(".")[0]


def _told(change: Change, zones: Mapping[str, str]) -> Told:
    what = str(KINDS[change.kind])
    if change.differences and change.differences[0].field == change.key:
        return _setting(what, change.differences[0])
    name = change.label
    if change.kind == "moved":
        places = _("%(before)s番目から%(after)s番目へ") % {"before": change.before, "after": change.after}
        return Told(what, _("%(name)s（%(places)s）") % {"name": name, "places": places})
    return Told(what, name, tuple(_field(one, zones) for one in change.differences if one.field in FIELDS))


def _setting(what: str, one: Difference) -> Told:
    """A value that stands by itself: its key is for the program, so people are shown what it was and is."""
    name = str(FIELDS.get(one.field, _("決めてあること")))
    return Told(what, name, ((_("内容"), _said(one.before), _said(one.after)),))


def _field(one: Difference, zones: Mapping[str, str]) -> tuple[str, str, str]:
    before, after = one.before, one.after
    if one.field == "zones":
        before, after = ([zones[key] for key in keys or ()] for keys in (before, after))
    return str(FIELDS[one.field]), _said(before), _said(after)


def _said(value: Any) -> str:
    """A value in words; a mapping by its values, a list joined, nothing as なし."""
    if isinstance(value, Mapping):
        return _said([_said(inner) for inner in value.values() if inner])
    if isinstance(value, Sequence) and not isinstance(value, str):
        return " / ".join(_said(inner) for inner in value) or _("なし")
    if isinstance(value, bool):
        return _("はい") if value else _("いいえ")
    return _("なし") if value in (None, "") else str(value)
