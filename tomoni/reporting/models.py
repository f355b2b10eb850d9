"""The yearly request, what each line reports, the numbers asked for, the committee's drafts, and returned sheets."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tomoni.cases.models import Case
from tomoni.files.models import StoredFile
from tomoni.kernel.fiscal import FiscalYear
from tomoni.kernel.workflow import Holder, Step, Workflow
from tomoni.parties.actor import Actor
from tomoni.parties.models import Party, User
from tomoni.parties.permissions import Permission
from tomoni.plans.models import Heading, Indicator, Line, Measure, Plan, Status
from tomoni.plans.redacting import line_place, opinion_place
from tomoni.plans.selectors.redactions import undecided_in
from tomoni.reporting.rules import EntryFacts
from tomoni.reporting.workflow import WORKFLOW, State
from tomoni.tenants.models import TenantModel

LONGEST = 10_000  # letters of one text; said on the page, and nothing is ever cut
TEXTS = ("results", "issues", "next_action", "remarks")
OWN_WORDS = ("self_assessment", "response")
NOTES = ("unchanged_why", *OWN_WORDS)
WRITTEN = ("status", *TEXTS, "is_unchanged", *NOTES)


class YearRequest(TenantModel):
    """The division asks every department to report a fiscal year of a plan, until a day."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="year_requests")
    year = models.PositiveSmallIntegerField(_("年度"))
    opened_on = models.DateField(_("照会した日"))
    due_on = models.DateField(_("締め切り"))
    words = models.TextField(_("依頼文"), blank=True)
    reminder_days = models.JSONField(_("知らせる日"), default=list)  # days before the deadline; negative ones after it
    asks_committee = models.BooleanField(_("委員会の評価を受ける"), default=True)

    class Meta:
        verbose_name = _("年度の照会")
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "year"],
                name="year_requested_once",
                violation_error_message=_("この年度の照会は、もう始まっています。"),
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("opened_on")),
                name="request_days_in_order",
                violation_error_message=_("締め切りは、照会した日より後にしてください。"),
            ),
        ]

    def __str__(self) -> str:
        return _now("%(year)sの報告") % {"year": FiscalYear(self.year)}

    def get_absolute_url(self) -> str:
        """Where the division sees who has answered, and officers find their lines."""
        return reverse("year-request", args=[self.municipality.slug, self.pk])


class Entry(Case):
    """What the department in charge reports of one line of a plan for the year asked for."""

    workflow: ClassVar[Workflow] = WORKFLOW
    verbs: ClassVar[dict[str, Any]] = {
        "draft": _("書きはじめました"),
        "replace": _("ほかの人が書いたところを書き直しました"),
        "assign": _("担当する課を決めました"),
    }

    year_request = models.ForeignKey(YearRequest, on_delete=models.PROTECT, related_name="entries")
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="entries")
    department = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    status = models.CharField(_("進捗状況"), max_length=20, blank=True)
    results = models.TextField(_("実績"), blank=True)
    issues = models.TextField(_("課題"), blank=True)
    next_action = models.TextField(_("次年度へ向けた取組"), blank=True)
    remarks = models.TextField(_("備考"), blank=True)
    is_unchanged = models.BooleanField(_("前の年度と変わりない"), default=False)
    unchanged_why = models.TextField(_("変わりないわけ"), blank=True)
    self_assessment = models.TextField(_("自己評価"), blank=True)
    response = models.TextField(_("委員会の意見への対応"), blank=True)
    version = models.PositiveIntegerField(_("版"), default=0)
    saved_at = models.DateTimeField(_("保存した日時"), null=True, blank=True)
    saved_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    handed_in_on = models.DateField(_("提出した日"), null=True, blank=True)
    published_on = models.DateField(_("公表した日"), null=True, blank=True)

    class Meta:
        verbose_name = _("年度の報告")
        constraints = [
            models.UniqueConstraint(fields=["year_request", "line"], name="entry_once_a_line"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="entry_state_is_known"),
            models.CheckConstraint(condition=Q(status__in=["", *Status.values]), name="entry_status_is_known"),
        ]
        indexes = [models.Index(fields=["year_request", "department", "state"], name="entry_by_department")]

    def __str__(self) -> str:
        return f"{FiscalYear(self.year_request.year).short} {self.line.measure}"

    def get_absolute_url(self) -> str:
        """Where it is written, checked and read."""
        return reverse("report-entry", args=[self.municipality.slug, self.pk])

    def facts(self) -> EntryFacts:
        """What the rules look at."""
        drafts = [
            draft
            for draft in self.year_request.drafts.all()
            if draft.heading_id or draft.measure_id == self.line.measure_id
        ]
        return EntryFacts(
            status=self.status,
            results=self.results,
            is_unchanged=self.is_unchanged,
            unchanged_why=self.unchanged_why,
            numbers_open=self.figures.filter(value=None, why="").count(),
            is_in_charge=self.department_id is not None,
            asks_committee=self.year_request.asks_committee,
            committee_has_spoken=any(draft.measure_id for draft in drafts),
            names_open=undecided_in(
                self.year_request.plan_id, self.public_texts() | {d.place: d.opinion for d in drafts}
            ),
        )

    def public_texts(self) -> dict[str, str]:
        """What everybody will read of it, by its place in the plan."""
        told = {"results": self.results_told} | {name: getattr(self, name) for name in (*TEXTS[1:], *OWN_WORDS)}
        return {line_place(self.line_id, self.year_request.year, name): text for name, text in told.items()}

    def is_with(self, actor: Actor) -> bool:
        """Does this person report for the department in charge?"""
        return self.department is not None and actor.may(Permission.REPORT_WRITE, self.department)

    def objection(self, step: Step, actor: Actor) -> str:
        """Only the department in charge writes; it, or the division, hands the line over."""
        if step.needs != Permission.REPORT_WRITE or self.is_with(actor):
            return ""
        if step.name == "hand_over":
            return "" if actor.may(Permission.REPORT_CHECK) else _now("引き継げるのは、担当の課と協働担当課だけです。")
        return _now("この操作は、担当の課だけができます。")

    def tell(self) -> Iterable[Party]:
        """The department in charge. The division and the committee are told once for many lines, never line by line."""
        return [self.department] if self.state == State.ASKED and self.department is not None else ()

    @property
    def results_told(self) -> str:
        """The results as everybody reads them: "no change" says so, with its reason."""
        if not self.is_unchanged:
            return self.results
        said = _now("前の年度と変わりありません。%s") % self.unchanged_why
        return f"{said}\n{self.results}" if self.results.strip() else said

    @property
    def holder(self) -> Holder:
        """Whose turn it is; where no committee is asked, the division publishes what it has confirmed."""
        if self.state == State.CONFIRMED and not self.year_request.asks_committee:
            return Holder.DIVISION
        return self.workflow.holder[self.state]


