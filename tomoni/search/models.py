"""What can be found. Written by the services of the rooms, read by the one search page."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from tomoni.tenants.models import TenantModel


class SearchEntry(TenantModel):
    """One public thing: its words as people read them, and the pairs of letters it is found by."""

    kind = models.CharField(_("何か"), max_length=40)
    subject_type = models.CharField(_("対象の種類"), max_length=60)
    subject_id = models.BigIntegerField(_("対象の番号"))
    title = models.CharField(_("題"), max_length=300)
    excerpt = models.CharField(_("抜き書き"), max_length=300, blank=True)
    url = models.CharField(_("行き先"), max_length=200)
    grams = models.TextField(_("検索用の文字の組"))
    updated_at = models.DateTimeField(_("直した日時"))

    class Meta:
        verbose_name = _("検索の見出し")
        constraints = [
            models.UniqueConstraint(fields=["municipality", "subject_type", "subject_id"], name="search_entry_once"),
        ]
        indexes = [models.Index(fields=["municipality", "kind", "-updated_at"], name="search_by_kind")]

    def __str__(self) -> str:
        return self.title
