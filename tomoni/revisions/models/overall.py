"""The city's overall plan (総合計画) as an imported list, and which measures of a plan serve which entry."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tomoni.files.models import StoredFile
from tomoni.plans.models import Measure
from tomoni.tenants.models import TenantModel


class OverallPlan(TenantModel):
    """The overall plan in force; importing its list again brings it up to date."""

    title = models.CharField(_("総合計画の名前"), max_length=120)
    first_year = models.PositiveSmallIntegerField(_("最初の年度"), null=True, blank=True)
    last_year = models.PositiveSmallIntegerField(_("最後の年度"), null=True, blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    imported_at = models.DateTimeField(_("取り込んだ日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("総合計画")
        constraints = [
            models.UniqueConstraint(fields=["municipality", "title"], name="overall_plan_title_once"),
            models.CheckConstraint(
                condition=Q(first_year=None) | Q(last_year=None) | Q(last_year__gte=F("first_year")),
                name="overall_plan_years_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page that shows each field and what touches it."""
        return reverse("overall", args=[self.municipality.slug, self.pk])


class OverallEntry(TenantModel):
    """A field, policy or measure of the overall plan. `department` is written as the list has it."""

    plan = models.ForeignKey(OverallPlan, on_delete=models.CASCADE, related_name="entries")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="children")
    depth = models.PositiveSmallIntegerField(_("深さ"))  # 0 field, 1 policy, 2 measure
    key = models.CharField(_("上からの番号"), max_length=100)  # "1>2>3": numbers may begin anew under each field
    number = models.CharField(_("番号"), max_length=20)
    title = models.CharField(_("名前"), max_length=300)
    department = models.CharField(_("担当課"), max_length=200, blank=True)
    position = models.PositiveIntegerField(_("並び順"))
    is_gone = models.BooleanField(_("いまの一覧にない"), default=False)  # kept while measures are linked to it

    class Meta:
        verbose_name = _("総合計画の項目")
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="overall_entry_number_once")]
        indexes = [models.Index(fields=["plan", "position"], name="overall_entry_in_order")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class OverallLink(TenantModel):
    """People say that a measure serves an entry of the overall plan."""

    entry = models.ForeignKey(OverallEntry, on_delete=models.PROTECT, related_name="links")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="overall_links")

    class Meta:
        verbose_name = _("総合計画とのつながり")
        constraints = [models.UniqueConstraint(fields=["entry", "measure"], name="overall_link_once")]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.measure_id}"
