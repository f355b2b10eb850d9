"""What sides have agreed in the demonstration: suitability checks, drafts, offers and concluded agreements."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from tomoni.agreements import checking, services
from tomoni.agreements.models import Agreement, SuitabilityCheck
from tomoni.history.models import Event, Notice
from tomoni.kernel.clock import now
from tomoni.kernel.fiscal import fiscal_year_on
from tomoni.parties.actor import Actor, actor_for
from tomoni.parties.models import Membership, Party, User
from tomoni.parties.permissions import Permission, Role, grants
from tomoni.parties.services import seat
from tomoni.portal.demo.sheets import folder
from tomoni.proposals.models import Proposal
from tomoni.tenants.models import Municipality
from tomoni.tenants.scope import current

Day = tuple[int, int, int]  # years from this fiscal year, month, day
SIDES = ("civic", "city")


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    civic: str
    city: str
    begun: Day


class DemoCheck(_Part):
    """One check; every item is a yes but for those named under `answers`."""

    answers: dict[str, dict[str, Literal["yes", "no", "unsure"]]]
    reasons: dict[str, dict[str, str]] = Field(default_factory=dict)
    waits_for: str = ""
    suited: bool | None = None
    reason: str = ""


class DemoChange(BaseModel):
    """What was changed later, with both signatures."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    reason: str
    signed: Day
    ends: Day
    shares: tuple[tuple[str, str, int], ...]


class DemoAgreement(_Part):
    """One agreement, as far as it has come."""

    signed: Day | None = None
    starts: Day | None = None
    ends: Day | None = None
    now: Literal["draft", "offered", "concluded", "ended"]
    note: str = ""
    check: bool = False
    form: str
    form_reason: str = ""
    partner_reason: str = ""
    purpose: str
    duties: tuple[tuple[str, str, Day | None], ...]
    shares: tuple[tuple[str, str, int], ...]
    clauses: dict[str, str] = Field(default_factory=dict)
    amended: DemoChange | None = None


