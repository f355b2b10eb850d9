"""Verbs about promises and recommendations: judge a promise, write down what a committee recommends, answer it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tomoni.cases.services import RulesBroken
from tomoni.committees.models import Meeting
from tomoni.evaluations.models import Evaluation
from tomoni.history.services import record
from tomoni.kernel.decisions import NotAllowed
from tomoni.kernel.japanese import plain
from tomoni.kernel.rules import broken
from tomoni.parties.actor import Actor
from tomoni.parties.models import Party
from tomoni.plans.models import Assessment, Heading, Line, LineDepartment, Measure, Plan
from tomoni.plans.services import count_up
from tomoni.promises import permissions, rules
from tomoni.promises.models import Answer, Origin, PromiseVerdict, Recommendation, Response, Verdict
from tomoni.promises.rules import AnswerFacts, VerdictFacts
from tomoni.promises.selectors.promised import Promise, promise_of
from tomoni.promises.selectors.recommended import leads_of

VERDICT_RULES = (rules.next_year_is_reported, rules.verdict_has_its_reason)
ANSWER_RULES = (rules.answer_has_its_reason, rules.answer_is_not_before_the_recommendation)


@transaction.atomic
def judge(
    promise: Promise, *, verdict: Verdict, why: str = "", seen: str = "", at: datetime, by: Actor
) -> PromiseVerdict:
    """Decide what became of a promise; decided again, the new verdict replaces the old and both stay in the history.

    `seen` is the text the person read, where it may be older than the promise. NotAllowed for others than the line's
    departments and the division, and when the promise reads differently by now; RulesBroken when the next year is not reported or a reason is missing.
    """
    line = Line.objects.select_for_update().select_related("measure__plan").get(pk=promise.line)
    leads = set(LineDepartment.objects.filter(line=line, is_lead=True).values_list("party_id", flat=True))
    permissions.may_judge(by, leads).enforce()
    now = promise_of(line, promise.year, promise.part)
    if now is None or plain(now.text) != plain(seen or promise.text):
        raise NotAllowed(_("約束の文が変わっています。ページを開き直して、いまの文を読んでから判断してください。"))
    if findings := broken(VERDICT_RULES, VerdictFacts(verdict.value, why, now.is_reported)):
        raise RulesBroken(findings)
    values = {"verdict": verdict.value, "why": why.strip(), "given_at": at, "given_for_id": _in_whose_name(by, leads)}
    return _keep_verdict(now, line, values, by=by)


def _keep_verdict(now: Promise, line: Line, values: dict[str, object], *, by: Actor) -> PromiseVerdict:
    before = now.verdict
    held, _made = PromiseVerdict.objects.update_or_create(
        line=line,
        year=now.year,
        part=now.part,
        defaults={**values, "text": now.text},
    )
    said = {"year": now.year, "part": now.part, "proposed": now.proposal.outcome.value}
    was = before.verdict if before else ""
    record("judge", held, by=by, was=was, to=held.verdict, note=held.why, is_public=True, **said)
    count_up(line.measure.plan)
    return held


def _in_whose_name(by: Actor, leads: Collection[int]) -> int | None:
    """The department in charge where the person sits in one of them; else the party they act for."""
    own = next((seat.party for seat in by.seats if seat.party in leads), None)
    return own or (by.acts_for.party if by.acts_for else None)


@transaction.atomic
def take_back(verdict: PromiseVerdict, *, by: Actor) -> None:
    """A verdict was given by mistake: the promise is undecided again; the history keeps what was said."""
    leads = LineDepartment.objects.filter(line=verdict.line_id, is_lead=True).values_list("party_id", flat=True)
    permissions.may_judge(by, list(leads)).enforce()
    plan = verdict.line.measure.plan
    record("take_back", verdict, by=by, was=verdict.verdict, note=verdict.why, year=verdict.year, part=verdict.part)
    verdict.delete()
    count_up(plan)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a recommendation was given: at most one of these."""

    assessment: Assessment | None = None
    meeting: Meeting | None = None
    evaluation: Evaluation | None = None

    @property
    def origin(self) -> Origin:
        """The kind of it; without any, the assessment of the plan."""
        if self.meeting:
            return Origin.MEETING
        return Origin.EVALUATION if self.evaluation else Origin.ASSESSMENT


@transaction.atomic
def recommend(
    of: Plan | Heading | Measure, *, committee: Party, year: int, text: str, source: Source = Source(), by: Actor
) -> Recommendation:
    """Write down what a committee asks for; of a relisted measure, its original.

    NotAllowed for people of other bodies; ValidationError when it says nothing.
    """
    permissions.may_recommend(by, committee).enforce()
    if not text.strip():
        raise ValidationError({"text": _("意見の内容を書いてください。")})
    about = of.relisted_of or of if isinstance(of, Measure) else of
    plan = about if isinstance(about, Plan) else about.plan
    made = Recommendation(
        plan=plan,
        measure=about if isinstance(about, Measure) else None,
        heading=about if isinstance(about, Heading) else None,
        committee=committee,
        year=year,
        text=text.strip(),
        origin=source.origin,
        assessment=source.assessment,
        meeting=source.meeting,
        evaluation=source.evaluation,
    )
    made.save()
    record("recommend", made, by=by, is_public=True, year=year)
    count_up(plan)
    return made


@transaction.atomic
def answer(
    recommendation: Recommendation, *, year: int, answer: Answer, reason: str, at: datetime, by: Actor
) -> Response:
    """Say how the city answers in a year; said again for that year, the new words replace the old.

    NotAllowed for others than the measure's departments and the division; RulesBroken without a reason or too early.
    """
    held = Recommendation.objects.select_for_update().get(pk=recommendation.pk)
    leads = leads_of(held)
    permissions.may_answer(by, leads).enforce()
    facts = AnswerFacts(answer.value, reason, year, held.year)
    if findings := broken(ANSWER_RULES, facts):
        raise RulesBroken(findings)
    before = Response.objects.filter(recommendation=held, year=year).first()
    said, _made = Response.objects.update_or_create(
        recommendation=held,
        year=year,
        defaults={
            "answer": answer.value,
            "reason": reason.strip(),
            "given_for_id": _in_whose_name(by, leads),
            "given_at": at,
        },
    )
    was = before.answer if before else ""
    record("answer", held, by=by, was=was, to=answer.value, note=said.reason, is_public=True, year=year)
    count_up(recommendation.plan)
    return said
