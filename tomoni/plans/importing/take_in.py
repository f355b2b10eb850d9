"""Taking a file in: at the door, into a batch, and on to the worker."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from tomoni.imports.models import Batch
from tomoni.imports.services import Destination, Upload, open_batch, read_again
from tomoni.parties.actor import Actor
from tomoni.plans.importing.look import TARGET
from tomoni.plans.models import Plan
from tomoni.plans.tasks import read_batch
from tomoni.tenants.scope import current


class NoPlanNamed(ValueError):
    """Neither a plan nor a name for a new one was given."""


def take_in(
    upload: Upload, *, plan: Plan | None = None, title: str = "", at: datetime, by: Actor, again: bool = False
) -> Batch:
    """Keep a sheet for a plan, or for a new one of that title, and have it read by the worker.

    Raises what open_batch() raises; then nothing has been written. `again` takes bytes that are in force already.
    """
    name = plan.title if plan else title.strip()
    if not name:
        raise NoPlanNamed(_("計画を選ぶか、新しい計画の名前を書いてください。"))
    into = Destination(TARGET, name, plan.pk if plan else None)
    batch = open_batch(upload, into=into, at=at, by=by, again=again)
    return _handed_over(batch)


def take_in_again(batch: Batch, *, by: Actor) -> Batch:
    """Have the same file read once more, with what has been explained since. Decisions about it are dropped."""
    return _handed_over(read_again(batch, by=by))


def _handed_over(batch: Batch) -> Batch:
    """Outside of any transaction: the worker must find the batch when it begins."""
    read_batch.enqueue(current().slug, batch.pk)
    batch.refresh_from_db()
    return batch
