"""Putting a rulebook in force."""

from __future__ import annotations

import hashlib
from datetime import date

from django.db import transaction

from tomoni.history.services import record
from tomoni.parties.actor import Actor
from tomoni.rulebooks.models import RulebookVersion
from tomoni.rulebooks.schema import Rulebook


class VersionStands(ValueError):
    """A version of that number is in force already and says something else."""


@transaction.atomic
def put_in_force(book: Rulebook, *, number: str, title: str, on: date, by: Actor) -> RulebookVersion:
    """Keep this rulebook as the version of that number, in force from that day. The same version twice is one.

    VersionStands when the number is taken by another text: cases began under it, so it stays as it is.
    """
    text = book.model_dump_json()
    digest = hashlib.sha256(text.encode()).hexdigest()
    if held := RulebookVersion.objects.filter(number=number).first():
        if held.sha256 != digest:
            raise VersionStands(f"{number} 版はすでに使われています。書き換えたときは、新しい番号を付けてください。")
        return held
    version = RulebookVersion(number=number, title=title, in_force_from=on, sha256=digest, content=text)
    version.save()
    record("put_in_force", version, by=by, is_public=True)
    return version
