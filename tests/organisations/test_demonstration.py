"""The demonstration's register and committees: every key is one of the city's, and founding it again changes nothing."""

from datetime import datetime

import pytest

from tests.organisations.registering import THIS
from tomoni.committees.models import Committee, Meeting, Seat
from tomoni.history.models import Event, Notice
from tomoni.kernel.clock import JAPAN
from tomoni.kernel.fiscal import FiscalYear
from tomoni.organisations import selectors
from tomoni.organisations.models import Contact, Profile, Registration
from tomoni.parties.actor import program
from tomoni.portal.demo import committees, organisations
from tomoni.portal.demo.cities import found_municipality, furnish
from tomoni.portal.demo.organisations import load_register
from tomoni.portal.demo.people import seat_people
from tomoni.portal.demo.seeding import demonstration
from tomoni.rulebooks.loading import load_city
from tomoni.tenants.scope import scope

AT = datetime(THIS, 11, 20, 10, tzinfo=JAPAN)
CITIES = ["fuchu", "ama", "higashikurume", "musashino"]


@pytest.mark.parametrize("slug", CITIES)
def test_every_key_is_one_of_the_citys(slug):
    told, book = load_register(slug), load_city(slug)
    known = {
        "kind": {kind.key for kind in book.party_kinds if kind.side == "civic"},
        "field": {entry.key for entry in book.fields},
        "capabilities": {entry.key for entry in book.capabilities},
        "stage": {entry.key for entry in book.stages} | {""},
    }

    described = [*told.groups, *told.departments]
    assert {group.kind for group in told.groups} <= known["kind"]
    assert {key for each in described for key in each.field} <= known["field"]
    assert {key for each in described for key in each.capabilities} <= known["capabilities"]
    assert {each.stage for each in described} <= known["stage"]


def test_fuchu_has_some_forty_parties_of_every_kind():
    told = load_register("fuchu")

    assert len(told.groups) + len(told.departments) >= 38
    assert {group.kind for group in told.groups} == {"area", "purpose", "school", "business"}
    assert {group.now for group in told.groups} == {"taken", "online", "submitted", "sent_back", "draft", "lapsed"}


@pytest.mark.django_db
def test_founding_a_city_twice_is_founding_it_once():
    told = demonstration()
    city = next(each for each in told.cities if each.slug == "ama")
    municipality = found_municipality(city)
    with scope(municipality):
        parties = furnish(city, by=program("demo"))
        seat_people(told.people, city, parties, since=told.since)
        first = (organisations.seed(municipality, at=AT), committees.seed(municipality, at=AT))
        counts = [model.objects.count() for model in (Registration, Profile, Contact, Committee, Seat, Meeting, Event)]

        again = (organisations.seed(municipality, at=AT), committees.seed(municipality, at=AT))

        assert (first, again) == ((5, 1), (0, 0))
        after = [model.objects.count() for model in (Registration, Profile, Contact, Committee, Seat, Meeting, Event)]
        assert after == counts
        assert selectors.registered_by_year() == [(THIS - 1, 3), (THIS, 4)]
        assert selectors.public(load_city("ama"), on=AT.date()).filter(name="見本おもちゃ病院").count() == 0
        assert [notice.text for notice in Notice.objects.all()][:1] == [
            f"「見本おもちゃ病院 {FiscalYear(THIS)}」があなたの番になりました。"
        ]
