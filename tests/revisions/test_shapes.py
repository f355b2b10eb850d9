"""Any sequence of changes that keeps the rules loses no measure, forgets no name, and lets no two years overlap."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tomoni.kernel.rules import broken
from tomoni.revisions.rules import CONTENT
from tomoni.revisions.shape import Change, Draft, Heading, Kind, Measure, Result, Shape, reshaped

YEAR = 2021


def begun(measures: int) -> Shape:
    return Shape(
        first=2018,
        last=2022,
        headings={1: Heading(1, None, 0, "1", "知る"), 2: Heading(2, None, 0, "2", "加わる")},
        measures={
            n: Measure(n, 1 + n % 2, str(n), f"取組{n}", lines=((n * 10, (5,)),), last_report=2020)
            for n in range(1, measures + 1)
        },
    )


@st.composite
def changes(draw: st.DrawFn, measures: int) -> tuple[Change, ...]:
    """Changes as people write them, sensible or not."""
    kinds = (Kind.ADD, Kind.END, Kind.NAME, Kind.MERGE, Kind.SPLIT, Kind.MOVE)
    made = []
    for pk in range(1, draw(st.integers(1, 6)) + 1):
        kind = draw(st.sampled_from(kinds))
        many = 2 if kind == Kind.MERGE else 0 if kind == Kind.ADD else 1
        sources = draw(st.lists(st.integers(1, measures), min_size=many, max_size=many, unique=True))
        wanted = 2 if kind == Kind.SPLIT else 1
        results = tuple(
            Result(str(100 + pk * 10 + n), f"新{pk}-{n}", draw(st.sampled_from((1, 2))), (5,)) for n in range(wanted)
        )
        number = str(draw(st.integers(1, 12)))
        made.append(
            Change(pk, kind, "理由", tuple(sources), results if kind in {Kind.ADD, Kind.MERGE, Kind.SPLIT} else (),
                   heading=draw(st.sampled_from((1, 2))) if kind == Kind.MOVE else None,
                   number=number, title=f"名{pk}")
        )  # fmt: skip
    return tuple(made)


def kept(draft: Draft) -> Draft:
    """As many of the changes, in their order, as keep every rule together."""
    held: tuple[Change, ...] = ()
    for change in draft.changes:
        if not broken(CONTENT, replace(draft, changes=(*held, change))):
            held = (*held, change)
    return replace(draft, changes=held)


@given(changes(8))
def test_what_keeps_the_rules_loses_nothing(wanted: tuple[Change, ...]):
    draft = kept(Draft(begun(8), wanted, YEAR, title="見直し", reason="理由"))
    before, after = draft.shape.measures, reshaped(draft).measures

    assert before.keys() <= after.keys()
    names = {(m.number, m.title) for m in after.values()} | {
        (w.number, w.title) for m in after.values() for w in m.former
    }
    assert {(m.number, m.title) for m in before.values()} <= names
    for made in after.values():
        for source in made.comes_from:
            assert after[source].ends is not None
            assert after[source].ends < (made.begins or 0)
    alive = [m.number for m in after.values() if m.is_carried_out_in(YEAR)]
    assert len(alive) == len(set(alive))
    assert all(m.begins is None or m.ends is None or m.begins <= m.ends for m in after.values())


@given(changes(8), changes(8))
def test_a_second_revision_keeps_the_names_of_the_first(first: tuple[Change, ...], second: tuple[Change, ...]):
    one = kept(Draft(begun(8), first, YEAR, title="見直し", reason="理由"))
    between = reshaped(one)
    later = tuple(replace(change, pk=change.pk + 50) for change in second)
    two = kept(Draft(between, later, YEAR + 1, title="再見直し", reason="理由"))
    after = reshaped(two).measures

    known = {w.number for m in after.values() for w in m.former} | {m.number for m in after.values()}
    assert {m.number for m in begun(8).measures.values()} <= known
    assert between.measures.keys() <= after.keys()


def test_a_relisted_measure_goes_with_its_original():
    shape = begun(2)
    again = Measure(9, 2, "9", "取組1", relisted_of=1)
    shape = replace(shape, measures={**shape.measures, 9: again})
    name = Change(1, Kind.NAME, "理由", (1,), number="1", title="新しい名前")
    merged = Change(2, Kind.MERGE, "理由", (1, 2), (Result("11", "まとめ", 1, (5,)),))

    assert reshaped(Draft(shape, (name,), YEAR)).measures[9].title == "新しい名前"
    assert reshaped(Draft(shape, (merged,), YEAR)).measures[9].ends == YEAR - 1


def test_a_measure_is_moved_under_a_heading_the_same_revision_adds():
    added = Change(4, Kind.HEADING_ADD, "理由", number="3", title="広げる", heading=1)
    moved = Change(5, Kind.MOVE, "理由", (1,), heading=-4)

    after = reshaped(Draft(begun(2), (added, moved), YEAR))

    assert after.headings[-4] == Heading(-4, 1, 1, "3", "広げる")
    assert after.measures[1].heading == -4
