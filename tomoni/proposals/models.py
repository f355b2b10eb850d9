"""Programmes and their rounds, proposals with their versions, and the screeners' marks."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tomoni.cases.models import Case
from tomoni.consultations.models import Consultation
from tomoni.kernel.workflow import Workflow
from tomoni.matching.models import Introduction, Listing
from tomoni.parties.models import Party, User
from tomoni.proposals.workflow import WORKFLOW, State
from tomoni.tenants.models import TenantModel


class Programme(TenantModel):
    """A programme through which proposals come: its conditions are data (the rulebook's programmes, or the city's own)."""

    key = models.CharField(_("略号"), max_length=40)
    name = models.CharField(_("制度の名前"), max_length=100)
    summary = models.TextField(_("説明"), blank=True)
    settings = models.JSONField(_("条件"), default=dict)  # kinds, cap, partners wanted, eligibility, screening

    class Meta:
        verbose_name = _("提案制度")
        constraints = [models.UniqueConstraint(fields=["municipality", "key"], name="programme_key_once")]

    def __str__(self) -> str:
        return self.name


class Round(TenantModel):
    """One call of a programme: from when to when, what is asked for, who screens. It is open because of its dates."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="rounds")
    title = models.CharField(_("募集の名前"), max_length=100)
    theme = models.TextField(_("テーマ"), blank=True)
    issue = models.ForeignKey(Listing, on_delete=models.PROTECT, null=True, blank=True, related_name="rounds")
    department = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    opens = models.DateField(_("募集のはじまり"))
    closes = models.DateField(_("募集のおわり"))
    committee = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    published_on = models.DateField(_("結果を公表した日"), null=True, blank=True)

    class Meta:
        verbose_name = _("募集")
        constraints = [
            models.CheckConstraint(
                condition=Q(closes__gte=F("opens")),
                name="round_days_in_order",
                violation_error_message=_("募集のおわりは、はじまりより後にしてください。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Proposal(Case):
    """One proposal: what the program reasons about is a column, what people only read is an answer."""

    workflow: ClassVar[Workflow] = WORKFLOW

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="proposals")
    title = models.CharField(_("事業名"), max_length=100)
    lead = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="proposals_led")
    partners = models.ManyToManyField(Party, through="Partner", related_name="+")
    department = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    form_kind = models.CharField(_("協働の形態"), max_length=40, blank=True)  # a key of the rulebook's forms
    answers = models.JSONField(_("提案書の答え"), default=dict)
    eligibility = models.JSONField(_("条件の確認"), default=dict)
    budget = models.JSONField(_("予算表"), default=list)  # [{side: income|spending, label, amount}] in yen
    asked = models.PositiveIntegerField(_("市に求める金額（円）"), default=0)
    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, null=True, blank=True, related_name="proposals"
    )
    introduction = models.ForeignKey(
        Introduction, on_delete=models.PROTECT, null=True, blank=True, related_name="proposals"
    )
    submitted_on = models.DateField(_("提出した日"), null=True, blank=True)
    reasons = models.TextField(_("採択・不採択の理由"), blank=True)
    decided_on = models.DateField(_("決まった日"), null=True, blank=True)
    revision = models.PositiveIntegerField(_("改訂"), default=0)

    class Meta:
        verbose_name = _("提案")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="proposal_state_is_known"),
        ]
        indexes = [models.Index(fields=["municipality", "state", "begun_on"], name="proposal_by_state")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where it is read."""
        return reverse("proposal", args=[self.municipality.slug, self.pk])


class Partner(TenantModel):
    """A party that proposes together with the lead."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="seats")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(_("役割"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("共同提案者")
        constraints = [models.UniqueConstraint(fields=["proposal", "party"], name="partner_once")]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.party_id}"


class ProposalVersion(TenantModel):
    """A proposal as it was handed in or revised after talks."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("版"))
    content = models.JSONField(_("内容"))
    why = models.CharField(_("変えた理由"), max_length=200, blank=True)
    at = models.DateTimeField(_("日時"))

    class Meta:
        verbose_name = _("提案の版")
        constraints = [models.UniqueConstraint(fields=["proposal", "number"], name="proposal_version_once")]

    def __str__(self) -> str:
        return f"{self.proposal_id} v{self.number}"


class Marks(TenantModel):
    """One screener's points for one proposal. Others see them only when all are in."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="marks")
    screener = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    group = models.CharField(_("審査の区分"), max_length=40, blank=True)
    points = models.JSONField(_("採点"), default=dict)
    comment = models.TextField(_("所見"), blank=True)
    conflict = models.BooleanField(_("利害関係"), default=False)
    conflict_reason = models.CharField(_("利害関係の理由"), max_length=200, blank=True)
    handed_in_at = models.DateTimeField(_("出した日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("採点")
        constraints = [models.UniqueConstraint(fields=["proposal", "screener"], name="marks_once")]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.screener_id}"
