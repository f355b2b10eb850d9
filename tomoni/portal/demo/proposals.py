"""The rounds and proposals of the demonstration, as written down in demo/<city>/proposals.yaml, brought about by our services."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import yaml
from django.contrib.auth.hashers import make_password
from pydantic import BaseModel, ConfigDict, Field

from tomoni.history.models import Event, Notice
from tomoni.history.selectors import story_of
from tomoni.matching.models import Kind, Listing
from tomoni.parties.actor import Actor, Seat, actor_for
from tomoni.parties.models import Membership, Party, User
from tomoni.parties.permissions import Role
from tomoni.parties.services import seat as give_seat
from tomoni.portal.demo.people import PASSWORD
from tomoni.portal.demo.sheets import folder
from tomoni.proposals.models import Programme, Proposal, Round
from tomoni.proposals.services import marks, rounds, steps, writing
from tomoni.proposals.services.marks import Points
from tomoni.proposals.services.writing import Beginning, Writing
from tomoni.proposals.versions import sheet_of
from tomoni.rulebooks.selectors import in_force
from tomoni.tenants.models import Municipality

# The questions of the sheet in the order in which the texts of a proposal stand.
ASKED = (
    "problem", "purpose", "beneficiaries", "activities", "schedule", "goal", "civic_role", "city_role", "why_together",
    "effect",
)  # fmt: skip
CRITERIA = ("need", "public_good", "together", "roles", "feasible", "money", "lasting")


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DemoPartner(_Part):
    """A party that proposes too; with `waits` it has not answered yet."""

    name: str
    part: str
    waits: bool = False


class DemoTalk(_Part):
    """A talk so many days after the beginning."""

    after: int
    text: str


class DemoRevision(_Part):
    """What was changed after the talks."""

    after: int
    why: str
    activities: str


class DemoProposal(_Part):
    """One proposal with all that came of it. Marks stand in the order of the criteria, with the comment last."""

    title: str
    lead: str
    partners: tuple[DemoPartner, ...]
    department: str = ""
    begun: int
    form: str
    told: tuple[str, ...]
    asks: int
    own: int
    spends: tuple[tuple[str, str, int], ...]
    marks: tuple[tuple[Any, ...], ...] = ()
    adopts: str = ""
    declines: str = ""
    talks: tuple[DemoTalk, ...] = ()
    revised: DemoRevision | None = None
    stops: str = ""


class DemoRound(_Part):
    """One round; days back from today, and below zero days to come. `issue` is the title of a listing."""

    programme: str
    title: str
    theme: str
    department: str = ""
    issue: str = ""
    opened: int
    closes: int
    published: int | None = None
    proposals: tuple[DemoProposal, ...]


class DemoProposals(_Part):
    """Everything in one city's file."""

    screeners: tuple[str, ...] = Field(min_length=1)
    programmes: tuple[str, ...]
    rounds: tuple[DemoRound, ...]


def seed(city: Municipality, *, at: datetime) -> int:
    """Inside the city's scope: bring in the rounds that are not there yet; their number. Nothing where no file stands.

    Needs the city's rulebook, people, register, board, and its council, in which the screeners are seated.
    """
    path = folder() / city.slug / "proposals.yaml"
    if not path.exists():
        return 0
    told = DemoProposals.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    new = [each for each in told.rounds if not Round.objects.filter(title=each.title).exists()]
    if new:
        stage = _Stage(city, told, at)
        for each in new:
            stage.bring_in(each)
    return len(new)


