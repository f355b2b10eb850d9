"""Cleaning what a browser sent about profiles, contacts, new groups and lists."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tomoni.kernel.fiscal import FiscalYear
from tomoni.organisations import showing
from tomoni.organisations.models import Contact, Profile
from tomoni.rulebooks.schema import Rulebook

ROWS = 3
LONGEST = {"purpose": 400, "summary": 1000, "gives": 600, "seeks": 600, "vision": 600, "now": 600}


class ProfileForm(forms.Form):
    """What a party says of itself; beside each field, who reads it."""

    def __init__(self, sent: Any = None, *, profile: Profile, book: Rulebook) -> None:
        initial = {key: getattr(profile, key) for key in showing.LABELS}
        initial |= {f"show_{key}": showing.visibility_of(profile, key) for key in showing.LABELS}
        super().__init__(sent, initial=initial)
        for key, label in showing.LABELS.items():
            made = _field(key, label, book)
            if made is not None:
                self.fields[key] = made
                self.fields[f"show_{key}"] = forms.ChoiceField(
                    label=_("%(label)sを見られる人") % {"label": label}, choices=list(showing.VISIBILITY.items())
                )

    def pairs(self) -> Iterator[tuple[forms.BoundField, forms.BoundField]]:
        """Each field with its visibility."""
        return ((self[key], self[f"show_{key}"]) for key in showing.LABELS if key in self.fields)

    def values(self) -> dict[str, Any]:
        """Columns of the profile."""
        return {key: self.cleaned_data[key] for key in showing.LABELS if key in self.fields}

    def visibility(self) -> dict[str, str]:
        """Who reads each column."""
        return {key: self.cleaned_data[f"show_{key}"] for key in showing.LABELS if key in self.fields}


def _field(key: str, label: str, book: Rulebook) -> forms.Field | None:
    """The control of one column; None for a list this city's rulebook does not have."""
    common: dict[str, Any] = {"label": label, "required": False}
    if key in showing.LISTS:
        return _list_field(key, list(showing.labels_of(book, key).items()), common)
    if key in showing.SENTENCES:
        return forms.CharField(max_length=LONGEST[key], widget=forms.Textarea(attrs={"rows": ROWS}), **common)
    return _MAKERS.get(key, _line_field)(common)


def _list_field(key: str, choices: list[tuple[str, str]], common: dict[str, Any]) -> forms.Field | None:
    if not choices:
        return None
    if key == "stage":
        return forms.ChoiceField(choices=[("", _("選ばない")), *choices], **common)
    return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **common)


def _line_field(common: dict[str, Any]) -> forms.Field:
    return forms.CharField(max_length=100, **common)


def _number_field(common: dict[str, Any]) -> forms.Field:
    return forms.IntegerField(min_value=0, max_value=1_000_000, **common)


def _day_field(common: dict[str, Any]) -> forms.Field:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **common)


def _web_field(common: dict[str, Any]) -> forms.Field:
    told = {"invalid": _("https:// から始まるアドレスを書いてください。")}
    return forms.URLField(assume_scheme="https", max_length=200, error_messages=told, **common)


def _reach_field(common: dict[str, Any]) -> forms.Field:
    told = _("だれでも見られるところに出ます。個人の電話番号や住所は書かないでください。")
    return forms.CharField(max_length=200, help_text=told, **common)


_MAKERS: dict[str, Callable[[dict[str, Any]], forms.Field]] = {
    "members": _number_field,
    "founded_on": _day_field,
    "website": _web_field,
    "public_contact": _reach_field,
}


class ContactForm(forms.ModelForm[Contact]):
    """A person of a party and how to reach them. Needs one way at least."""

    class Meta:
        model = Contact
        fields = ("name", "phone", "email", "address")

    def clean(self) -> dict[str, Any]:
        """One way of reaching the person is needed."""
        given: dict[str, Any] = super().clean() or {}
        if not self.errors and not any(given.get(way) for way in ("phone", "email", "address")):
            raise forms.ValidationError(_("電話、メールアドレス、住所のうち、1つ以上を書いてください。"))
        return given


class ExcludedForm(forms.Form):
    """Whether the activity is one that the rulebook keeps out of collaboration."""

    excluded_as = forms.ChoiceField(
        label=gettext_lazy("次の活動にあたりますか"), required=False, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, book: Rulebook, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options = [(entry.key, entry.label) for entry in book.excluded]
        field = self.fields["excluded_as"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker: declared above
        field.choices = [("", _("どれにもあたりません")), *options]


class NewGroupForm(forms.Form):
    """A group that the desk enters in the register."""

    name = forms.CharField(label=gettext_lazy("団体の名前"), max_length=100)
    kind = forms.ChoiceField(label=gettext_lazy("団体の種類"))
    is_another = forms.BooleanField(
        label=gettext_lazy("名前が似ている団体とは別の団体です"), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, book: Rulebook, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker: declared above
        field.choices = civic_kinds(book)

    def ask_again(self) -> None:
        """Show the tick that says that it is another group."""
        self.fields["is_another"].widget = forms.CheckboxInput()


class ListForm(forms.Form):
    """A file with a list of groups, the year it registers, and the kind where the file does not say."""

    file = forms.FileField(
        label=gettext_lazy("名簿のファイル"),
        help_text=gettext_lazy("xlsx、xls、ods、CSV などの表です。見出しに「団体名」の列が要ります。"),
    )
    year = forms.TypedChoiceField(label=gettext_lazy("どの年度の登録ですか"), coerce=int)
    kind = forms.ChoiceField(label=gettext_lazy("種類の列がない行は、どの種類にしますか"))

    def __init__(self, *args: Any, book: Rulebook, this_year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("year", years(this_year)), ("kind", civic_kinds(book))):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker: declared above
            field.choices = choices


def years(this_year: int) -> list[tuple[str, str]]:
    """The fiscal years that can be registered: this one and the next."""
    return [(str(year), str(FiscalYear(year))) for year in (this_year, this_year + 1)]


def civic_kinds(book: Rulebook) -> list[tuple[str, str]]:
    """The kinds of party a group can be: those of the civic side, but not single persons."""
    return [(kind.key, kind.label) for kind in book.party_kinds if kind.side == "civic" and kind.key != "citizen"]
