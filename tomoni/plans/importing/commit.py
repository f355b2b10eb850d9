"""Putting a reviewed batch in force: all or nothing, and the same file twice changes nothing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tomoni.history.services import record
from tomoni.imports.models import Batch
from tomoni.imports.permissions import may_commit
from tomoni.imports.services import lock
from tomoni.parties.actor import Actor
from tomoni.parties.models import User
from tomoni.plans.importing.look import Look, look
from tomoni.plans.importing.write import Kept, write
from tomoni.plans.models import Plan
from tomoni.plans.services import touch
from tomoni.rulebooks.selectors import in_force
from tomoni.tenants.models import Municipality
from tomoni.tenants.scope import current


class NotReady(Exception):
    """Something must be settled before the batch can be put in force; the message says what."""


@transaction.atomic
def commit(batch: Batch, *, revision: int, at: datetime, by: Actor) -> Batch:
    """Write what was read and decided into the plan, and keep what was there before.

    Nothing is deleted because a file does not have it; open statuses stay open. Raises NotAllowed at the wrong stage,
    Moved when somebody else was faster, NotReady while a measure is undecided; then nothing has changed.
    """
    one_at_a_time()
    locked = lock(batch, revision=revision)
    may_commit(by, locked).enforce()
    try:
        seen = look(locked, rulebook=in_force(at.date()), locked=True)
    except Plan.DoesNotExist as gone:
        raise NotReady(_("取り込み先の計画が見つかりません。もう一度ファイルを取り込んでください。")) from gone
    if seen.difference.unsure:
        raise NotReady(
            _("計画のどれに当たるか決まっていないものが%(n)s件あります。先に選んでください。")
            % {"n": len(seen.difference.unsure)}
        )
    kept = write(seen.difference.changes, by=User.objects.filter(pk=by.user or 0).first())
    plan = seen.plan or _made(kept)
    locked.changes, locked.subject_id = kept, plan.pk
    locked.committed_at, locked.undone_at = at, None
    locked.revision += 1
    locked.save(update_fields=["changes", "subject_id", "committed_at", "undone_at", "revision"])
    if kept:
        touch(plan)
    counts = tally(seen)
    record("commit", locked, by=by, plan=plan.pk, **counts)
    if kept:
        record("import", plan, by=by, batch=locked.pk, **counts)
    return locked


def one_at_a_time() -> None:
    """Commits of one city wait for each other: two batches may be about to make the same plan or department.

    Rows that only point to the municipality are not held up (no_key).
    """
    list(Municipality.objects.select_for_update(no_key=True).filter(pk=current().pk).values_list("pk"))


def _made(kept: Kept) -> Plan:
    return Plan.objects.get(pk=next(one["pk"] for one in kept if one["table"] == "plan"))


def tally(seen: Look) -> dict[str, Any]:
    """How much a commit changes, for the page before it and the line of history after it."""
    difference = seen.difference
    states = list(difference.measures.values())
    return {
        "changes": len(difference.changes),
        "new_measures": states.count("new"),
        "changed_measures": states.count("changed"),
        "same_measures": states.count("same"),
        "new_years": difference.count("progress", new=True),
        "changed_years": difference.count("progress", new=False),
        "new_departments": len(difference.new_departments),
        "left_measures": len(difference.left),
        "left_years": difference.left_years,
    }
