"""From a sheet of a rulebook to a Django form, and back to answers that can be kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.deconstruct import deconstructible
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tomoni.kernel.japanese import folded
from tomoni.rulebooks.answers import is_answered, length, options_of, progress, read_back, standing
from tomoni.rulebooks.schema import Rulebook, Sheet, SheetField

__all__ = ["SheetForm", "form_for", "progress", "read_back"]

# With few answers people see all of them at once; more are folded away.
FEW = 7
LARGEST = 10**12
_UNITS = re.compile(r"[,、\s]|(?:円|人|名|件|個)$")


class SheetForm(forms.Form):
    """The form of one sheet. `answers()` gives what can be kept, once the form is valid."""

    sheet: ClassVar[Sheet]
    is_draft: ClassVar[bool]

    def clean(self) -> dict[str, Any]:
        """Drop answers to questions that are not asked, and ask for required ones that hang on an earlier answer."""
        given = {**self.cleaned_data}
        asked = {field.key: field for field in standing(self.sheet, given) if field.key in self.fields}
        for key in self.fields:
            if key not in asked:
                given[key] = self.fields[key].to_python(None) if key in given else None
                self._errors.pop(key, None)  # type: ignore[attr-defined]  # what is not asked cannot be wrong
        for key, field in asked.items():
            missing = field.required and field.shown_when and key not in self.errors and not is_answered(field, given)
            if missing and not self.is_draft:
                self.add_error(key, self.fields[key].error_messages["required"])
        return given

    def answers(self) -> dict[str, Any]:
        """The answers as JSON values; questions that are not asked or left open do not stand in it."""
        kept: dict[str, Any] = {}
        for field in standing(self.sheet, self.cleaned_data):
            given = self.cleaned_data.get(field.key)
            if is_answered(field, self.cleaned_data) or given is False:
                kept[field.key] = given.isoformat() if isinstance(given, date) else given
        return kept


class WholeNumber(forms.IntegerField):
    """A whole number as people write it: full width, with commas, with a unit behind it."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> int | None:
        """The number; commas, blanks and the unit are taken away first."""
        return super().to_python(_UNITS.sub("", folded(value).strip()) if isinstance(value, str) else value)


@deconstructible
class AtMost:
    """Refuses text of more characters than that, counted as readers count."""

    def __init__(self, limit: int) -> None:
        self.limit = limit

    def __call__(self, text: str) -> None:
        """ValidationError when the text is longer."""
        if (count := length(text)) > self.limit:
            told = _("%(limit)d字以内で書いてください。いまは%(count)d字です。")
            raise ValidationError(told, code="max_length", params={"limit": self.limit, "count": count})


def form_for(sheet: Sheet, book: Rulebook, *, is_draft: bool = False) -> type[SheetForm]:
    """The form class of a sheet of that rulebook. A draft may leave required questions open.

    A question that lets one choose from a list this city does not have is left out.
    """
    fields: dict[str, forms.Field] = {}
    for question in sheet.fields:
        if question.kind not in {"choice", "choices"} or options_of(question, book):
            fields[question.key] = _field(question, sheet, book, is_draft=is_draft)

    class FilledSheet(SheetForm):
        """The form of this one sheet."""

    FilledSheet.sheet, FilledSheet.is_draft = sheet, is_draft
    # Not as class attributes: a question may have any key, also `sheet`.
    FilledSheet.base_fields = FilledSheet.declared_fields = fields
    return FilledSheet


def _field(question: SheetField, sheet: Sheet, book: Rulebook, *, is_draft: bool) -> forms.Field:
    needed = question.required and question.shown_when is None and not is_draft
    common = {"label": question.label, "required": needed, "help_text": _help(question, sheet, book)}
    field = _MAKERS[question.kind](question, book, common)
    if condition := question.shown_when:
        # For a script that folds the question away; without scripts the help says when to answer.
        field.widget.attrs |= {"data-shown-when": condition.field, "data-shown-for": " ".join(condition.equals)}
    return field


def _help(question: SheetField, sheet: Sheet, book: Rulebook) -> str:
    """The sentence of the sheet, the longest answer, and when the question is asked."""
    parts = [question.help] if question.help else []
    if question.max_length:
        parts.append(_("%(limit)d字まで。") % {"limit": question.max_length})
    if condition := question.shown_when:
        earlier = next(field for field in sheet.fields if field.key == condition.field)
        labels = dict(options_of(earlier, book)) if earlier.kind != "tick" else {"yes": _("はい"), "no": _("いいえ")}
        chosen = _("」か「").join(labels[key] for key in condition.equals)
        told = _("「%(question)s」で「%(chosen)s」を選んだときは必ず書きます。")
        if not question.required:
            told = _("「%(question)s」で「%(chosen)s」を選んだときに書きます。")
        parts.append(told % {"question": earlier.label, "chosen": chosen})
    return escape("".join(parts))  # Django and our components print help as it is


def _text(question: SheetField, _book: Rulebook, common: dict[str, Any]) -> forms.Field:
    checks = [AtMost(question.max_length)] if question.max_length else []
    widget = forms.Textarea(attrs={"rows": 6}) if question.kind == "text" else forms.TextInput()
    return forms.CharField(widget=widget, validators=checks, **common)


def _choice(question: SheetField, book: Rulebook, common: dict[str, Any]) -> forms.Field:
    options = options_of(question, book)
    if len(options) <= FEW:
        open_end = [] if common["required"] or question.required else [("", _("選ばない"))]
        return forms.ChoiceField(choices=[*options, *open_end], widget=forms.RadioSelect, **common)
    return forms.ChoiceField(choices=[("", _("選んでください")), *options], **common)


def _choices(question: SheetField, book: Rulebook, common: dict[str, Any]) -> forms.Field:
    return forms.MultipleChoiceField(choices=options_of(question, book), widget=forms.CheckboxSelectMultiple, **common)


def _number(question: SheetField, _book: Rulebook, common: dict[str, Any]) -> forms.Field:
    money, number = gettext_lazy("金額を円の単位で、数字で書いてください。"), gettext_lazy("数字で書いてください。")
    told = {"invalid": money if question.kind == "money" else number}
    widget = forms.TextInput(attrs={"inputmode": "numeric"})
    return WholeNumber(min_value=0, max_value=LARGEST, widget=widget, error_messages=told, **common)


def _date(_question: SheetField, _book: Rulebook, common: dict[str, Any]) -> forms.Field:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    told = {"invalid": gettext_lazy("日付を 2026-04-01 の形で書いてください。")}
    return forms.DateField(widget=widget, input_formats=["%Y-%m-%d", "%Y/%m/%d"], error_messages=told, **common)


def _tick(_question: SheetField, _book: Rulebook, common: dict[str, Any]) -> forms.Field:
    return forms.BooleanField(**common)


_MAKERS: dict[str, Callable[[SheetField, Rulebook, dict[str, Any]], forms.Field]] = {
    "line": _text,
    "text": _text,
    "choice": _choice,
    "choices": _choices,
    "number": _number,
    "money": _number,
    "date": _date,
    "tick": _tick,
}
