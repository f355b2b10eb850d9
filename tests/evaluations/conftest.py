"""A reported project and its two sides, with sheets filled in."""

from __future__ import annotations

import pytest

from tests import make
from tests.projects.conftest import (  # noqa: F401 - the same group, department and project, as fixtures
    agreement,
    division,
    member,
    officer,
    project,
    put_in_order,
    running,
)
from tomoni.evaluations import services
from tomoni.parties.permissions import Role
from tomoni.projects import services as projects

# The fictional town's sheet: marks 0 to 2, a gap of 1 is talked about, a mark below 1 needs a reason.
CIVIC = {
    "smiles": {"mark": 2, "reason": ""},
    "spoke_openly": {"mark": 0, "reason": "困りごとを言えなかった"},
    "principle_small_steps": {"mark": 1, "reason": ""},
    "principle_joy": {"mark": 2, "reason": ""},
}
CITY = {
    "smiles": {"mark": 1, "reason": "冬の夜は人が少なかった"},
    "spoke_openly": {"mark": 2, "reason": ""},
    "principle_small_steps": {"mark": 1, "reason": ""},
    "principle_joy": {"mark": 2, "reason": ""},
}


@pytest.fixture
def council(seat):
    """Somebody of the council, of neither side."""
    return seat("ryoko", Role.COUNCIL, make.group("推進会議"))[2]


@pytest.fixture
def reported(running, member):  # noqa: F811 - fixtures above
    """The project, reported."""
    return projects.report(put_in_order(running, member), by=member)


@pytest.fixture
def evaluation(reported, member):  # noqa: F811 - fixtures above
    """Its evaluation, just begun."""
    return services.begin(reported, on=make.APRIL, by=member)


@pytest.fixture
def one_in(evaluation, member, officer):  # noqa: F811 - fixtures above
    """The group has handed in, the city has not begun to write."""
    services.answer(evaluation, CIVIC, by=member, handed_in_at=make.NOON)
    return evaluation


@pytest.fixture
def talking(one_in, officer):  # noqa: F811 - fixtures above
    """Both handed in and opened."""
    services.answer(one_in, CITY, by=officer, handed_in_at=make.NOON)
    return services.open_both(one_in, by=officer)


@pytest.fixture
def agreed(talking, member):  # noqa: F811 - fixtures above
    """The talk closed, with one promise."""
    services.note_talk(talking, talk="月に1回会うことにした。", talked_on=make.APRIL, by=member)
    services.add_improvement(talking, text="月に1回会う", side="city", due=make.APRIL, by=member)
    return services.agree(talking, by=member)
