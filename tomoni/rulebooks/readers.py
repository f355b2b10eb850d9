"""Whose notes a reader is shown: those of groups, of the city's staff, or both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tomoni.parties.actor import Actor
from tomoni.parties.permissions import Role
from tomoni.rulebooks.schema import Form

ReaderSide = Literal["civic", "city", "both"]
SIDES: dict[ReaderSide, Promise] = {
    "civic": _("団体の方へ"),
    "city": _("市の職員へ"),
    "both": _("どちらも"),
}
HEADINGS: dict[str, Promise] = {
    "civic": _("団体の方が気を付けること"),
    "city": _("市の職員が気を付けること"),
    "both": _("どちらも気を付けること"),
}


@dataclass(frozen=True, slots=True)
class NoteGroup:
    """Points to watch under the heading of those who should watch them."""

    side: str
    heading: Promise
    notes: tuple[str, ...]


def side_for(actor: Actor, asked: str = "") -> ReaderSide:
    """The side asked for; else the one the reader works on; visitors are shown both."""
    if asked in SIDES:
        return asked
    if actor.holds(Role.OFFICER, Role.DIVISION):
        return "city"
    return "civic" if actor.holds(Role.MEMBER) else "both"


def has_sides(form: Form) -> bool:
    """Does the document say something to one side only?"""
    return bool(form.notes.civic or form.notes.city)


def notes_for(form: Form, side: ReaderSide) -> tuple[NoteGroup, ...]:
    """The notes of a form for this reader: their own first, then those for everyone; empty groups are left out."""
    wanted = ("civic", "city", "both") if side == "both" else (side, "both")
    groups = (NoteGroup(name, HEADINGS[name], getattr(form.notes, name)) for name in wanted)
    return tuple(group for group in groups if group.notes)
