"""What was said between the asker and the desk, and the days on which it moved: without notes and without staff names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from tomoni.consultations.models import Consultation
from tomoni.history.selectors import story_of

TOLD = {
    "begin": _("相談を受け付けました"),
    "assign": _("担当が決まりました"),
    "hand_over": _("担当が替わりました"),
    "answer": _("回答しました"),
    "close": _("相談を終えました"),
    "reopen": _("もう一度、担当が調べています"),
}

FOR_STAFF = {
    "begin": _("相談を受け付けました"),
    "note": _("メモを残しました"),
    "sort_out": _("テーマと対象外の記録を直しました"),
    "post_listing": _("掲示板に載せました"),
    "renew_link": _("確認用のアドレスを新しくしました"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """One turn of the talk."""

    is_from_asker: bool
    by: str  # the department, never a person
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Moved:
    """One day on which the enquiry moved, in words for the asker."""

    on: date | datetime
    words: str


@dataclass(frozen=True, slots=True)
class Talk:
    """Both, oldest first."""

    said: tuple[Said, ...]
    moved: tuple[Moved, ...]


def talk_of(consultation: Consultation) -> Talk:
    """What the asker may know of an enquiry."""
    said = tuple(
        Said(each.is_from_asker, each.party.name if each.party else "", each.text, each.at)
        for each in consultation.exchanges.select_related("party")
    )
    events = [event for event in story_of(consultation) if event.verb in TOLD]
    return Talk(said, tuple(Moved(event.at, str(TOLD[event.verb])) for event in reversed(events)))
