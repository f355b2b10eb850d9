"""Answering a finding (it is as intended, because …), and taking an answer back."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tomoni.checks import permissions
from tomoni.checks.models import LONGEST, CheckAnswer
from tomoni.history.services import record
from tomoni.parties.actor import Actor
from tomoni.plans.checking.check import Finding
from tomoni.plans.models import Line


@transaction.atomic
def answer(line: Line, finding: Finding, *, reason: str, at: datetime, by: Actor) -> CheckAnswer:
    """Say why a finding of a line is as intended. Said again, the new words replace the old.

    NotAllowed for other departments; ValidationError without a reason, or with one that is too long. The rating and the
    words of the report are not touched.
    """
    leads = _leads(line)
    permissions.may_answer(by, leads).enforce()
    reason = reason.strip()
    if not reason:
        raise ValidationError(_("意図したとおりである理由を書いてください。"))
    if len(reason) > LONGEST:
        raise ValidationError(
            _("理由は%(most)d字までで書いてください（いまは%(length)d字です）。")
            % {"most": LONGEST, "length": len(reason)}
        )
    held, made = CheckAnswer.objects.update_or_create(
        line=line,
        year=finding.year,
        rule=finding.rule,
        field=finding.field,
        defaults={
            "fingerprint": finding.fingerprint,
            "reason": reason,
            "answered_by_id": by.user,
            "answered_for_id": permissions.seat_among(by, leads) or (by.acts_for.party if by.acts_for else None),
            "answered_at": at,
        },
    )
    record("answer_check", line, by=by, note=reason, rule=finding.rule, year=finding.year, again=not made)
    return held


@transaction.atomic
def take_back(held: CheckAnswer, *, by: Actor) -> None:
    """Take an answer back: the check speaks again. NotAllowed for other departments."""
    permissions.may_answer(by, _leads(held.line)).enforce()
    record("take_back_check_answer", held.line, by=by, note=held.reason, rule=held.rule, year=held.year)
    held.delete()


def _leads(line: Line) -> list[int]:
    return list(line.seats.filter(is_lead=True).order_by("position", "pk").values_list("party_id", flat=True))
