"""Cleaning what browsers send about measures."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tomoni.plans.selectors import links
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
