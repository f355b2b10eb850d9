"""A stored file: its bytes, its fingerprint, what it belongs to and who may open it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tomoni.parties.models import User
from tomoni.tenants.models import TenantModel


class Visibility(models.TextChoices):
    """Who may open a file: everybody, those who may see the thing it belongs to, or the city's staff alone."""

    PUBLIC = "public", _("公開")
    INVOLVED = "involved", _("関係者だけ")
    STAFF = "staff", _("市の職員だけ")


class StoredFile(TenantModel):
    """An uploaded file. The subject is named by kind and number, because every app above may own files."""

    subject_type = models.CharField(_("対象の種類"), max_length=60, blank=True)
    subject_id = models.BigIntegerField(_("対象の番号"), null=True, blank=True)
    name = models.CharField(_("ファイル名"), max_length=200)
    sha256 = models.CharField(_("指紋"), max_length=64)
    size = models.PositiveBigIntegerField(_("大きさ（バイト）"))
    content_type = models.CharField(_("種類"), max_length=100)
    content = models.FileField(_("中身"), upload_to="files/%Y/%m")
    visibility = models.CharField(_("公開範囲"), max_length=10, default=Visibility.STAFF)
    uploaded_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField(_("受け取った日時"))

    class Meta:
        verbose_name = _("ファイル")
        constraints = [
            models.CheckConstraint(condition=Q(visibility__in=Visibility.values), name="file_visibility_is_known"),
        ]
        indexes = [models.Index(fields=["municipality", "subject_type", "subject_id"], name="file_by_subject")]

    def __str__(self) -> str:
        return self.name
