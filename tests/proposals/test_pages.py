"""Who may open which page of proposals, what stands on it, and what never does."""

from __future__ import annotations

from datetime import date

import pytest

from tests.proposals.conftest import SECRET
from tomoni.kernel import clock
from tomoni.proposals.models import Round

EVERYBODY = {
    "visitor", "resident", "council", "coordinator", "member", "partner", "rival", "officer", "other", "division", "screener",
}  # fmt: skip
STAFF = {"officer", "other", "division"}
READERS = {"member", "partner", "rival", "screener"} | STAFF
GROUPS = {"member", "partner", "rival"}

# Written by hand: which pages open for whom. Everybody else is sent to sign in (visitors), refused or finds nothing.
OPENS = {
    "proposals/": EVERYBODY,
    "proposals/rounds/{round}/": EVERYBODY,
    "proposals/rounds/new/": {"division"},
    "proposals/rounds/{round}/edit/": {"division"},
    "proposals/rounds/{round}/new/": GROUPS,
    "proposals/rounds/{round}/screening/": {"screener", "division"},
    "proposals/programmes/new/": {"division"},
    "proposals/programmes/{programme}/edit/": {"division"},
    "proposals/all/": READERS,
    "proposals/{draft}/": {"member"},
    "proposals/{draft}/write/": {"member"},
    "proposals/{draft}/receipt.pdf": set(),
    "proposals/{submitted}/": EVERYBODY,
    "proposals/{submitted}/write/": set(),
    "proposals/{submitted}/receipt.pdf": {"member"} | STAFF,
    "proposals/{submitted}/versions/1/": {"member"} | STAFF,
    "proposals/{submitted}/notice.pdf": set(),
    "proposals/{talks}/write/": {"member"},
    "proposals/{screening}/": EVERYBODY,
    "proposals/{screening}/marks/": {"screener"},
    "proposals/{screening}/receipt.pdf": {"member", "screener"} | STAFF,
    "proposals/{withdrawn}/": {"member"} | STAFF,
    "proposals/{screening}/versions/2/": set(),
}


@pytest.fixture
def open_today(call: Round) -> Round:
    """The round, open on the day of the clock."""
    today = clock.today()
    Round.objects.filter(pk=call.pk).update(opens=date(today.year - 1, 1, 1), closes=date(today.year + 1, 1, 1))
    return call


@pytest.fixture
def numbers(open_today: Round, proposal_at) -> dict[str, int]:
    states = ["draft", "submitted", "talks", "screening", "withdrawn"]
    made = {state: proposal_at(state, title=f"提案の{state}").pk for state in states}
    return {**made, "round": open_today.pk, "programme": open_today.programme_id}


def test_pages_open_only_as_the_table_says(numbers, browser_of):
    found = {path: set() for path in OPENS}
    for name in sorted(EVERYBODY):
        browser = browser_of(name)
        for path in OPENS:
            response = browser.get(f"/midorino/{path.format(**numbers)}")
            assert response.status_code in {200, 302, 403, 404}, (name, path, response.status_code)
            if response.status_code == 200:
                found[path].add(name)

    assert found == OPENS


@pytest.mark.parametrize("name", sorted(EVERYBODY - {"member"}))
def test_anothers_draft_is_nowhere(name, numbers, browser_of):
    browser = browser_of(name)
    pages = [
        "proposals/",
        f"proposals/rounds/{numbers['round']}/",
        "proposals/all/",
        "proposals/all/?q=draft",
        "proposals/all/?state=draft",
    ]

    for path in pages:
        assert "提案のdraft" not in browser.get(f"/midorino/{path}").content.decode()
    assert browser.get(f"/midorino/proposals/{numbers['draft']}/").status_code == 404


def test_the_whole_text_is_public_only_after_publication(numbers, browser_of):
    for name in ("visitor", "rival", "resident", "coordinator"):
        told = browser_of(name).get(f"/midorino/proposals/{numbers['submitted']}/").content.decode()

        assert "提案のsubmitted" in told
        assert SECRET not in told
        assert "これまで" not in told


def test_a_proposal_of_another_city_is_nowhere(numbers, browser_of):
    from tests import make

    make.city("yosono", name="よその市", code="139999")

    assert browser_of("division").get(f"/yosono/proposals/{numbers['submitted']}/").status_code == 404


def test_a_decision_is_not_told_before_the_results_are_published(proposal_at, browser_of):
    held = proposal_at("declined")

    told = browser_of("visitor").get(f"/midorino/proposals/{held.pk}/").content.decode()
    listed = browser_of("visitor").get(f"/midorino/proposals/rounds/{held.round_id}/").content.decode()

    assert "審査中" in told
    assert "不採択" not in told
    assert "不採択" not in listed
    assert browser_of("member").get(f"/midorino/proposals/{held.pk}/notice.pdf").status_code == 200
