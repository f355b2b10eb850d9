"""Mutual evaluation of a project: each side's blind answers, the talk, and the improvements they agree on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tomoni.agreements.models import Side
from tomoni.cases.models import Case
from tomoni.evaluations.rules import EvaluationFacts
from tomoni.evaluations.workflow import WORKFLOW, State
from tomoni.kernel.workflow import Step, Workflow
from tomoni.parties.actor import Actor
from tomoni.parties.models import Party
from tomoni.parties.permissions import Permission, Role
from tomoni.projects.models import Project
from tomoni.tenants.models import TenantModel


class Evaluation(Case):
    """One project's evaluation by both sides."""

    workflow: ClassVar[Workflow] = WORKFLOW

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="evaluations")
    talk = models.TextField(_("話し合ったこと"), blank=True)
    talked_on = models.DateField(_("話し合った日"), null=True, blank=True)
    opinion = models.TextField(_("推進会議の意見"), blank=True)
    follow_up = models.TextField(_("1年後の様子"), blank=True)
    published_on = models.DateField(_("公表した日"), null=True, blank=True)
    follow_up_due = models.DateField(_("1年後の様子をたずねる日"), null=True, blank=True)

    class Meta:
        verbose_name = _("相互評価")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="evaluation_state_is_known"),
            models.UniqueConstraint(fields=["project"], name="evaluation_once_a_project"),
        ]

    def __str__(self) -> str:
        return self.project.title

    def get_absolute_url(self) -> str:
        """Where both sides work, and anybody reads it once published."""
        return reverse("evaluation", args=[self.municipality.slug, self.pk])

    def facts(self) -> EvaluationFacts:
        """What the rules look at."""
        improvements = list(self.improvements.all())
        return EvaluationFacts(
            sides_handed_in=len(self.sides_in()),
            talk=self.talk,
            improvements=len(improvements),
            improvements_without_owner_or_day=sum(not each.side or each.due is None for each in improvements),
        )

    def objection(self, step: Step, actor: Actor) -> str:
        """Only the two sides carry it on, and nobody gives an opinion on their own work."""
        side = self.project.side_of(actor)
        if step.needs == Permission.EVALUATION_ANSWER and not side:
            return str(_("進められるのは、この事業に取り組んだ双方の担当者だけです。"))
        if step.needs == Permission.EVALUATION_OPINE and side:
            return str(_("自分が取り組んだ事業には、意見を出せません。ほかの委員にお願いしてください。"))
        return ""

    def tell(self) -> Iterable[Party]:
        """Who still has to answer, both sides while they talk, then the council, then the division."""
        both = {Side.CIVIC.value: self.project.civic, Side.CITY.value: self.project.city}
        if self.state == State.ANSWERING:
            there = self.sides_in()
            return [party for side, party in both.items() if side not in there] or list(both.values())
        if self.state == State.TALKING:
            return list(both.values())
        role = {State.AGREED.value: Role.COUNCIL, State.OPINED.value: Role.DIVISION}.get(self.state)
        return Party.objects.filter(memberships__role=role, memberships__until=None).distinct() if role else ()

    def hears(self) -> Iterable[Party]:
        """Both sides, when it is published; the division, when they have looked back."""
        if self.state == State.PUBLISHED:
            return [self.project.civic, self.project.city]
        if self.state != State.FOLLOWED_UP:
            return []
        return Party.objects.filter(memberships__role=Role.DIVISION, memberships__until=None).distinct()

    @property
    def is_settled(self) -> bool:
        """Once published, it has done its work; the look back a year later is a matter of its own."""
        return self.state in {State.PUBLISHED, State.FOLLOWED_UP}

    def sides_in(self) -> set[str]:
        """The sides that have handed in; says nothing of what they wrote."""
        return set(self.answers.exclude(handed_in_at=None).values_list("side", flat=True))

    @property
    def is_opened(self) -> bool:
        """May both sides' marks be read beside each other?"""
        return self.state != State.ANSWERING

    @property
    def is_published(self) -> bool:
        """May everybody read it?"""
        return self.state in {State.PUBLISHED, State.FOLLOWED_UP}


class EvaluationAnswer(TenantModel):
    """One side's marks: item key -> {"mark": number, "reason": text}. Hidden from the other side until opened."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="answers")
    side = models.CharField(_("どちらの側"), max_length=5)
    answers = models.JSONField(_("答え"), default=dict)
    handed_in_at = models.DateTimeField(_("出した日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("相互評価の答え")
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "side"], name="evaluation_once_a_side"),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="evaluation_side_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.evaluation_id} {self.side}"


class Improvement(TenantModel):
    """Something the sides agreed to do better: by whom, by when, and what became of it."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="improvements")
    text = models.CharField(_("改善すること"), max_length=200)
    side = models.CharField(_("担当"), max_length=5, blank=True)
    due = models.DateField(_("期日"), null=True, blank=True)
    done_on = models.DateField(_("した日"), null=True, blank=True)

    class Meta:
        verbose_name = _("改善の約束")
        constraints = [
            models.CheckConstraint(condition=Q(side__in=["", *Side.values]), name="improvement_side_is_known"),
        ]

    def __str__(self) -> str:
        return self.text
