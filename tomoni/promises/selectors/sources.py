"""What a recommendation may be about, and on which occasion it may have been given."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from tomoni.committees.models import Meeting
from tomoni.evaluations.models import Evaluation
from tomoni.parties.actor import Actor
from tomoni.parties.permissions import Permission
from tomoni.plans.models import Assessment, Heading, Measure, Plan
from tomoni.plans.selectors import assessors
from tomoni.promises.models import Recommendation

MOST = 100

Grouped = list[tuple[str, list[tuple[str, str]]]]


def about(plan: Plan) -> Grouped:
    """Headings and measures of a plan, as choices. Two queries."""
    headings = Heading.objects.filter(plan=plan).order_by("position").only("level", "number", "title")
    measures = Measure.objects.filter(plan=plan, relisted_of=None).order_by("position").only("number", "title")
    return [
        (_("見出し"), [(f"heading:{each.pk}", str(each)) for each in headings]),
        (_("施策"), [(f"measure:{each.pk}", str(each)) for each in measures]),
    ]


def chosen(plan: Plan, choice: str) -> Plan | Heading | Measure | None:
    """What a choice of `about` names; None where it is no longer there."""
    kind, _colon, key = choice.partition(":")
    if kind == "heading":
        return Heading.objects.filter(plan=plan, pk=key).first()
    if kind == "measure":
        return Measure.objects.filter(plan=plan, pk=key).select_related("plan", "relisted_of").first()
    return plan


def occasions(actor: Actor) -> Grouped:
    """The newest meetings and published evaluations, as choices. Two queries."""
    meetings = Meeting.objects.select_related("committee__party").order_by("-held_on", "-pk")
    if not actor.may(Permission.COMMITTEE_WRITE):
        meetings = meetings.filter(is_public=True)
    evaluations = Evaluation.objects.exclude(opinion="").filter(published_on__isnull=False)
    evaluations = evaluations.select_related("project").order_by("-published_on", "-pk")
    return [
        (_("会議"), [(f"meeting:{each.pk}", f"{each.committee} {each}") for each in meetings[:MOST]]),
        (_("協働事業の評価"), [(f"evaluation:{each.pk}", str(each)) for each in evaluations[:MOST]]),
    ]


def occasion(choice: str) -> Meeting | Evaluation | None:
    """What a choice of `occasions` names."""
    kind, _colon, key = choice.partition(":")
    held: dict[str, Any] = {"meeting": Meeting, "evaluation": Evaluation}
    found: Meeting | Evaluation | None = held[kind].objects.filter(pk=key).first() if kind in held else None
    return found


def assessment_of(plan: Plan, key: int) -> Assessment | None:
    """A committee's assessment of a measure or heading of the plan."""
    held = Assessment.objects.filter(measure__plan=plan) | Assessment.objects.filter(heading__plan=plan)
    return held.filter(pk=key).select_related("measure", "heading", "committee").first()


def unasked(choice: str, actor: Actor) -> list[Assessment]:
    """Opinions on a heading or measure, of committees this person writes for, that no recommendation takes up yet."""
    kind, _colon, key = choice.partition(":")
    taken = Recommendation.objects.filter(**{kind: key, "assessment__isnull": False}).values("assessment")
    held = Assessment.objects.filter(**{kind: key}).exclude(opinion="").exclude(pk__in=taken)
    return list(held.filter(committee__in=assessors.committees_of(actor)).order_by("-year"))
