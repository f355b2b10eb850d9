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
    """Working together."""
    framework: Label
    """This rulebook."""
    civic_side: Label
    """The side of the citizens."""
    city_side: Label
    """The side of the administration."""
    desk: Label
    """The consultation desk."""
    division: Label
    """The division in charge of collaboration."""
    centre: Label
    """The centre that supports groups."""
    coordinator: Label
    """Who brings parties together."""
    issue: Label
    """A local issue."""
    consultation: Label
    """A consultation."""
    programme: Label
    """The programme for proposals."""
    proposal: Label
    """A proposal."""
    agreement: Label
    """The written agreement."""
    project: Label
    """A project carried out together."""
    evaluation: Label
    """Looking back."""
    committee: Label
    """The body that watches over collaboration."""
    council: Label
    """The body that screens proposals."""
    plan: Label
    """The action plan."""
    measure: Label
    """A measure of the plan."""
    form: Label
    """A form of collaboration."""
    principle: Label
    """A principle."""


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
    """For agreements."""
    projects: ProjectOptions = ProjectOptions()
    """For projects."""
    organisations: RegisterOptions = RegisterOptions()
    """For the register."""
    consultations: ConsultationOptions = ConsultationOptions()
    """For the desk."""
    evaluations: EvaluationOptions = EvaluationOptions()
    """For evaluations."""
