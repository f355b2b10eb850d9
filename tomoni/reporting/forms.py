"""Cleaning what browsers send: the request, what a line reports, a hand-over, the committee's view, a returned sheet."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tomoni.kernel.fiscal import fiscal_year_on
from tomoni.parties.models import Party
from tomoni.plans.models import Plan
from tomoni.plans.words import long_year, words_of
from tomoni.reporting.cleaning import clean_text, decimal_of
from tomoni.reporting.models import LONGEST, TEXTS, WRITTEN, Entry
from tomoni.reporting.selectors.requests import departments_now
from tomoni.reporting.services.assessing import RATING, View
from tomoni.reporting.services.drafting import Draft, Number, too_long
from tomoni.reporting.services.opening import REMINDER_DAYS, Question

_ROWS = {"results": 6, "issues": 4, "next_action": 4}
Kept = dict[str, Any]
Bodies = list[tuple[int, str]]  # the committees in whose name a person writes


class Words(forms.CharField):
    """A text kept letter for letter; over the limit it is refused with its length and stays in the form."""

    def __init__(self, *, longest: int = LONGEST, rows: int = 3, **kwargs: Any) -> None:
        widget = forms.Textarea({"rows": rows}) if rows > 1 else forms.TextInput()
        super().__init__(strip=False, **{"required": False, "widget": widget, **kwargs})
        self.longest = longest

    def clean(self, value: Any) -> str:
        """As written, with one kind of line end."""
        text = clean_text(value or "")
        super().clean(text)
        if len(text) > self.longest:
            if self.longest == LONGEST:
                raise ValidationError(too_long(text))
            raise ValidationError(
                _now("%(most)s字までにしてください（いま%(now)s字）。") % {"most": self.longest, "now": len(text)}
            )
        return text


class EntryForm(forms.Form):
    """What a line reports, with a pair of boxes for each number asked for."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    status = forms.ChoiceField(required=False, widget=forms.RadioSelect)
    results, issues, next_action, remarks = (Words(rows=_ROWS.get(name, 2)) for name in TEXTS)
    is_unchanged = forms.BooleanField(label=_("前の年度と変わりない"), required=False)
    unchanged_why = Words(label=_("変わりないわけ（1文）"), rows=2)
    self_assessment = Words(label=_("自己評価"), rows=2)
    response = Words(label=_("委員会の意見への対応"), rows=2)

    def __init__(self, sent: Any = None, *, entry: Entry) -> None:
        initial: Kept = {name: getattr(entry, name) for name in ("version", *WRITTEN)}
        self.asked = list(entry.figures.select_related("indicator").order_by("indicator_id"))
        for each in self.asked:
            value = "" if each.value is None else f"{each.value.normalize():f}"
            initial |= {f"number_{each.indicator_id}": value, f"why_{each.indicator_id}": each.why}
        super().__init__(sent, initial=initial, label_suffix="")
        words = words_of(entry.rulebook.book)
        scale = [level.status for level in entry.rulebook.book.progress_scale] or list(words.full)[:5]
        self.fields["status"].choices = [(key, words.full[key]) for key in dict.fromkeys(scale)]  # type: ignore[attr-defined]  # a ChoiceField
        for name in ("status", *TEXTS):
            self.fields[name].label = words.fields[name]
        for name in ("status", "results"):
            self.fields[name].help_text = _("出すときに必要です。")
        for each in self.asked:
            self.fields[f"number_{each.indicator_id}"] = Words(label=each.indicator.label, rows=1, longest=40)
            self.fields[f"why_{each.indicator_id}"] = Words(label=_("書けないわけ"), rows=1, longest=200)

    def clean(self) -> Kept:
        """Numbers are numbers; a number that is given needs no reason for its absence."""
        told: Kept = super().clean() or {}
        for each in self.asked:
            name = f"number_{each.indicator_id}"
            try:
                told[name] = decimal_of(told.get(name) or "")
            except ValidationError as problem:
                self.add_error(name, problem)
        return told

    def draft(self) -> Draft:
        """What is to be kept."""
        told = self.cleaned_data
        numbers = {}
        for each in self.asked:
            value = told[f"number_{each.indicator_id}"]
            kept = each.taken_from if value == each.value else ""
            numbers[each.indicator_id] = Number(value, told[f"why_{each.indicator_id}"] if value is None else "", kept)
        return Draft({name: told[name] for name in WRITTEN}, numbers)

    def numbers(self) -> list[tuple[Any, Any, Any]]:
        """Each number asked for, with its two boxes."""
        return [(each, self[f"number_{each.indicator_id}"], self[f"why_{each.indicator_id}"]) for each in self.asked]


def _years(plan: Plan | None, on: date) -> list[tuple[int, str]]:
    last = fiscal_year_on(on).year
    first = (plan.first_year if plan else None) or last - 3
    return [(year, long_year(year)) for year in range(last, min(first, last) - 2, -1)]


