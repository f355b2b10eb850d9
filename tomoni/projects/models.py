"""A collaboration project and what happens in its room."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tomoni.agreements.models import Agreement, Side
from tomoni.cases.models import Case
from tomoni.files.models import StoredFile
from tomoni.kernel.fiscal import fiscal_year_on
from tomoni.kernel.workflow import Step, Workflow
from tomoni.parties.actor import Actor
from tomoni.parties.models import Party
from tomoni.parties.permissions import Permission
from tomoni.projects.rules import ProjectFacts
from tomoni.projects.workflow import WORKFLOW, State
from tomoni.rulebooks.answers import progress
from tomoni.rulebooks.schema import Sheet
from tomoni.tenants.models import TenantModel


class Project(Case):
    """What two sides carry out together under an agreement."""

    workflow: ClassVar[Workflow] = WORKFLOW
    verbs = {
        "add_duty": _("役割を書き足しました"),
        "finish_duty": _("役割を済みにしました"),
        "tick": _("チェックリストに答えました"),
        "talk": _("話し合いを記録しました"),
        "accounts": _("収支を書きました"),
        "propose_change": _("変更を申し出ました"),
        "answer_change": _("変更に返事をしました"),
        "add_file": _("資料を置きました"),
        "show_file": _("資料を公開しました"),
        "hide_file": _("資料の公開をやめました"),
        "remove_file": _("資料を取り下げました"),
        "figures": _("事業の数値を書きました"),
        "add_risk": _("遅れのおそれを書きました"),
        "settle_risk": _("遅れのおそれが解けました"),
        "review": _("続けるかどうかのふりかえりを書きました"),
        "renew": _("次の年度の事業を始めました"),
    }

    title = models.CharField(_("事業名"), max_length=100)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, null=True, blank=True, related_name="projects")
    previous = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="next_year")
    civic = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="projects_civic")
    city = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="projects_city")
    summary = models.TextField(_("あらまし"), blank=True)
    issue = models.TextField(_("地域の課題"), blank=True)
    form_kind = models.CharField(_("協働の形態"), max_length=40, blank=True)
    zone = models.CharField(_("協働の領域"), max_length=40, blank=True)
    field = models.CharField(_("分野"), max_length=40, blank=True)
    starts = models.DateField(_("はじまり"), null=True, blank=True)
    ends = models.DateField(_("おわり"), null=True, blank=True)
    report = models.JSONField(_("完了報告"), default=dict)
    is_public = models.BooleanField(_("公開"), default=True)

    class Meta:
        verbose_name = _("協働事業")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="project_state_is_known"),
            models.CheckConstraint(condition=~Q(civic=F("city")), name="project_of_two_sides"),
        ]
        indexes = [models.Index(fields=["municipality", "state", "starts"], name="project_by_state")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where anybody reads what is public of it, and both sides work."""
        return reverse("project", args=[self.municipality.slug, self.pk])

    def facts(self) -> ProjectFacts:
        """What the rules look at."""
        done, all_of_it = progress(self.report_sheet, self.report)
        sums = {True: 0, False: 0}
        for line in self.accounts.all():
            sums[line.is_income] += line.actual or 0
        waiting = sum(change.agreed is None for change in self.changes.all())
        covered = self.state != State.PREPARING or self.is_covered
        return ProjectFacts(done == all_of_it, sums[True], sums[False], waiting, covered)

    @property
    def is_covered(self) -> bool:
        """Do both sides' signatures stand for its whole period? A project without an agreement asks for none."""
        if self.agreement is None or self.ends is None:
            return True
        if signed := self.agreement.in_force:
            last = signed.content.get("ends")
            return last is None or date.fromisoformat(last) >= self.ends
        return self.agreement.state in {"concluded", "ended"}

    def party_for(self, step: Step) -> Party | None:
        """Checking and finishing belong to the department; starting and reporting to either side, see objection."""
        return self.city if step.needs == Permission.PROJECT_CHECK else None

    def objection(self, step: Step, actor: Actor) -> str:
        """Only the two sides carry the project on; stopping it is the division's."""
        if step.needs == Permission.PROJECT_WRITE and not self.side_of(actor):
            return str(_("進められるのは、この事業に取り組む双方の担当者だけです。"))
        return ""

    def tell(self) -> Iterable[Party]:
        """Both sides while they work, the department when a report waits."""
        if self.state in {State.PREPARING, State.RUNNING}:
            return [self.civic, self.city]
        return [self.city] if self.state == State.REPORTED else []

    def hears(self) -> Iterable[Party]:
        """Both sides, when it is finished or stopped; the other side, when one has begun it."""
        return [] if self.state in {State.PREPARING, State.REPORTED} else [self.civic, self.city]

    def side_of(self, actor: Actor) -> str:
        """ "civic" or "city" for a person of that side; "" for anybody else."""
        if actor.sits_in(self.civic):
            return Side.CIVIC.value
        return Side.CITY.value if actor.sits_in(self.city) else ""

    @property
    def following(self) -> Project | None:
        """The project of the year after; None while there is none."""
        return getattr(self, "next_year", None)

    @property
    def report_sheet(self) -> Sheet:
        return self.rulebook.book.sheet("closing_report")

    @property
    def years(self) -> range:
        """The fiscal years it runs through, by the year each begins in."""
        first = self.starts or self.begun_on
        return range(fiscal_year_on(first).year, fiscal_year_on(self.ends or first).year + 1)


