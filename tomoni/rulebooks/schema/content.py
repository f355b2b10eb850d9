"""Everything that stands in a rulebook: what the document says, and how the rooms work by it."""

from __future__ import annotations

from pydantic import Field

from tomoni.rulebooks.schema.base import Entry, Part
from tomoni.rulebooks.schema.framework import Checklist, Framework, SuitabilityItem
from tomoni.rulebooks.schema.judging import AgreementForm, EvaluationForm, Screening
from tomoni.rulebooks.schema.planning import PlanLayout, ProgressLevel, Reading
from tomoni.rulebooks.schema.settings import Options, Service, Terms
from tomoni.rulebooks.schema.sheets import Budget, Programme, RoutingTheme, Sheet


class Standard(Part):
    """What Tomoni offers where the city's document has no such list. Never shown as the city's own."""

    suitability: tuple[SuitabilityItem, ...] = Field(min_length=1)
    """The examination, where a city has neither a test nor a checklist for considering."""
    checklists: tuple[Checklist, ...] = Field(min_length=1)
    """One for each stage a city has none for."""
    progress_scale: tuple[ProgressLevel, ...] = Field(min_length=1)
    """The scale for measures."""
    plan: PlanLayout
    """The layout of a plan."""


class Content(Framework):
    """The whole file, part by part; each part is checked by itself."""

    progress_scale: tuple[ProgressLevel, ...]
    """The city's own scale for measures; empty when its document has none."""
    plan: PlanLayout | None
    """The city's own plan; null when the document has none."""
    terms: Terms
    """The city's own words."""
    services: tuple[Service, ...] = Field(min_length=1)
    """Rooms that are open."""
    sheets: tuple[Sheet, ...]
    """Questions of each kind of case."""
    budget: Budget
    """Heads of the budget table of a proposal."""
    programmes: tuple[Programme, ...] = ()
    """Programmes for proposals that the city has announced."""
    screening: Screening
    """How proposals are screened."""
    agreement: AgreementForm
    """Clauses of an agreement."""
    evaluation: EvaluationForm
    """The shared evaluation sheet."""
    routing: tuple[RoutingTheme, ...] = Field(min_length=1)
    """Themes of consultation and who answers."""
    fields: tuple[Entry, ...] = Field(min_length=1)
    """Fields of activity, for the register, search and matching."""
    options: Options = Options()
    """Switches."""
    reading: Reading = Reading()
    """How this city's spreadsheets write things."""
    standard: Standard
    """What stands in for lists the city does not have."""
