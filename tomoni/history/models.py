"""Events are written once and never changed."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tomoni.parties.models import Party, User
from tomoni.tenants.models import TenantModel


class EventIsWritten(RuntimeError):
    """Somebody tried to change or delete what has happened."""


class Event(TenantModel):
    """One line of what happened: a verb, to what, by whom and for which party."""

    verb = models.CharField(_("できごと"), max_length=40)
    subject_type = models.CharField(_("対象の種類"), max_length=60)
    subject_id = models.BigIntegerField(_("対象の番号"))
    actor = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    actor_name = models.CharField(_("した人"), max_length=60)
    acting_for = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("日時"))
    was = models.CharField(_("前の段階"), max_length=40, blank=True)
    now = models.CharField(_("後の段階"), max_length=40, blank=True)
    note = models.TextField(_("添え書き"), blank=True)
    is_public = models.BooleanField(_("公開"), default=False)
    details = models.JSONField(_("くわしく"), default=dict)

    class Meta:
        verbose_name = _("履歴")
        indexes = [
            models.Index(fields=["municipality", "subject_type", "subject_id", "at"], name="event_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_type}:{self.subject_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the line once; a second save raises EventIsWritten."""
        if self.pk is not None:
            raise EventIsWritten("履歴は書き換えられません")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Never: raises EventIsWritten."""
        raise EventIsWritten("履歴は消せません")


class Notice(TenantModel):
    """Somebody was told of an event, because something waits for them. Read when they have opened it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="notices")
    text = models.CharField(_("知らせの文"), max_length=200)
    url = models.CharField(_("行き先"), max_length=200)
    read_at = models.DateTimeField(_("読んだ日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("お知らせ")
        constraints = [models.UniqueConstraint(fields=["user", "event"], name="notice_once")]

    def __str__(self) -> str:
        return self.text
