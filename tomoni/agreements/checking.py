"""Verbs of a suitability check: begin, answer for one's own side, hand in, write down what both decided."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tomoni.agreements import permissions
from tomoni.agreements.models import SuitabilityAnswer, SuitabilityCheck
from tomoni.cases.notices import tell
from tomoni.history.models import Event
from tomoni.history.services import record
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.actor import Actor
from tomoni.rulebooks.selectors import in_force

ANSWERS = ("yes", "no", "unsure")


@transaction.atomic
def begin_check(check: SuitabilityCheck, *, on: date, by: Actor) -> SuitabilityCheck:
    """Begin to ask both sides whether collaboration fits, by the items of the rulebook in force on that day."""
    permissions.may_begin(by, check.civic, check.city).enforce()
    if check.proposal is not None and check.proposal.lead_id != check.civic_id:
        raise NotAllowed(_("提案した団体と、団体の側が違います。"))
    check.rulebook, check.begun_on = in_force(on), on
    check.save()
    event = record("begin", check, by=by)
    _tell_both(check, _("「%(title)s」の適性の検証が始まりました。あなたの側の答えを書いてください。"), event, by)
    return check


@transaction.atomic
def answer(
    check: SuitabilityCheck,
    answers: Mapping[str, Mapping[str, str]],
    *,
    side: str,
    by: Actor,
    handed_in_at: datetime | None = None,
) -> SuitabilityAnswer:
    """Keep one side's answers; with `handed_in_at` they are final. The other side sees nothing until both are in.

    NotAllowed for the other side, after handing in, for unknown items, and for handing in with items left open.
    """
    held = SuitabilityCheck.objects.select_for_update().get(pk=check.pk)
    permissions.may_answer(by, held, side).enforce()
    kept = _checked(held, answers)
    asked = {item.key for item in held.rulebook.book.examination}
    if handed_in_at and asked - kept.keys():
        raise NotAllowed(_("答えていない項目があります。すべての項目に答えてから出してください。"))
    row, _made = SuitabilityAnswer.objects.update_or_create(
        check_of=held, side=side, defaults={"answers": kept, "handed_in_at": handed_in_at}
    )
    event = record("hand_in" if handed_in_at else "answer", held, by=by, side=side)
    if handed_in_at and permissions.both_are_in(held):
        _tell_both(
            held,
            _("「%(title)s」の適性の検証に、双方の答えがそろいました。話し合って結果を書いてください。"),
            event,
            by,
        )
    return row


def _tell_both(check: SuitabilityCheck, text: str, event: Event, by: Actor) -> None:
    tell([check.civic, check.city], text % {"title": check.title}, about=check, event=event, by=by)


def _checked(check: SuitabilityCheck, answers: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    asked = {item.key for item in check.rulebook.book.examination}
    given = {key: dict(told) for key, told in answers.items() if told.get("answer")}
    if given.keys() - asked or any(told["answer"] not in ANSWERS for told in given.values()):
        raise NotAllowed(_("この検証にない項目か答えがあります。画面を開き直してください。"))
    return given


@transaction.atomic
def decide(check: SuitabilityCheck, *, suited: bool, reason: str, on: date, by: Actor) -> SuitabilityCheck:
    """Write down what both decided, with the reason. A no is a result too; neither is ever taken back."""
    held = SuitabilityCheck.objects.select_for_update().get(pk=check.pk)
    permissions.may_decide(by, held).enforce()
    if not reason.strip():
        raise NotAllowed(_("判断の理由を書いてください。"))
    held.suited, held.reason, held.decided_on = suited, reason.strip(), on
    held.save(update_fields=["suited", "reason", "decided_on"])
    event = record("decide", held, by=by, note=held.reason, suited=suited)
    _tell_both(held, _("「%(title)s」の適性の検証の結果が決まりました。"), event, by)
    return held
