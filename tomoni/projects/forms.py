"""Cleaning what browsers send to a project room."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tomoni.agreements.models import Side
from tomoni.projects.services import AccountLine
from tomoni.rulebooks.schema import Rulebook

SPARE_ROWS = 4
MOST_YEN = 10**10


def _area(rows: int, most: int = 4000) -> forms.Textarea:
    return forms.Textarea({"rows": rows, "maxlength": most})


def _day() -> forms.DateInput:
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class DescribeForm(forms.Form):
    """What everybody reads about the project."""

    issue = forms.CharField(label=_("地域の課題"), widget=_area(3), max_length=1000, required=False)
    summary = forms.CharField(label=_("あらまし"), widget=_area(4), max_length=2000)
    field = forms.ChoiceField(label=_("分野"), required=False)

    def __init__(self, *args: Any, book: Rulebook, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(each.key, each.label) for each in book.fields]
        self.fields["field"].choices = [("", _("選ばない")), *named]  # type: ignore[attr-defined]  # a ChoiceField


class DutyForm(forms.Form):
    """Who does what by when."""

    side = forms.ChoiceField(label=_("どちらが"), choices=Side.choices, widget=forms.RadioSelect)
    text = forms.CharField(label=_("すること"), max_length=200)
    due = forms.DateField(label=_("いつまでに"), required=False, widget=_day())


class TalkForm(forms.Form):
    """The minutes of a talk."""

    held_on = forms.DateField(label=_("話し合った日"), widget=_day())
    title = forms.CharField(label=_("題"), max_length=100)
    minutes = forms.CharField(label=_("記録"), widget=_area(5), max_length=4000)


class ChangeForm(forms.Form):
    """A change of plan or cost that the other side is asked to agree to."""

    what = forms.CharField(label=_("変えること"), widget=_area(2), max_length=1000)
    why = forms.CharField(label=_("理由"), widget=_area(2), max_length=1000)


class AnswerForm(forms.Form):
    """Yes or no to a change, with a word."""

    agreed = forms.ChoiceField(
        label=_("返事"), choices=[("yes", _("合意する")), ("no", _("合意しない"))], widget=forms.RadioSelect
    )
    answer = forms.CharField(label=_("ひとこと"), widget=_area(2), max_length=1000, required=False)


class AccountRow(forms.Form):
    """One line of the accounts; a line without a label is left out."""

    is_income = forms.ChoiceField(label=_("区分"), choices=[("yes", _("収入")), ("no", _("支出"))])
    label = forms.CharField(label=_("費目"), max_length=100, required=False)
    planned = forms.IntegerField(label=_("予算（円）"), min_value=0, max_value=MOST_YEN, required=False)
    actual = forms.IntegerField(label=_("決算（円）"), min_value=0, max_value=MOST_YEN, required=False)

    def clean(self) -> dict[str, Any]:
        """An amount needs a label."""
        given = super().clean() or {}
        if not given.get("label") and (given.get("planned") or given.get("actual")):
            self.add_error("label", _("費目を書いてください。"))
        return given


AccountRows = forms.formset_factory(AccountRow, extra=SPARE_ROWS, max_num=60, absolute_max=60, validate_max=True)


def lines_of(rows: Any) -> list[AccountLine]:
    """The filled lines of a valid set of rows."""
    given = [row for row in rows.cleaned_data if row.get("label")]
    return [AccountLine(row["is_income"] == "yes", row["label"], row["planned"] or 0, row["actual"]) for row in given]