class RequestForm(forms.Form):
    """Which year is asked for, until when and in which words."""

    plan: forms.ModelChoiceField[Plan] = forms.ModelChoiceField(
        queryset=None, label=_("計画"), empty_label=None, error_messages={"required": _("計画を選んでください。")}
    )
    year = forms.TypedChoiceField(label=_("報告する年度"), coerce=int)
    due_on = forms.DateField(
        label=_("締め切り"),
        widget=forms.DateInput({"type": "date"}),
        error_messages={
            "required": _("締め切りの日を選んでください。"),
            "invalid": _("日付を正しく書いてください（例: 2026-05-15）。"),
        },
    )
    words = Words(label=_("依頼文"), help_text=_("各課の担当者が読みます。書き方の注意などを書きます。"))
    reminder_days = forms.CharField(
        label=_("知らせる日"),
        max_length=60,
        help_text=_("締め切りの何日前かを、数字で並べます。締め切りの後は「-1」のように書きます。"),
    )
    asks_committee = forms.BooleanField(
        label=_("委員会の評価を受けてから公表する"),
        required=False,
        help_text=_("外すと、確認したあとすぐに公表できます。"),
    )

    def __init__(self, sent: Any = None, *, plans: Any, on: date) -> None:
        newest = plans.first()
        assessors = newest.rulebook.book.plan_layout.assessors if newest else ()
        initial = {
            "plan": newest,
            "year": fiscal_year_on(on).year - 1,
            "reminder_days": "、".join(map(str, REMINDER_DAYS)),
            "asks_committee": any(each.role == "committee" for each in assessors),
        }
        super().__init__(sent, initial=initial, label_suffix="")
        self.fields["plan"].queryset = plans  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["year"].choices = _years(newest, on)  # type: ignore[attr-defined]  # a ChoiceField

    def clean_reminder_days(self) -> tuple[int, ...]:
        """Whole days, however they are divided."""
        told = unicodedata.normalize("NFKC", self.cleaned_data["reminder_days"]).replace("−", "-")
        parts = [part for part in re.split(r"[、,\s]+", told) if part]
        if not all(re.fullmatch(r"-?\d{1,3}", part) for part in parts):
            raise ValidationError(_now("日数を数字で書いてください（例: 7、1、-1）。"))
        return tuple(int(part) for part in parts)

    def question(self) -> Question:
        """What is asked."""
        told = {name: value for name, value in self.cleaned_data.items() if name != "plan"}
        return Question(**told)


class DeadlineForm(forms.Form):
    """Another day until which departments answer."""

    due_on = forms.DateField(label=_("新しい締め切り"), widget=forms.DateInput({"type": "date"}))


class DepartmentForm(forms.Form):
    """A department to put in charge, and why where that is asked."""

    department: forms.ModelChoiceField[Party] = forms.ModelChoiceField(
        queryset=None,
        label=_("課"),
        empty_label=_("選んでください"),
        error_messages={"required": _("課を選んでください。"), "invalid_choice": _("一覧にある課を選んでください。")},
    )
    reason = Words(
        label=_("引き継ぐわけ"),
        required=True,
        longest=2000,
        rows=2,
        error_messages={"required": _("わけを書いてください。")},
    )

    def __init__(self, sent: Any = None, *, prefix: str, with_reason: bool = True) -> None:
        super().__init__(sent, prefix=prefix, label_suffix="")
        self.fields["department"].queryset = departments_now()  # type: ignore[attr-defined]  # a ModelChoiceField
        if not with_reason:
            del self.fields["reason"]


class ViewForm(forms.Form):
    """What a committee says of a measure or a heading."""

    committee = forms.TypedChoiceField(label=_("委員会"), coerce=int)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    rating = Words(
        label=_("評価"), rows=1, longest=RATING, help_text=_("短いことばで書きます。意見だけでもかまいません。")
    )
    opinion = Words(label=_("意見"), rows=4)

    def __init__(self, sent: Any = None, *, bodies: Bodies, prefix: str, initial: Kept | None = None) -> None:
        super().__init__(sent, prefix=prefix, initial=initial, label_suffix="")
        self.fields["committee"].choices = bodies  # type: ignore[attr-defined]  # a ChoiceField
        if len(bodies) == 1:
            self.fields["committee"].widget = forms.HiddenInput()
            self.initial.setdefault("committee", bodies[0][0])

    def view(self) -> View:
        """What was said."""
        told = self.cleaned_data
        return View(told["rating"], told["opinion"], told["version"])


class SheetForm(forms.Form):
    """A filled-in Excel sheet."""

    file = forms.FileField(
        label=_("書き込んだExcelファイル"),
        help_text=_("このページから取り出したファイル（xlsx）に書き込んだもの。10 MBまで。"),
        widget=forms.FileInput({"accept": ".xlsx"}),
        error_messages={
            "required": _("ファイルを選んでください。"),
            "empty": _("ファイルが空です（0バイト）。もう一度保存して送ってください。"),
        },
    )
