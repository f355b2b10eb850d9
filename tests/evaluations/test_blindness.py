"""Neither side sees the other's marks before both are opened: not on pages, in history, search, feeds or counts."""

import pytest
from django.urls import reverse

from tests import make
from tests.evaluations.conftest import CIVIC
from tomoni.evaluations import selectors, services
from tomoni.history.models import Event
from tomoni.parties.models import User
from tomoni.search.models import SearchEntry

SECRET = "困りごとを言えなかった"


def url(name: str, *args: object) -> str:
    return reverse(name, args=["midorino", *args])


@pytest.fixture
def as_city(client, officer):
    """A browser of the city's side."""
    client.force_login(User.objects.get(pk=officer.user))
    return client


@pytest.mark.parametrize(
    "name", ["evaluation", "evaluation-answer", "evaluations", "project", "turn", "search", "feed"]
)
def test_no_page_shows_the_other_sides_reasons_or_marks(name, one_in, as_city):
    keys = {"project": [one_in.project_id], "evaluation": [one_in.pk], "evaluation-answer": [one_in.pk]}
    answer = as_city.get(url(name, *keys.get(name, [])), {"q": "困りごと"} if name == "search" else {})

    assert answer.status_code == 200
    assert SECRET not in answer.text
    assert "gap-title" not in answer.text
    assert " checked" not in answer.text


def test_the_division_sees_who_has_handed_in_and_nothing_else(one_in, division, client):
    client.force_login(User.objects.get(pk=division.user))

    page = client.get(url("evaluation", one_in.pk)).text

    assert "出しました" in page
    assert SECRET not in page
    assert "gap-title" not in page


def test_the_comparison_says_nothing_before_opening(one_in):
    assert selectors.comparison(one_in) is None


def test_history_and_search_keep_no_mark_and_no_reason(one_in):
    events = Event.objects.filter(subject_type="evaluations.evaluation")

    assert {e.verb for e in events} == {"begin", "hand_in"}
    assert all(e.details == {} and e.note == "" for e in events)
    assert not SearchEntry.objects.filter(kind="evaluation").exists()


def test_a_draft_of_the_other_side_does_not_show_that_it_was_begun_in_the_table(evaluation, member, as_city):
    before = as_city.get(url("evaluation", evaluation.pk)).context["sides"]

    services.answer(evaluation, CIVIC, by=member)

    assert as_city.get(url("evaluation", evaluation.pk)).context["sides"] == before


def test_ones_own_sheet_is_there_for_ones_own_side(evaluation, member, client):
    services.answer(evaluation, CIVIC, by=member)
    client.force_login(User.objects.get(pk=member.user))

    page = client.get(url("evaluation-answer", evaluation.pk)).text

    assert SECRET in page
    assert page.count(" checked") == 4


def test_reasons_stay_between_the_sides_after_publication(agreed, division, client):
    services.publish(agreed, on=make.APRIL, by=division)

    page = client.get(url("evaluation", agreed.pk)).text

    assert page.count('r="8"') == 4
    assert SECRET not in page
    assert "hanako" not in page
