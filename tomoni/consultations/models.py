"""An enquiry at the desk, whatever channel it came through, and the questions and answers that became public."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tomoni.cases.models import Case
from tomoni.consultations.workflow import WORKFLOW, State
from tomoni.kernel.workflow import Step, Workflow
from tomoni.parties.models import Party
from tomoni.tenants.models import TenantModel


class Channel(models.TextChoices):
    """How the enquiry came."""

    PHONE = "phone", _("電話")
    VISIT = "visit", _("来所")
    MAIL = "mail", _("メール・手紙")
    WEB = "web", _("ウェブ")


class Consultation(Case):
    """One enquiry. Who asked and how to reach them is personal: staff only, never public."""

    workflow: ClassVar[Workflow] = WORKFLOW

    title = models.CharField(_("件名"), max_length=100)
    body = models.TextField(_("内容"))
    theme = models.CharField(_("テーマ"), max_length=40, blank=True)  # a key of the rulebook's routing table
    channel = models.CharField(_("受け付けた方法"), max_length=10)
    asker_name = models.CharField(_("相談した人"), max_length=100, blank=True)
    asker_contact = models.CharField(_("連絡先"), max_length=200, blank=True)
    asker = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    assigned_to = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    excluded_as = models.CharField(
        _("対象外の活動"), max_length=40, blank=True
    )  # a key of the rulebook's excluded list
    excluded_reason = models.TextField(_("対象外とした理由"), blank=True)
    answer = models.TextField(_("回答"), blank=True)
    outcome = models.CharField(_("結果"), max_length=200, blank=True)
    link_hash = models.CharField(_("確認用リンクの指紋"), max_length=64, unique=True)  # SHA-256 of the private token

    class Meta:
        verbose_name = _("相談")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="consultation_state_is_known"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="consultation_channel_is_known"),
        ]
        indexes = [models.Index(fields=["municipality", "state", "begun_on"], name="consultation_by_state")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where staff read it."""
        return reverse("consultation", args=[self.municipality.slug, self.pk])

    def facts(self) -> Any:
        """Nothing is asked of an enquiry but that it can be answered."""
        return self

    def party_for(self, step: Step) -> Party | None:
        """Handing over and answering belong to the party in charge, once there is one."""
        return self.assigned_to if self.state == State.WITH_DESK else None

    def tell(self) -> Iterable[Party]:
        """The party in charge."""
        return [self.assigned_to] if self.state == State.WITH_DESK and self.assigned_to else []


class StaffNote(TenantModel):
    """A note on an enquiry for the people at work only."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField(_("メモ"))
    author_name = models.CharField(_("書いた人"), max_length=60)
    at = models.DateTimeField(_("日時"))

    class Meta:
        verbose_name = _("相談のメモ")

    def __str__(self) -> str:
        return self.text[:40]


class QuestionAnswer(TenantModel):
    """A frequent question with its answer, edited from an enquiry so that nobody can be recognised."""

    consultation = models.ForeignKey(Consultation, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    theme = models.CharField(_("テーマ"), max_length=40, blank=True)
    question = models.CharField(_("質問"), max_length=200)
    answer = models.TextField(_("答え"))
    published_on = models.DateField(_("公開した日"), null=True, blank=True)

    class Meta:
        verbose_name = _("よくある質問")

    def __str__(self) -> str:
        return self.question
