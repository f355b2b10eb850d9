"""Who may bring in a file, decide what it says, put it in force and take it back; and at which stage."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tomoni.imports.models import Batch
from tomoni.kernel.decisions import YES, Decision, no
from tomoni.parties.actor import Actor
from tomoni.parties.permissions import Permission

AT_REVIEW = frozenset({"review", "undone"})


def _is_program(actor: Actor) -> bool:
    return actor.user is None and bool(actor.name)


def may_upload(actor: Actor) -> Decision:
    """The division in charge brings files in; so do the program's own commands."""
    if _is_program(actor) or actor.may(Permission.IMPORT_UPLOAD):
        return YES
    return no(_("ファイルを取り込めるのは、協働担当課だけです。"))


def may_choose(actor: Actor, batch: Batch) -> Decision:
    """Whoever may upload may also say what is meant, as long as it is not in force."""
    if not may_upload(actor):
        return no(_("読み取った内容を直せるのは、協働担当課だけです。"))
    return YES if batch.stage in AT_REVIEW else no(_not_now(batch))


def may_commit(actor: Actor, batch: Batch) -> Decision:
    """Putting a reviewed batch in force."""
    if not (_is_program(actor) or actor.may(Permission.IMPORT_COMMIT)):
        return no(_("計画に反映できるのは、協働担当課だけです。"))
    return YES if batch.stage in AT_REVIEW else no(_not_now(batch))


def may_undo(actor: Actor, batch: Batch) -> Decision:
    """Taking back what was put in force."""
    if not (_is_program(actor) or actor.may(Permission.IMPORT_COMMIT)):
        return no(_("反映を取り消せるのは、協働担当課だけです。"))
    return YES if batch.stage == "committed" else no(_("計画に反映していないので、取り消すものはありません。"))


def may_read_again(actor: Actor, batch: Batch) -> Decision:
    """Reading the same file once more: after a failure, or because something has been explained since."""
    if not may_upload(actor):
        return no(_("ファイルを読み直せるのは、協働担当課だけです。"))
    if batch.stage == "committed":
        return no(_("計画に反映したあとは、読み直せません。先に反映を取り消してください。"))
    return YES


def _not_now(batch: Batch) -> str:
    return {
        "reading": _("まだ読み取っている途中です。終わるまでお待ちください。"),
        "failed": _("このファイルは読み取れていません。直したファイルを、もう一度取り込んでください。"),
        "committed": _("すでに計画に反映しています。直すときは、先に反映を取り消してください。"),
    }[batch.stage]
