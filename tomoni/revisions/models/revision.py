"""A revision of a plan, the changes it holds, and the measures each of them touches."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tomoni.cases.models import Case
from tomoni.kernel.workflow import Workflow
from tomoni.parties.models import Membership, Party
from tomoni.parties.permissions import Permission, Role, grants
from tomoni.plans.models import Heading, Line, Measure, Plan, Progress
from tomoni.revisions.models.drafting import change_of, shape_of
from tomoni.revisions.shape import Draft, Kind
from tomoni.revisions.workflow import WORKFLOW, State
from tomoni.tenants.models import TenantModel


class Revision(Case):
    """A change of a plan on its way, with reasons: prepared, decided by a body, then put in force in one go."""

    workflow: ClassVar[Workflow] = WORKFLOW
    verbs = {
        "add_change": _("変更を書き足しました"),
        "rewrite_change": _("変更を書き直しました"),
        "remove_change": _("変更を外しました"),
    }

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="revisions")
    title = models.CharField(_("改訂の名前"), max_length=120)
    reason = models.TextField(_("改訂の理由"), blank=True)
    year = models.PositiveSmallIntegerField(_("いつの年度から"))
    decided_on = models.DateField(_("決めた日"), null=True, blank=True)
    decided_by = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    put_in_force_at = models.DateTimeField(_("適用した日時"), null=True, blank=True)
    kept = models.JSONField(_("適用した内容"), default=dict, blank=True)  # what was there before, for taking it back

    class Meta:
        verbose_name = _("計画の改訂")
        constraints = [models.CheckConstraint(condition=Q(state__in=State.values), name="revision_state_is_known")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where everybody reads what changed and why, and the division prepares it."""
        return reverse("revision", args=[self.municipality.slug, self.pk])

    def facts(self) -> Draft:
        """What the rules look at: the plan as it stands and the changes wanted."""
        changes = [change_of(row) for row in self.changes.prefetch_related("measures").order_by("position")]
        return Draft(
            shape=shape_of(self.plan),
            changes=tuple(changes),
            year=self.year,
            title=self.title,
            reason=self.reason,
            is_decided=self.decided_on is not None and self.decided_by_id is not None,
            reports_since=self._reports_since(),
            later_revisions=self._later().count(),
        )

    def _later(self) -> models.QuerySet[Revision]:
        """Revisions of the plan that were put in force after this one."""
        if self.put_in_force_at is None:
            return Revision.objects.none()
        return Revision.objects.filter(plan=self.plan, put_in_force_at__gt=self.put_in_force_at)

    def _reports_since(self) -> int:
        """Years reported, in the new shape, on the measures this revision touched or made, since it came in force."""
        if not self.kept:
            return 0
        touched = ChangedMeasure.objects.filter(change__revision=self).values("measure")
        told = Progress.objects.filter(line__measure__in=touched, year__gte=self.year)
        return told.exclude(pk__in=self.kept.get("reports", [])).count()

    def tell(self) -> Iterable[Party]:
        """The division, while there is something to do."""
        if self.state not in {State.DRAFT, State.DECIDED}:
            return []
        roles = [role.value for role in Role if grants(role, Permission.REVISION_WRITE)]
        return Party.objects.filter(pk__in=Membership.objects.filter(role__in=roles, until=None).values("party"))


class PlanChange(TenantModel):
    """One change of a revision. `content` holds what its kind needs; `was` what stood there when it came in force."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="changes")
    position = models.PositiveSmallIntegerField(_("並び順"))
    kind = models.CharField(_("変更の種類"), max_length=20)
    reason = models.TextField(_("理由"), blank=True)
    heading = models.ForeignKey(Heading, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    line = models.ForeignKey(Line, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    content = models.JSONField(_("変更の内容"), default=dict)
    was = models.JSONField(_("変更の前"), default=dict, blank=True)
    carries_figures = models.BooleanField(_("数値を続けて見る"), default=False)

    class Meta:
        verbose_name = _("計画の変更")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in Kind]), name="plan_change_kind_is_known"
            ),
            models.UniqueConstraint(fields=["revision", "position"], name="plan_change_position_once"),
        ]

    def __str__(self) -> str:
        return f"{self.revision_id}-{self.position} {self.kind}"


class ChangedMeasure(TenantModel):
    """A measure a change begins with or makes, with the number and title it had then: no old name is ever lost."""

    change = models.ForeignKey(PlanChange, on_delete=models.CASCADE, related_name="measures")
    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="changes")
    is_after = models.BooleanField(_("変更の後"), default=False)
    number = models.CharField(_("番号"), max_length=20, blank=True)
    title = models.CharField(_("施策"), max_length=300)

    class Meta:
        verbose_name = _("変更に関わる施策")
        constraints = [
            models.UniqueConstraint(fields=["change", "measure", "is_after"], name="changed_measure_once"),
        ]

    def __str__(self) -> str:
        return f"{self.change_id} {self.measure_id}"
