"""Verbs of those who propose: begin, write, ask others to join, attach files. Two windows never overwrite each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tomoni.cases import services as cases
from tomoni.cases.notices import tell
from tomoni.files.models import StoredFile, Visibility
from tomoni.files.services import attach, discard, store_file
from tomoni.history.models import Event
from tomoni.history.services import record
from tomoni.kernel.decisions import NotAllowed
from tomoni.kernel.rules import broken
from tomoni.matching.models import Introduction
from tomoni.parties.actor import Actor
from tomoni.parties.models import Party
from tomoni.proposals import budget, permissions
from tomoni.proposals.models import Partner, Proposal, ProposalVersion, Round, Talk
from tomoni.proposals.selectors import attached_to
from tomoni.proposals.services.shown import show
from tomoni.proposals.workflow import REVISING, State

MOST_FILES = 10


class Moved(Exception):
    """Somebody wrote this proposal in another window since the form was opened; `held` is how it stands now."""

    def __init__(self, held: Proposal) -> None:
        super().__init__(_("ほかの画面で、この提案が書き直されました。"))
        self.held = held


class NotEligible(Exception):
    """The conditions of the programme are not met."""


@dataclass(frozen=True, slots=True)
class Writing:
    """A proposal as somebody has just written it. `partners` holds party and part."""

    title: str
    department: Party | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    budget: list[dict[str, Any]] = field(default_factory=list)
    partners: tuple[tuple[Party, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Beginning:
    """What must be known to begin: for whom, under what title, and what was said about the conditions."""

    lead: Party
    title: str
    said: Mapping[str, Any]
    introduction: Introduction | None = None


@transaction.atomic
def begin(call: Round, told: Beginning, *, on: date, by: Actor) -> Proposal:
    """Begin a draft. The same title for the same group in the same round is the draft that is there already.

    Raises NotAllowed outside the round and for others' groups, NotEligible when a condition is not met.
    """
    permissions.may_begin(by, told.lead, call, on=on).enforce()
    held = Proposal.objects.filter(round=call, lead=told.lead, title=told.title, state=State.DRAFT).first()
    if held is not None:
        return held
    new = Proposal(
        round=call,
        lead=told.lead,
        title=told.title,
        department=call.department,
        eligibility=dict(told.said),
        introduction=told.introduction,
        consultation=told.introduction.consultation if told.introduction else None,
    )
    begun = cases.begin(new, on=on, by=by)
    if not all(each.is_met for each in begun.eligibility_checks()):
        raise NotEligible(_("応募の条件を満たしていません。"))
    return begun


@transaction.atomic
def write(proposal: Proposal, writing: Writing, *, revision: int, by: Actor) -> Proposal:
    """Keep the draft as it now stands; it may be incomplete. Moved when another window was quicker."""
    held = _locked(proposal, revision, by)
    if held.state != State.DRAFT:
        raise NotAllowed(_("協議の間は、変えた理由を添えて直します。"))
    _keep(held, writing, by)
    return held


@transaction.atomic
def revise(
    proposal: Proposal, writing: Writing, *, revision: int, why: str, at: datetime, by: Actor
) -> ProposalVersion:
    """Change a proposal after talks with the department, and keep the version before beside it.

    Raises Moved, NotAllowed, and RulesBroken when it would no longer be whole.
    """
    held = _locked(proposal, revision, by)
    if held.state != State.TALKS:
        raise NotAllowed(_("版を残して直せるのは、協議の間だけです。"))
    _keep(held, writing, by)
    if findings := broken(REVISING, held.facts()):
        raise cases.RulesBroken(findings)
    version = keep_version(held, why=why, at=at, by=by)
    show(held)
    return version


def keep_version(proposal: Proposal, *, why: str, at: datetime, by: Actor) -> ProposalVersion:
    """Keep what the proposal says now under the next number, tied to the last talk."""
    last = proposal.versions.order_by("-number").first()
    talk = Talk.objects.filter(proposal=proposal).order_by("-held_on", "-pk").first()
    version = ProposalVersion(
        proposal=proposal,
        number=last.number + 1 if last else 1,
        content=proposal.content(),
        why=why[:200],
        talk=talk,
        at=at,
    )
    version.save()
    record("version", proposal, by=by, note=why, number=version.number)
    return version


def _locked(proposal: Proposal, revision: int, by: Actor) -> Proposal:
    held = Proposal.objects.select_for_update().get(pk=proposal.pk)
    permissions.may_write(by, held).enforce()
    if held.revision != revision:
        raise Moved(held)
    return held


def _keep(held: Proposal, writing: Writing, by: Actor) -> None:
    changed = sorted(key for key, value in writing.answers.items() if held.answers.get(key) != value)
    held.title, held.department = writing.title, writing.department
    held.answers, held.budget = dict(writing.answers), writing.budget
    held.form_kind = str(writing.answers.get("form_kind", ""))
    held.asked = budget.asked_of_city(writing.budget)
    held.revision += 1
    held.save(
        update_fields=["title", "department", "answers", "budget", "form_kind", "asked", "revision"],
    )
    event = record("write", held, by=by, changed=changed)
    if held.state == State.DRAFT:
        _seat_partners(held, writing.partners, event=event, by=by)


def _seat_partners(held: Proposal, wanted: tuple[tuple[Party, str], ...], *, event: Event, by: Actor) -> None:
    """Ask those who are new, let go of those no longer named. Only who agrees is named to others."""
    parts = {party.pk: part for party, part in wanted if party.pk != held.lead_id}
    Partner.objects.filter(proposal=held).exclude(party__in=parts).delete()
    seated = {seat.party_id: seat for seat in Partner.objects.filter(proposal=held)}
    new = []
    for party, part in wanted:
        if seat := seated.get(party.pk):
            seat.part = part
            seat.save(update_fields=["part"])
        elif party.pk != held.lead_id:
            seated[party.pk] = Partner.objects.create(proposal=held, party=party, part=part)
            new.append(party)
    told = _("「%(title)s」をいっしょに提案しないかと誘われています。") % {"title": held.title}
    tell(new, told, event=event, about=held, by=by)


@transaction.atomic
def answer_invitation(seat: Partner, *, agrees: bool, at: datetime, by: Actor) -> None:
    """Agree to propose together, or say no. Saying no leaves no name behind."""
    held = Partner.objects.select_for_update(of=("self",)).select_related("proposal", "party").get(pk=seat.pk)
    permissions.may_answer_invitation(by, held).enforce()
    if agrees:
        held.agreed_at = at
        held.save(update_fields=["agreed_at"])
    event = record("agree" if agrees else "refuse", held.proposal, by=by)
    words = (
        _("%(party)sが、いっしょに提案することを承諾しました。")
        if agrees
        else _("%(party)sは、参加しないと答えました。")
    )
    tell([held.proposal.lead], words % {"party": held.party}, event=event, about=held.proposal, by=by)
    if not agrees:
        held.delete()


@transaction.atomic
def attach_file(proposal: Proposal, content: bytes, *, name: str, at: datetime, by: Actor) -> StoredFile:
    """Attach a file that those involved may open. Raises NotAllowed, and FileRefused for what we do not take."""
    held = Proposal.objects.select_for_update().get(pk=proposal.pk)
    permissions.may_write(by, held).enforce()
    if attached_to(held).count() >= MOST_FILES:
        raise NotAllowed(_("添付できるファイルは%(most)sつまでです。") % {"most": MOST_FILES})
    stored = store_file(content, name=name, at=at, by=by, visibility=Visibility.INVOLVED)
    record("attach", held, by=by, note=stored.name)
    return attach(stored, to=held, by=by)


@transaction.atomic
def remove_file(proposal: Proposal, stored: StoredFile, *, by: Actor) -> None:
    """Take an attachment away again, its bytes too."""
    held = Proposal.objects.select_for_update().get(pk=proposal.pk)
    permissions.may_write(by, held).enforce()
    record("detach", held, by=by, note=stored.name)
    discard(stored)
