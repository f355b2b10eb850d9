"""Putting a rulebook in force."""

from __future__ import annotations

import hashlib
from datetime import date

from django.db import transaction

from tomoni.history.services import record
from tomoni.parties.actor import Actor
from tomoni.rulebooks.models import RulebookVersion
from tomoni.rulebooks.schema import Rulebook


@transaction.atomic
def put_in_force(book: Rulebook, *, number: str, title: str, on: date, by: Actor) -> RulebookVersion:
    """Keep this rulebook as the version of that number, in force from that day. The same version twice is one."""
    text = book.model_dump_json()
    digest = hashlib.sha256(text.encode()).hexdigest()
    if held := RulebookVersion.objects.filter(number=number, sha256=digest).first():
        return held
    version = RulebookVersion(number=number, title=title, in_force_from=on, sha256=digest, content=text)
    version.save()
    record("put_in_force", version, by=by, is_public=True)
    return version
