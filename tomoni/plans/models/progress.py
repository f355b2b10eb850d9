"""What is planned and reported each year: schedule, progress, figures, and a committee's view."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from tomoni.imports.models import Batch
from tomoni.parties.models import Party
from tomoni.plans.models.tree import Heading, Line, Measure, PartOfPlan
from tomoni.tenants.models import TenantHistory, TenantHistoryManager


class Status(models.TextChoices):
    """How a line stands in a year. The words people read are the rulebook's; these are the fallbacks."""

    ON_TRACK = "on_track", _("順調")
    OFF_TRACK = "off_track", _("遅れ")
    DONE = "done", _("完了")
    CHANGED = "changed", _("計画変更")
    NOT_STARTED = "not_started", _("未着手")


class Schedule(PartOfPlan):
    """What the plan says for a measure in a year, in the plan's own word (継続実施, 検討 …)."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="schedule")
    year = models.PositiveSmallIntegerField(_("年度"))
    text = models.CharField(_("計画"), max_length=100)

    class Meta:
        verbose_name = _("年度ごとの計画")
        constraints = [models.UniqueConstraint(fields=["measure", "year"], name="schedule_once_a_year")]

    def __str__(self) -> str:
        return f"{self.year} {self.text}"


class Progress(PartOfPlan):
    """One line in one year. `status` is "" while it is open; `status_text` is the mark as it was printed."""

    line = models.ForeignKey(Line, on_delete=models.CASCADE, related_name="years")
    year = models.PositiveSmallIntegerField(_("年度"))
    status = models.CharField(_("進捗状況"), max_length=20, blank=True)
    status_text = models.CharField(_("進捗状況の表記"), max_length=100, blank=True)
    results = models.TextField(_("実績"), blank=True)
    issues = models.TextField(_("課題"), blank=True)
    next_action = models.TextField(_("次年度へ向けた取組"), blank=True)
    remarks = models.TextField(_("備考"), blank=True)
    confidence = models.FloatField(_("読み取りの確かさ"), null=True, blank=True)  # 0 to 1; empty when a person wrote it
    sources = models.JSONField(_("もとの表の場所"), default=dict)  # field -> place in the file
    batch = models.ForeignKey(Batch, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    history = HistoricalRecords(
        excluded_fields=["confidence", "sources", "batch"], bases=[TenantHistory], history_manager=TenantHistoryManager
    )

    class Meta:
        verbose_name = _("年度の進捗")
        constraints = [
            models.UniqueConstraint(fields=["line", "year"], name="progress_once_a_year"),
            models.CheckConstraint(condition=Q(status__in=["", *Status.values]), name="progress_status_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.year}"


class Figure(PartOfPlan):
    """A number found in the prose of a measure: what it counts, how many, in which year and where it stood.

    A person may give it another name; `printed_label` then keeps the one it was read under. One that `set_aside` gives a
    reason against is kept, but counts nowhere.
    """

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="figures")
    year = models.PositiveSmallIntegerField(_("年度"))
    label = models.CharField(_("何の数か"), max_length=100)
    value = models.DecimalField(_("値"), max_digits=16, decimal_places=3)
    unit = models.CharField(_("単位"), max_length=20, blank=True)
    printed_label = models.CharField(_("もとの呼び名"), max_length=100, blank=True)
    set_aside = models.CharField(_("数えない理由"), max_length=200, blank=True)
    source_at = models.CharField(_("もとの表の場所"), max_length=60, blank=True)
    batch = models.ForeignKey(Batch, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("文中の数値")
        constraints = [
            models.UniqueConstraint(fields=["measure", "year", "label", "source_at"], name="figure_once"),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.value}{self.unit}"


class Indicator(PartOfPlan):
    """A figure people decided to follow: it is asked for by name each year, and may have a target to be met in a year.

    Its series are the measure's figures of the same label.
    """

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="indicators")
    label = models.CharField(_("何の数か"), max_length=100)
    unit = models.CharField(_("単位"), max_length=20, blank=True)
    target = models.DecimalField(_("目標値"), max_digits=16, decimal_places=3, null=True, blank=True)
    target_year = models.PositiveSmallIntegerField(_("目標の年度"), null=True, blank=True)
    less_is_better = models.BooleanField(_("少ないほどよい"), default=False)
    ends_with = models.PositiveSmallIntegerField(_("最後にたずねる年度"), null=True, blank=True)  # empty: still asked

    class Meta:
        verbose_name = _("指標")
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "label"],
                name="indicator_once",
                violation_error_message=_("同じ名前の指標がすでにあります。"),
            ),
        ]

    def __str__(self) -> str:
        return self.label


class Assessment(PartOfPlan):
    """A committee's rating and opinion of a measure or a heading in a year, on the rulebook's scale."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, null=True, blank=True, related_name="assessments")
    heading = models.ForeignKey(Heading, on_delete=models.CASCADE, null=True, blank=True, related_name="assessments")
    year = models.PositiveSmallIntegerField(_("年度"))
    committee = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    rating = models.CharField(_("評価"), max_length=40, blank=True)
    opinion = models.TextField(_("意見"), blank=True)

    class Meta:
        verbose_name = _("委員会の評価")
        constraints = [
            models.CheckConstraint(
                condition=Q(measure__isnull=True) ^ Q(heading__isnull=True), name="assessment_is_of_one_thing"
            ),
            models.UniqueConstraint(fields=["measure", "year", "committee"], name="assessment_of_measure_once"),
            models.UniqueConstraint(fields=["heading", "year", "committee"], name="assessment_of_heading_once"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.rating}"