class EntryFigure(TenantModel):
    """A number asked for by name: its value, or why there is none."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="figures")
    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="+")
    value = models.DecimalField(_("値"), max_digits=16, decimal_places=3, null=True, blank=True)
    why = models.CharField(_("書けないわけ"), max_length=200, blank=True)
    taken_from = models.CharField(_("もとになった記録"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("たずねた数値")
        constraints = [models.UniqueConstraint(fields=["entry", "indicator"], name="entry_figure_once")]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.value}"


class DraftAssessment(TenantModel):
    """What a committee is going to say of a measure or a heading; hidden from the public until it is published."""

    year_request = models.ForeignKey(YearRequest, on_delete=models.PROTECT, related_name="drafts")
    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    heading = models.ForeignKey(Heading, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    committee = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    rating = models.CharField(_("評価"), max_length=40, blank=True)
    opinion = models.TextField(_("意見"), blank=True)
    written_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField(_("書いた日時"))
    version = models.PositiveIntegerField(_("版"), default=1)

    class Meta:
        verbose_name = _("委員会の評価の案")
        constraints = [
            models.CheckConstraint(
                condition=Q(measure__isnull=True) ^ Q(heading__isnull=True), name="draft_assessment_is_of_one_thing"
            ),
            models.UniqueConstraint(fields=["year_request", "measure", "committee"], name="draft_of_measure_once"),
            models.UniqueConstraint(fields=["year_request", "heading", "committee"], name="draft_of_heading_once"),
        ]

    def __str__(self) -> str:
        return f"{self.year_request_id} {self.rating}"

    @property
    def place(self) -> str:
        """The place in the plan where everybody will read the opinion."""
        kind, of = ("measure", self.measure_id) if self.measure_id else ("heading", self.heading_id)
        return opinion_place(kind, of or 0, self.year_request.year, self.committee_id)


class ReturnedSheet(TenantModel):
    """A filled-in Excel sheet somebody sent back: kept as it came until its values were looked at and taken."""

    year_request = models.ForeignKey(YearRequest, on_delete=models.PROTECT, related_name="returned")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    sent_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    sent_at = models.DateTimeField(_("送った日時"))
    accepted_at = models.DateTimeField(_("受け入れた日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("返ってきた表")

    def __str__(self) -> str:
        return f"{self.year_request_id} {self.sent_at:%Y-%m-%d}"
