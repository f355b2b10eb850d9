"""Two sides that may work together, a check between them, and an agreement in every state."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests import make
from tomoni.agreements import checking, services
from tomoni.agreements.models import Agreement, SuitabilityCheck
from tomoni.parties.permissions import Role

FULL: dict[str, Any] = {
    "title": "川べりの花壇づくり",
    "form_kind": "market",
    "form_reason": "どちらも主催者になれるからです。",
    "partner_reason": "花の世話を10年続けている団体だからです。",
    "purpose": "川べりを歩きたくなる道にします。",
    "duties": [
        {"side": "civic", "text": "花を植えて世話をする", "due": "2026-06-30"},
        {"side": "city", "text": "土と水を用意する", "due": None},
    ],
    "total": 100000,
    "shares": [
        {"side": "civic", "label": "苗", "amount": 40000},
        {"side": "city", "label": "土", "amount": 60000},
    ],
    "starts": date(2026, 5, 1),
    "ends": date(2027, 3, 31),
}


@pytest.fixture
def civic(city):
    """The group's side."""
    return make.group("花の会")


@pytest.fixture
def office(city):
    """The city's side."""
    return make.department("みどり課")


@pytest.fixture
def people(seat, civic, office) -> dict[str, Any]:
    """Somebody for each role; `member` and `officer` are of the two sides, `stranger` and `other` are not."""
    told = {
        "member": (Role.MEMBER, civic),
        "officer": (Role.OFFICER, office),
        "stranger": (Role.MEMBER, make.group("よその会")),
        "other": (Role.OFFICER, make.department("道路課")),
        "division": (Role.DIVISION, make.department("市民協働課")),
        "coordinator": (Role.COORDINATOR, make.group("市民活動センター")),
        "resident": (Role.RESIDENT, make.group("住民")),
        "screener": (Role.SCREENER, make.group("審査会")),
        "council": (Role.COUNCIL, make.group("推進会議")),
    }
    return {name: seat(name, role, party)[2] for name, (role, party) in told.items()}


def full_values(agreement: Agreement) -> dict[str, Any]:
    """Everything that must be written, with the offered wording as clauses."""
    book = agreement.rulebook.book
    clauses = {clause.key: clause.text for clause in book.clauses_for(book.form("market"))}
    return {**FULL, "clauses": clauses}


@pytest.fixture
def draft(people, civic, office) -> Agreement:
    """An empty draft between the two."""
    new = Agreement(title="川べりの花壇づくり")
    return services.begin_agreement(new, civic=civic, city=office, on=make.APRIL, by=people["member"])


@pytest.fixture
def written(draft, people) -> Agreement:
    """A draft that is ready to be offered."""
    return services.write_draft(draft, full_values(draft), revision=0, by=people["member"])


@pytest.fixture
def agreement_at(written, people) -> Callable[[str], Agreement]:
    """The agreement in that state, brought there by the services."""

    def bring(state: str) -> Agreement:
        if state == "draft":
            return written
        services.offer(written, at=make.NOON, by=people["member"])
        if state in {"concluded", "ended"}:
            services.sign(written, number=1, side="civic", at=make.NOON, by=people["member"])
            services.sign(written, number=1, side="city", at=make.NOON, by=people["officer"])
        if state == "ended":
            services.end(written, reason="目的を果たした", by=people["member"])
        return Agreement.objects.get(pk=written.pk)

    return bring


@pytest.fixture
def check(people, civic, office) -> SuitabilityCheck:
    """A check that nobody has answered."""
    new = SuitabilityCheck(title="川べりの花壇づくり", civic=civic, city=office)
    return checking.begin_check(new, on=make.APRIL, by=people["member"])


def all_answers(check: SuitabilityCheck, answer: str = "yes", reason: str = "") -> dict[str, dict[str, str]]:
    """The same answer to every item."""
    return {item.key: {"answer": answer, "reason": reason} for item in check.rulebook.book.examination}


@pytest.fixture
def both_in(check, people) -> SuitabilityCheck:
    """Both sides have handed in; they differ everywhere."""
    checking.answer(
        check, all_answers(check, "yes", "花が好きだから"), side="civic", by=people["member"], handed_in_at=make.NOON
    )
    checking.answer(
        check, all_answers(check, "no", "土が足りない"), side="city", by=people["officer"], handed_in_at=make.NOON
    )
    return SuitabilityCheck.objects.get(pk=check.pk)
