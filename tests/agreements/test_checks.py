"""The suitability check: blind until both are in, decided by people, kept for ever."""

import pytest
from django.urls import reverse

from tests import make
from tests.agreements.conftest import all_answers
from tomoni.agreements import checking, selectors, services
from tomoni.agreements.models import Agreement, SuitabilityAnswer, SuitabilityCheck
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.models import User


def url(name: str, *args: object) -> str:
    return reverse(name, args=["midorino", *args])


def sign_in(client, name: str) -> None:
    client.force_login(User.objects.get(email=f"{name}@midorino.example"))


@pytest.mark.parametrize("reader", ["officer", "division"])
def test_nobody_sees_a_sides_answers_before_both_are_in(reader, check, people, client):
    told = all_answers(check, "no", "ひみつの理由")
    checking.answer(check, told, side="civic", by=people["member"], handed_in_at=make.NOON)
    sign_in(client, reader)

    before = client.get(check.get_absolute_url()).text
    checking.answer(check, all_answers(check), side="city", by=people["officer"], handed_in_at=make.NOON)

    assert "ひみつの理由" not in before
    assert "ひみつの理由" in client.get(check.get_absolute_url()).text


def test_the_items_are_those_of_the_rulebook(check, client):
    sign_in(client, "member")

    page = client.get(check.get_absolute_url()).text

    assert all(item.label in page for item in make.book().examination)


def test_answers_are_kept_unfinished_and_handed_in_whole(check, people):
    first = check.rulebook.book.examination[0].key
    partly = {first: {"answer": "yes", "reason": ""}}
    checking.answer(check, partly, side="civic", by=people["member"])

    with pytest.raises(NotAllowed, match="すべての項目に答えてから"):
        checking.answer(check, partly, side="civic", by=people["member"], handed_in_at=make.NOON)

    row = SuitabilityAnswer.objects.get()
    assert (row.answers, row.handed_in_at) == (partly, None)


def test_what_is_handed_in_cannot_be_rewritten(both_in, people):
    with pytest.raises(NotAllowed, match="書き直せません"):
        checking.answer(both_in, all_answers(both_in), side="city", by=people["officer"], handed_in_at=make.NOON)

    assert {told["answer"] for told in SuitabilityAnswer.objects.get(side="city").answers.values()} == {"no"}


@pytest.mark.parametrize(("who", "side"), [("member", "city"), ("officer", "civic"), ("division", "city")])
def test_nobody_answers_for_others(who, side, check, people):
    with pytest.raises(NotAllowed, match="双方の担当者だけ"):
        checking.answer(check, all_answers(check), side=side, by=people[who])

    assert SuitabilityAnswer.objects.count() == 0


@pytest.mark.parametrize("told", [{"unknown": {"answer": "yes"}}, {"purpose": {"answer": "perhaps"}}])
def test_answers_that_the_check_does_not_know_are_refused(told, check, people):
    with pytest.raises(NotAllowed, match="この検証にない"):
        checking.answer(check, told, side="civic", by=people["member"])

    assert SuitabilityAnswer.objects.count() == 0


def test_the_result_waits_for_both(check, people):
    with pytest.raises(NotAllowed, match="双方の答えがそろってから"):
        checking.decide(check, suited=True, reason="よい", on=make.APRIL, by=people["member"])

    assert SuitabilityCheck.objects.get().suited is None


def test_a_no_is_kept_and_no_agreement_begins_from_it(both_in, people, civic, office):
    decided = checking.decide(both_in, suited=False, reason="土が足りない", on=make.APRIL, by=people["officer"])

    with pytest.raises(NotAllowed, match="書き直せません"):
        checking.decide(both_in, suited=True, reason="やっぱり", on=make.APRIL, by=people["member"])
    new = Agreement(title="花", suitability=decided)
    with pytest.raises(NotAllowed, match="適していると決まった検証からだけ"):
        services.begin_agreement(new, civic=civic, city=office, on=make.APRIL, by=people["member"])

    assert (SuitabilityCheck.objects.get().suited, SuitabilityCheck.objects.get().reason) == (False, "土が足りない")
    assert Agreement.objects.count() == 0


def test_whose_turn_a_check_is(check, people):
    def waiting(name):
        return list(selectors.checks_awaiting(people[name]))

    assert waiting("member") == waiting("officer") == [check]
    checking.answer(check, all_answers(check), side="civic", by=people["member"], handed_in_at=make.NOON)
    assert waiting("member") == []
    checking.answer(check, all_answers(check), side="city", by=people["officer"], handed_in_at=make.NOON)
    assert waiting("member") == waiting("officer") == [check]
    checking.decide(check, suited=True, reason="よい", on=make.APRIL, by=people["member"])
    assert waiting("member") == waiting("officer") == []
    assert waiting("stranger") == waiting("division") == []


def test_the_story_of_a_check_over_http(check, client):
    items = check.rulebook.book.examination
    for name, answer in ("member", "yes"), ("officer", "unsure"):
        sign_in(client, name)
        sent = {f"{item.key}-answer": answer for item in items} | {f"{items[0].key}-reason": f"{name}の理由"}
        client.post(url("suitability-answer", check.pk), {**sent, "hand_in": "1"})
    compared = client.get(check.get_absolute_url()).text
    untalked = client.post(url("suitability-decide", check.pk), {"suited": "yes", "reason": "よい"})
    client.post(url("suitability-decide", check.pk), {"suited": "yes", "reason": "よい", "talked": "on"})
    begun = client.post(
        url("agreement-new") + f"?suitability={check.pk}",
        {"title": "花壇", "civic": check.civic_id, "city": check.city_id},
    )

    assert compared.count("違い</span>") == len(items)
    assert "memberの理由" in compared
    assert untalked.status_code == 422
    assert SuitabilityCheck.objects.get().suited is True
    assert begun.status_code == 302
    assert Agreement.objects.get().suitability == check


def test_a_check_is_begun_over_http_by_one_of_the_sides(people, civic, office, client):
    sent = {"title": "花壇", "civic": civic.pk, "city": office.pk}
    sign_in(client, "stranger")
    refused = client.post(url("suitability-new"), sent)
    sign_in(client, "officer")

    client.post(url("suitability-new"), sent)

    assert refused.status_code == 422
    assert "双方のどちらかの担当者だけ" in refused.text
    assert SuitabilityCheck.objects.get().title == "花壇"


@pytest.mark.parametrize("name", ["search", "feed", "home", "turn", "agreements", "agreements-work"])
def test_a_sides_answers_are_nowhere_outside_the_check_either(name, check, people, client):
    told = all_answers(check, "no", "ひみつの理由")
    checking.answer(check, told, side="civic", by=people["member"], handed_in_at=make.NOON)
    sign_in(client, "officer")

    answer = client.get(url(name), {"q": "理由"})

    assert answer.status_code == 200
    assert "ひみつの理由" not in answer.text
