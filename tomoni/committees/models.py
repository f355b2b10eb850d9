"""Committees are parties with terms and seats; they meet and give opinions."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tomoni.parties.models import Party, User
from tomoni.tenants.models import TenantModel


class Office(models.TextChoices):
    """What somebody is in a committee; ◎ and ○ as lists of members print them."""

    CHAIR = "chair", _("委員長（◎）")
    VICE = "vice", _("副委員長（○）")
    MEMBER = "member", _("委員")


class Appointment(models.TextChoices):
    """How somebody came to sit there."""

    EXPERT = "expert", _("学識経験")
    GROUP = "group", _("団体の推薦")
    PUBLIC = "public", _("公募")
    STAFF = "staff", _("市の職員")


class Committee(TenantModel):
    """A body that advises, screens or evaluates."""

    party = models.OneToOneField(Party, on_delete=models.CASCADE, related_name="committee")
    purpose = models.TextField(_("役割"))
    is_advisory_body = models.BooleanField(_("附属機関等"), default=True)

    class Meta:
        verbose_name = _("委員会・会議")

    def __str__(self) -> str:
        return self.party.name

    def get_absolute_url(self) -> str:
        """Where anybody reads who sits there and what was said."""
        return reverse("committee", args=[self.municipality.slug, self.pk])


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

    def contains(self, day: date) -> bool:
        """Is that day within the term?"""
        return self.starts <= day <= self.ends


class Seat(TenantModel):
    """A seat in a term: who sits there, as what, and how they were appointed."""

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="seats")
    user = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(_("名前"), max_length=60)
    office = models.CharField(_("職"), max_length=10, default=Office.MEMBER)
    appointed = models.CharField(_("選び方"), max_length=12)
    background = models.CharField(_("所属"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("委員")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(office__in=Office.values), name="seat_office_is_known"),
            models.CheckConstraint(condition=Q(appointed__in=Appointment.values), name="seat_appointment_is_known"),
            models.UniqueConstraint(
                fields=["term"],
                condition=Q(office="chair"),
                name="one_chair_a_term",
                violation_error_message=_("委員長は、1つの期に1人です。"),
            ),
            models.UniqueConstraint(
                fields=["term", "user"],
                name="seat_once_a_term",
                violation_error_message=_("この人は、この期の委員にすでに入っています。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def mark(self) -> str:
        """◎ for the chair, ○ for a vice chair."""
        return {Office.CHAIR.value: "◎", Office.VICE.value: "○"}.get(self.office, "")

    @property
    def office_label(self) -> str:
        """The office in words."""
        return str(Office(self.office).label)

    @property
    def appointed_label(self) -> str:
        """How they were appointed, in words."""
        return str(Appointment(self.appointed).label)


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
