"""What holds for every document: undo restores all, the same file twice changes nothing, decisions change what they name."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.plans.importing import papers
from tests.plans.importing.snapshots import rows_of_everything
from tomoni.imports.services import Decided, decide
from tomoni.kernel.clock import now
from tomoni.parties.permissions import Role
from tomoni.plans.importing.commit import NotReady
from tomoni.plans.importing.pointers import place_of, read_value
from tomoni.plans.importing.settle import Chosen, settled
from tomoni.plans.importing.undo import undo

few = settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])

WORDS = st.sampled_from(["講座を開く", "講座を聞く", "情報紙を出す", "場を設ける", "人を育てる", "調べる"])
DEPARTMENTS = st.lists(st.sampled_from(["市民協働課", "広報課", "青少年課", "産業課"]), max_size=2, unique=True)
YEARS = st.sampled_from([2017, 2018, 2019])
STATUSES = st.sampled_from(["on_track", "off_track", "done", None])


@st.composite
def years(draw: Any) -> dict[int, Any]:
    made = {}
    for year in draw(st.sets(YEARS, max_size=3)):
        texts = {
            name: papers.text(draw(WORDS) + "。", f"J{draw(st.integers(1, 90))}")
            for name in draw(st.sets(st.sampled_from(["results", "issues", "next_action", "remarks"])))
        }
        made[year] = papers.year(draw(STATUSES), at=f"I{draw(st.integers(1, 90))}", **texts)
    return made


@st.composite
def measures(draw: Any, number: str | None) -> Any:
    lines = [
        papers.line(*draw(DEPARTMENTS), related=tuple(draw(DEPARTMENTS)), years=draw(years()))
        for _ in range(draw(st.integers(0, 2)))
    ]
    return papers.measure(
        number,
        draw(WORDS),
        parent=draw(st.sampled_from(["n1", "n2", None])),
        at=f"B{draw(st.integers(1, 90))}",
        number_inferred=draw(st.booleans()),
        relisted_of=draw(st.sampled_from([None, None, None, "1", "講座を開く"])),
        description=draw(st.none() | st.builds(papers.text, WORDS, st.just("E10"))),
        schedule={str(year): "継続" for year in draw(st.sets(YEARS))},
        lines=lines,
    )


@st.composite
def documents(draw: Any) -> Any:
    numbers = draw(st.lists(st.sampled_from(["1", "2", "3", "1-1", None]), max_size=5))
    figures = [
        {
            "measure": draw(st.sampled_from([*numbers, "9"])),
            "year": draw(YEARS),
            "label": draw(st.sampled_from(["参加者", "講座"])),
            "value": draw(st.sampled_from([1, 12, 3.5, 10**15])),
            "unit": "人",
            "at": draw(st.sampled_from(["J10", "J11"])),
        }
        for _ in range(draw(st.integers(0, 3)))
    ]
    unplaced = [{"at": "W10", "text": "置けない文。", "why": "わかりません。"}]
    return papers.document([draw(measures(number)) for number in numbers], numbers=figures, unplaced=unplaced)


@pytest.fixture
def division(seat):
    return seat("division", Role.DIVISION)[2]


def committed(paper, division, **values):
    """Commit a document; where a measure might be another one, a person says that it is new."""
    batch = papers.batch(paper, **values)
    decided = [Decided(f"/measures/{index}/match", "accept") for index in range(len(paper["measures"]))]
    try:
        return papers.commit_now(batch, by=division)
    except NotReady:
        decide(batch, decided, revision=batch.revision, at=now(), by=division)
        return papers.commit_now(batch, by=division)


@few
@given(first=documents(), second=documents())
def test_undoing_a_commit_restores_everything(division, first, second):
    with transaction.atomic():
        plan = committed(first, division).subject_id
        before = rows_of_everything()
        batch = committed(second, division, plan=plan, content=b"second")

        undo(batch, revision=batch.revision, at=now(), by=division)

        assert rows_of_everything() == before
        transaction.set_rollback(True)


@few
@given(paper=documents())
def test_committing_the_same_file_twice_changes_nothing(division, paper):
    with transaction.atomic():
        plan = committed(paper, division).subject_id
        before = rows_of_everything()

        again = papers.commit_now(papers.batch(paper, plan=plan), by=division)

        assert again.changes == []
        assert rows_of_everything() == before
        transaction.set_rollback(True)


def pointers_of(paper: Any) -> list[str]:
    """Every value of a document that a person may decide about."""
    found = [f"/nodes/{n}/title" for n in range(len(paper["nodes"]))]
    found += [f"/numbers/{n}" for n in range(len(paper["numbers"]))]
    for m, measure in enumerate(paper["measures"]):
        found += [f"/measures/{m}/{name}" for name in ("title", "number", "description")]
        for n, line in enumerate(measure["lines"]):
            found.append(f"/measures/{m}/lines/{n}/leads")
            for year in line["years"]:
                found += [f"/measures/{m}/lines/{n}/years/{year}/{name}" for name in ("status", "results", "remarks")]
    return found


NEW_VALUES = {"status": "changed", "leads": ["別の課"], "figure": 77, "heading_title": "別の見出し", "number": "99"}


@given(paper=documents(), data=st.data())
def test_a_decision_changes_only_what_it_names(paper, data):
    was = deepcopy(paper)
    pointer = data.draw(st.sampled_from(pointers_of(paper)))
    place = place_of(pointer)
    value = NEW_VALUES.get(place.field, "直した文。")

    made = settled(paper, {pointer: Chosen("correct", value)})

    assert paper == was
    assert read_value(made, place) == value
    others = {other for other in pointers_of(paper) if other != pointer}
    assert {o for o in others if read_value(made, place_of(o)) != read_value(paper, place_of(o))} == set()


@given(paper=documents(), data=st.data())
def test_accepting_a_value_leaves_the_document_as_it_was_read(paper, data):
    chosen = data.draw(st.sets(st.sampled_from(pointers_of(paper))))

    assert settled(paper, {pointer: Chosen("accept") for pointer in chosen}) == paper
