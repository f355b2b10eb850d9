"""A version, once in force, stands for ever."""

from __future__ import annotations

import pytest

from tests.rulebooks.pages.books import book_of_city
from tests.rulebooks.pages.reading import reads
from tomoni.history.models import Event
from tomoni.rulebooks.models import RulebookVersion
from tomoni.rulebooks.services import VersionStands
from tomoni.tenants.models import Municipality
from tomoni.tenants.scope import scope


def test_putting_a_version_in_force_leaves_a_line_of_history(founded):
    with scope(founded("akarisato")):
        event = Event.objects.get()

    assert (event.verb, event.actor_name, event.is_public) == ("put_in_force", "test", True)


def test_the_same_version_twice_is_one(founded):
    founded("akarisato")

    with scope(founded("akarisato")):
        assert RulebookVersion.objects.count() == 1
        assert Event.objects.count() == 1


def test_another_text_under_the_same_number_is_refused_and_the_old_one_stays(founded, settle):
    town = founded("akarisato")
    book = book_of_city("akarisato")

    with pytest.raises(VersionStands, match="2024-04 版はすでに使われています。"):
        settle(book.model_copy(update={"stages": ()}))

    with scope(town):
        assert RulebookVersion.objects.get().book == book


def test_a_version_is_never_written_again(founded):
    with scope(founded("akarisato")):
        version = RulebookVersion.objects.get()
        version.title = "別の題"

        with pytest.raises(RuntimeError, match="ルールブックの版は書き換えられません。"):
            version.save()

        assert RulebookVersion.objects.get().title == "灯里市ともに歩む手引"


def test_the_home_of_a_city_without_a_rulebook_introduces_nothing(client, db):
    Municipality.objects.create(slug="empty", name="空市", prefecture="架空県", code="000000")

    page = client.get("/empty/")

    assert page.status_code == 200
    assert not reads(page, "協働とは」を読む")