class DemoAgreements(BaseModel):
    """The whole file of one city."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    checks: tuple[DemoCheck, ...]
    agreements: tuple[DemoAgreement, ...]


def seed(municipality: Municipality, *, at: datetime) -> None:
    """Inside the city's scope: check and agree what its agreements.yaml says; what stands already stays.

    An adopted proposal of the same name by the same group is named as where the agreement came from.
    """
    file = folder() / municipality.slug / "agreements.yaml"
    told = DemoAgreements.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))
    sides = {each.title: each for each in (*told.checks, *told.agreements)}
    parties = Party.objects.filter(
        name__in={getattr(each, side) for each in sides.values() for side in SIDES}, ended_on=None
    )
    known = {party.name: party for party in parties}
    for check in told.checks:
        if not SuitabilityCheck.objects.filter(title=check.title).exists():
            _Seeding(check, known, at).check(check)
    for agreement in told.agreements:
        if not Agreement.objects.filter(title=agreement.title).exists():
            _Seeding(agreement, known, at).agree(agreement)


class _Seeding:
    """Two sides on their way, with somebody who acts for each."""

    def __init__(self, told: _Part, known: dict[str, Party], at: datetime) -> None:
        self.at = at
        self.parties = {side: known[getattr(told, side)] for side in SIDES}
        self.actors = {side: somebody_of(party, side, at.date()) for side, party in self.parties.items()}

    def day(self, told: Day | None) -> date | None:
        """The day meant by years from this fiscal year, month and day."""
        return date(fiscal_year_on(self.at.date()).year + told[0], told[1], told[2]) if told else None

    def past(self, told: Day | None) -> datetime:
        """The same as a moment, never later than now."""
        known = self.day(told)
        return min(self.at, datetime.combine(known, self.at.timetz())) if known else self.at

    def check(self, told: DemoCheck) -> None:
        """Both answer, and what they decided is written down."""
        begun = self.past(told.begun)
        with as_of(begun):
            new = SuitabilityCheck(title=told.title, civic=self.parties["civic"], city=self.parties["city"])
            held = checking.begin_check(new, on=begun.date(), by=self.actors["civic"])
            for side in SIDES:
                if side != told.waits_for:
                    given = _answers(held, told, side)
                    checking.answer(held, given, side=side, by=self.actors[side], handed_in_at=begun)
            if told.suited is not None:
                checking.decide(held, suited=told.suited, reason=told.reason, on=begun.date(), by=self.actors["city"])

    def agree(self, told: DemoAgreement) -> None:
        """Draft, offer, sign and change it, each on its day."""
        with as_of(begun := self.past(told.begun)):
            new = Agreement(title=told.title, suitability=self._check(told), proposal=self._proposal(told))
            held = services.begin_agreement(new, on=begun.date(), by=self.actors["civic"], **self.parties)
            held = services.write_draft(held, self._values(held, told), revision=held.revision, by=self.actors["civic"])
        if told.now == "draft":
            return
        with as_of(moment := self.past(told.signed)):
            services.offer(held, at=moment, by=self.actors["city"])
            self._sign(held, moment, SIDES if told.now != "offered" else SIDES[:1])
        if told.amended:
            self._amend(held, told.amended)
        if told.now == "ended":
            with as_of(self.past(told.ends)):
                services.end(held, reason=told.note, by=self.actors["city"])

    def _check(self, told: DemoAgreement) -> SuitabilityCheck | None:
        return SuitabilityCheck.objects.get(title=told.title) if told.check else None

    def _proposal(self, told: DemoAgreement) -> Proposal | None:
        return Proposal.objects.filter(title=told.title, lead=self.parties["civic"], state="adopted").first()

    def _values(self, held: Agreement, told: DemoAgreement) -> dict[str, Any]:
        book = held.rulebook.book
        clauses = {each.key: each.text for each in book.clauses_for(book.form(told.form)) if each.required}
        finished = told.now != "draft"
        return {
            "form_kind": told.form,
            "form_reason": told.form_reason,
            "partner_reason": told.partner_reason,
            "purpose": told.purpose,
            "duties": [{"side": side, "text": text, "due": self._iso(due)} for side, text, due in told.duties],
            "starts": self.day(told.starts),
            "ends": self.day(told.ends),
            "clauses": {**clauses, **told.clauses} if finished else {},
            **_costs(told.shares),
        }

    def _iso(self, told: Day | None) -> str | None:
        known = self.day(told)
        return known.isoformat() if known else None

    def _sign(self, held: Agreement, moment: datetime, sides: tuple[str, ...]) -> None:
        number = Agreement.objects.get(pk=held.pk).version
        for side in sides:
            services.sign(held, number=number, side=side, at=moment, by=self.actors[side])

    def _amend(self, held: Agreement, told: DemoChange) -> None:
        with as_of(moment := self.past(told.signed)):
            drafted = services.amend(held, reason=told.reason, by=self.actors["civic"])
            values = {"ends": self.day(told.ends), **_costs(told.shares)}
            services.write_draft(drafted, values, revision=drafted.revision, by=self.actors["civic"])
            services.offer(drafted, at=moment, by=self.actors["city"])
            self._sign(drafted, moment, SIDES)


def _answers(held: SuitabilityCheck, told: DemoCheck, side: str) -> dict[str, dict[str, str]]:
    given, reasons = told.answers.get(side, {}), told.reasons.get(side, {})
    items = held.rulebook.book.examination
    return {item.key: {"answer": given.get(item.key, "yes"), "reason": reasons.get(item.key, "")} for item in items}


def _costs(shares: tuple[tuple[str, str, int], ...]) -> dict[str, Any]:
    rows = [{"side": side, "label": label, "amount": amount} for side, label, amount in shares]
    return {"shares": rows, "total": sum(amount for _side, _label, amount in shares)}


@contextmanager
def as_of(moment: datetime) -> Iterator[None]:
    """History as if it had happened then; of what is long past nobody is told today."""
    started = now()
    yield
    events = Event.objects.filter(at__gte=started)
    if (started - moment).days > 60:
        Notice.objects.filter(event__in=events).delete()
    events.update(at=moment)


def somebody_of(party: Party, side: str, on: date) -> Actor:
    """Who acts for that party: the one who signs in for it in the demonstration, else a person made up for it."""
    seats = Membership.objects.filter(party=party, until=None).select_related("user").order_by("pk")
    held = next((each for each in seats if grants(each.role, Permission.AGREEMENT_SIGN)), None)
    user = held.user if held else _made_up(party, side)
    own = tuple(each for each in actor_for(user, on=on).seats if each.party == party.pk)
    return Actor(user=user.pk, name=user.display_name, seats=own)


def _made_up(party: Party, side: str) -> User:
    user, _made = User.objects.get_or_create(
        email=f"side{party.pk}@{current().slug}.example",
        defaults={"display_name": "架空 代表" if side == "civic" else "架空 課長"},
    )
    user.set_unusable_password()
    user.save(update_fields=["password"])
    role = Role.MEMBER if side == "civic" else Role.OFFICER
    seat(user, party, role=role, since=date(2016, 4, 1))
    return user
