"""What people decided about promises, what committees recommend, and how the city answered year by year."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tomoni.committees.models import Meeting
from tomoni.evaluations.models import Evaluation
from tomoni.parties.models import Party
from tomoni.plans.models import Assessment, Heading, Line, Measure, Plan
from tomoni.plans.models.tree import PartOfPlan
from tomoni.tenants.scope import current


class Verdict(models.TextChoices):
    """What became of a promise, as people say."""

    KEPT = "kept", _("果たした")
    PARTLY = "partly", _("一部果たした")
    DROPPED = "dropped", _("果たせなかった")
    REPEATED = "repeated", _("同じ約束をくり返した")


class PromiseVerdict(PartOfPlan):
    """A decision on one promise of a line in a year. `text` is the promise as it read then: another text is undecided."""

    # People decided this: what an import brought in does not go while it stands.
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="promise_verdicts")
    year = models.PositiveSmallIntegerField(_("約束した年度"))
    part = models.PositiveSmallIntegerField(_("何番目の約束か"))  # 0 is the first
    text = models.TextField(_("約束の文"))
    verdict = models.CharField(_("判断"), max_length=10)
    why = models.TextField(_("判断の理由"), blank=True)
    given_for = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField(_("判断した日時"))

    class Meta:
        verbose_name = _("約束の判断")
        constraints = [
            models.UniqueConstraint(fields=["line", "year", "part"], name="promise_judged_once"),
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="promise_verdict_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.year}-{self.part + 1} {self.label}"

    @property
    def label(self) -> str:
        """The verdict in words."""
        return str(Verdict(self.verdict).label)


class Origin(models.TextChoices):
    """Where a recommendation was given."""

    ASSESSMENT = "assessment", _("計画の評価")
    MEETING = "meeting", _("会議")
    EVALUATION = "evaluation", _("協働事業の評価")


class Recommendation(PartOfPlan):
    """What a committee asks of a measure, of what stands under a heading, or of the plan as a whole."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="recommendations")
    measure = models.ForeignKey(
        Measure, on_delete=models.PROTECT, null=True, blank=True, related_name="recommendations"
    )
    heading = models.ForeignKey(
        Heading, on_delete=models.PROTECT, null=True, blank=True, related_name="recommendations"
    )
    committee = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("意見が出た年度"))
    text = models.TextField(_("意見"))
    origin = models.CharField(_("どこで出た意見か"), max_length=12, default=Origin.ASSESSMENT)
    assessment = models.ForeignKey(Assessment, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    evaluation = models.ForeignKey(Evaluation, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("勧告・意見")
        indexes = [models.Index(fields=["plan", "year"], name="recommendation_by_year")]
        constraints = [
            models.CheckConstraint(
                condition=Q(measure__isnull=True) | Q(heading__isnull=True), name="recommendation_is_of_one_thing"
            ),
            models.CheckConstraint(condition=Q(origin__in=Origin.values), name="recommendation_origin_is_known"),
            models.CheckConstraint(condition=~Q(text=""), name="recommendation_says_something"),
        ]

    def __str__(self) -> str:
        return self.text[:40]

    def get_absolute_url(self) -> str:
        """Where it stands with its answers."""
        return reverse("recommendation", args=[current().slug, self.plan_id, self.pk])

    @property
    def origin_label(self) -> str:
        """Where it was given, in words."""
        return str(Origin(self.origin).label)


class Answer(models.TextChoices):
    """How the city answers a recommendation in a year."""

    ADOPTED = "adopted", _("採り入れた")
    PARTLY = "partly", _("一部採り入れた")
    CONSIDERING = "considering", _("検討中")
    DECLINED = "declined", _("見送り")


class Response(PartOfPlan):
    """The answer of a year to a recommendation; a later year's says what became of it."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="responses")
    year = models.PositiveSmallIntegerField(_("対応の年度"))
    answer = models.CharField(_("対応"), max_length=12)
    reason = models.TextField(_("対応の内容・理由"))
    given_for = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField(_("回答した日時"))

    class Meta:
        verbose_name = _("勧告・意見への対応")
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(fields=["recommendation", "year"], name="response_once_a_year"),
            models.CheckConstraint(condition=Q(answer__in=Answer.values), name="response_answer_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.label}"

    @property
    def label(self) -> str:
        """The answer in words."""
        return str(Answer(self.answer).label)
