"""Cleaning what browsers send to the board."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tomoni.matching.models import Category, Kind, Listing
from tomoni.rulebooks.schema import Rulebook

WEEKDAYS = [
    ("月", _("月曜日")),
    ("火", _("火曜日")),
    ("水", _("水曜日")),
    ("木", _("木曜日")),
    ("金", _("金曜日")),
    ("土", _("土曜日")),
    ("日", _("日曜日")),
    ("祝日", _("祝日")),
]


class ListingForm(forms.ModelForm):  # type: ignore[type-arg]  # the class takes no parameter when it runs
    """An offer, a wish or an issue, as the party writes it."""

    party: Any = forms.ModelChoiceField(
        label=_("だれとして"), queryset=None, empty_label=_("選んでください")
    )  # no party can be read before a city is in scope
    kind = forms.ChoiceField(label=_("種類"), choices=Kind.choices, widget=forms.RadioSelect)
    category = forms.ChoiceField(label=_("何を"), choices=Category.choices)
    field = forms.ChoiceField(label=_("分野"), required=False)
    days = forms.MultipleChoiceField(
        label=_("曜日"),
        choices=WEEKDAYS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("選ばないと、いつでもよいことになります。"),
    )

    class Meta:
        model = Listing
        fields = ["party", "kind", "category", "title", "text", "field", "area", "days", "starts", "ends", "capacity"]
        widgets = {
            "text": forms.Textarea({"rows": 6, "maxlength": 4000}),
            "starts": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            "ends": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {
            "title": _("例: 子ども食堂で使う野菜を分けてください"),
            "ends": _("この日を過ぎると、掲示板から自動で下がります。"),
            "text": _("個人の名前や電話番号は書かないでください。連絡は紹介のあとに取れます。"),
        }

    def __init__(self, *args: Any, book: Rulebook, parties: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(each.key, each.label) for each in book.fields]
        self.fields["field"].choices = [("", _("選ばない")), *named]  # type: ignore[attr-defined]  # a ChoiceField
        party = self.fields["party"]
        party.queryset = parties  # type: ignore[attr-defined]  # a ModelChoiceField
        if len(parties) == 1 and not self.instance.party_id:
            self.initial["party"] = parties[0]  # an instance without a party says "none", and that comes first


class IntroductionForm(forms.Form):
    """Who is brought together, and why."""

    seeking: Any = forms.ModelChoiceField(label=_("求めている掲示"), queryset=None, empty_label=_("選んでください"))
    giving: Any = forms.ModelChoiceField(label=_("提供する掲示"), queryset=None, empty_label=_("選んでください"))
    reason = forms.CharField(
        label=_("引き合わせる理由"),
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("双方が読みます。何が合いそうかを書いてください。"),
    )
    consultation: Any = forms.ModelChoiceField(
        label=_("きっかけになった相談"), queryset=None, required=False, empty_label=_("選ばない")
    )

    def __init__(self, *args: Any, seeking: Any, giving: Any, consultations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in ("seeking", seeking), ("giving", giving), ("consultation", consultations):
            self.fields[name].queryset = rows  # type: ignore[attr-defined]  # a ModelChoiceField
        if not consultations:
            del self.fields["consultation"]


class ReasonForm(forms.Form):
    """Why not this time."""

    note = forms.CharField(label=_("見送る理由"), max_length=1000, widget=forms.Textarea({"rows": 2}))


class OutcomeForm(forms.Form):
    """How it went."""

    outcome = forms.CharField(
        label=_("結果"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("いっしょに取り組むことになったか、ならなかったか、これからどうするかを書いてください。"),
    )
