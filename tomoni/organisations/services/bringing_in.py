"""Bringing in a list of groups: keep the file, read it, decide row by row, put it in force for a year, take it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from tomoni.history.services import record
from tomoni.imports import permissions as may
from tomoni.imports import services as imports
from tomoni.imports.models import Batch
from tomoni.imports.reading.read import read as read_file
from tomoni.imports.selectors import choices_of
from tomoni.kernel.decisions import NotAllowed
from tomoni.kernel.japanese import plain
from tomoni.organisations import grouplist, selectors
from tomoni.organisations.grouplist import PERSONAL, Line
from tomoni.organisations.models import Contact, OtherName, Profile, Registration
from tomoni.organisations.reviewing import CONTACTS_TOO, NEW, TARGET, held_groups, verdict_of
from tomoni.organisations.services.contacts import keep_contact
from tomoni.organisations.services.profiles import publish, written
from tomoni.organisations.services.registrations import Writing, begin_registration, take_step, write_registration
from tomoni.organisations.sheet import PROFILE, contact_values
from tomoni.organisations.workflow import State
from tomoni.parties.actor import Actor
from tomoni.parties.models import Party
from tomoni.parties.services import found_party
from tomoni.rulebooks.schema import Rulebook
from tomoni.search.services import forget


@dataclass(frozen=True, slots=True)
class Intention:
    """What a list is for: the fiscal year it registers, and the kind of party where the file does not say."""

    year: int
    kind: str


def receive(upload: imports.Upload, intention: Intention, *, at: datetime, by: Actor) -> Batch:
    """Keep a file and read it. Raises NotAllowed, AlreadyTaken, and Unreadable with a sentence; then nothing is kept."""
    may.may_upload(by).enforce()
    document = grouplist.document_of(read_file(upload.data, name=upload.name))
    document |= {"year": intention.year, "kind": intention.kind}
    into = imports.Destination(TARGET, _("登録団体の名簿"))
    with transaction.atomic():
        batch = imports.open_batch(upload, into=into, at=at, by=by)
        return imports.keep_reading(
            batch, grid=None, document=document, counts=grouplist.counts_of(document), at=at, by=by
        )


@transaction.atomic
def commit(batch: Batch, *, book: Rulebook, revision: int, at: datetime, by: Actor) -> Batch:
    """Put a list in force: all rows or none. Raises NotAllowed with what is still to be decided, and Moved."""
    locked = imports.lock(batch, revision=revision)
    may.may_commit(by, locked).enforce()
    lines = grouplist.lines_of(locked.document or {}, held_groups(book), book)
    choices = choices_of(locked)
    open_rows = [line for line in lines if verdict_of(line, choices) is None]
    if open_rows:
        raise NotAllowed(_("まだ決めていない行が%(count)d行あります。") % {"count": len(open_rows)})
    document = locked.document or {}
    intention = Intention(document["year"], document["kind"])
    bringing = _Bringing(locked, intention, book, at.date(), by, with_contacts=CONTACTS_TOO in choices)
    changes = [change for line in lines if (change := bringing.line(line, verdict_of(line, choices)))]
    return _mark(locked, changes, committed_at=at, by=by, verb="commit")


@dataclass(frozen=True)
class _Bringing:
    """One commit on its way: what every row of it needs."""

    batch: Batch
    intention: Intention
    book: Rulebook
    on: date
    by: Actor
    with_contacts: bool

    def line(self, line: Line, verdict: int | str | None) -> dict[str, Any] | None:
        """Carry out one row; what changed, for taking it back. None for a row that is left out."""
        if verdict == "skip":
            return None
        read = grouplist.read(line.texts, self.book, default_kind=self.intention.kind)
        party = self._party(line, read.kind, verdict)
        change = {"party": party.pk, "made": verdict == NEW, "was": self._was(party, read.values)}
        change["name"] = self._name(party, line.name)
        change["contact"] = self._contact(party, line.texts)
        change["registration"] = self._registration(party, line, read.values)
        if change["registration"] is None:  # registered already: an accepted registration has filled the profile before
            values = {PROFILE[key]: value for key, value in read.values.items()}
            publish(written(party, values, book=self.book), self.book)
        return change

    def _party(self, line: Line, kind: str, verdict: int | str | None) -> Party:
        if verdict == NEW:
            return found_party(kind=kind, name=line.name)
        if held := Party.objects.filter(pk=verdict or 0, ended_on=None).first():
            return held
        raise NotAllowed(_("%(at)sで選んだ団体は、もうありません。選び直してください。") % {"at": line.at})

    def _name(self, party: Party, name: str) -> int | None:
        """Remember how the list wrote the name, so that nobody is asked again next year."""
        if plain(name) == plain(party.name):
            return None
        kept, made = OtherName.objects.get_or_create(party=party, name=name[:200])
        return kept.pk if made else None

    def _was(self, party: Party, values: Mapping[str, Any]) -> dict[str, Any] | None:
        """The columns about to be written, as they stand; None when there is no profile yet."""
        profile = selectors.profile_of(party)
        return {PROFILE[key]: getattr(profile, PROFILE[key]) for key in values} if profile.pk else None

    def _contact(self, party: Party, texts: Mapping[str, str]) -> int | None:
        values = contact_values({key: texts[key] for key in PERSONAL if texts.get(key)})
        if not self.with_contacts or not values or party.contacts.exists():
            return None
        values.setdefault("name", texts.get("representative", ""))
        return keep_contact(party, values, by=self.by).pk

    def _registration(self, party: Party, line: Line, values: Mapping[str, Any]) -> int | None:
        year = self.intention.year
        if selectors.has_begun(party.pk, year=year):
            return None
        begun = begin_registration(party, year=year, on=self.on, by=self.by, at_desk=True)
        write_registration(begun, Writing({**begun.answers, **values}), by=self.by)
        note = _("名簿「%(file)s」の%(at)sから") % {"file": self.batch.file.name, "at": line.at}
        return take_step("take_over", begun, on=self.on, by=self.by, note=note).pk


@transaction.atomic
def undo(batch: Batch, *, book: Rulebook, revision: int, at: datetime, by: Actor) -> Batch:
    """Take a list back: registrations and parties it made go, profiles are as before. What others use stays."""
    locked = imports.lock(batch, revision=revision)
    may.may_undo(by, locked).enforce()
    for change in reversed(locked.changes):
        _take_back(change, book)
    return _mark(locked, [], undone_at=at, by=by, verb="undo")


def _take_back(change: Mapping[str, Any], book: Rulebook) -> None:
    Registration.objects.filter(pk=change["registration"], state=State.ACCEPTED).delete()
    Contact.objects.filter(pk=change["contact"]).delete()
    OtherName.objects.filter(pk=change["name"]).delete()
    party = Party.objects.filter(pk=change["party"]).select_related("profile").first()
    profile = Profile.objects.filter(party=party).first()
    if party is None or profile is None:
        return
    if change["was"] is None:
        forget(profile)
        profile.delete()
    else:
        publish(written(party, change["was"], book=book), book)
    if change["made"]:
        _remove(party)


def _remove(party: Party) -> None:
    try:
        with transaction.atomic():
            party.delete()
    except ProtectedError:  # somebody has begun to use it: it stays, without what the list said
        return


def _mark(batch: Batch, changes: list[Any], *, by: Actor, verb: str, **moments: datetime) -> Batch:
    for name, moment in moments.items():
        setattr(batch, name, moment)
    if "committed_at" in moments:
        batch.undone_at, batch.changes = None, changes
    batch.revision += 1
    batch.save(update_fields=["committed_at", "undone_at", "changes", "revision"])
    record(verb, batch, by=by, rows=len(changes))
    return batch
