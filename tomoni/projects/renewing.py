"""Going on for another year: both sides review, then next year's project and its agreement begin from the old ones."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tomoni.agreements import services as agreements
from tomoni.agreements.models import Agreement
from tomoni.agreements.workflow import State as AgreementState
from tomoni.cases import services as cases
from tomoni.cases.notices import tell, tell_new_holder
from tomoni.history.selectors import story_of
from tomoni.history.services import record
from tomoni.kernel.decisions import NotAllowed
from tomoni.kernel.fiscal import FiscalYear, fiscal_year_on
from tomoni.kernel.rules import Finding, broken
from tomoni.parties.actor import Actor
from tomoni.projects import permissions, rules
from tomoni.projects.models import Account, Duty, Project, RenewalReview, Risk

RENEWING = (rules.has_no_next_year, rules.both_have_reviewed, rules.both_wish_to_go_on, rules.stays_within_the_limit)
DAYS_A_YEAR = 365.25


@transaction.atomic
def review(project: Project, *, on: date, by: Actor, **words: Any) -> RenewalReview:
    """Write one's own side's review; until the next year has begun it may be written anew. The other side is told."""
    held = Project.objects.select_for_update(of=("self",)).select_related("civic", "city").get(pk=project.pk)
    permissions.may_review(by, held).enforce()
    if held.following is not None:
        raise NotAllowed(_("次の年度の事業が始まっているので、もう書き直せません。"))
    written, _made = RenewalReview.objects.update_or_create(
        project=held, side=held.side_of(by), defaults={**words, "written_on": on}
    )
    event = record("review", held, by=by)
    other = held.city if written.side == "civic" else held.civic
    text = _("「%(title)s」を続けるかどうか、相手の側がふりかえりを書きました。") % {"title": held.title}
    tell([other], text, about=held, event=event, by=by)
    return written


def next_period(project: Project) -> tuple[date, date]:
    """The year after the project: from the day after its last day; where it has none, the next fiscal year."""
    if project.ends is None:
        year = fiscal_year_on(project.starts or project.begun_on)
        return FiscalYear(year.year + 1).start, FiscalYear(year.year + 1).end
    starts = project.ends + timedelta(days=1)
    return starts, _a_year_on(starts) - timedelta(days=1)


def _a_year_on(day: date) -> date:
    """The same day a year later; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def in_the_way(project: Project) -> list[Finding]:
    """Everything that is in the way of another year, by the rulebook the project began under."""
    reviews = list(project.reviews.all())
    options = project.rulebook.book.options.agreements
    first, last = _first_day(project), next_period(project)[1]
    facts = rules.RenewalFacts(
        reviews=len(reviews),
        wishes_to_go_on=sum(each.goes_on for each in reviews),
        years=round((last - first).days / DAYS_A_YEAR, 2),
        longest_years=options.longest_years,
        has_next=project.following is not None,
    )
    return broken(RENEWING, facts)


def _first_day(project: Project) -> date:
    """The day the first year of a project that was renewed began."""
    while project.previous is not None:
        project = project.previous
    return project.starts or project.begun_on


@transaction.atomic
def renew(project: Project, *, on: date, by: Actor) -> Project:
    """Begin next year's project with its agreement, duties, accounts and open risks; nothing is typed again.

    RulesBroken says what is in the way. The new project starts once both have signed an agreement for its period.
    """
    held = (
        Project.objects.select_for_update(of=("self",)).select_related("agreement", "civic", "city").get(pk=project.pk)
    )
    permissions.may_review(by, held).enforce()
    if findings := in_the_way(held):
        raise cases.RulesBroken(findings)
    starts, ends = next_period(held)
    following = _following(held, starts, ends)
    following.agreement = _agreement_for(held, starts, ends, on=on, by=by)
    begun = cases.begin(following, on=on, by=by)
    _carry_over(held, begun)
    record("renew", held, by=by, next=begun.pk)
    tell_new_holder(begun, story_of(begun)[0], by=by)
    return begun


def _following(project: Project, starts: date, ends: date) -> Project:
    kept = ("title", "civic", "city", "summary", "issue", "form_kind", "zone", "field", "is_public")
    return Project(previous=project, starts=starts, ends=ends, **{name: getattr(project, name) for name in kept})


def _carry_over(old: Project, new: Project) -> None:
    Duty.objects.bulk_create(
        Duty(project=new, side=each.side, text=each.text, due=each.due and _a_year_on(each.due))
        for each in old.duties.order_by("pk")
    )
    Account.objects.bulk_create(
        Account(project=new, is_income=each.is_income, label=each.label, planned=each.planned)
        for each in old.accounts.order_by("pk")
    )
    Risk.objects.bulk_create(
        Risk(project=new, side=each.side, text=each.text, answer=each.answer, due=_a_year_on(each.due))
        for each in old.risks.filter(settled_on=None).order_by("pk")
    )


def _agreement_for(project: Project, starts: date, ends: date, *, on: date, by: Actor) -> Agreement | None:
    """The agreement of the next year: the same where it lasts long enough, its next version, or a new one like it."""
    old = project.agreement
    if old is None:
        return None
    signed = old.in_force
    if old.state == AgreementState.CONCLUDED and signed and not _ends_before(signed.content.get("ends"), ends):
        return old
    if old.state not in {AgreementState.CONCLUDED, AgreementState.ENDED}:
        raise NotAllowed(_("協定を変える案が、すでにあります。先に、その案に署名するか、やめるかを決めてください。"))
    duties = [
        {**line, "due": _a_year_on(date.fromisoformat(line["due"])).isoformat() if line.get("due") else None}
        for line in old.duties
    ]
    reason = _("次の年度も続けるため（双方がふりかえって決めました）。")
    if old.state == AgreementState.CONCLUDED:
        draft = agreements.amend(old, reason=reason, by=by)
        return agreements.write_draft(draft, {"ends": ends, "duties": duties}, revision=draft.revision, by=by)
    new = Agreement(title=old.title, proposal=old.proposal, suitability=old.suitability)
    draft = agreements.begin_agreement(new, civic=project.civic, city=project.city, on=on, by=by)
    values = {name: getattr(old, name) for name in agreements.WRITABLE}
    changed = {"duties": duties, "starts": starts, "ends": ends, "clauses": old.clauses}
    return agreements.write_draft(draft, {**values, **changed}, revision=draft.revision, by=by)


def _ends_before(last: str | None, day: date) -> bool:
    return last is not None and date.fromisoformat(last) < day