class _Stage:
    """The people who act, and the rounds as they go."""

    def __init__(self, city: Municipality, told: DemoProposals, at: datetime) -> None:
        self.at, self.day, self.city = at, at.date(), city
        self.division = self._seated(Role.DIVISION)
        self.committee = Party.objects.filter(memberships__role=Role.COUNCIL).order_by("pk")[0]
        self.screeners = [self._screener(place, name) for place, name in enumerate(told.screeners, start=1)]
        rounds.take_over_programmes(in_force(self.day).book, by=self.division)

    def _seated(self, role: Role) -> Actor:
        held = Membership.objects.filter(role=role, until=None).select_related("user").order_by("pk")[0]
        return actor_for(held.user, on=self.day)

    def _screener(self, place: int, name: str) -> Actor:
        key = "screener" if place == 1 else f"screener{place}"
        user, _made = User.objects.get_or_create(
            email=f"{key}@{self.city.slug}.example",
            defaults={"display_name": name, "password": make_password(PASSWORD)},
        )
        give_seat(user, self.committee, role=Role.SCREENER, since=self.day - timedelta(days=730))
        return actor_for(user, on=self.day)

    def bring_in(self, told: DemoRound) -> None:
        """One round with its proposals, each as far as it came."""
        opened, last = self._newest(), self.day - timedelta(days=told.closes)
        call = rounds.open_round(
            Round(
                programme=Programme.objects.get(key=told.programme),
                title=told.title,
                theme=told.theme,
                issue=Listing.objects.filter(title=told.issue, kind=Kind.ISSUE).first(),
                department=_party(told.department) if told.department else None,
                opens=self.day - timedelta(days=told.opened),
                closes=last,
                committee=self.committee,
            ),
            by=self.division,
        )
        self._happened(opened, self._moment(told.opened))
        for each in told.proposals:
            self._propose(call, each)
        if told.published is not None:
            before, moment = self._newest(), self._moment(told.published)
            rounds.publish_results(call, on=moment.date(), by=self.division)
            self._happened(before, moment)

    def _propose(self, call: Round, told: DemoProposal) -> None:
        lead, before, moment = _party(told.lead), self._newest(), self._moment(told.begun)
        by = _member(lead)
        said = {"people": 12, "based_here": True, "excluded": []}
        held = writing.begin(call, Beginning(lead, told.title, said), on=moment.date(), by=by)
        held = writing.write(held, self._writing(told, held), revision=held.revision, by=by)
        for seat in held.seats.all():
            if not any(each.waits and each.name == seat.party.name for each in told.partners):
                writing.answer_invitation(seat, agrees=True, at=moment, by=_member(seat.party))
        self._happened(before, moment)
        if told.stops != "draft":
            self._go_on(Proposal.objects.get(pk=held.pk), told, by)
        latest = story_of(held)[:1]
        Notice.objects.filter(url=held.get_absolute_url()).exclude(event__in=[each.pk for each in latest]).delete()

    def _go_on(self, held: Proposal, told: DemoProposal, by: Actor) -> None:
        before, moment = self._newest(), self._moment(told.begun - 3)
        held = steps.submit(held, at=moment, by=by)
        self._happened(before, moment)
        if told.talks:
            self._talk(held, told, by)
        if told.marks:
            self._judge(held, told)

    def _talk(self, held: Proposal, told: DemoProposal, by: Actor) -> None:
        before = self._newest()
        held = steps.begin_talks(held, by=self.division)
        self._happened(before, self._moment(told.begun - 10))
        for talk in told.talks:
            before, moment = self._newest(), self._moment(told.begun - talk.after)
            steps.write_talk(held, held_on=moment.date(), text=talk.text, at=moment, by=self.division)
            self._happened(before, moment)
        if told.revised:
            before, moment = self._newest(), self._moment(told.begun - told.revised.after)
            again = self._writing(told, held)
            changed = Writing(
                again.title,
                again.department,
                {**again.answers, "activities": told.revised.activities},
                again.budget,
            )
            writing.revise(held, changed, revision=held.revision, why=told.revised.why, at=moment, by=by)
            self._happened(before, moment)

    def _judge(self, held: Proposal, told: DemoProposal) -> None:
        before, moment = self._newest(), self._moment(told.begun - 12)
        held = steps.to_screening(held, by=self.division)
        self._happened(before, moment)
        before, moment = self._newest(), self._moment(told.begun - 24)
        # Where marks are still missing, it is the first screener, whom people sign in as, who is waited for.
        for screener, (*points, comment) in zip(self.screeners[-len(told.marks) :], told.marks, strict=False):
            given = Points(dict(zip(CRITERIA, points, strict=True)), comment)
            marks.hand_in(held, given, at=moment, by=screener)
        if reasons := told.adopts or told.declines:
            steps.decide(held, adopts=bool(told.adopts), reasons=reasons, on=moment.date(), by=self.division)
        self._happened(before, moment)

    def _writing(self, told: DemoProposal, held: Proposal) -> Writing:
        asked = sheet_of(held.rulebook.book)
        known = {field.key for field in asked.fields} if asked else set()
        answers = {**dict(zip(ASKED, told.told, strict=False)), "form_kind": told.form}
        if told.stops != "draft":
            answers["continues"] = "later"
        rows = [
            {"side": "income", "head": "city", "label": "", "amount": told.asks},
            {"side": "income", "head": "own", "label": "", "amount": told.own},
            *({"side": "spending", "head": head, "label": label, "amount": yen} for head, label, yen in told.spends),
        ]
        return Writing(
            title=told.title,
            department=_party(told.department) if told.department else held.round.department,
            answers={key: value for key, value in answers.items() if key in known},
            budget=[row for row in rows if row["amount"]],
            partners=tuple((_party(each.name), each.part) for each in told.partners),
        )

    def _moment(self, days_ago: int) -> datetime:
        return (self.at - timedelta(days=days_ago)).replace(hour=10, minute=0, second=0, microsecond=0)

    def _newest(self) -> int:
        return Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0

    def _happened(self, before: int, to: datetime) -> None:
        """Let what was just done have happened then. Only the demonstration may: it tells of a year that never was."""
        Event.objects.filter(pk__gt=before).update(at=to)


def _party(name: str) -> Party:
    return Party.objects.get(name=name, ended_on=None)


def _member(party: Party) -> Actor:
    """Who signs in for the group, else a member made up for it."""
    held = party.memberships.filter(role=Role.MEMBER, until=None).select_related("user").first()
    seat = Seat(party.pk, party.name, party.parent_id, Role.MEMBER)
    if held is None:
        return Actor(user=None, name="見本 担当", seats=(seat,))
    return Actor(user=held.user.pk, name=held.user.display_name, seats=(seat,))