class Duty(TenantModel):
    """Something one side does by a day."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="duties")
    side = models.CharField(_("どちらの側"), max_length=5)
    text = models.CharField(_("すること"), max_length=200)
    due = models.DateField(_("いつまでに"), null=True, blank=True)
    done_on = models.DateField(_("した日"), null=True, blank=True)

    class Meta:
        verbose_name = _("役割")
        constraints = [models.CheckConstraint(condition=Q(side__in=Side.values), name="duty_side_is_known")]

    def __str__(self) -> str:
        return self.text


class ChecklistAnswer(TenantModel):
    """One side's ticks on a checklist of the rulebook: item key -> {"ok": bool, "note": text}."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="checklist_answers")
    checklist = models.CharField(_("チェックリスト"), max_length=40)
    side = models.CharField(_("どちらの側"), max_length=5)
    answers = models.JSONField(_("答え"), default=dict)
    answered_on = models.DateField(_("答えた日"), null=True, blank=True)

    class Meta:
        verbose_name = _("チェックリストの答え")
        constraints = [
            models.UniqueConstraint(fields=["project", "checklist", "side"], name="checklist_once_a_side"),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="checklist_side_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.checklist} {self.side}"


class Talk(TenantModel):
    """A talk between the sides, with its minutes."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="talks")
    held_on = models.DateField(_("話し合った日"))
    title = models.CharField(_("題"), max_length=100)
    minutes = models.TextField(_("記録"))
    risks = models.JSONField(_("話題にした遅れのおそれ"), default=list)  # keys of risks of the same project

    class Meta:
        verbose_name = _("話し合い")

    def __str__(self) -> str:
        return f"{self.held_on} {self.title}"


class Account(TenantModel):
    """A line of the accounts: planned and actual, in yen. Both sides see it."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="accounts")
    is_income = models.BooleanField(_("収入"), default=False)
    label = models.CharField(_("費目"), max_length=100)
    planned = models.PositiveIntegerField(_("予算（円）"), default=0)
    actual = models.PositiveIntegerField(_("決算（円）"), null=True, blank=True)

    class Meta:
        verbose_name = _("収支")

    def __str__(self) -> str:
        return self.label

    @property
    def difference(self) -> int | None:
        """Actual less planned; None while the actual is open."""
        return None if self.actual is None else self.actual - self.planned


class Change(TenantModel):
    """A change of plan or cost that one side proposes and the other answers."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="changes")
    proposed_by = models.CharField(_("申し出た側"), max_length=5)
    what = models.TextField(_("変えること"))
    why = models.TextField(_("理由"))
    proposed_on = models.DateField(_("申し出た日"))
    agreed = models.BooleanField(_("合意"), null=True, blank=True)
    answer = models.TextField(_("相手の返事"), blank=True)
    answered_on = models.DateField(_("返事の日"), null=True, blank=True)

    class Meta:
        verbose_name = _("変更")
        constraints = [models.CheckConstraint(condition=Q(proposed_by__in=Side.values), name="change_side_is_known")]

    def __str__(self) -> str:
        return self.what[:40]


class RoomFile(TenantModel):
    """A file one side has put into the room; everybody sees it only once somebody has marked it as public."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="room_files")
    stored = models.OneToOneField(StoredFile, on_delete=models.CASCADE, related_name="+")
    side = models.CharField(_("どちらの側"), max_length=5)
    title = models.CharField(_("何の資料か"), max_length=100)

    class Meta:
        verbose_name = _("事業の資料")
        constraints = [models.CheckConstraint(condition=Q(side__in=Side.values), name="room_file_side_is_known")]

    def __str__(self) -> str:
        return self.title


class ProjectFigure(TenantModel):
    """A number a project tells of a year: what is counted, how many. A measure's yearly entry may take it over."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="figures")
    year = models.PositiveSmallIntegerField(_("年度"))
    label = models.CharField(_("何の数か"), max_length=100)
    value = models.DecimalField(_("値"), max_digits=16, decimal_places=3)
    unit = models.CharField(_("単位"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("事業の数値")
        constraints = [
            models.UniqueConstraint(
                fields=["project", "year", "label"],
                name="project_figure_once",
                violation_error_message=_("同じ年度の同じ名前の数値がすでにあります。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.amount}{self.unit}"

    @property
    def amount(self) -> str:
        """The value as people write it: 1,234 or 3.5."""
        return f"{self.value:,.3f}".rstrip("0").rstrip(".")


class Risk(TenantModel):
    """Something that may delay the project: who watches it, until when, and how it was settled."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="risks")
    side = models.CharField(_("見守る側"), max_length=5)
    text = models.CharField(_("おそれ"), max_length=200)
    answer = models.CharField(_("手当て"), max_length=300, blank=True)
    due = models.DateField(_("いつまでに確かめるか"))
    settled_on = models.DateField(_("解けた日"), null=True, blank=True)
    outcome = models.CharField(_("どうなったか"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("遅れのおそれ")
        constraints = [models.CheckConstraint(condition=Q(side__in=Side.values), name="risk_side_is_known")]

    def __str__(self) -> str:
        return self.text


class RenewalReview(TenantModel):
    """What one side thinks before a project is renewed: what went well, what to mend, and why to go on or not."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="reviews")
    side = models.CharField(_("どちらの側"), max_length=5)
    went_well = models.TextField(_("よかったこと"))
    to_mend = models.TextField(_("直したいこと"), blank=True)
    goes_on = models.BooleanField(_("続けたい"))
    why = models.TextField(_("続ける理由・続けない理由"))
    written_on = models.DateField(_("書いた日"))

    class Meta:
        verbose_name = _("続ける前のふりかえり")
        constraints = [
            models.UniqueConstraint(fields=["project", "side"], name="review_once_a_side"),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="review_side_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.side}"
