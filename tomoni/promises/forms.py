"""Cleaning what browsers send about promises and recommendations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tomoni.parties.actor import Actor
from tomoni.plans.models import Plan
from tomoni.plans.selectors import assessors
from tomoni.plans.words import long_year
from tomoni.promises.models import Answer, Verdict
from tomoni.promises.selectors import sources

MOST = 4000
LONG = forms.Textarea({"rows": 4, "maxlength": MOST})


class JudgeForm(forms.Form):
    """What became of a promise. `seen` is the text the person read."""

    verdict = forms.TypedChoiceField(
        label=_("判断"),
        choices=Verdict.choices,
        coerce=Verdict,
        widget=forms.RadioSelect,
        error_messages={"required": _("判断を選んでください。")},
    )
    why = forms.CharField(
        label=_("理由"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3, "maxlength": 1000}),
        help_text=_("公開されます。「果たした」のときは、書かなくてもかまいません。"),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class RecommendForm(forms.Form):
    """What a committee asks for."""

    committee = forms.TypedChoiceField(label=_("委員会"), coerce=int)
    about = forms.ChoiceField(label=_("何についての意見ですか"))
    year = forms.TypedChoiceField(label=_("意見が出た年度"), coerce=int)
    text = forms.CharField(
        label=_("意見"),
        max_length=MOST,
        widget=LONG,
        error_messages={"required": _("意見の内容を書いてください。")},
    )
    source = forms.ChoiceField(label=_("どこで出た意見ですか"), required=False)
    assessment = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**62)

    def __init__(self, *args: Any, plan: Plan, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        self._choose("committee", list(assessors.committees_of(actor).values_list("pk", "name")))
        self._choose("year", [(year, long_year(year)) for year in years_of(plan)])
        self._choose("about", [("plan", _("計画全体")), *sources.about(plan)])
        self._choose("source", [("", _("計画の評価・そのほか")), *sources.occasions(actor)])

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        field.choices = choices  # type: ignore[attr-defined]  # a ChoiceField
        field.error_messages["invalid_choice"] = _("一覧にあるものを選んでください。")


class AnswerForm(forms.Form):
    """How the city answers in a year."""

    year = forms.TypedChoiceField(
        label=_("対応の年度"), coerce=int, error_messages={"invalid_choice": _("一覧にある年度を選んでください。")}
    )
    answer = forms.TypedChoiceField(
        label=_("対応"),
        choices=Answer.choices,
        coerce=Answer,
        widget=forms.RadioSelect,
        error_messages={"required": _("対応を選んでください。")},
    )
    reason = forms.CharField(
        label=_("対応の内容・理由"),
        max_length=MOST,
        widget=LONG,
        help_text=_("公開されます。翌年度からは、その後どうなったかを書きます。"),
        error_messages={"required": _("どう対応するか、またはその理由を書いてください。")},
    )

    def __init__(self, *args: Any, plan: Plan, since: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(year, long_year(year)) for year in years_of(plan) if year >= since]
        self.fields["year"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


def years_of(plan: Plan) -> list[int]:
    """Years a committee may speak of, and the ones after it in which the city answers; newest first."""
    held = {*plan.years, plan.first_year, plan.last_year} - {None}
    return list(range(max(held) + 2, min(held) - 1, -1)) if held else []
