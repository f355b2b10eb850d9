"""Whether a probable name of a person in a text of the plan is shown: decided by people, place by place."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from tomoni.parties.models import User
from tomoni.plans.models.tree import PartOfPlan, Plan


class Redaction(PartOfPlan):
    """A decision about some words in one text: blackened wherever the public reads it, or kept. The text itself stays."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="redactions")
    place = models.CharField(_("箇所"), max_length=120)  # line/34/2019/results
    text = models.CharField(_("言葉"), max_length=200)
    occurrence = models.PositiveSmallIntegerField(_("何番目"), default=0)  # the same words may stand twice in a text
    is_blackened = models.BooleanField(_("伏せる"))
    decided_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(_("決めた日時"))

    class Meta:
        verbose_name = _("伏せ字の判断")
        constraints = [models.UniqueConstraint(fields=["plan", "place", "text", "occurrence"], name="redaction_once")]

    def __str__(self) -> str:
        return f"{self.place} {self.text}"
