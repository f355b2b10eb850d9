"""A year's papers with what is reported but not public yet: for the division, and for the committee what is confirmed."""

from __future__ import annotations

from tomoni.kernel.decisions import NotAllowed
from tomoni.papers.content import OWN_WORDS, TEXTS, Content
from tomoni.papers.selectors.content import content_of
from tomoni.parties.actor import Actor
from tomoni.parties.permissions import Permission
from tomoni.plans.models import Plan
from tomoni.plans.words import BLANK
from tomoni.reporting.models import DraftAssessment, Entry, YearRequest
from tomoni.reporting.workflow import State

CONFIRMED = (State.CONFIRMED, State.ASSESSED)
HANDED_IN = (State.HANDED_IN, *CONFIRMED)


def request_of(plan: Plan, year: int) -> YearRequest | None:
    """The yearly request of that year, when there is one."""
    return YearRequest.objects.filter(plan=plan, year=year).first()


def years_at_work(plan: Plan) -> list[int]:
    """The years a paper can be prepared for: those of the plan and those asked for, newest first."""
    asked = YearRequest.objects.filter(plan=plan).values_list("year", flat=True)
    return sorted({*plan.years, *asked}, reverse=True)


def draft_of(plan: Plan, year: int, *, actor: Actor) -> Content:
    """The papers as they would be today: what is public, and over it what this person may read of the year's reports.

    NotAllowed for people who prepare nothing.
    """
    if not actor.may(Permission.PAPER_READ):
        raise NotAllowed
    content = content_of(plan, year)
    asked = request_of(plan, year)
    if asked is not None:
        _overlay(content, asked, HANDED_IN if actor.may(Permission.REPORT_CHECK) else CONFIRMED)
    return content


def _overlay(content: Content, asked: YearRequest, states: tuple[State, ...]) -> None:
    entries = {e.line_id: e for e in Entry.objects.filter(year_request=asked, state__in=states)}
    for measure in content["measures"]:
        for line in measure["lines"]:
            entry = entries.get(line["id"])
            if entry is not None:
                told = {name: getattr(entry, name) for name in (*TEXTS, *OWN_WORDS)} | {"results": entry.results_told}
                line["years"][str(asked.year)] = {"state": entry.status or BLANK, "status_text": "", **told}
    ratings: dict[str, str] = {level.key: level.label for level in asked.plan.rulebook.book.scale}
    by_kind = {("measure", m["id"]): m for m in content["measures"]} | {
        ("heading", h["id"]): h for h in content["headings"]
    }
    for draft in DraftAssessment.objects.filter(year_request=asked).select_related("committee"):
        of = by_kind.get(("measure", draft.measure_id) if draft.measure_id else ("heading", draft.heading_id or 0))
        if of is None:
            continue
        of["assessments"] = [
            one for one in of["assessments"] if (one["year"], one["committee_id"]) != (asked.year, draft.committee_id)
        ]
        of["assessments"].append(
            {
                "year": asked.year,
                "committee_id": draft.committee_id,
                "committee": draft.committee.name,
                "rating": ratings.get(draft.rating, draft.rating),
                "opinion": draft.opinion,
            }
        )
