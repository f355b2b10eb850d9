"""The tree of a plan: headings on levels the city names, measures, and a line per lead department."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tomoni.imports.models import Batch
from tomoni.parties.models import Party
from tomoni.rulebooks.models import RulebookVersion
from tomoni.tenants.models import Municipality, TenantModel


class Plan(TenantModel):
    """An action plan. Years are fiscal years by the calendar year they begin in (2017 is 平成29年度)."""

    title = models.CharField(_("計画の名前"), max_length=120)
    summary = models.TextField(_("説明"), blank=True)
    rulebook = models.ForeignKey(RulebookVersion, on_delete=models.PROTECT, related_name="+")
    first_year = models.PositiveSmallIntegerField(_("最初の年度"), null=True, blank=True)
    last_year = models.PositiveSmallIntegerField(_("最後の年度"), null=True, blank=True)
    years = models.JSONField(_("報告のある年度"), default=list)
    levels = models.JSONField(_("段の名前"), default=list)
    is_public = models.BooleanField(_("公開"), default=True)
    revision = models.PositiveIntegerField(_("改訂"), default=0)

    class Meta:
        verbose_name = _("行動計画")
        constraints = [
            models.UniqueConstraint(fields=["municipality", "title"], name="plan_title_once"),
            models.CheckConstraint(
                condition=Q(first_year=None) | Q(last_year=None) | Q(last_year__gte=F("first_year")),
                name="plan_years_in_order",
                violation_error_message=_("最後の年度は、最初の年度より後にしてください。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PartOfPlan(TenantModel):
    """A row that is reached through its plan or measure, never through its municipality.

    The municipality has no index of its own here: without statistics a database would choose it, and read all rows
    of the city to find one plan's. Without it, a plan opens as fast among a million rows as alone.
    """

    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="+", editable=False, db_index=False
    )

    class Meta:
        abstract = True


class Heading(PartOfPlan):
    """One heading of the tree, on a level with the city's own name (推進方策, 基本施策 …)."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="headings")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="children")
    level = models.CharField(_("段の名前"), max_length=40)
    depth = models.PositiveSmallIntegerField(_("深さ"))  # 0 is the top
    number = models.CharField(_("番号"), max_length=20, blank=True)
    title = models.CharField(_("見出し"), max_length=300)
    position = models.PositiveIntegerField(_("並び順"))
    source_at = models.CharField(_("もとの表の場所"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("計画の見出し")
        indexes = [models.Index(fields=["plan", "position"], name="heading_in_order")]

    def __str__(self) -> str:
        return f"{self.level}{self.number} {self.title}"


class Measure(PartOfPlan):
    """One measure. A relisted one (再掲) stands under another heading and points to the original; it has no lines."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="measures")
    heading = models.ForeignKey(Heading, on_delete=models.PROTECT, null=True, related_name="measures")
    number = models.CharField(_("番号"), max_length=20, blank=True)
    number_inferred = models.BooleanField(_("番号は前後から補った"), default=False)
    title = models.CharField(_("施策"), max_length=300)
    description = models.TextField(_("事業内容"), blank=True)
    is_priority = models.BooleanField(_("重点施策"), default=False)
    relisted_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="relisted")
    # The first and the last fiscal year this measure is carried out in; empty: those of its plan.
    begins_in = models.PositiveSmallIntegerField(_("はじめの年度"), null=True, blank=True)
    ends_with = models.PositiveSmallIntegerField(_("終わりの年度"), null=True, blank=True)
    # What it was called before: [{"number", "title", "until"}]; also those of measures that went into it.
    former = models.JSONField(_("以前の番号と名前"), default=list, blank=True)
    position = models.PositiveIntegerField(_("並び順"))
    sources = models.JSONField(_("もとの表の場所"), default=dict)  # field -> place in the file
    batch = models.ForeignKey(Batch, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    search_key = models.TextField(_("検索用の文字"), blank=True)  # folded text of the measure and all its years

    class Meta:
        verbose_name = _("施策")
        indexes = [models.Index(fields=["plan", "position"], name="measure_in_order")]
        constraints = [
            models.CheckConstraint(
                condition=Q(begins_in=None) | Q(ends_with=None) | Q(ends_with__gte=F("begins_in")),
                name="measure_years_in_order",
                violation_error_message=_("終わりの年度は、はじめの年度より後にしてください。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    def is_carried_out_in(self, year: int) -> bool:
        """Whether this measure is to be reported for that fiscal year; a relisted one never is."""
        return self.relisted_of_id is None and (self.begins_in or year) <= year <= (self.ends_with or year)


class Line(PartOfPlan):
    """One row of a measure: what its lead department (or departments together) reports each year."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField(_("並び順"))
    departments = models.ManyToManyField(Party, through="LineDepartment", related_name="+")

    class Meta:
        verbose_name = _("施策の行")
        constraints = [models.UniqueConstraint(fields=["measure", "position"], name="line_position_once")]

    def __str__(self) -> str:
        return f"{self.measure_id}-{self.position}"


class LineDepartment(PartOfPlan):
    """A department of a line, as its lead (主管課) or related to it (関係課)."""

    line = models.ForeignKey(Line, on_delete=models.CASCADE, related_name="seats")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    is_lead = models.BooleanField(_("主管課"), default=True)
    position = models.PositiveSmallIntegerField(_("並び順"), default=0)

    class Meta:
        verbose_name = _("施策の担当課")
        constraints = [models.UniqueConstraint(fields=["line", "party", "is_lead"], name="line_department_once")]

    def __str__(self) -> str:
        return f"{self.line_id} {self.party_id}"
