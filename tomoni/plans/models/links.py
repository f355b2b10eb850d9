"""What is done together for a measure: the projects that serve it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from tomoni.plans.models.tree import Measure
from tomoni.projects.models import Project
from tomoni.tenants.models import TenantModel


class ProjectLink(TenantModel):
    """A project serves a measure. The measure is the original, never a relisted one."""

    # People made this connection: a measure an import brought in does not go while a project stands for it.
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="project_links")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="measure_links")

    class Meta:
        verbose_name = _("事業と施策のつながり")
        constraints = [models.UniqueConstraint(fields=["measure", "project"], name="project_serves_measure_once")]

    def __str__(self) -> str:
        return f"{self.project_id} {self.measure_id}"
