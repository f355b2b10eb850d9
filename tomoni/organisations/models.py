"""The register: a profile for each party, its contacts (never public), and a registration for each year."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tomoni.cases.models import Case
from tomoni.kernel.workflow import Step, Workflow
from tomoni.organisations.workflow import WORKFLOW, State
from tomoni.parties.models import Party
from tomoni.tenants.models import TenantModel


class Profile(TenantModel):
    """What a party does, gives and seeks. `visibility` says for each field who reads it: public, registered or staff."""

    party = models.OneToOneField(Party, on_delete=models.CASCADE, related_name="profile")
    summary = models.TextField(_("活動の内容"), blank=True)
    gives = models.TextField(_("提供できること"), blank=True)
    seeks = models.TextField(_("求めていること"), blank=True)
    vision = models.TextField(_("これからの目標"), blank=True)
    fields = models.JSONField(_("分野"), default=list, blank=True)
    area = models.CharField(_("活動の地区"), max_length=60, blank=True)
    stage = models.CharField(_("活動のステージ"), max_length=40, blank=True)
    capabilities = models.JSONField(_("中間支援のはたらき"), default=list, blank=True)
    website = models.URLField(_("ウェブサイト"), blank=True)
    founded_on = models.DateField(_("はじめた日"), null=True, blank=True)
    members = models.PositiveIntegerField(_("会員の数"), null=True, blank=True)
    visibility = models.JSONField(_("公開範囲"), default=dict, blank=True)
    search_key = models.TextField(_("検索用の文字"), blank=True)

    class Meta:
        verbose_name = _("団体の紹介")

    def __str__(self) -> str:
        return self.party.name

    def get_absolute_url(self) -> str:
        """Where anybody reads what is public of it."""
        return reverse("organisation", args=[self.municipality.slug, self.party_id])


class Contact(TenantModel):
    """How to reach a person of a party. Personal: staff and the party itself only, never public, never exported."""

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(_("連絡する人"), max_length=60)
    phone = models.CharField(_("電話"), max_length=20, blank=True)
    email = models.EmailField(_("メールアドレス"), blank=True)
    address = models.CharField(_("住所"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("連絡先")

    def __str__(self) -> str:
        return self.name


class Registration(Case):
    """One year's registration of a party, with its answers to the rulebook's sheet."""

    workflow: ClassVar[Workflow] = WORKFLOW

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="registrations")
    year = models.PositiveSmallIntegerField(_("年度"))
    answers = models.JSONField(_("申請の答え"), default=dict)
    excluded_as = models.CharField(_("対象外の活動"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("団体の登録")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="registration_state_is_known"),
            models.UniqueConstraint(
                fields=["party", "year"],
                condition=~Q(state="withdrawn"),
                name="registration_once_a_year",
                violation_error_message=_("この年度の登録は、すでにあります。"),
            ),
        ]
        indexes = [models.Index(fields=["municipality", "year", "state"], name="registration_by_year")]

    def __str__(self) -> str:
        return self.party.name

    def get_absolute_url(self) -> str:
        """Where the group and the centre read it."""
        return reverse("registration", args=[self.municipality.slug, self.pk])

    def party_for(self, step: Step) -> Party | None:
        """The group's own steps are for its own people."""
        return self.party if step.name in {"submit", "withdraw"} else None

    def tell(self) -> Iterable[Party]:
        """The group while it writes."""
        return [self.party] if self.state == State.DRAFT else []
