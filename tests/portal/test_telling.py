"""Who is told in which state of which kind of case, against a table written by hand from docs/rooms.md."""

from datetime import date

import pytest

from tests import make
from tomoni.agreements.models import Agreement
from tomoni.cases.models import Case
from tomoni.consultations.models import Consultation
from tomoni.evaluations.models import Evaluation
from tomoni.matching.models import Introduction
from tomoni.organisations.models import Registration
from tomoni.parties.permissions import Role
from tomoni.portal.thread import BY_MODEL
from tomoni.projects.models import Project
from tomoni.proposals.models import Proposal, Round
from tomoni.rulebooks.selectors import in_force

# kind -> state -> (whose turn it is, who hears what became of it).
TOLD: dict[type[Case], dict[str, tuple[set[str], set[str]]]] = {
    Registration: {
        "draft": ({"group"}, set()),
        "submitted": ({"centre", "division"}, set()),
        "accepted": (set(), {"group"}),
        "withdrawn": (set(), {"centre", "division"}),
    },
    Consultation: {
        "received": ({"centre"}, set()),
        "with_desk": ({"department"}, set()),
        "answered": (set(), set()),  # the asker has no account and is written to
        "closed": (set(), {"centre"}),
    },
    Introduction: {
        "proposed": ({"group", "other"}, set()),
        "accepted": ({"centre"}, {"group", "other"}),
        "declined": (set(), {"group", "other", "centre"}),
        "concluded": (set(), {"group", "other", "centre"}),
    },
    Proposal: {
        "draft": ({"group"}, set()),
        "submitted": ({"department", "division"}, set()),
        "talks": ({"group", "department"}, set()),
        "screening": ({"council"}, set()),
        "adopted": (set(), {"group", "department"}),
        "declined": (set(), {"group", "department"}),
        "withdrawn": (set(), {"department"}),
    },
    Agreement: {
        "draft": ({"group", "department"}, set()),
        "offered": ({"group", "department"}, set()),
        "concluded": (set(), {"group", "department"}),
        "ended": (set(), {"group", "department"}),
    },
    Project: {
        "preparing": ({"group", "department"}, set()),
        "running": ({"group", "department"}, {"group", "department"}),
        "reported": ({"department"}, set()),
        "finished": (set(), {"group", "department"}),
        "stopped": (set(), {"group", "department"}),
    },
    Evaluation: {
        "answering": ({"group", "department"}, set()),
        "talking": ({"group", "department"}, set()),
        "agreed": ({"council"}, set()),
        "opined": ({"division"}, set()),
        "published": (set(), {"group", "department"}),
        "followed_up": (set(), {"division"}),
    },
}


@pytest.fixture
def parties(seat):
    """The parties of the table, each with somebody who acts for it."""
    return {
        "group": seat("hanako", Role.MEMBER, make.group())[1],
        "other": seat("jiro", Role.MEMBER, make.group("となりの会"))[1],
        "centre": seat("tsunagu", Role.COORDINATOR, make.group("市民活動センター"))[1],
        "department": seat("taro", Role.OFFICER, make.department("道路課"))[1],
        "division": seat("kyodo", Role.DIVISION)[1],
        "council": seat("iin", Role.COUNCIL, make.group("推進会議"))[1],
    }


def begun(model, parties):
    """A case of that kind between the parties of the table; nothing of it is saved but what it must ask for."""
    group, department = parties["group"], parties["department"]
    sides = {"civic": group, "city": department}
    if model is Registration:
        return Registration(party=group, year=2026, handed_in_on=make.APRIL)
    if model is Consultation:
        return Consultation(assigned_to=department)
    if model is Introduction:
        return Introduction(one=group, other=parties["other"])
    if model is Evaluation:
        return saved(Evaluation(project=saved(Project(title="灯り", **sides))))
    if model is Proposal:
        call = Round(committee=parties["council"])
        held = Proposal(round=call, lead=group, department=department, submitted_on=make.APRIL)
        held.pk = 1  # asks for its partners, of which there are none
        return held
    held = model(title="灯り", **sides)
    held.pk = 1  # asks for signatures, of which there are none
    return held


def saved(case):

    case.state, case.rulebook, case.begun_on = case.workflow.initial, in_force(make.APRIL), date(2026, 4, 1)
    case.save()
    return case


@pytest.mark.parametrize("model", TOLD, ids=lambda model: model._meta.label)
def test_whose_turn_it_is_and_who_hears_is_as_the_table_says(model, parties):
    case = begun(model, parties)
    names = {party.pk: name for name, party in parties.items()}
    told = {}
    for state in model.workflow.labels:
        case.state = state
        told[str(state)] = tuple({names[party.pk] for party in asked()} for asked in (case.tell, case.hears))

    assert told == TOLD[model]


def test_the_table_names_every_kind_of_case_on_the_thread():
    assert set(TOLD) == {Registration, *BY_MODEL}
