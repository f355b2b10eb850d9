"""Suitability checks answered by both sides, and agreements with their versions and signatures."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tomoni.agreements.rules import AgreementFacts
from tomoni.agreements.workflow import WORKFLOW, State
from tomoni.cases.models import Case
from tomoni.kernel.workflow import Step, Workflow
from tomoni.parties.actor import Actor
from tomoni.parties.models import Party, User
from tomoni.proposals.models import Proposal
from tomoni.rulebooks.models import RulebookVersion
from tomoni.rulebooks.schema import Clause, Form
from tomoni.tenants.models import TenantModel


class Side(models.TextChoices):
    """The two who work together."""

    CIVIC = "civic", _("団体")
    CITY = "city", _("市")


class SuitabilityCheck(TenantModel):
    """Does collaboration fit? Asked of both sides; "not suited" is a result too, and is kept."""

    title = models.CharField(_("取組の名前"), max_length=100)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, null=True, blank=True, related_name="suitability")
    civic = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    city = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    rulebook = models.ForeignKey(RulebookVersion, on_delete=models.PROTECT, related_name="+")
    suited = models.BooleanField(_("協働に適している"), null=True, blank=True)
    reason = models.TextField(_("判断の理由"), blank=True)
    begun_on = models.DateField(_("はじめた日"))
    decided_on = models.DateField(_("決まった日"), null=True, blank=True)

    class Meta:
        verbose_name = _("適性の検証")
        constraints = [models.CheckConstraint(condition=~Q(civic=F("city")), name="suitability_of_two_sides")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where both sides read it."""
        return reverse("suitability", args=[self.municipality.slug, self.pk])

    def side_party(self, side: str) -> Party:
        """The party on that side."""
        return self.civic if side == Side.CIVIC else self.city

    @property
    def is_decided(self) -> bool:
        return self.suited is not None


