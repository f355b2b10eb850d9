"""Cleaning what browsers send about the overall plan: the file with its name, and the entry a measure serves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from tomoni.plans.models import Measure
from tomoni.revisions.selectors.overall import entries_for
from tomoni.revisions.services.overall import Named

FIRST, LAST = 1990, 2100


class OverallListForm(forms.Form):
    """The list of an overall plan."""

    title = forms.CharField(
        label=_("総合計画の名前"),
        max_length=120,
        help_text=_("前に取り込んだ計画を新しくするときは、同じ名前を書きます。"),
    )
    first_year = forms.IntegerField(label=_("最初の年度（西暦）"), required=False, min_value=FIRST, max_value=LAST)
    last_year = forms.IntegerField(label=_("最後の年度（西暦）"), required=False, min_value=FIRST, max_value=LAST)
    file = forms.FileField(
        label=_("一覧のファイル"),
        help_text=_("Excel か CSV。見出しの行に「分野」「政策」「施策」「担当課」などの列があるもの。"),
        error_messages={"required": _("ファイルを選んでください。"), "empty": _("ファイルが空です。")},
    )

    def clean(self) -> dict[str, Any]:
        """Years in order."""
        told = super().clean() or {}
        first, last = told.get("first_year"), told.get("last_year")
        if first and last and last < first:
            self.add_error("last_year", _t("最後の年度は、最初の年度より後にしてください。"))
        return told

    def named(self) -> Named:
        """What was typed, as the service wants it."""
        told = self.cleaned_data
        return Named(told["title"].strip(), told["first_year"], told["last_year"])


class OverallLinkForm(forms.Form):
    """The entry of the overall plan that a measure serves."""

    entry: Any = forms.ModelChoiceField(
        label=_("総合計画の項目"),
        queryset=None,
        empty_label=_("選んでください"),
        error_messages={
            "required": _("項目を選んでください。"),
            "invalid_choice": _("一覧にある項目を選んでください。"),
        },
    )

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        entries = list(entries_for(measure))
        field: Any = self.fields["entry"]
        field.queryset = entries_for(measure)
        field.choices = [("", _("選んでください")), *((e.pk, f"{'　' * e.depth}{e.number} {e.title}") for e in entries)]
        self.has_choices = bool(entries)
