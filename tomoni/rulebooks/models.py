"""A version of a municipality's rulebook, kept for ever as it was put in force."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tomoni.rulebooks.schema import Rulebook
from tomoni.tenants.models import TenantModel

MOST_KEPT = 64


class RulebookVersion(TenantModel):
    """One version. `content` is the checked rulebook as JSON text; it never changes."""

    number = models.CharField(_("版"), max_length=20)
    title = models.CharField(_("題名"), max_length=120)
    in_force_from = models.DateField(_("いつから"))
    sha256 = models.CharField(_("指紋"), max_length=64)
    content = models.TextField(_("内容"))

    _books: ClassVar[dict[str, Rulebook]] = {}  # by fingerprint, for the life of the process: versions never change

    class Meta:
        verbose_name = _("ルールブックの版")
        constraints = [
            models.UniqueConstraint(fields=["municipality", "number"], name="rulebook_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save a new version; one that stands is never written again."""
        if self.pk is not None:
            raise RuntimeError("ルールブックの版は書き換えられません。新しい版を作ってください。")
        super().save(*args, **kwargs)

    @property
    def book(self) -> Rulebook:
        """The rulebook itself. One that was read before costs no query where the content was left unread."""
        if self.sha256 not in self._books:
            while len(self._books) >= MOST_KEPT:
                self._books.pop(next(iter(self._books)))
            self._books[self.sha256] = Rulebook.model_validate_json(self.content)
        return self._books[self.sha256]
