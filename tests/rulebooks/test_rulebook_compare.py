"""What changed between two rulebooks is told entry by entry."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tomoni.rulebooks.compare import Change, Difference, compare
from tomoni.rulebooks.loading import build, load, load_city
from tomoni.rulebooks.schema import Rulebook

TOWN = load(Path(__file__).parent / "akarisato" / "2024-04.yaml")


def changed(edit: Callable[[dict[str, Any]], object]) -> list[Change]:
    """What the comparison says after this edit of the town's rulebook."""
    content = TOWN.model_dump(mode="json")
    edit(content)
    return compare(TOWN, build(content))


def test_two_equal_rulebooks_do_not_differ() -> None:
    assert compare(TOWN, TOWN) == []


def test_a_new_entry_is_added() -> None:
    found = changed(lambda book: book["stages"].append({"key": "park", "label": "公園", "cites": "八の5"}))

    assert found == [Change("added", "stages", "park", "公園", after="公園")]


def test_an_entry_that_is_gone_is_removed() -> None:
    found = changed(lambda book: book["capabilities"].pop(0))

    assert found == [Change("removed", "capabilities", "bridging", "橋渡し", before="橋渡し")]


def test_an_entry_in_another_place_is_moved_and_the_others_are_not() -> None:
    found = changed(lambda book: book["stages"].insert(0, book["stages"].pop(3)))

    assert found == [Change("moved", "stages", "forest", "森", "4", "1")]


def test_an_entry_with_other_words_is_reworded_with_all_its_fields() -> None:
    found = changed(lambda book: book["principles"][2].update(label="楽しさ", binds=["planning"]))

    assert found == [
        Change(
            "reworded",
            "principles",
            "joy",
            "楽しさ",
            "楽しむ",
            "楽しさ",
            (Difference("label", "楽しむ", "楽しさ"), Difference("binds", [], ["planning"])),
        )
    ]


def test_a_list_inside_an_entry_is_entered() -> None:
    found = changed(lambda book: book["checklists"][0]["items"].pop())

    assert found == [Change("removed", "checklists.before.items", "weather", "天気を見た", before="天気を見た")]


def test_points_to_watch_that_change_are_told_with_their_form() -> None:
    found = changed(lambda book: book["forms"][0]["notes"].update(civic=[]))

    assert [(one.kind, one.section, one.key, [d.field for d in one.differences]) for one in found] == [
        ("reworded", "forms", "market", ["notes"])
    ]


def test_a_word_and_a_switch_are_told_by_their_path() -> None:
    def edit(book: dict[str, Any]) -> None:
        book["terms"]["agreement"] = "覚書"
        book["options"]["agreements"]["must_end"] = False

    assert changed(edit) == [
        Change("reworded", "terms", "agreement", "agreement", differences=(Difference("agreement", "約束状", "覚書"),)),
        Change("reworded", "options.agreements", "must_end", "must_end", differences=(Difference("must_end", True, False),)),
    ]  # fmt: skip


def test_a_plan_that_is_dropped_is_one_change() -> None:
    found = changed(lambda book: book.update(plan=None))

    assert [(one.kind, one.section, one.key) for one in found] == [("reworded", "", "plan")]
    assert found[0].differences[0].after is None


def test_a_spelling_that_is_no_longer_listed_is_told() -> None:
    found = changed(lambda book: book["reading"].update(statuses={}))

    assert found == [
        Change(
            "reworded", "reading.statuses", "good", "good", differences=(Difference("good", ["じゅんちょう"], None),)
        )
    ]


def test_two_cities_are_compared_by_the_meaning_of_their_keys() -> None:
    found = {
        (one.kind, one.key): (one.before, one.after)
        for one in compare(load_city("fuchu"), load_city("ama"))
        if one.section == "principles"
    }

    assert found[("reworded", "shared_purpose")] == ("目的共有の原則", "目的・目標共有の原則")
    assert found[("added", "subsidiarity")] == ("", "補完性の原則")
    assert found[("removed", "evaluation")] == ("評価の原則", "")


@given(st.permutations(range(len(TOWN.stages))), st.sets(st.sampled_from(range(len(TOWN.stages)))))
def test_every_entry_that_is_gone_is_removed_and_no_other(order: list[int], gone: set[int]) -> None:
    content = TOWN.model_dump(mode="json")
    content["stages"] = [content["stages"][place] for place in order if place not in gone]

    found = compare(TOWN, build(content))

    assert {one.key for one in found if one.kind == "removed"} == {TOWN.stages[place].key for place in gone}
    assert {one.kind for one in found} <= {"removed", "moved"}


@given(st.permutations(range(len(TOWN.stages))))
def test_backwards_an_addition_is_a_removal(order: list[int]) -> None:
    fewer = without_stages(order[:2])

    there = {one.key for one in compare(TOWN, fewer) if one.kind == "removed"}
    back = {one.key for one in compare(fewer, TOWN) if one.kind == "added"}

    assert there == back != set()


def without_stages(places: list[int]) -> Rulebook:
    content = TOWN.model_dump(mode="json")
    content["stages"] = [stage for place, stage in enumerate(content["stages"]) if place not in places]
    return build(content)
