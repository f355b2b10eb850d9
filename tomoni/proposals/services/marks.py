"""Verbs of screeners: keep marks, hand them in, take them back, declare an interest. What one gives, nobody else learns here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tomoni.cases.notices import tell
from tomoni.cases.services import RulesBroken
from tomoni.history.models import Event
from tomoni.history.services import record
from tomoni.kernel.decisions import NotAllowed
from tomoni.kernel.rules import Finding
from tomoni.parties.actor import Actor
from tomoni.proposals import permissions
from tomoni.proposals.models import Marks, Proposal, deciding_parties
from tomoni.proposals.workflow import State
from tomoni.rulebooks.schema import Rulebook


@dataclass(frozen=True, slots=True)
class Points:
    """What a screener gives: points by criterion, a comment, and the group they judge in."""

    points: Mapping[str, int]
    comment: str = ""
    group: str = ""


@transaction.atomic
def keep_marks(proposal: Proposal, given: Points, *, by: Actor) -> Marks:
    """Keep one's marks without handing them in; they may be incomplete. Raises NotAllowed, RulesBroken."""
    marks = _own(proposal, by)
    _write(marks, given, proposal.rulebook.book)
    marks.save()
    record("keep", marks, by=by)
    return marks


@transaction.atomic
def hand_in(proposal: Proposal, given: Points, *, at: datetime, by: Actor) -> Marks:
    """Hand one's marks in. RulesBroken while a criterion is open or a mark stands outside its bounds.

    When these were the last, the division is told.
    """
    marks = _own(proposal, by)
    book = proposal.rulebook.book
    _write(marks, given, book)
    missing = [each.label for each in book.screening.criteria if each.key not in marks.points]
    if missing:
        raise RulesBroken([Finding("", _("「%s」の点を付けてください。") % label, "") for label in missing])
    marks.handed_in_at = at
    marks.save()
    event = record("hand_in", marks, by=by)
    _tell_when_complete(proposal, event, by)
    return marks


@transaction.atomic
def take_back(proposal: Proposal, *, by: Actor) -> Marks:
    """Take one's marks back to mend them, as long as not everybody's are in: afterwards others have seen them."""
    held = _locked(proposal)
    marks = Marks.objects.select_for_update().filter(proposal=held, screener=by.user).first()
    if marks is None or marks.handed_in_at is None or held.state != State.SCREENING:
        raise NotAllowed(_("取り戻せる採点がありません。"))
    if held.round.is_complete(held.rulebook.book.screening.screeners):
        raise NotAllowed(_("全員の採点がそろったため、もう直せません。"))
    marks.handed_in_at = None
    marks.save(update_fields=["handed_in_at"])
    record("take_back", marks, by=by)
    return marks


@transaction.atomic
def declare_conflict(proposal: Proposal, *, reason: str, by: Actor) -> Marks:
    """Say that one has an interest in it: one's marks no longer count, and nobody else's are shown to one."""
    marks = _own(proposal, by)
    if not reason.strip():
        raise RulesBroken([Finding("", _("利害関係の理由を書いてください。"), "reason")])
    marks.conflict, marks.conflict_reason, marks.points, marks.comment = True, reason.strip()[:200], {}, ""
    marks.save()
    event = record("declare_conflict", marks, by=by, note=reason)
    _tell_when_complete(proposal, event, by)
    return marks


def _locked(proposal: Proposal) -> Proposal:
    """The proposal as it is now; locked, so that no mark is changed while somebody decides."""
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("round__committee", "rulebook", "lead")
    return rows.get(pk=proposal.pk)


def _own(proposal: Proposal, by: Actor) -> Marks:
    held = _locked(proposal)
    if by.user is None:
        raise NotAllowed(_("採点できるのは、ログインした審査委員だけです。"))
    marks = Marks.objects.filter(proposal=held, screener=by.user).first()
    permissions.may_mark(by, held, marks).enforce()
    return marks or Marks(proposal=held, screener_id=by.user)


def _write(marks: Marks, given: Points, book: Rulebook) -> None:
    bounds = {each.key: each for each in book.screening.criteria}
    wrong = [
        _("「%(label)s」は0から%(most)sまでの整数で付けてください。") % {"label": each.label, "most": each.max}
        for key, each in bounds.items()
        if key in given.points and not 0 <= given.points[key] <= each.max
    ]
    wrong += [_("「%s」という審査項目はありません。") % key for key in given.points if key not in bounds]
    groups = {each.key for each in book.screening.groups}
    if groups and given.group not in groups:
        wrong.append(_("審査の区分を選んでください。"))
    if wrong:
        raise RulesBroken([Finding("", words, "") for words in wrong])
    marks.points, marks.comment, marks.group = dict(given.points), given.comment.strip(), given.group


def _tell_when_complete(proposal: Proposal, event: Event, by: Actor) -> None:
    if proposal.round.is_complete(proposal.rulebook.book.screening.screeners):
        told = _("「%(title)s」の採点がそろいました。") % {"title": proposal.round.title}
        tell(deciding_parties(), told, event=event, about=proposal, by=by)
