"""Words, services and switches of a city."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from tomoni.rulebooks.schema.base import Label, Part

Service = Literal[
    "organisations",
    "consultations",
    "matching",
    "proposals",
    "agreements",
    "projects",
    "evaluations",
    "plans",
    "committees",
    "gatherings",
    "library",
    "voices",
    "surveys",
    "opendata",
]


class Terms(Part):
    """The city's own word for a thing."""

    collaboration: Label
    framework: Label
    civic_side: Label
    city_side: Label
    desk: Label
    division: Label
    centre: Label
    coordinator: Label
    issue: Label
    consultation: Label
    programme: Label
    proposal: Label
    agreement: Label
    project: Label
    evaluation: Label
    committee: Label
    council: Label
    plan: Label
    measure: Label
    form: Label
    principle: Label


class AgreementOptions(Part):
    """Switches for agreements."""

    must_end: bool = False
    """An agreement needs a last day."""
    longest_years: int | None = Field(default=None, ge=1, le=50)
    """Longest period in years."""
    tells_why_this_partner: bool = False
    """The reason for this partner is put on record before signing."""


class ProjectOptions(Part):
    """Switches for projects."""

    checklists_must_be_complete: bool = False
    """A stage is closed only when both sides have ticked all points."""
    accounts_are_shared: bool = True
    """Both sides see plan and actual accounts."""
    publishes_process: bool = False
    """Process and result are published as far as privacy and copyright allow."""


class RegisterOptions(Part):
    """Switches for the register of organisations."""

    renewal_month: int = Field(default=4, ge=1, le=12)
    """Month of the yearly renewal."""
    minimum_people: int = Field(default=1, ge=1)
    """Fewest members a group may have."""


class ConsultationOptions(Part):
    """Switches for the desk."""

    answer_days: int = Field(default=7, ge=1, le=90)
    """Working aim: days until the first answer."""


class EvaluationOptions(Part):
    """Switches for evaluations."""

    third_party: bool = False
    """The council gives an opinion after both sides."""


class Options(Part):
    """Optional rules on or off, limits, days."""

    agreements: AgreementOptions = AgreementOptions()
    projects: ProjectOptions = ProjectOptions()
    organisations: RegisterOptions = RegisterOptions()
    consultations: ConsultationOptions = ConsultationOptions()
    evaluations: EvaluationOptions = EvaluationOptions()