class SuitabilityAnswer(TenantModel):
    """One side's answers: item key -> {"answer": "yes" | "no" | "unsure", "reason": text}."""

    check_of = models.ForeignKey(SuitabilityCheck, on_delete=models.CASCADE, related_name="answers")
    side = models.CharField(_("どちらの側"), max_length=5)
    answers = models.JSONField(_("答え"), default=dict)
    handed_in_at = models.DateTimeField(_("出した日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("適性の検証の答え")
        constraints = [
            models.UniqueConstraint(fields=["check_of", "side"], name="suitability_once_a_side"),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="suitability_side_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.check_of_id} {self.side}"


class Agreement(Case):
    """Who does and pays what, until when. The present draft stands here; what was offered is kept as a version."""

    workflow: ClassVar[Workflow] = WORKFLOW

    title = models.CharField(_("事業名"), max_length=100)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, null=True, blank=True, related_name="agreements")
    suitability = models.ForeignKey(
        SuitabilityCheck, on_delete=models.PROTECT, null=True, blank=True, related_name="agreements"
    )
    civic = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="agreements_civic")
    city = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="agreements_city")
    form_kind = models.CharField(_("協働の形態"), max_length=40, blank=True)
    form_reason = models.TextField(_("この形態を選んだ理由"), blank=True)
    partner_reason = models.TextField(_("この相手と取り組む理由"), blank=True)
    purpose = models.TextField(_("目的"), blank=True)
    duties = models.JSONField(_("役割分担"), default=list)  # [{side, text, due}]
    total = models.PositiveIntegerField(_("全体の費用（円）"), default=0)
    shares = models.JSONField(_("費用の分担"), default=list)  # [{side, label, amount}] in yen
    starts = models.DateField(_("期間のはじまり"), null=True, blank=True)
    ends = models.DateField(_("期間のおわり"), null=True, blank=True)
    clauses = models.JSONField(_("条項"), default=dict)  # clause key -> text
    version = models.PositiveSmallIntegerField(_("版"), default=1)
    revision = models.PositiveIntegerField(_("改訂"), default=0)  # goes up with every writing of the draft

    class Meta:
        verbose_name = _("協定")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="agreement_state_is_known"),
            models.CheckConstraint(condition=~Q(civic=F("city")), name="agreement_of_two_sides"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where both sides read it, and everybody once it is concluded."""
        return reverse("agreement", args=[self.municipality.slug, self.pk])

    @property
    def form(self) -> Form | None:
        """The chosen form as the rulebook of this agreement describes it; None while none is chosen."""
        return self.rulebook.book.form(self.form_kind) if self.form_kind else None

    def needed_clauses(self) -> tuple[Clause, ...]:
        """The clauses this form takes, in order; none while no form is chosen."""
        return self.rulebook.book.clauses_for(self.form) if self.form else ()

    def missing_clauses(self) -> tuple[str, ...]:
        """Keys of the clauses that must stand in it and are not written."""
        return tuple(
            each.key for each in self.needed_clauses() if each.required and not self.clauses.get(each.key, "").strip()
        )

    @cached_property
    def in_force(self) -> AgreementVersion | None:
        """The version both sides signed last; None while nothing is concluded. It holds while a change is drafted."""
        return self.versions.exclude(concluded_on=None).order_by("-number").first()

    def signed_sides(self) -> frozenset[str]:
        """The sides that have signed the present version."""
        return frozenset(
            Signature.objects.filter(of_version__agreement=self, of_version__number=self.version).values_list(
                "side", flat=True
            )
        )

    def facts(self) -> AgreementFacts:
        """What the rules look at."""
        options = self.rulebook.book.options.agreements
        return AgreementFacts(
            form_chosen=bool(self.form_kind),
            missing_clauses=self.missing_clauses(),
            total=self.total,
            shares=sum(row["amount"] for row in self.shares),
            starts=self.starts,
            ends=self.ends,
            must_end=options.must_end,
            longest_years=options.longest_years,
            sides_with_duties=len({row["side"] for row in self.duties if row["text"].strip()}),
            form_reason=bool(self.form_reason.strip()),
            partner_reason=bool(self.partner_reason.strip()),
            tells_partner=options.tells_why_this_partner,
            signed_sides=len(self.signed_sides()),
            is_in_force=self.in_force is not None,
        )

    def objection(self, step: Step, actor: Actor) -> str:
        """Every step belongs to the two sides; the division reads along but does not act for them."""
        if actor.may(step.needs, self.civic) or actor.may(step.needs, self.city):
            return ""
        return str(_("進められるのは、この協定の双方の担当者だけです。"))

    def side_party(self, side: str) -> Party:
        """The party on that side."""
        return self.civic if side == Side.CIVIC else self.city

    def tell(self) -> Iterable[Party]:
        """Both while it is drafted; then those who have not signed."""
        if self.state == State.DRAFT:
            return [self.civic, self.city]
        if self.state != State.OFFERED:
            return []
        signed = self.signed_sides()
        return [self.side_party(side) for side in Side.values if side not in signed]

    def hears(self) -> Iterable[Party]:
        """Both sides, when it is concluded and when it ends."""
        return [self.civic, self.city] if self.state in {State.CONCLUDED, State.ENDED} else []


class AgreementVersion(TenantModel):
    """An agreement as it was offered for signing."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("版"))
    content = models.JSONField(_("内容"))
    why = models.TextField(_("変えた理由"), blank=True)
    at = models.DateTimeField(_("日時"))
    concluded_on = models.DateField(_("締結した日"), null=True, blank=True)

    class Meta:
        verbose_name = _("協定の版")
        constraints = [models.UniqueConstraint(fields=["agreement", "number"], name="agreement_version_once")]

    def __str__(self) -> str:
        return f"{self.agreement_id} v{self.number}"


class Signature(TenantModel):
    """One side signs one version."""

    of_version = models.ForeignKey(AgreementVersion, on_delete=models.CASCADE, related_name="signatures")
    side = models.CharField(_("どちらの側"), max_length=5)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("署名した人"), max_length=60)
    at = models.DateTimeField(_("日時"))

    class Meta:
        verbose_name = _("署名")
        constraints = [
            models.UniqueConstraint(
                fields=["of_version", "side"],
                name="signature_once_a_side",
                violation_error_message=_("この側は、すでに署名しています。"),
            ),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="signature_side_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.of_version_id} {self.side}"
