"""People (User), who takes part (Party), who acts for whom (Membership), what became of departments (Succession)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tomoni.parties.permissions import Role
from tomoni.tenants.models import TenantModel


class PeopleManager(UserManager["User"]):
    """Makes users who sign in with their mail address."""

    def _create(self, email: str, password: str | None, **extra: Any) -> User:
        user = self.model(email=self.normalize_email(email), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_user(  # type: ignore[override]  # there is no username here
        self, email: str, password: str | None = None, **extra: Any
    ) -> User:
        """A person who may sign in; without a password, only through the city's own sign-in."""
        return self._create(email, password, **extra)

    def create_superuser(  # type: ignore[override]  # there is no username here
        self, email: str, password: str | None = None, **extra: Any
    ) -> User:
        """The operator of an installation."""
        return self._create(email, password, is_staff=True, is_superuser=True, **extra)


class User(AbstractUser):
    """A person. Stands outside the municipalities: one person may act in several."""

    username = None  # type: ignore[assignment]  # people sign in with their mail address
    first_name = None  # type: ignore[assignment]  # Japanese names are one display name here
    last_name = None  # type: ignore[assignment]
    email = models.EmailField(_("メールアドレス"), unique=True)
    display_name = models.CharField(_("表示する名前"), max_length=60)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    objects: ClassVar[PeopleManager] = PeopleManager()

    class Meta:
        verbose_name = _("利用者")

    def __str__(self) -> str:
        return self.display_name

    def get_full_name(self) -> str:
        """The name people see."""
        return self.display_name

    def get_short_name(self) -> str:
        """The same name; Japanese names are not cut."""
        return self.display_name


class Party(TenantModel):
    """Who takes part: a group, a school, a firm, a committee, the city itself or one of its departments.

    `kind` is a key of the rulebook's party_kinds; `parent` stands above (the city above its departments).
    """

    kind = models.CharField(_("主体の種類"), max_length=40)
    name = models.CharField(_("名前"), max_length=100)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    ended_on = models.DateField(_("なくなった日"), null=True, blank=True)

    class Meta:
        verbose_name = _("主体")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "parent", "name"],
                condition=Q(ended_on=None),
                name="party_name_once_under_a_parent",
                violation_error_message=_("同じ名前の主体がすでにあります。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_department(self) -> bool:
        return self.parent_id is not None


class SuccessionKind(models.TextChoices):
    """What happened to a department."""

    RENAMED = "renamed", _("名称変更")
    MERGED = "merged", _("統合")
    SPLIT = "split", _("分割")
    HANDED_OVER = "handed_over", _("業務の移管")


class Succession(TenantModel):
    """One department became another, or handed work over, on a day. History stays readable through these lines."""

    before = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="became")
    after = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="came_from")
    kind = models.CharField(_("できごと"), max_length=20)
    on = models.DateField(_("日付"))
    note = models.CharField(_("説明"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("組織の変遷")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=SuccessionKind.values), name="succession_kind_is_known"),
            models.CheckConstraint(
                condition=~Q(before=F("after")),
                name="succession_joins_two_parties",
                violation_error_message=_("同じ課どうしは結べません。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.before_id} → {self.after_id}"


class Membership(TenantModel):
    """A person holds a role in a party, from a day and perhaps until one."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("役割"), max_length=20)
    since = models.DateField(_("いつから"))
    until = models.DateField(_("いつまで"), null=True, blank=True)

    class Meta:
        verbose_name = _("所属")
        constraints = [
            models.CheckConstraint(condition=Q(role__in=[r.value for r in Role]), name="membership_role_is_known"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="membership_days_in_order",
                violation_error_message=_("終わりの日は、始まりの日より後にしてください。"),
            ),
            models.UniqueConstraint(
                fields=["user", "party", "role"],
                condition=Q(until=None),
                name="membership_once_at_a_time",
                violation_error_message=_("この人は、すでに同じ役割を持っています。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.party_id}"
