"""Who answered for a line before: a department keeps its name beside the years it reported."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tomoni.parties.models import Party, Succession
from tomoni.plans.models import Line
from tomoni.revisions.models.revision import PlanChange
from tomoni.tenants.models import TenantModel


class FormerSeat(TenantModel):
    """A department led a line, or was related to it, until a fiscal year; why it does no longer is one of two things."""

    line = models.ForeignKey(Line, on_delete=models.CASCADE, related_name="former_seats")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    followed_by = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    is_lead = models.BooleanField(_("主管課"), default=True)
    last_year = models.PositiveSmallIntegerField(_("最後に受け持った年度"))
    succession = models.ForeignKey(Succession, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    change = models.ForeignKey(PlanChange, on_delete=models.CASCADE, null=True, blank=True, related_name="former_seats")

    class Meta:
        verbose_name = _("以前の担当課")
        constraints = [
            models.CheckConstraint(
                condition=Q(succession__isnull=True) ^ Q(change__isnull=True), name="former_seat_has_one_cause"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.party_id} {self.last_year}"
