"""Verbs of the desk: take an enquiry in, pass it on, answer, close, take it up again, and publish what others may use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tomoni.cases import services as cases
from tomoni.cases.notices import tell_new_holder
from tomoni.consultations import permissions, tasks
from tomoni.consultations.asker import fingerprint, holder_of_link, new_token
from tomoni.consultations.models import Consultation, Exchange, QuestionAnswer, StaffNote
from tomoni.consultations.notices import tell_also
from tomoni.consultations.rules import (
    exclusion_has_its_reason,
    nobody_can_be_recognised,
    question_has_its_answer,
)
from tomoni.consultations.selectors import KIND
from tomoni.history.selectors import story_of
from tomoni.history.services import record
from tomoni.kernel.decisions import NotAllowed
from tomoni.kernel.japanese import sentences
from tomoni.kernel.rules import broken
from tomoni.parties.actor import Actor
from tomoni.parties.models import Party
from tomoni.parties.permissions import Permission, grants
from tomoni.search.services import forget, index

TITLE_LETTERS, TELLING_LETTERS = 40, 14


@dataclass(frozen=True, slots=True)
class Enquiry:
    """What somebody asked, as it came to the desk."""

    body: str
    channel: str
    theme: str = ""
    asker_name: str = ""
    asker_mail: str = ""
    asker_contact: str = ""
    asker_id: int | None = None  # the registered party that asks
    excluded_as: str = ""
    excluded_reason: str = ""


def title_of(body: str) -> str:
    """The first sentence, with the next when it is too short to tell, cut to what a list can show."""
    first, *others = sentences(body) or [""]
    title = first if len(first) >= TELLING_LETTERS or not others else first + others[0]
    title = title.removesuffix("。")
    return title if len(title) <= TITLE_LETTERS else f"{title[: TITLE_LETTERS - 1]}…"


def receive(enquiry: Enquiry, *, token: str, at: datetime, by: Actor) -> Consultation:
    """Take an enquiry in and tell the desk. The token of its private link is known to the caller alone from here on.

    The same token twice is one enquiry, also from two windows at once. Raises RulesBroken when an exclusion has no reason.
    """
    mark = fingerprint(token)
    if held := Consultation.objects.filter(link_hash=mark).first():
        return held
    try:
        return _begin(enquiry, mark=mark, at=at, by=by)
    except IntegrityError:
        if held := Consultation.objects.filter(link_hash=mark).first():
            return held
        raise


@transaction.atomic
def _begin(enquiry: Enquiry, *, mark: str, at: datetime, by: Actor) -> Consultation:
    new = Consultation(
        title=title_of(enquiry.body),
        body=enquiry.body,
        channel=enquiry.channel,
        theme=enquiry.theme,
        asker_name=enquiry.asker_name,
        asker_mail=enquiry.asker_mail,
        asker_contact=enquiry.asker_contact,
        asker_id=enquiry.asker_id,
        excluded_as=enquiry.excluded_as,
        excluded_reason=enquiry.excluded_reason if enquiry.excluded_as else "",
        link_hash=mark,
    )
    _hold(new)
    begun = cases.begin(new, on=at.date(), by=by)
    begun.words = begun.key_words()
    begun.save(update_fields=["words"])
    if not by.may(Permission.CONSULTATION_RECEIVE):
        tell_new_holder(begun, story_of(begun)[0], by=by)
    return begun


@dataclass(frozen=True, slots=True)
class AtOnce:
    """What a person at the desk does in the same minute: answers, or gives it to a party."""

    answer: str = ""
    to: Party | None = None


@transaction.atomic
def take_in(enquiry: Enquiry, at_once: AtOnce, *, token: str, at: datetime, by: Actor) -> Consultation:
    """Note what came by phone, at the counter or in a letter, and answer it or pass it on. The same token twice is once."""
    permissions.may_receive(by).enforce()
    if held := Consultation.objects.filter(link_hash=fingerprint(token)).first():
        return held
    new = receive(enquiry, token=token, at=at, by=by)
    if at_once.answer:
        return answer(new, text=at_once.answer, at=at, by=by)
    return assign(new, to=at_once.to, by=by) if at_once.to else new


@transaction.atomic
def assign(consultation: Consultation, *, to: Party, by: Actor, note: str = "") -> Consultation:
    """Give a new enquiry to the party that will answer it; tell them, and those the table names as well."""
    words = _towards(to, note)
    assigned = cases.take("assign", consultation, by=by, note=words, change={"assigned_to": to})
    tell_also(assigned, by=by)
    return assigned


@transaction.atomic
def hand_over(consultation: Consultation, *, to: Party, reason: str, by: Actor) -> Consultation:
    """Pass it on to another party, with the reason, and tell them. NotAllowed when it is already theirs."""
    held = Consultation.objects.select_for_update().get(pk=consultation.pk)
    if held.assigned_to_id == to.pk:
        raise NotAllowed(_("すでに%sが担当しています。ほかの担当を選んでください。") % to)
    words = _towards(to, reason) if reason.strip() else ""
    return cases.take("hand_over", consultation, by=by, note=words, change={"assigned_to": to})


@transaction.atomic
def answer(consultation: Consultation, *, text: str, at: datetime, by: Actor) -> Consultation:
    """Write the answer the asker reads. Who answers before anybody was in charge is in charge from here on."""
    held = Consultation.objects.select_for_update().get(pk=consultation.pk)
    held.answer = text
    change = {
        "answer": text,
        "answered_on": held.answered_on or at.date(),
        "assigned_to": held.assigned_to or _own_desk(by),
        "words": held.key_words(),
    }
    answered = cases.take("answer", consultation, by=by, change=change)
    Exchange(consultation=answered, party=answered.assigned_to, text=text, at=at).save()
    _write_to_asker(answered)
    return answered


@transaction.atomic
def close(consultation: Consultation, *, outcome: str, by: Actor, note: str = "") -> Consultation:
    """Say how it ended and put it away. An asker who never got an answer is told that it is done."""
    held = Consultation.objects.select_for_update().get(pk=consultation.pk)
    change = {"outcome": outcome, "assigned_to": held.assigned_to or _own_desk(by)}
    closed = cases.take("close", consultation, by=by, note=note, change=change)
    if not closed.answered_on:
        _write_to_asker(closed)
    return closed


def _write_to_asker(consultation: Consultation) -> None:
    """By mail, once the change is safe, when the asker has left an address."""
    if consultation.asker_mail:
        slug, key = consultation.municipality.slug, consultation.pk
        transaction.on_commit(lambda: tasks.mail_asker.enqueue(slug, key))


def reopen(consultation: Consultation, *, reason: str, by: Actor) -> Consultation:
    """Take an answered or closed enquiry up again, with the party that had it last."""
    return cases.take("reopen", consultation, by=by, note=reason, change={"outcome": ""})


@transaction.atomic
def write_back(consultation: Consultation, *, text: str, at: datetime) -> Consultation:
    """The asker, who holds the private link, has more to say: what they wrote is kept and the enquiry taken up again."""
    asker = holder_of_link(consultation.pk)
    note = _("相談した人が続きを書きました。") if text.strip() else ""  # without words there is no reason to reopen
    again = cases.take("reopen", consultation, by=asker, note=note, change={"outcome": ""})
    Exchange(consultation=again, is_from_asker=True, text=text, at=at).save()
    return again


@transaction.atomic
def sort_out(consultation: Consultation, *, theme: str, excluded_as: str, reason: str, by: Actor) -> Consultation:
    """Say what it is about and whether it is no matter for collaboration, with the reason. The enquiry goes on as before."""
    held = Consultation.objects.select_for_update().get(pk=consultation.pk)
    permissions.may_sort(by, held).enforce()
    held.theme, held.excluded_as, held.excluded_reason = theme, excluded_as, reason if excluded_as else ""
    _hold(held)
    held.save(update_fields=["theme", "excluded_as", "excluded_reason"])
    record("sort_out", held, by=by, note=held.excluded_reason, theme=theme, excluded_as=excluded_as)
    return held


@transaction.atomic
def add_note(consultation: Consultation, *, text: str, at: datetime, by: Actor) -> StaffNote:
    """Leave a note that only people at work ever see."""
    permissions.may_note(by).enforce()
    note = StaffNote(consultation=consultation, text=text, author_name=by.name, at=at)
    note.save()
    record("note", consultation, by=by)
    return note


@transaction.atomic
def renew_link(consultation: Consultation, *, by: Actor) -> str:
    """A new private link, because the asker has none or lost it; the old one is dead. The token is shown once."""
    held = Consultation.objects.select_for_update().get(pk=consultation.pk)
    permissions.may_sort(by, held).enforce()
    token = new_token()
    held.link_hash = fingerprint(token)
    held.save(update_fields=["link_hash"])
    record("renew_link", held, by=by)
    return token


@transaction.atomic
def write_question(draft: QuestionAnswer, *, by: Actor, is_confirmed: bool = False) -> QuestionAnswer:
    """Keep a question and its answer as they now stand; what is public must stay fit to be so (RulesBroken)."""
    permissions.may_write_questions(by).enforce()
    if draft.published_on:
        permissions.may_publish_questions(by).enforce()
        _hold_public(draft, is_confirmed=is_confirmed)
    draft.save()
    record("write", draft, by=by)
    if draft.published_on:
        _put_in_index(draft)
    return draft


@transaction.atomic
def publish_question(question: QuestionAnswer, *, on: date, is_confirmed: bool, by: Actor) -> QuestionAnswer:
    """Show it to everybody. RulesBroken while the asker's name or contact seems to stand in it and nobody has confirmed."""
    permissions.may_publish_questions(by).enforce()
    held = QuestionAnswer.objects.select_for_update(of=("self",)).select_related("consultation").get(pk=question.pk)
    _hold_public(held, is_confirmed=is_confirmed)
    held.published_on = held.published_on or on
    held.save(update_fields=["published_on"])
    record("publish", held, by=by, confirmed=is_confirmed and bool(held.traces))
    _put_in_index(held)
    return held


