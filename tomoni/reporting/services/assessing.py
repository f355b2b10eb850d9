"""The committee's view before it is public: written by its members or noted by the division, line after line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tomoni.cases import services as cases
from tomoni.history.services import record
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.actor import Actor
from tomoni.parties.models import Party
from tomoni.plans.models import Heading, Measure
from tomoni.reporting import permissions
from tomoni.reporting.models import LONGEST, DraftAssessment, Entry, YearRequest
from tomoni.reporting.services.drafting import too_long
from tomoni.reporting.workflow import State

RATING = 40


@dataclass(frozen=True, slots=True)
class View:
    """What a committee says: a rating in its own word or on the city's scale, and an opinion. `version` 0 is a new one."""

    rating: str
    opinion: str
    version: int = 0


class WrittenMeanwhile(Exception):
    """Another member has written since this person opened the page. `draft` holds their words."""

    def __init__(self, draft: DraftAssessment) -> None:
        super().__init__(_("ほかの委員が先に書いています。下の文と見比べて、もう一度記録してください。"))
        self.draft = draft


@transaction.atomic
def write_view(
    year_request: YearRequest, of: Measure | Heading, view: View, *, committee: Party, at: datetime, by: Actor
) -> DraftAssessment:
    """Keep the committee's view of a measure or a heading; a measure's reports are assessed by it.

    ValidationError when nothing is said or too much; NotAllowed for other people, and while a report is not confirmed;
    WrittenMeanwhile when another member was quicker.
    """
    permissions.may_view(by, committee).enforce()
    _refuse_unfit(view)
    YearRequest.objects.select_for_update().get(pk=year_request.pk)
    if isinstance(of, Measure):
        _refuse_unready(year_request, of)
    held = _held(year_request, of, committee)
    if held is not None and held.version != view.version:
        if (held.rating, held.opinion) == (view.rating, view.opinion):
            return held
        raise WrittenMeanwhile(held)
    was = {"rating": held.rating, "opinion": held.opinion} if held else {}
    draft = held or _new(year_request, of, committee)
    draft.version = draft.version + 1 if held else 1
    draft.rating, draft.opinion = view.rating, view.opinion
    draft.written_at, draft.written_by_id = at, by.user
    draft.save()
    record("view", draft, by=by, before=was)
    if isinstance(of, Measure):
        for entry in year_request.entries.filter(line__measure=of, state=State.CONFIRMED):
            cases.take("assess", entry, by=by)
    return draft


def _refuse_unfit(view: View) -> None:
    if not (view.rating.strip() or view.opinion.strip()):
        raise ValidationError(_("評価か意見のどちらかを書いてください。"))
    if len(view.rating) > RATING:
        raise ValidationError({"rating": _("評価は%s字までにしてください。くわしくは意見に書きます。") % RATING})
    if len(view.opinion) > LONGEST:
        raise ValidationError({"opinion": too_long(view.opinion)})


def _refuse_unready(year_request: YearRequest, measure: Measure) -> None:
    asked = Entry.objects.filter(year_request=year_request, line__measure=measure).exclude(state=State.RELEASED)
    states = set(asked.values_list("state", flat=True))
    if not states or states & {State.ASKED, State.HANDED_IN}:
        raise NotAllowed(_("担当課の報告が確認されるまで、評価は書けません。"))
    if states == {State.PUBLISHED}:
        raise NotAllowed(_("公表したあとは、評価を書き直せません。協働担当課に伝えてください。"))


def _held(year_request: YearRequest, of: Measure | Heading, committee: Party) -> DraftAssessment | None:
    drafts = DraftAssessment.objects.filter(year_request=year_request, committee=committee)
    return (drafts.filter(measure=of) if isinstance(of, Measure) else drafts.filter(heading=of)).first()


def _new(year_request: YearRequest, of: Measure | Heading, committee: Party) -> DraftAssessment:
    return DraftAssessment(
        year_request=year_request,
        measure=of if isinstance(of, Measure) else None,
        heading=of if isinstance(of, Heading) else None,
        committee=committee,
    )
