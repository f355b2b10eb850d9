"""A batch is one file on its way in: what was read, what people chose, what the commit changed. Aliases stay."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tomoni.files.models import StoredFile
from tomoni.parties.models import User
from tomoni.tenants.models import TenantModel


class Batch(TenantModel):
    """One uploaded file for one target. Where it stands is computed from its moments (see `stage`).

    `revision` counts every choice; a page that shows an older one is told so before it can overwrite anything.
    """

    target = models.CharField(_("取り込み先"), max_length=40)
    title = models.CharField(_("取り込み先の名前"), max_length=120, blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    grid = models.JSONField(_("もとの表"), null=True, blank=True)  # as kept.kept_grid() makes it
    document = models.JSONField(_("読み取った内容"), null=True, blank=True)
    counts = models.JSONField(_("件数"), default=dict, blank=True)  # of the document, for lists that do not load it
    problem = models.TextField(_("読み取れない理由"), blank=True)
    done_steps = models.PositiveIntegerField(_("進み具合"), default=0)
    all_steps = models.PositiveIntegerField(_("進み具合の全体"), default=0)
    changes = models.JSONField(_("反映した内容"), default=list, blank=True)
    subject_id = models.BigIntegerField(_("取り込んだものの番号"), null=True, blank=True)
    revision = models.PositiveIntegerField(_("改訂"), default=0)
    uploaded_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField(_("受け取った日時"))
    read_at = models.DateTimeField(_("読み取った日時"), null=True, blank=True)
    committed_at = models.DateTimeField(_("反映した日時"), null=True, blank=True)
    undone_at = models.DateTimeField(_("取り消した日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("取り込み")
        indexes = [models.Index(fields=["municipality", "target", "uploaded_at"], name="batch_by_target")]
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at=None) | Q(committed_at__isnull=False, undone_at__gte=F("committed_at")),
                name="batch_undone_after_commit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target} {self.pk}"

    @property
    def stage(self) -> str:
        """reading, failed, review, committed or undone."""
        if self.undone_at:
            return "undone"
        if self.committed_at:
            return "committed"
        if self.problem:
            return "failed"
        return "review" if self.read_at else "reading"


class Choice(TenantModel):
    """What a person decided about one value of a batch, named by its JSON pointer in the document."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="choices")
    pointer = models.CharField(_("場所"), max_length=200)
    kind = models.CharField(_("判断"), max_length=10)  # accept | correct | open
    value = models.JSONField(_("値"), null=True, blank=True)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("日時"))
    revision = models.PositiveIntegerField(_("改訂"), default=0)  # of the batch, when this was decided

    class Meta:
        verbose_name = _("取り込みの判断")
        constraints = [
            models.UniqueConstraint(fields=["batch", "pointer"], name="choice_once_per_value"),
            models.CheckConstraint(condition=Q(kind__in=["accept", "correct", "open"]), name="choice_kind_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.pointer} {self.kind}"


class Alias(TenantModel):
    """A spelling a person has explained once: next year's sheet is read with it."""

    kind = models.CharField(_("何の表記か"), max_length=20)  # status | department | column
    spelling = models.CharField(_("書かれた表記"), max_length=200)
    meaning = models.CharField(_("意味"), max_length=200)

    class Meta:
        verbose_name = _("表記の言いかえ")
        constraints = [
            models.UniqueConstraint(fields=["municipality", "kind", "spelling"], name="alias_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["status", "department", "column"]), name="alias_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.spelling} = {self.meaning}"
