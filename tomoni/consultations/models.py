"""An enquiry at the desk, whatever channel it came through, and the questions and answers that became public."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tomoni.cases.models import Case
from tomoni.consultations.asker import Asker
from tomoni.consultations.rules import ConsultationFacts, QuestionFacts
from tomoni.consultations.traces import traces
from tomoni.consultations.workflow import WORKFLOW, State
from tomoni.kernel.fiscal import fiscal_year_on
from tomoni.kernel.japanese import search_key
from tomoni.kernel.workflow import Step, Workflow
from tomoni.parties.actor import Actor
from tomoni.parties.models import Party
from tomoni.parties.permissions import Permission, Role
from tomoni.tenants.models import TenantModel


class Channel(models.TextChoices):
    """How the enquiry came."""

    PHONE = "phone", _("電話")
    VISIT = "visit", _("来所")
    MAIL = "mail", _("メール・手紙")
    WEB = "web", _("ウェブ")


class Outcome(models.TextChoices):
    """How an enquiry ended."""

    INFORMED = "informed", _("説明・案内をした")
    INTRODUCED = "introduced", _("相手や窓口を紹介した")
    PROPOSED = "proposed", _("提案や事業につながった")
    EXCLUDED = "excluded", _("協働の対象外と伝えた")
    SILENT = "silent", _("連絡がつかずに終わった")
    OTHER = "other", _("その他")


class Consultation(Case):
    """One enquiry. Who asked and how to reach them is personal: staff only, never public."""

    workflow: ClassVar[Workflow] = WORKFLOW

    title = models.CharField(_("件名"), max_length=100)
    body = models.TextField(_("内容"))
    theme = models.CharField(_("テーマ"), max_length=40, blank=True)  # a key of the rulebook's routing table
    channel = models.CharField(_("受け付けた方法"), max_length=10)
    asker_name = models.CharField(_("相談した人"), max_length=100, blank=True)
    asker_mail = models.EmailField(_("メールアドレス"), blank=True)
    asker_contact = models.CharField(_("ほかの連絡先"), max_length=200, blank=True)
    asker = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    assigned_to = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    excluded_as = models.CharField(_("対象外の活動"), max_length=40, blank=True)  # a key of the rulebook's excluded
    excluded_reason = models.TextField(_("対象外とした理由"), blank=True)
    answer = models.TextField(_("回答"), blank=True)
    answered_on = models.DateField(_("はじめて回答した日"), null=True, blank=True)
    outcome = models.CharField(_("結果"), max_length=20, blank=True)
    link_hash = models.CharField(_("確認用リンクの指紋"), max_length=64, unique=True)  # SHA-256 of the private token
    words = models.TextField(_("さがすためのことば"), blank=True, editable=False)

    class Meta:
        verbose_name = _("相談")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="consultation_state_is_known"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="consultation_channel_is_known"),
            models.CheckConstraint(
                condition=Q(outcome__in=["", *Outcome.values]), name="consultation_outcome_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state=State.RECEIVED) | Q(assigned_to__isnull=False), name="consultation_has_its_desk"
            ),
        ]
        indexes = [models.Index(fields=["municipality", "state", "begun_on"], name="consultation_by_state")]

    def __str__(self) -> str:
        """Number and theme only: this stands in notices and mails, where nothing personal may."""
        return _now("相談 %(number)s") % {"number": self.number} + (f" {self.theme_label}" if self.theme else "")

    @property
    def number(self) -> str:
        """What people say on the phone: R8-12."""
        return f"{fiscal_year_on(self.begun_on).short}-{self.pk}"

    @property
    def theme_label(self) -> str:
        """The theme in the words of the rulebook this enquiry came in under."""
        return next((each.label for each in self.rulebook.book.routing if each.key == self.theme), self.theme)

    @property
    def channel_label(self) -> str:
        return str(Channel(self.channel).label)

    @property
    def outcome_label(self) -> str:
        return str(Outcome(self.outcome).label) if self.outcome else ""

    @property
    def days_to_answer(self) -> int | None:
        """Days from receipt to the first answer; None while there is none."""
        return (self.answered_on - self.begun_on).days if self.answered_on else None

    @property
    def contact(self) -> str:
        """Every way to reach the asker, for people at work."""
        return " ".join(part for part in (self.asker_mail, self.asker_contact) if part)

    def get_absolute_url(self) -> str:
        """Where staff read it."""
        return reverse("consultation", args=[self.municipality.slug, self.pk])

    def key_words(self) -> str:
        """What people at work find it by."""
        texts = (self.number, self.title, self.body, self.asker_name, self.answer)
        return "\n".join(search_key(text) for text in texts)

    def facts(self) -> ConsultationFacts:
        """What the rules look at."""
        return ConsultationFacts(
            self.answer, self.outcome, self.assigned_to_id is not None, self.excluded_as, self.excluded_reason
        )

    def is_with(self, actor: Actor) -> bool:
        """Does this person answer for the party in charge?"""
        return self.assigned_to is not None and actor.may(Permission.CONSULTATION_ANSWER, self.assigned_to)

    def objection(self, step: Step, actor: Actor) -> str:
        """Before somebody is in charge the desk moves it; then the party in charge, and the desk takes it back."""
        if isinstance(actor, Asker):
            is_own = step.name == "reopen" and actor.consultation == self.pk
            return "" if is_own else _now("この操作は、窓口の担当者だけができます。")
        is_desk = actor.may(Permission.CONSULTATION_RECEIVE)
        if self.state == State.RECEIVED:
            return "" if is_desk else _now("担当が決まるまでは、相談を受ける人だけが進められます。")
        if self.state == State.WITH_DESK and step.name != "hand_over":
            return "" if self.is_with(actor) else _now("回答と完了は、担当の%s が行います。") % self.assigned_to
        return (
            "" if is_desk or self.is_with(actor) else _now("この操作は、担当の%s か窓口が行います。") % self.assigned_to
        )

    def tell(self) -> Iterable[Party]:
        """The desk while nobody is in charge, then the party in charge; nobody once it is answered."""
        if self.state == State.RECEIVED:
            return desks_that_receive()
        return [self.assigned_to] if self.state == State.WITH_DESK and self.assigned_to else []

    def hears(self) -> Iterable[Party]:
        """The desk that passed it on hears when it is done; the asker, who has no account, is written to apart."""
        desks = desks_that_receive() if self.state == State.CLOSED else []
        return [party for party in desks if party.pk != self.assigned_to_id]

    @property
    def is_settled(self) -> bool:
        """An answer is given; the asker may still come back."""
        return self.state in {State.ANSWERED, State.CLOSED}


def desks_that_receive() -> list[Party]:
    """Where new enquiries arrive: the parties with a coordinator; where there is none, the division in charge."""
    for role in (Role.COORDINATOR, Role.DIVISION):
        found = list(Party.objects.filter(memberships__role=role, memberships__until=None).distinct())
        if found:
            return found
    return []


class Exchange(TenantModel):
    """One turn of the talk that both the asker and the desk can read: an answer, or what the asker wrote back."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="exchanges")
    is_from_asker = models.BooleanField(_("相談した人から"), default=False)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    text = models.TextField(_("文"))
    at = models.DateTimeField(_("日時"))

    class Meta:
        verbose_name = _("相談のやりとり")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.text[:40]


class StaffNote(TenantModel):
    """A note on an enquiry for the people at work only."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField(_("メモ"))
    author_name = models.CharField(_("書いた人"), max_length=60)
    at = models.DateTimeField(_("日時"))

    class Meta:
        verbose_name = _("相談のメモ")
        ordering = ["-at", "-pk"]

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
        indexes = [models.Index(fields=["municipality", "published_on"], name="question_by_day")]

    def __str__(self) -> str:
        return self.question

    def get_absolute_url(self) -> str:
        """Where everybody reads it once it is published."""
        return reverse("question", args=[self.municipality.slug, self.pk])

    @property
    def traces(self) -> tuple[str, ...]:
        """What in it may tell who asked."""
        of = self.consultation
        name, contact = (of.asker_name, of.contact) if of else ("", "")
        return traces(f"{self.question}\n{self.answer}", name=name, contact=contact)

    def facts(self, *, is_confirmed: bool) -> QuestionFacts:
        """What the rules look at before it becomes public."""
        return QuestionFacts(self.answer, self.traces, is_confirmed)
