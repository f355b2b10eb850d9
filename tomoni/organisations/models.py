"""The register: a profile for each party, its contacts (never public), and a registration for each year."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from tomoni.cases.models import Case
from tomoni.kernel.fiscal import FiscalYear
from tomoni.kernel.workflow import Step, Workflow
from tomoni.organisations.rules import RegistrationFacts
from tomoni.organisations.sheet import contact_answers, sheet_of
from tomoni.organisations.workflow import WORKFLOW, State
from tomoni.parties.actor import Actor
from tomoni.parties.models import Party
from tomoni.parties.permissions import Permission, Role, grants
from tomoni.rulebooks.answers import progress
from tomoni.tenants.models import TenantModel

AT_DESK = frozenset({"accept", "send_back", "take_over"})


class Profile(TenantModel):
    """What a party does, gives and seeks. `visibility` says for each field who reads it: public, members or staff.

    `search_key` and `facets` hold what is public and nothing else, so that searching and counting give nothing away.
    """

    party = models.OneToOneField(Party, on_delete=models.CASCADE, related_name="profile")
    purpose = models.TextField(_("目的"), blank=True)
    summary = models.TextField(_("活動の内容"), blank=True)
    gives = models.TextField(_("提供できること"), blank=True)
    seeks = models.TextField(_("求めていること"), blank=True)
    vision = models.TextField(_("これから目指す姿"), blank=True)
    now = models.TextField(_("今取り組んでいることと進み具合"), blank=True)
    fields = models.JSONField(_("分野"), default=list, blank=True)
    area = models.CharField(_("活動の地区"), max_length=100, blank=True)
    stage = models.CharField(_("活動のステージ"), max_length=40, blank=True)
    capabilities = models.JSONField(_("中間支援のはたらき"), default=list, blank=True)
    website = models.CharField(_("ウェブサイト"), max_length=200, blank=True)
    public_contact = models.CharField(_("公開する連絡先"), max_length=200, blank=True)
    founded_on = models.DateField(_("はじめた日"), null=True, blank=True)
    members = models.PositiveIntegerField(_("会員の数"), null=True, blank=True)
    visibility = models.JSONField(_("公開範囲"), default=dict, blank=True)
    search_key = models.TextField(_("検索用の文字"), blank=True, editable=False)
    facets = models.TextField(_("しぼり込み用の鍵"), blank=True, editable=False)

    class Meta:
        verbose_name = _("団体の紹介")

    def __str__(self) -> str:
        return self.party.name

    def get_absolute_url(self) -> str:
        """Where anybody reads what is public of it."""
        return reverse("organisation", args=[self.municipality.slug, self.party_id])


class Contact(TenantModel):
    """How to reach a person of a party. Personal: the desk and the party itself only, never public, never exported."""

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(_("連絡する人"), max_length=60)
    phone = models.CharField(_("電話"), max_length=40, blank=True)
    email = models.EmailField(_("メールアドレス"), blank=True)
    address = models.CharField(_("住所"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("連絡先")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def ways(self) -> int:
        """In how many ways the person can be reached."""
        return sum(bool(way) for way in (self.phone, self.email, self.address))


class OtherName(TenantModel):
    """How a list wrote a party's name, said by a person to be the same: next year's list is read with it."""

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("書かれた名前"), max_length=200)

    class Meta:
        verbose_name = _("団体の別の書き方")
        constraints = [models.UniqueConstraint(fields=["party", "name"], name="other_name_once")]

    def __str__(self) -> str:
        return self.name


class Registration(Case):
    """One year's registration of a party, with its answers to the rulebook's sheet.

    Answers that reach a person (`sheet.CONTACTS`) are kept as a Contact, not here. `revision` counts every writing.
    """

    workflow: ClassVar[Workflow] = WORKFLOW

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="registrations")
    year = models.PositiveSmallIntegerField(_("年度"))
    answers = models.JSONField(_("申請の答え"), default=dict)
    excluded_as = models.CharField(_("対象外の活動"), max_length=40, blank=True)
    taken_at_desk = models.BooleanField(_("窓口で受けたもの"), default=False)
    revision = models.PositiveIntegerField(_("改訂"), default=0)
    handed_in_on = models.DateField(_("申請した日"), null=True, blank=True)
    accepted_on = models.DateField(_("登録した日"), null=True, blank=True)

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
        return f"{self.party.name} {FiscalYear(self.year)}"

    def get_absolute_url(self) -> str:
        """Where the group and the centre read it."""
        return reverse("registration", args=[self.municipality.slug, self.pk])

    def facts(self) -> RegistrationFacts:
        """Whether every required question has its answer, and whether somebody can be reached."""
        contact = self.party.contacts.first()
        held = {**self.answers, **contact_answers(contact)}
        done, total = progress(sheet_of(self.rulebook.book), held)
        return RegistrationFacts(done == total, bool(self.excluded_as), contact.ways if contact else 0)

    def party_for(self, step: Step) -> Party | None:
        """The group's own steps are for its own people."""
        return None if step.name in AT_DESK else self.party

    def objection(self, step: Step, actor: Actor) -> str:
        """Nobody checks the registration of their own group; only what the desk wrote down is taken over."""
        if step.name in AT_DESK and actor.sits_in(self.party):
            return _t("自分の団体の登録は、ほかの担当者が確認します。")
        if step.name == "take_over" and not self.taken_at_desk:
            return _t("団体が自分で書いている申請は、引き継げません。")
        return ""

    def tell(self) -> Iterable[Party]:
        """The group while it writes; the parties whose people check when it is handed in."""
        if self.state == State.DRAFT:
            return [self.party]
        return checking_parties() if self.state == State.SUBMITTED else []

    def hears(self) -> Iterable[Party]:
        """The group, once it is registered; the centre and the division, when a group leaves."""
        if self.state == State.WITHDRAWN:
            return checking_parties() if self.handed_in_on else []
        return [self.party] if self.state == State.ACCEPTED else []


def checking_parties() -> list[Party]:
    """The parties in which somebody may check registrations: the centre and the division."""
    roles = [role for role in Role if grants(role, Permission.ORGANISATION_CHECK)]
    return list(Party.objects.filter(memberships__role__in=roles, memberships__until=None).distinct())
