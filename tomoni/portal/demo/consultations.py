"""The enquiries of the demonstration, as written down in demo/<city>/consultations.yaml, spread over the last year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from tomoni.consultations import selectors, services
from tomoni.consultations.asker import ANYBODY, new_token
from tomoni.consultations.models import Consultation, QuestionAnswer
from tomoni.consultations.services import Enquiry
from tomoni.history.models import Event, Notice
from tomoni.history.selectors import story_of
from tomoni.kernel.clock import now
from tomoni.parties.actor import Actor, Seat
from tomoni.parties.models import Party
from tomoni.parties.permissions import Role
from tomoni.portal.demo.sheets import folder
from tomoni.tenants.models import Municipality


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DemoStep(_Part):
    """What was done so many days after the enquiry came."""

    do: Literal["assign", "hand_over", "answer", "write_back", "note", "close"]
    after: int
    text: str = ""
    to: str = ""
    reason: str = ""
    outcome: str = ""
    note: str = ""


class DemoExclusion(_Part):
    """Why an enquiry was no matter for collaboration."""

    key: str
    reason: str


class DemoEnquiry(_Part):
    """One enquiry with all that was done."""

    key: str
    days_ago: int
    channel: str
    theme: str
    body: str
    name: str = ""
    mail: str = ""
    contact: str = ""
    group: bool = False
    """It comes from the group of the demonstration."""
    excluded: DemoExclusion | None = None
    steps: tuple[DemoStep, ...]


class DemoQuestion(_Part):
    """A question made of one of them."""

    source: str
    days_ago: int
    theme: str
    question: str
    answer: str
    draft: bool = False


class DemoDesk(_Part):
    """Everything in one city's file."""

    consultations: tuple[DemoEnquiry, ...]
    questions: tuple[DemoQuestion, ...]


def load_desk(slug: str) -> DemoDesk:
    """The enquiries and questions of that city."""
    told = yaml.safe_load((folder() / slug / "consultations.yaml").read_text(encoding="utf-8"))
    return DemoDesk.model_validate(told)


def seed(city: Municipality, *, at: datetime) -> int:
    """Inside the city's scope: bring in what is not there yet; the number of enquiries brought in.

    Needs the city's rulebook, departments and coordinator.
    """
    told = load_desk(city.slug)
    new = [enquiry for enquiry in told.consultations if not Consultation.objects.filter(body=enquiry.body).exists()]
    for enquiry in new:
        _bring_in(enquiry, at=at)
    sources = {enquiry.key: enquiry for enquiry in told.consultations}
    for question in told.questions:
        if not QuestionAnswer.objects.filter(question=question.question).exists():
            _publish(question, sources[question.source], at=at)
    return len(new)


def _bring_in(told: DemoEnquiry, *, at: datetime) -> None:
    came = _morning(at, told.days_ago)
    enquiry = Enquiry(
        body=told.body,
        channel=told.channel,
        theme=told.theme,
        asker_name=told.name,
        asker_contact=told.contact,
        asker_id=_group().pk if told.group else None,
        excluded_as=told.excluded.key if told.excluded else "",
        excluded_reason=told.excluded.reason if told.excluded else "",
    )
    by = ANYBODY if told.channel == "web" else _coordinator()
    started = now()
    case = services.receive(enquiry, token=new_token(), at=came, by=by)
    _set_back(case, since=started, to=came)
    for place, step in enumerate(told.steps):
        started, moment = now(), came + timedelta(days=step.after, minutes=20 * (place + 1))
        STEPS[step.do](Consultation.objects.get(pk=case.pk), step, moment)
        _set_back(case, since=started, to=moment)
    # Written last: nobody is told today of an answer given months ago.
    Consultation.objects.filter(pk=case.pk).update(asker_mail=told.mail)


def _assign(case: Consultation, step: DemoStep, _moment: datetime) -> None:
    to = _party(step.to) if step.to else selectors.routed_to(case.rulebook.book, case.theme)
    services.assign(case, to=to or _party("協働推進課"), by=_coordinator())


def _hand_over(case: Consultation, step: DemoStep, _moment: datetime) -> None:
    services.hand_over(case, to=_party(step.to), reason=step.reason, by=_somebody_for(case))


def _answer(case: Consultation, step: DemoStep, moment: datetime) -> None:
    services.answer(case, text=step.text, at=moment, by=_somebody_for(case))


def _write_back(case: Consultation, step: DemoStep, moment: datetime) -> None:
    services.write_back(case, text=step.text, at=moment)


def _note(case: Consultation, step: DemoStep, moment: datetime) -> None:
    services.add_note(case, text=step.text, at=moment, by=_somebody_for(case))


def _close(case: Consultation, step: DemoStep, _moment: datetime) -> None:
    services.close(case, outcome=step.outcome, note=step.note, by=_somebody_for(case))


STEPS: dict[str, Callable[[Consultation, DemoStep, datetime], None]] = {
    "assign": _assign,
    "hand_over": _hand_over,
    "answer": _answer,
    "write_back": _write_back,
    "note": _note,
    "close": _close,
}


def _publish(told: DemoQuestion, source: DemoEnquiry, *, at: datetime) -> None:
    moment, started = _morning(at, told.days_ago), now()
    draft = QuestionAnswer(
        consultation=Consultation.objects.get(body=source.body),
        theme=told.theme,
        question=told.question,
        answer=told.answer,
    )
    services.write_question(draft, by=_coordinator())
    if not told.draft:
        services.publish_question(draft, on=moment.date(), is_confirmed=False, by=_coordinator())
    _set_back(draft, since=started, to=moment)


def _set_back(subject: Consultation | QuestionAnswer, *, since: datetime, to: datetime) -> None:
    """Let what was just done have happened then. Only the demonstration may: it tells of a year that never was."""
    story = story_of(subject).filter(at__gte=since)
    keys = list(story.values_list("pk", flat=True))
    Event.objects.filter(pk__in=keys).update(at=to)
    if isinstance(subject, Consultation):
        stale = Notice.objects.filter(url=subject.get_absolute_url()).exclude(event__in=keys)
        stale.delete()


def _morning(at: datetime, days_ago: int) -> datetime:
    return (at - timedelta(days=days_ago)).replace(hour=10, minute=0, second=0, microsecond=0)


def _party(name: str) -> Party:
    return Party.objects.get(name=name, ended_on=None)


def _group() -> Party:
    return Party.objects.filter(memberships__role=Role.MEMBER).order_by("pk")[0]


def _coordinator() -> Actor:
    party = Party.objects.filter(memberships__role=Role.COORDINATOR).order_by("pk")[0]
    return _seated(party) or _invented(party)


def _somebody_for(case: Consultation) -> Actor:
    """Who acts for the party in charge: the person who signs in there, else a colleague made up for it."""
    if case.assigned_to is None:
        return _coordinator()
    return _seated(case.assigned_to) or _invented(case.assigned_to)


def _seated(party: Party) -> Actor | None:
    held = party.memberships.filter(role__in=selectors.ANSWERERS, until=None).select_related("user").first()
    if held is None:
        return None
    seat = Seat(party.pk, party.name, party.parent_id, Role(held.role))
    return Actor(user=held.user.pk, name=held.user.display_name, seats=(seat,))


def _invented(party: Party) -> Actor:
    return Actor(user=None, name="例示 課員", seats=(Seat(party.pk, party.name, party.parent_id, Role.OFFICER),))
