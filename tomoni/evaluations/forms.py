"""Cleaning what browsers send to an evaluation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tomoni.agreements.models import Side
from tomoni.rulebooks.schema import Rulebook


def _area(rows: int, most: int) -> forms.Textarea:
    return forms.Textarea({"rows": rows, "maxlength": most})


def _day() -> forms.DateInput:
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class SheetForm(forms.Form):
    """One side's sheet: a mark and a reason for every question, and whether it is handed in."""

    def __init__(self, *args: Any, book: Rulebook, kept: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.book = book
        grades = [(each.value, f"{each.value} {each.label}") for each in book.evaluation.scale.grades]
        for item in book.evaluation_items:
            told = kept.get(item.key, {})
            self.fields[f"{item.key}-mark"] = forms.TypedChoiceField(
                label=item.label,
                help_text=item.text,
                choices=grades,
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
                initial=told.get("mark"),
            )
            self.fields[f"{item.key}-reason"] = forms.CharField(
                label=_now("「%s」の理由や気づいたこと") % item.label,
                required=False,
                max_length=1000,
                widget=_area(2, 1000),
                initial=told.get("reason", ""),
            )
        self.fields["hand_in"] = forms.BooleanField(
            label=_("これで出す"),
            help_text=_("出したあとは書き直せません。相手の評価は、双方が出して開いたときに見られます。"),
            required=False,
        )

    def clean(self) -> dict[str, Any]:
        """Handing in needs every mark, and a reason for each low one."""
        given = super().clean() or {}
        if not given.get("hand_in"):
            return given
        below = self.book.evaluation.reason_below
        for item in self.book.evaluation_items:
            mark = given.get(f"{item.key}-mark")
            if mark is None and f"{item.key}-mark" not in self.errors:
                self.add_error(f"{item.key}-mark", _("評点を選んでください。"))
            elif mark is not None and mark < below and not given.get(f"{item.key}-reason"):
                self.add_error(f"{item.key}-reason", _("低い評点には理由を書いてください。"))
        return given

    def answers(self) -> dict[str, dict[str, Any]]:
        """Item key -> mark and reason, of a valid form."""
        given = self.cleaned_data
        return {
            item.key: {"mark": given[f"{item.key}-mark"], "reason": given[f"{item.key}-reason"]}
            for item in self.book.evaluation_items
        }


class TalkForm(forms.Form):
    """What the sides said to each other."""

    talked_on = forms.DateField(label=_("話し合った日"), widget=_day())
    talk = forms.CharField(
        label=_("話し合ったこと"),
        help_text=_("公表するときに、だれでも読めるようになります。"),
        max_length=4000,
        widget=_area(6, 4000),
    )


class ImprovementForm(forms.Form):
    """A promise to do something better."""

    text = forms.CharField(label=_("改善すること"), max_length=200)
    side = forms.ChoiceField(
        label=_("担当"), choices=[("", _("あとで決める")), *Side.choices], widget=forms.RadioSelect, required=False
    )
    due = forms.DateField(
        label=_("期日"), help_text=_("担当と期日は、まとめるまでに決めてください。"), required=False, widget=_day()
    )
