"""Files in the room: put in by either side, public only when a side marks them so, taken back by the side they came from."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tomoni.files.models import Visibility
from tomoni.files.services import attach, discard, store_file
from tomoni.history.services import record
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.actor import Actor
from tomoni.projects import permissions
from tomoni.projects.models import Project, RoomFile

MOST_FILES = 50


@transaction.atomic
def add_file(project: Project, content: bytes, *, name: str, title: str, at: datetime, by: Actor) -> RoomFile:
    """Put a file into the room for those involved. NotAllowed for others and a full room, FileRefused for its content."""
    held = Project.objects.select_for_update().get(pk=project.pk)
    permissions.may_work(by, held).enforce()
    if held.room_files.count() >= MOST_FILES:
        raise NotAllowed(_("置ける資料は%(most)s件までです。要らない資料を取り下げてください。") % {"most": MOST_FILES})
    stored = store_file(content, name=name, at=at, by=by, visibility=Visibility.INVOLVED)
    attach(stored, to=held, by=by)
    kept = RoomFile.objects.create(project=held, stored=stored, side=held.side_of(by), title=title)
    record("add_file", held, by=by, note=title)
    return kept


@transaction.atomic
def show_file(kept: RoomFile, *, is_public: bool, by: Actor) -> RoomFile:
    """Show a file to everybody on the project's page, or no longer. Either side may, also once the project is over."""
    permissions.may_show(by, kept.project).enforce()
    wanted = Visibility.PUBLIC if is_public else Visibility.INVOLVED
    if kept.stored.visibility != wanted:
        kept.stored.visibility = wanted
        kept.stored.save(update_fields=["visibility"])
        record("show_file" if is_public else "hide_file", kept.project, by=by, note=kept.title)
    return kept


@transaction.atomic
def take_back(kept: RoomFile, *, by: Actor) -> None:
    """Take a file of one's own side out of the room again, its bytes too."""
    permissions.may_take_back(by, kept).enforce()
    record("remove_file", kept.project, by=by, note=kept.title)
    discard(kept.stored)
