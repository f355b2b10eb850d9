"""What the browser sends when a sheet is brought in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tomoni.plans.models import Plan

ACCEPTED = ".xlsx,.xls,.ods,.csv,.tsv,.txt,.html,.htm,.pdf"


class UploadForm(forms.Form):
    """A file, and the plan it belongs to: one that stands, or a new one by its name."""

    file = forms.FileField(
        label=_("ファイル"),
        help_text=_("Excel（xlsx、xls）、ods、CSV、TSV、HTML、文字のあるPDF。50 MBまで。"),
        error_messages={"empty": _("ファイルが空です（0バイト）。もう一度保存して送ってください。")},
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    plan: forms.ModelChoiceField[Plan] = forms.ModelChoiceField(
        queryset=None, label=_("取り込み先の計画"), required=False, empty_label=_("新しい計画をつくる")
    )
    title = forms.CharField(
        label=_("新しい計画の名前"),
        required=False,
        max_length=120,
        help_text=_("新しい計画をつくるときだけ書いてください。"),
    )
    again = forms.BooleanField(
        label=_("同じ内容でも、もう一度取り込む"),
        required=False,
        help_text=_("同じ内容を反映しても、計画は変わりません。"),
        widget=forms.HiddenInput,
    )

    def __init__(self, *args: Any, plans: QuerySet[Plan], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._plans = plans
        field = self.fields["plan"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = plans

    def offer_again(self) -> None:
        """Ask whether a file that is in force already should be taken once more."""
        self.fields["again"].widget = forms.CheckboxInput()

    def clean(self) -> dict[str, Any]:
        """A new plan needs a name nobody has used; a file for a plan that stands needs none."""
        told: dict[str, Any] = super().clean() or {}
        title = told.get("title", "").strip()
        if not told.get("plan") and not title and "plan" not in self.errors:
            self.add_error("title", _("計画を選ぶか、新しい計画の名前を書いてください。"))
        if not told.get("plan") and self._plans.filter(title=title).exists():
            self.add_error("title", _("同じ名前の計画があります。上の一覧から選んでください。"))
        return told
