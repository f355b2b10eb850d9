"""An agreement that begins from an adopted proposal takes its words along, and the proposal shows what came of it."""

from datetime import date

import pytest
from django.urls import reverse

from tests import make
from tomoni.agreements import services
from tomoni.agreements.models import Agreement
from tomoni.cases import services as cases
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.models import User
from tomoni.proposals.models import Programme, Proposal, Round

BUDGET = [
    {"side": "income", "head": "city", "label": "", "amount": 80_000},
    {"side": "income", "head": "own", "label": "会費", "amount": 20_000},
    {"side": "spending", "head": "goods", "label": "苗", "amount": 100_000},
]
ANSWERS = {
    "purpose": "花でつなぐ",
    "civic_role": "花を植える",
    "city_role": "土を運ぶ",
    "why_together": "土は市にしかない",
}


@pytest.fixture
def proposal(people, civic, office):
    """A proposal of the group to the office; its state is the test's."""
    call = Round.objects.create(
        programme=Programme.objects.create(key="spring", name="春の提案"),
        title="春の募集",
        opens=make.APRIL,
        closes=date(2026, 4, 30),
    )
    new = Proposal(
        round=call, title="花の道", lead=civic, department=office, form_kind="purse", answers=ANSWERS, budget=BUDGET
    )
    return cases.begin(new, on=make.APRIL, by=people["member"])


@pytest.fixture
def adopted(proposal):
    """The same, adopted."""
    Proposal.objects.update(state="adopted")
    return Proposal.objects.get()


def sign_in(client, name: str) -> None:
    client.force_login(User.objects.get(email=f"{name}@midorino.example"))


def test_what_the_proposal_says_is_not_typed_again(adopted, people, civic, office):
    new = Agreement(title="花の道", proposal=adopted)
    begun = services.begin_agreement(new, civic=civic, city=office, on=make.APRIL, by=people["officer"])

    assert (begun.form_kind, begun.purpose, begun.partner_reason) == ("purse", "花でつなぐ", "土は市にしかない")
    assert [(row["side"], row["text"]) for row in begun.duties] == [("civic", "花を植える"), ("city", "土を運ぶ")]
    assert [(row["side"], row["amount"]) for row in begun.shares] == [("city", 80_000), ("civic", 20_000)]
    assert all(row["label"] for row in begun.shares)
    assert begun.total == 100_000


def test_only_an_adopted_proposal_of_that_group_leads_to_an_agreement(proposal, people, civic, office):
    early = Agreement(title="花の道", proposal=proposal)
    with pytest.raises(NotAllowed, match="採択された提案からだけ"):
        services.begin_agreement(early, civic=civic, city=office, on=make.APRIL, by=people["member"])

    Proposal.objects.update(state="adopted")
    elsewhere = Agreement(title="花の道", proposal=Proposal.objects.get())
    with pytest.raises(NotAllowed, match="団体の側が違います"):
        services.begin_agreement(
            elsewhere, civic=make.group("よその会"), city=office, on=make.APRIL, by=people["officer"]
        )

    assert Agreement.objects.count() == 0


def test_the_page_of_the_proposal_leads_its_sides_on_and_shows_what_came(adopted, client, civic, office):
    address = reverse("agreement-new", args=["midorino"]) + f"?proposal={adopted.pk}"
    sign_in(client, "member")
    before = client.get(adopted.get_absolute_url()).text
    filled = client.get(address)

    client.post(address, {"title": "花の道", "civic": civic.pk, "city": office.pk})

    begun = Agreement.objects.get()
    assert address in before
    assert filled.context["form"].initial == {"title": "花の道", "civic": civic, "city": office}
    assert begun.proposal == adopted
    assert begun.get_absolute_url() in client.get(adopted.get_absolute_url()).text


def test_others_cannot_begin_from_it_by_its_number(adopted, client, people, civic, office):
    address = reverse("agreement-new", args=["midorino"]) + f"?proposal={adopted.pk}"
    sign_in(client, "stranger")

    page = client.get(address)
    answer = client.post(address, {"title": "花の道", "civic": civic.pk, "city": office.pk})

    assert page.context["proposal"] is None
    assert answer.status_code == 422
    assert Agreement.objects.count() == 0
