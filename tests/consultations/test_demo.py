"""The desks of the demonstration: their texts fit the rulebooks, and founding them twice is founding them once."""

from __future__ import annotations

import pytest

from tests.make import NOON
from tomoni.consultations import selectors
from tomoni.consultations.models import Channel, Consultation, QuestionAnswer
from tomoni.consultations.workflow import State
from tomoni.history.models import Event, Notice
from tomoni.parties.actor import program
from tomoni.portal.demo import consultations
from tomoni.portal.demo.cities import DemoCity, found_municipality, furnish
from tomoni.portal.demo.people import seat_people
from tomoni.portal.demo.seeding import demonstration
from tomoni.rulebooks.loading import load_city
from tomoni.tenants.scope import scope

CITIES = {city.slug: city for city in demonstration().cities}


@pytest.mark.parametrize("slug", sorted(CITIES))
def test_themes_and_exclusions_are_those_of_the_citys_rulebook(slug):
    book, told = load_city(slug), consultations.load_desk(slug)

    themes = {each.key for each in book.routing} | {""}
    assert [each.key for each in told.consultations if each.theme not in themes] == []
    assert [each.question for each in told.questions if each.theme not in themes] == []
    excluded = {each.key for each in book.excluded}
    assert [each.key for each in told.consultations if each.excluded and each.excluded.key not in excluded] == []


def found(city: DemoCity) -> None:
    parties = furnish(city, by=program("test"))
    seat_people(demonstration().people, city, parties, since=demonstration().since)


@pytest.mark.parametrize("slug", sorted(CITIES))
def test_a_citys_desk_is_founded_once(db, slug):
    municipality = found_municipality(CITIES[slug])
    with scope(municipality):
        found(CITIES[slug])
        first = consultations.seed(municipality, at=NOON)
        events = Event.objects.count()

        assert consultations.seed(municipality, at=NOON) == 0
        assert (Consultation.objects.count(), Event.objects.count()) == (first, events)


def test_fuchus_desk_has_lived_a_year(db):
    municipality = found_municipality(CITIES["fuchu"])
    with scope(municipality):
        found(CITIES["fuchu"])
        consultations.seed(municipality, at=NOON)

        asked = Consultation.objects.all()
        assert asked.count() == 21
        assert {each.state for each in asked} == set(State.values)
        assert {each.channel for each in asked} == set(Channel.values)
        assert (selectors.public().count(), QuestionAnswer.objects.count()) == (7, 8)
        assert [question.question for question in selectors.public() if question.traces] == []
        assert not Event.objects.filter(at__gt=NOON).exclude(verb="put_in_force").exists()
        open_cases = [each.get_absolute_url() for each in asked if each.state in {State.RECEIVED, State.WITH_DESK}]
        turns = Notice.objects.filter(text__endswith="があなたの番になりました。")
        assert [notice.url for notice in turns if notice.url not in open_cases] == []
