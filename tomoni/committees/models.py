"""Committees are parties with terms and seats; they meet and give opinions."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tomoni.parties.models import Party, User
from tomoni.tenants.models import TenantModel


class Committee(TenantModel):
    """A body that advises, screens or evaluates."""

    party = models.OneToOneField(Party, on_delete=models.CASCADE, related_name="committee")
    purpose = models.TextField(_("役割"))
    is_advisory_body = models.BooleanField(_("附属機関等"), default=True)

    class Meta:
        verbose_name = _("委員会・会議")

    def __str__(self) -> str:
        return self.party.name


class Term(TenantModel):
    """One term of a committee (第5期)."""

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="terms")
    number = models.PositiveSmallIntegerField(_("期"))
    starts = models.DateField(_("はじまり"))
    ends = models.DateField(_("おわり"))

    class Meta:
        verbose_name = _("任期")
        constraints = [
            models.UniqueConstraint(fields=["committee", "number"], name="term_once"),
            models.CheckConstraint(
                condition=Q(ends__gte=F("starts")),
                name="term_days_in_order",
                violation_error_message=_("任期のおわりは、はじまりより後にしてください。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.committee} {self.number}"


class Seat(TenantModel):
    """A seat in a term: who sits there, as what, and how they were appointed."""

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="seats")
    user = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(_("名前"), max_length=60)
    office = models.CharField(_("職"), max_length=10, default="member")  # chair | vice | member
    appointed = models.CharField(_("選び方"), max_length=12)  # expert | group | public | staff
    background = models.CharField(_("所属"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("委員")
        constraints = [
            models.CheckConstraint(condition=Q(office__in=["chair", "vice", "member"]), name="seat_office_is_known"),
            models.CheckConstraint(
                condition=Q(appointed__in=["expert", "group", "public", "staff"]), name="seat_appointment_is_known"
            ),
            models.UniqueConstraint(
                fields=["term"],
                condition=Q(office="chair"),
                name="one_chair_a_term",
                violation_error_message=_("委員長は、1つの期に1人です。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Meeting(TenantModel):
    """One meeting: when, what about, what was said."""

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="meetings")
    held_on = models.DateField(_("開いた日"))
    title = models.CharField(_("議題"), max_length=200)
    minutes = models.TextField(_("議事の要旨"), blank=True)
    is_public = models.BooleanField(_("公開"), default=True)

    class Meta:
        verbose_name = _("会議")

    def __str__(self) -> str:
        return f"{self.held_on} {self.title}"
