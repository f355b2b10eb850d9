"""Cleaning what browsers send to the room of proposals: programmes, rounds, drafts, talks, marks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from tomoni.parties.models import Party
from tomoni.proposals.conditions import KINDS, Conditions
from tomoni.proposals.models import Programme, Proposal, Round
from tomoni.rulebooks.schema import Rulebook

LONGEST = 4000


def _rows(count: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": count, "maxlength": LONGEST})


class RowField(forms.ModelChoiceField):  # type: ignore[type-arg]  # the class takes no parameter when it runs
    """A choice among rows, given when the form is made: no row can be read before a city is in scope."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=None, **kwargs)


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%Y/%m/%d"],
    )


class ProgrammeForm(forms.ModelForm[Programme]):
    """A programme with its conditions."""

    kind = forms.ChoiceField(label=_("テーマの決め方"), choices=list(KINDS.items()), widget=forms.RadioSelect)
    cap = forms.IntegerField(label=_("1つの事業の上限額（円）"), min_value=0, required=False)
    total = forms.IntegerField(label=_("1年の予算（円）"), min_value=0, required=False)
    minimum_people = forms.IntegerField(label=_("応募に必要な人数"), min_value=1, max_value=1000, required=False)
    must_be_based_here = forms.BooleanField(label=_("市内に活動の拠点が必要"), required=False)
    partners = forms.IntegerField(
        label=_("いっしょに取り組む相手の数"),
        min_value=0,
        max_value=20,
        initial=0,
        help_text=_("なくてよいときは0です。"),
    )
    consults_first = forms.BooleanField(label=_("出す前に担当課と相談できる"), required=False)

    class Meta:
        model = Programme
        fields = ["name", "summary"]
        widgets = {"summary": forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, value in self.instance.conditions.kept().items():
            if name in self.fields:
                self.fields[name].initial = value

    def conditions(self) -> Conditions:
        """The conditions as they were typed; where they come from stays as it was."""
        names = [name for name in Conditions.__slots__ if name != "cites"]
        cites = self.instance.conditions.cites
        return Conditions(**{name: self.cleaned_data[name] for name in names}, cites=cites)


class RoundForm(forms.ModelForm[Round]):
    """A round: what is asked for, from when to when, by whom it is judged."""

    programme = RowField(label=_("制度"), empty_label=_("選んでください"))
    issue = RowField(
        label=_("もとになる地域の課題"),
        required=False,
        empty_label=_("選ばない"),
        help_text=_("掲示板の課題を選ぶと、その課題への提案を募る形になります。"),
    )
    department = RowField(
        label=_("担当課"),
        required=False,
        empty_label=_("提案ごとに選ぶ"),
        help_text=_("テーマを市が示すときに選びます。"),
    )
    opens = _day(_("募集のはじまり"))
    closes = _day(_("募集のおわり"), _("この日いっぱい受け付けます。"))
    committee = RowField(label=_("審査する会議"), required=False, empty_label=_("あとで決める"))

    class Meta:
        model = Round
        fields = ["programme", "title", "theme", "issue", "department", "opens", "closes", "committee"]
        widgets = {"theme": forms.Textarea(attrs={"rows": 5, "maxlength": LONGEST})}

    def __init__(self, *args: Any, rows: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, queryset in rows.items():
            self.fields[name].queryset = queryset  # type: ignore[attr-defined]  # a RowField, declared above


class BeginForm(forms.Form):
    """What must be known before one begins: for which group, and the conditions of the programme."""

    lead = RowField(label=_("どの団体として提案しますか"), empty_label=None)
    title = forms.CharField(label=_("事業名"), max_length=100, help_text=_("あとで変えられます。"))
    people = forms.IntegerField(label=_("団体の人数"), min_value=1, max_value=1_000_000)
    based_here = forms.BooleanField(label=_("市内に活動の拠点があります"), required=False)
    excluded = forms.MultipleChoiceField(
        label=_("次に当たる活動はありますか"), required=False, widget=forms.CheckboxSelectMultiple
    )
    introduction = RowField(label=_("きっかけになった紹介"), required=False, empty_label=_("選ばない"))

    def __init__(self, *args: Any, call: Round, book: Rulebook, leads: Any, introductions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].queryset = leads  # type: ignore[attr-defined]  # a RowField, declared above
        self.fields["introduction"].queryset = introductions  # type: ignore[attr-defined]  # the same
        conditions, excluded = call.programme.conditions, self.fields["excluded"]
        assert isinstance(excluded, forms.MultipleChoiceField)  # noqa: S101 - declared above
        excluded.choices = [(each.key, each.label) for each in book.excluded]
        unasked = {
            "people": not conditions.minimum_people,
            "based_here": not conditions.must_be_based_here,
            "excluded": not book.excluded,
            "introduction": not introductions.exists(),
        }
        for name in (name for name, is_needless in unasked.items() if is_needless):
            del self.fields[name]

    def said(self) -> dict[str, Any]:
        """The answers about the conditions, as a proposal keeps them."""
        return {key: self.cleaned_data[key] for key in ("people", "based_here", "excluded") if key in self.cleaned_data}


class HeadForm(forms.Form):
    """The title and the department of a proposal, and which state of it was on the screen."""

    title = forms.CharField(label=_("事業名"), max_length=100)
    department = RowField(label=_("相談したい担当課"), required=False, empty_label=_("分からない・協働担当課に任せる"))
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, proposal: Proposal, departments: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = {"title": proposal.title, "department": proposal.department_id, "revision": proposal.revision}
        self.initial.update(held)
        self.fields["department"].queryset = departments  # type: ignore[attr-defined]  # a RowField, declared above
        if proposal.round.department_id:
            self.fields["department"].disabled = True


class WhyForm(forms.Form):
    """Why a proposal is changed during the talks."""

    why = forms.CharField(
        label=_("何を、なぜ変えましたか"), max_length=200, help_text=_("前の版との違いといっしょに残ります。")
    )


class PartnerForm(forms.Form):
    """One party asked to propose together, and its part."""

    part = forms.CharField(label=_("受け持つこと"), max_length=200, required=False)

    def __init__(self, *args: Any, parties: list[Party], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {"party": PartyChoice(parties), **self.fields}


class PartyChoice(forms.TypedChoiceField):
    """A choice among parties that were read once, however many rows there are."""

    def __init__(self, parties: list[Party]) -> None:
        self.by_key = {str(party.pk): party for party in parties}
        choices = [("", _("選ばない")), *((key, party.name) for key, party in self.by_key.items())]
        super().__init__(
            choices=choices,
            coerce=self.by_key.get,
            empty_value=None,
            required=False,
            label=_("いっしょに提案する相手"),
        )


class TalkForm(forms.Form):
    """A talk with the department."""

    held_on = _day(_("話し合った日"))
    text = forms.CharField(label=_("話し合ったこと"), max_length=LONGEST, widget=_rows(4))


class FileForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label=_("添付するファイル"),
        help_text=_("PDF、画像、Office文書。関係者と市の職員、審査委員だけが開けます。"),
    )


class MarksForm(forms.Form):
    """One's marks: a whole number for each criterion, and a comment."""

    comment = forms.CharField(label=_("所見"), max_length=LONGEST, required=False, widget=_rows(4))

    def __init__(self, *args: Any, book: Rulebook, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        comment = self.fields.pop("comment")
        if book.screening.groups:
            choices = [(each.key, each.label) for each in book.screening.groups]
            self.fields["group"] = forms.ChoiceField(label=_("審査の区分"), choices=choices, widget=forms.RadioSelect)
        self.keys = [each.key for each in book.screening.criteria]
        for each in book.screening.criteria:
            words = _("0から%(most)sまで。重み %(weight)s。") % {"most": each.max, "weight": each.weight}
            if each.floor is not None:
                words = words + _("平均が%(floor)sに届かないと不合格です。") % {"floor": each.floor}
            self.fields[f"c_{each.key}"] = forms.IntegerField(
                label=each.label,
                min_value=0,
                max_value=each.max,
                required=False,
                help_text=escape(f"{each.text}{words}"),
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )
        self.fields["comment"] = comment

    def points(self) -> dict[str, int]:
        """Criterion to mark; what was left open is not in it."""
        given = {key: self.cleaned_data.get(f"c_{key}") for key in self.keys}
        return {key: value for key, value in given.items() if value is not None}


class ConflictForm(forms.Form):
    """Why one should not judge this proposal."""

    reason = forms.CharField(
        label=_("利害関係の理由"),
        max_length=200,
        help_text=_("家族が提案者である、助言した、など。協働担当課が読みます。"),
    )
