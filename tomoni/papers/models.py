"""The papers of a year as they were published: their data for ever, their files, and why a wrong version was withdrawn."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tomoni.files.models import StoredFile
from tomoni.kernel.fiscal import FiscalYear
from tomoni.parties.models import User
from tomoni.plans.models import Plan
from tomoni.tenants.models import TenantModel


class PublishedVersion(TenantModel):
    """One version of a year's papers. Its data never change; a wrong one is withdrawn, and stays readable as such."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="published")
    year = models.PositiveSmallIntegerField(_("年度"))
    number = models.PositiveSmallIntegerField(_("版"))
    content = models.JSONField(_("公表した内容"))
    sha256 = models.CharField(_("指紋"), max_length=64)
    note = models.CharField(_("この版について"), max_length=400, blank=True)
    published_at = models.DateTimeField(_("公表した日時"))
    published_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    published_for = models.CharField(_("公表した課"), max_length=120, blank=True)
    withdrawn_at = models.DateTimeField(_("取り下げた日時"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    reason = models.TextField(_("取り下げた理由"), blank=True)

    class Meta:
        verbose_name = _("公表した版")
        constraints = [
            models.UniqueConstraint(fields=["plan", "year", "number"], name="published_version_once"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(reason=""),
                name="withdrawn_version_has_reason",
                violation_error_message=_("取り下げる理由を書いてください。"),
            ),
        ]

    def __str__(self) -> str:
        return _now("%(year)s 第%(number)s版") % {"year": FiscalYear(self.year), "number": self.number}

    def get_absolute_url(self) -> str:
        """Where everybody reads it."""
        return reverse("paper-version", args=[self.municipality.slug, self.pk])

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    @property
    def years(self) -> str:
        """令和2年度."""
        return str(FiscalYear(self.year))


class PublishedFile(TenantModel):
    """One file of a version: which paper, in which form, and the bytes with their fingerprint."""

    version = models.ForeignKey(PublishedVersion, on_delete=models.PROTECT, related_name="files")
    key = models.CharField(_("資料"), max_length=20)
    ending = models.CharField(_("形式"), max_length=8)
    stored = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("公表したファイル")
        constraints = [models.UniqueConstraint(fields=["version", "key", "ending"], name="published_file_once")]

    def __str__(self) -> str:
        return f"{self.key}.{self.ending}"
