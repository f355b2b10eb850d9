"""The municipality, and the base of every table that belongs to one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar, cast

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from simple_history.manager import HistoryManager

from tomoni.kernel.colour import is_colour, is_readable_on_white
from tomoni.tenants.scope import current

M = TypeVar("M", bound="models.Model")


class Municipality(models.Model):
    """One city, town or village. Its slug is the first part of every address."""

    slug = models.SlugField(_("短い名前"), unique=True, max_length=40)
    name = models.CharField(_("名前"), max_length=40)
    prefecture = models.CharField(_("都道府県"), max_length=10)
    code = models.CharField(
        _("全国地方公共団体コード"), max_length=6, unique=True, validators=[RegexValidator(r"\A\d{6}\Z")]
    )
    accent = models.CharField(
        _("基調の色"), max_length=7, default="#0017c1", validators=[RegexValidator(r"\A#[0-9a-f]{6}\Z")]
    )
    is_demo = models.BooleanField(_("実演用"), default=False)

    class Meta:
        verbose_name = _("自治体")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse an accent colour that cannot be read on a white page."""
        if is_colour(self.accent) and not is_readable_on_white(self.accent):
            raise ValidationError({"accent": _("白い背景で読みにくい色です。もっと濃い色にしてください。")})


class TenantQuerySet(models.QuerySet[M]):
    """Rows of one municipality; bulk writes fill the owner in, as save() does."""

    def bulk_create(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> list[M]:
        """As Django's, with the municipality in scope filled in where it is missing."""
        rows = list(objs)
        for row in rows:
            if getattr(row, "municipality_id", None) is None:
                row.municipality = current()  # type: ignore[attr-defined]  # every model here is a TenantModel
        return super().bulk_create(rows, *args, **kwargs)


class TenantManager(models.Manager[M]):
    """Reads the rows of the municipality in scope, and refuses when there is none."""

    def get_queryset(self) -> QuerySet[M]:
        return TenantQuerySet[M](self.model, using=self._db).filter(municipality=current())


class TenantModel(models.Model):
    """A row of one municipality. Reading without a scope raises; saving fills the owner in."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+", editable=False)

    objects = TenantManager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, owned by the municipality in scope unless an owner is already set."""
        if self.municipality_id is None:
            self.municipality = current()
        super().save(*args, **kwargs)


class TenantHistoryManager(HistoryManager):  # type: ignore[misc]  # the library has no types
    """Old versions of the rows of the municipality in scope; refuses when there is none."""

    def get_super_queryset(self) -> QuerySet[Any]:
        """The rows the library starts from."""
        return cast("QuerySet[Any]", super().get_super_queryset()).filter(municipality=current())


class TenantHistory(models.Model):
    """Base of the tables that keep old versions of rows (django-simple-history): read only inside a scope, too."""

    objects = TenantManager()

    class Meta:
        abstract = True
