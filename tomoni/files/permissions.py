"""Who may open a stored file."""

from __future__ import annotations

from tomoni.files.models import StoredFile, Visibility
from tomoni.kernel.decisions import YES, Decision, no
from tomoni.parties.actor import Actor
from tomoni.parties.permissions import Role

STAFF = (Role.OFFICER, Role.DIVISION)


def may_open(actor: Actor, stored: StoredFile, *, is_involved: bool = False) -> Decision:
    """Everybody opens public files, the city's staff all files; `is_involved` is what the owning app knows of others."""
    if stored.visibility == Visibility.PUBLIC or actor.holds(*STAFF):
        return YES
    if stored.visibility == Visibility.INVOLVED and is_involved:
        return YES
    return no("このファイルを開けるのは、関係者と市の職員だけです。")
