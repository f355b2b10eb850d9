"""What people answer to a finding: it is as intended, because …"""

from __future__ import annotations

from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from tomoni.parties.models import Party, User
from tomoni.plans.models import Line
from tomoni.plans.models.tree import PartOfPlan

LONGEST = 2000


class CheckAnswer(PartOfPlan):
    """Why something a check noticed is as intended.

    The fingerprint is of the words the finding rested on: when they change, the answer falls away and the check speaks
    again. Year 0 is the line as a whole.
    """

    line = models.ForeignKey(Line, on_delete=models.CASCADE, related_name="check_answers")
    year = models.PositiveSmallIntegerField(_("年度"), default=0)
    rule = models.CharField(_("点検の番号"), max_length=10)
    field = models.CharField(_("欄"), max_length=20)
    fingerprint = models.CharField(_("もとの文のしるし"), max_length=64)
    reason = models.TextField(_("理由"), validators=[MaxLengthValidator(LONGEST)])
    answered_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    answered_for = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(_("答えた日時"))

    class Meta:
        verbose_name = _("点検への答え")
        constraints = [
            models.UniqueConstraint(fields=["line", "year", "rule", "field"], name="check_answered_once"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.line_id} {self.year}"