@transaction.atomic
def withdraw_question(question: QuestionAnswer, *, by: Actor) -> QuestionAnswer:
    """Take it back from everybody's eyes: it is a draft again."""
    permissions.may_publish_questions(by).enforce()
    question.published_on = None
    question.save(update_fields=["published_on"])
    forget(question)
    record("withdraw", question, by=by)
    return question


def _put_in_index(question: QuestionAnswer) -> None:
    index(question, kind=KIND, title=question.question, text=question.answer, url=question.get_absolute_url())


def _hold(consultation: Consultation) -> None:
    if findings := broken([exclusion_has_its_reason], consultation.facts()):
        raise cases.RulesBroken(findings)


def _hold_public(question: QuestionAnswer, *, is_confirmed: bool) -> None:
    rules = [question_has_its_answer, nobody_can_be_recognised]
    if findings := broken(rules, question.facts(is_confirmed=is_confirmed)):
        raise cases.RulesBroken(findings)


def _towards(to: Party, note: str) -> str:
    return _("%(party)sへ。%(note)s") % {"party": to, "note": note.strip()}


def _own_desk(by: Actor) -> Party | None:
    """The party this person answers for; the first one they hold."""
    seats = [seat.party for seat in by.seats if grants(seat.role, Permission.CONSULTATION_ANSWER)]
    return Party.objects.get(pk=seats[0]) if seats else None
