"""What has happened is written once."""

import pytest

from tomoni.history.models import Event, EventIsWritten
from tomoni.history.selectors import story_of
from tomoni.history.services import record
from tomoni.parties.actor import program
from tomoni.parties.services import found_party
from tomoni.tenants.models import Municipality
from tomoni.tenants.scope import scope

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def town():
    town = Municipality.objects.create(slug="midorino", name="みどり野市", prefecture="東京都", code="139998")
    with scope(town):
        yield town


def test_a_line_says_what_happened_to_what_and_by_whom():
    group = found_party(kind="purpose", name="あかりの会")

    record("found", group, by=program("見本"), note="設立", fields=["name"])

    event = story_of(group).get()
    assert (event.verb, event.subject_type, event.subject_id) == ("found", "parties.party", group.pk)
    assert (event.actor_name, event.actor_id, event.note) == ("見本", None, "設立")
    assert event.details == {"fields": ["name"]}


def test_a_line_is_never_changed():
    event = record("found", found_party(kind="purpose", name="あかりの会"), by=program("見本"))
    event.verb = "vanish"

    with pytest.raises(EventIsWritten):
        event.save()

    assert Event.objects.get().verb == "found"


def test_a_line_is_never_deleted():
    event = record("found", found_party(kind="purpose", name="あかりの会"), by=program("見本"))

    with pytest.raises(EventIsWritten):
        event.delete()

    assert Event.objects.count() == 1


def test_the_newest_line_stands_first():
    group = found_party(kind="purpose", name="あかりの会")
    record("found", group, by=program("見本"))
    record("rename", group, by=program("見本"))

    assert [event.verb for event in story_of(group)] == ["rename", "found"]
