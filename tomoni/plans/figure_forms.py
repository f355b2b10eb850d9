"""Cleaning what browsers send about figures and indicators."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tomoni.kernel.japanese import folded
from tomoni.plans.following import Aim
from tomoni.plans.models import Figure, Indicator, Plan
from tomoni.plans.spellings import Group
from tomoni.plans.words import long_year

AHEAD = 10  # years beyond the plan a target may lie


class Amount(forms.DecimalField):
    """A number as people here type it: full-width digits and commas are fine."""

    def to_python(self, value: Any) -> Any:
        """As Django's, after folding the width and taking the commas out."""
        return super().to_python(folded(value).replace(",", "").strip() if isinstance(value, str) else value)


class AimForm(forms.Form):
    """What an indicator is to reach."""

    target = Amount(
        label=_("目標値"),
        required=False,
        max_digits=16,
        decimal_places=3,
        widget=forms.TextInput({"inputmode": "decimal"}),
        error_messages={"invalid": _("数字だけを書いてください。単位は要りません。")},
    )
    target_year = forms.TypedChoiceField(
        label=_("目標の年度"),
        required=False,
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": _("一覧にある年度を選んでください。")},
    )
    less_is_better = forms.BooleanField(label=_("少ないほどよい数です"), required=False)

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = [*plan.years, *(year for year in (plan.first_year, plan.last_year) if year)]
        years = range(max(held) + AHEAD, min(held) - 1, -1) if held else range(0)
        choices = [("", _("決めない")), *((year, long_year(year)) for year in years)]
        self.fields["target_year"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    def aim(self) -> Aim:
        """The cleaned values as an aim."""
        typed = self.cleaned_data
        return Aim(typed["target"], typed["target_year"], typed["less_is_better"])


class FollowForm(AimForm):
    """An indicator made of figures: its name, its unit, and the spellings that are the same thing."""

    label = forms.CharField(
        label=_("指標の名前"),
        max_length=100,
        help_text=_("毎年、この名前でたずねます。"),
        error_messages={"required": _("指標の名前を書いてください。")},
    )
    unit = forms.CharField(label=_("単位"), max_length=20, required=False)
    spellings = forms.MultipleChoiceField(
        label=_("同じ数とみなす呼び名"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("選んだ数値の呼び名が、指標の名前にそろいます。もとの呼び名も残ります。"),
        error_messages={"invalid_choice": _("一覧にある呼び名を選んでください。")},
    )
    field_order = ["label", "unit", "spellings", "target", "target_year", "less_is_better"]

    def __init__(self, *args: Any, plan: Plan, group: Group | None, **kwargs: Any) -> None:
        begun = {"label": group.label, "unit": group.unit, "spellings": list(group.labels)} if group else {}
        super().__init__(*args, plan=plan, initial=begun, **kwargs)
        if group:
            self.fields["spellings"].choices = [(each, each) for each in group.labels]  # type: ignore[attr-defined]
        else:
            del self.fields["spellings"]


class StopForm(forms.Form):
    """The last year an indicator is asked for, and why no longer."""

    after = forms.TypedChoiceField(label=_("最後にたずねる年度"), coerce=int)
    why = forms.CharField(
        label=_("やめる理由"),
        max_length=200,
        error_messages={"required": _("たずねるのをやめる理由を書いてください。")},
    )

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(year, long_year(year)) for year in sorted(plan.years, reverse=True)]
        self.fields["after"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


class RenameForm(forms.Form):
    """Another name for a figure."""

    label = forms.CharField(
        label=_("何の数か"), max_length=100, error_messages={"required": _("何の数かを書いてください。")}
    )


class AsideForm(forms.Form):
    """Why a figure does not count."""

    why = forms.CharField(
        label=_("数えない理由"), max_length=200, error_messages={"required": _("数えない理由を書いてください。")}
    )


def aim_of(indicator: Indicator) -> dict[str, Any]:
    """What the form of a target begins with."""
    target = None if indicator.target is None else indicator.target.normalize()
    return {
        "target": None if target is None else f"{target:f}",
        "target_year": indicator.target_year,
        "less_is_better": indicator.less_is_better,
    }


def name_of(figure: Figure) -> dict[str, str]:
    """What the form of a name begins with."""
    return {"label": figure.label}
