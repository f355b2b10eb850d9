"""Cleaning what browsers send about measures."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tomoni.parties.actor import Actor
from tomoni.parties.permissions import Permission
from tomoni.plans.models import Measure, Plan
from tomoni.plans.selectors import assessors, headings, links
from tomoni.plans.words import long_year
from tomoni.projects.models import Project


class LinkForm(forms.Form):
    """The measure a project is to be linked to, grouped by plan."""

    measure = forms.TypedChoiceField(
        label=_("施策"),
        coerce=int,
        error_messages={
            "required": _("施策を選んでください。"),
            "invalid_choice": _("一覧にある施策を選んでください。"),
        },
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grouped = list(links.choices_for(project).items())
        self.has_choices = bool(grouped)
        self.fields["measure"].choices = [("", _("選んでください")), *grouped]  # type: ignore[attr-defined]  # a ChoiceField


class RelistForm(forms.Form):
    """Another heading of the plan, under which the measure is listed again."""

    heading = forms.TypedChoiceField(
        label=_("見出し"),
        coerce=int,
        error_messages={
            "required": _("見出しを選んでください。"),
            "invalid_choice": _("一覧にある見出しを選んでください。"),
        },
    )
    number = forms.CharField(
        label=_("番号"), required=False, max_length=20, help_text=_("空のままなら、もとの番号になります。")
    )

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(each.pk, str(each)) for each in headings.headings(plan).order_by("position")]
        self.fields["heading"].choices = [("", _("選んでください")), *named]  # type: ignore[attr-defined]  # a ChoiceField


class AssessForm(forms.Form):
    """What a committee says of the measure in a year; said again, the new words replace the old."""

    committee = forms.TypedChoiceField(
        label=_("委員会"), coerce=int, error_messages={"invalid_choice": _("一覧にある委員会を選んでください。")}
    )
    year = forms.TypedChoiceField(
        label=_("年度"), coerce=int, error_messages={"invalid_choice": _("計画の年度から選んでください。")}
    )
    rating = forms.CharField(label=_("評価"), required=False, max_length=40)
    opinion = forms.CharField(
        label=_("意見"), required=False, max_length=4000, widget=forms.Textarea({"rows": 4, "maxlength": 4000})
    )

    def __init__(self, *args: Any, plan: Plan, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = assessors.committees_of(actor).values_list("pk", "name")
        years = sorted({*plan.years, *_period(plan)}, reverse=True)
        self.fields["committee"].choices = list(bodies)  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["year"].choices = [(year, long_year(year)) for year in years]  # type: ignore[attr-defined]  # a ChoiceField


def _period(plan: Plan) -> range:
    return range(plan.first_year, plan.last_year + 1) if plan.first_year and plan.last_year else range(0)


def forms_for(plan: Plan, measure: Measure, actor: Actor, sent: dict[str, forms.Form]) -> dict[str, forms.Form]:
    """The forms this person may use on the measure's page; what was sent stands in for an empty one."""
    if measure.relisted_of_id:
        return sent
    made: dict[str, forms.Form] = {}
    if actor.may(Permission.PLAN_WRITE):
        made["relist"] = RelistForm(plan=plan, prefix="relist")
    if actor.may(Permission.PLAN_ASSESS):
        form = AssessForm(plan=plan, actor=actor, prefix="assess")
        if form.fields["committee"].choices and form.fields["year"].choices:  # type: ignore[attr-defined]  # ChoiceFields
            made["assess"] = form
    return {**made, **sent}
