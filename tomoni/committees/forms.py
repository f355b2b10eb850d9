"""Cleaning what the division writes about committees."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tomoni.committees.models import Appointment, Office
from tomoni.parties.models import User


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class CommitteeForm(forms.Form):
    """What a committee is for."""

    purpose = forms.CharField(label=_("役割"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))
    is_advisory_body = forms.BooleanField(
        label=_("附属機関等です（公募の委員がいる割合に数えます）"), required=False, initial=True
    )


class NewCommitteeForm(CommitteeForm):
    """A committee that has no party yet."""

    name = forms.CharField(label=_("会議の名前"), max_length=100)
    field_order = ["name", "purpose", "is_advisory_body"]


class TermForm(forms.Form):
    """One term."""

    number = forms.IntegerField(label=_("第何期ですか"), min_value=1, max_value=999)
    starts = _day(_("はじまりの日"))
    ends = _day(_("おわりの日"))


class SeatForm(forms.Form):
    """One seat."""

    name = forms.CharField(label=_("名前"), max_length=60, help_text=_("公開されます。"))
    office = forms.ChoiceField(label=_("職"), choices=Office.choices, initial=Office.MEMBER)
    appointed = forms.ChoiceField(label=_("選び方"), choices=Appointment.choices, initial=Appointment.PUBLIC)
    background = forms.CharField(label=_("所属"), max_length=100, required=False)
    user = forms.ModelChoiceField(
        label=_("ログインする人"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("選ばない"),
        help_text=_("審査や意見を画面で書く人を選びます。公開されません。"),
    )

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["user"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker: declared above
        field.queryset = people


class MeetingForm(forms.Form):
    """One meeting."""

    held_on = _day(_("開いた日"))
    title = forms.CharField(label=_("議題"), max_length=200)
    minutes = forms.CharField(
        label=_("議事の要旨"), max_length=20_000, required=False, widget=forms.Textarea(attrs={"rows": 10})
    )
    is_public = forms.BooleanField(
        label=_("公開します"),
        required=False,
        initial=True,
        help_text=_("公開しない会議は、委員と協働担当課だけが読めます。"),
    )
