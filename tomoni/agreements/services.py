"""Verbs of an agreement: begin, write, choose the form, offer, sign, reopen, change, keep, drop, end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from tomoni.agreements import permissions
from tomoni.agreements.content import SIDES, in_words
from tomoni.agreements.freezing import content_of, from_proposal
from tomoni.agreements.models import Agreement, AgreementVersion, Signature, SuitabilityCheck
from tomoni.agreements.selectors import SEARCH_KIND
from tomoni.cases import services as cases
from tomoni.cases.notices import tell_new_holder
from tomoni.history.selectors import story_of
from tomoni.history.services import record
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.actor import Actor
from tomoni.parties.models import Party
from tomoni.proposals.models import Proposal
from tomoni.search.services import index

WRITABLE = (
    "title",
    "form_kind",
    "form_reason",
    "partner_reason",
    "purpose",
    "duties",
    "total",
    "shares",
    "starts",
    "ends",
)


class Overtaken(Exception):
    """Somebody else has written the draft since this person opened it; nothing was saved."""

    def __init__(self, present: Agreement) -> None:
        super().__init__(
            _("開いている間に、ほかの方がこの案を書き直しました。違いを確かめて、もう一度保存してください。")
        )
        self.present = present


@transaction.atomic
def begin_agreement(new: Agreement, *, civic: Party, city: Party, on: date, by: Actor) -> Agreement:
    """Begin a draft between two sides; a proposal or a check it came from is named on `new`.

    NotAllowed for anybody else than the two sides, for a proposal that is not adopted or of others, and for a check
    that did not end with a yes. From a proposal its words, duties and costs are taken along.
    """
    permissions.may_begin(by, civic, city).enforce()
    new.civic, new.city = civic, city
    if new.proposal is not None:
        _hold_proposal(new.proposal, civic)
        for name, value in from_proposal(new.proposal).items():
            if name != "title" or not new.title:
                setattr(new, name, value)
    if new.suitability is not None:
        _hold_check(new.suitability, civic, city)
    begun = cases.begin(new, on=on, by=by)
    tell_new_holder(begun, story_of(begun)[0], by=by)
    return begun


def _hold_proposal(proposal: Proposal, civic: Party) -> None:
    if proposal.state != "adopted":
        raise NotAllowed(_("採択された提案からだけ、はじめられます。"))
    if proposal.lead_id != civic.pk:
        raise NotAllowed(_("提案した団体と、団体の側が違います。"))


def _hold_check(check: SuitabilityCheck, civic: Party, city: Party) -> None:
    if not check.suited:
        raise NotAllowed(_("協働に適していると決まった検証からだけ、はじめられます。"))
    if {check.civic_id, check.city_id} != {civic.pk, city.pk}:
        raise NotAllowed(_("検証した双方と、協定の双方が違います。"))


@transaction.atomic
def write_draft(agreement: Agreement, values: Mapping[str, Any], *, revision: int, by: Actor) -> Agreement:
    """Write the draft. `clauses` are laid over those that stand, so that another form's texts are not lost.

    Raises Overtaken when the draft is no longer at `revision`; NotAllowed for others and outside of drafting.
    """
    held = Agreement.objects.select_for_update().get(pk=agreement.pk)
    permissions.may_write(by, held).enforce()
    if held.revision != revision:
        raise Overtaken(held)
    changed = [name for name in WRITABLE if name in values and getattr(held, name) != values[name]]
    for name in changed:
        setattr(held, name, values[name])
    clauses = {**held.clauses, **values.get("clauses", {})}
    if clauses != held.clauses:
        held.clauses = clauses
        changed.append("clauses")
    if not changed:
        return held
    held.revision += 1
    held.save(update_fields=[*changed, "revision"])
    record("write", held, by=by, changed=changed)
    return held


@transaction.atomic
def offer(agreement: Agreement, *, note: str = "", at: datetime, by: Actor) -> AgreementVersion:
    """Fix the draft as a version that both sides can sign. RulesBroken names everything that is still missing."""
    held = cases.take("offer", agreement, by=by, note=note)
    reopened = story_of(held).filter(verb__in=["reopen", "amend"]).first() if held.version > 1 else None
    why = note or (reopened.note if reopened else "")
    return AgreementVersion.objects.create(
        agreement=held, number=held.version, content=content_of(held), why=why, at=at
    )


@transaction.atomic
def sign(agreement: Agreement, *, number: int, side: str, at: datetime, by: Actor) -> Agreement:
    """Sign that version for that side; with the second signature the agreement is concluded.

    NotAllowed for an old version, a side that has signed, a person who has signed for the other side, and others.
    """
    held = Agreement.objects.select_for_update().get(pk=agreement.pk)
    permissions.may_sign(by, held, side).enforce()
    if number != held.version:
        raise NotAllowed(_("古い版には署名できません。いまの第%(n)d版を読んでください。") % {"n": held.version})
    version = AgreementVersion.objects.get(agreement=held, number=number)
    if by.user is None:
        raise NotAllowed(_("署名するには、ログインしてください。"))
    if version.signatures.filter(user=by.user).exists():
        raise NotAllowed(_("双方の署名を、同じ人が行うことはできません。"))
    Signature.objects.create(of_version=version, side=side, user_id=by.user, name=by.name, at=at)
    record("sign", held, by=by, number=number, side=side)
    return _conclude(held, version, at=at, by=by) if len(held.signed_sides()) == len(SIDES) else held


def _conclude(held: Agreement, version: AgreementVersion, *, at: datetime, by: Actor) -> Agreement:
    version.concluded_on = at.date()
    version.save(update_fields=["concluded_on"])
    concluded = cases.take("conclude", held, by=by)
    told = in_words(version.content)
    text = "\n".join([told["目的"], told["役割分担"], told["協働の形態"], held.civic.name, held.city.name])
    index(concluded, kind=SEARCH_KIND, title=version.content["title"], text=text, url=concluded.get_absolute_url())
    return concluded


def reopen(agreement: Agreement, *, reason: str, by: Actor) -> Agreement:
    """Take an offered version back to the draft; what was offered stays as it was, the next one gets a new number."""
    return _as_next_version("reopen", agreement, reason=reason, by=by)


def amend(agreement: Agreement, *, reason: str, by: Actor) -> Agreement:
    """Draft a change of a concluded agreement, which holds until both have signed the next version."""
    return _as_next_version("amend", agreement, reason=reason, by=by)


@transaction.atomic
def _as_next_version(step: str, agreement: Agreement, *, reason: str, by: Actor) -> Agreement:
    held = Agreement.objects.select_for_update().get(pk=agreement.pk)
    # A change that was offered and given up has used its number: no number stands for two contents.
    last = held.versions.aggregate(last=Max("number"))["last"] or 0
    return cases.take(step, held, by=by, note=reason, change={"version": max(last, held.version) + 1})


@transaction.atomic
def keep(agreement: Agreement, *, reason: str, by: Actor) -> Agreement:
    """Give up a change: the draft goes back to what both signed last."""
    held = Agreement.objects.select_for_update().get(pk=agreement.pk)
    last = held.in_force
    return cases.take("keep", held, by=by, note=reason, change=_put_back(last) if last else None)


def _put_back(version: AgreementVersion) -> dict[str, Any]:
    content = version.content
    back = {name: content[name] for name in WRITABLE if name in content}
    days = {name: date.fromisoformat(content[name]) if content[name] else None for name in ("starts", "ends")}
    clauses = {clause["key"]: clause["text"] for clause in content["clauses"]}
    return {**back, **days, "form_kind": content["form"]["key"], "clauses": clauses, "version": version.number}


def drop(agreement: Agreement, *, reason: str, by: Actor) -> Agreement:
    """Give up a draft of which nothing was ever concluded. It stays readable for the two sides."""
    return cases.take("drop", agreement, by=by, note=reason)


def end(agreement: Agreement, *, reason: str, by: Actor) -> Agreement:
    """End a concluded agreement."""
    return cases.take("end", agreement, by=by, note=reason)


def step_of_room(name: str, agreement: Agreement, *, note: str, at: datetime, by: Actor) -> None:
    """Take the step of that name; LookupError for a name that is no step people take here."""
    if name == "offer":
        offer(agreement, note=note, at=at, by=by)
        return
    verbs = {"reopen": reopen, "amend": amend, "keep": keep, "drop": drop, "end": end}
    verbs[name](agreement, reason=note, by=by)
