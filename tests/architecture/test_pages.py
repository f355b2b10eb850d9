"""What the architecture promises about addresses: who may open each, and that menus lead somewhere."""

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tomoni.parties.permissions import Permission
from tomoni.ui.access import OPEN, SIGNED_IN
from tomoni.ui.menu import AT_WORK, PUBLIC


def addresses(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for each in patterns:
        path = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from addresses(each.url_patterns, path)
        else:
            yield path, each


ALL = list(addresses(get_resolver().url_patterns))
OURS = [(path, each) for path, each in ALL if each.callback.__module__.startswith("tomoni.")]


def test_every_page_declares_who_may_open_it():
    silent = [
        path for path, each in OURS if getattr(each.callback, "access", None) not in {OPEN, SIGNED_IN, *Permission}
    ]

    assert len(OURS) >= 8
    assert silent == []


def test_what_is_not_ours_is_only_signing_in():
    theirs = {path.split("/")[0] for path, each in ALL if not each.callback.__module__.startswith("tomoni.")}

    assert theirs == {"accounts"}


def test_every_page_of_a_municipality_takes_its_name_from_the_first_part():
    named = [path for path, _ in OURS if "municipality" in path]

    assert named
    assert [path for path in named if not path.startswith("<slug:municipality>/")] == []


def test_every_address_of_ours_has_a_name_of_its_own():
    names = [each.name for _, each in OURS]

    assert [path for path, each in OURS if not each.name] == []
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("entry", [*PUBLIC, *AT_WORK], ids=lambda entry: entry.url_name)
def test_every_entry_of_a_menu_leads_to_a_page(entry):
    assert reverse(entry.url_name, kwargs={"municipality": "midorino"}).startswith("/midorino/")


def test_everybody_may_open_what_the_public_menu_names_and_workers_what_theirs_names():
    access = {each.name: each.callback.access for _, each in OURS}

    assert {entry.url_name: access[entry.url_name] for entry in PUBLIC} == {entry.url_name: OPEN for entry in PUBLIC}
    # A page for everybody may show more to people at work; then their menu names it, too.
    assert [e.url_name for e in AT_WORK if access[e.url_name] not in {e.permission, OPEN}] == []
