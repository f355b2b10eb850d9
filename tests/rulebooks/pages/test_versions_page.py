"""The page of versions: which holds, which came before, and what changed between two."""

from __future__ import annotations

import pytest

from tests.rulebooks.pages.books import book_of_city
from tests.rulebooks.pages.reading import reads
from tomoni.rulebooks.changes import changes
from tomoni.rulebooks.schema import Rulebook


def edition(number: str, day: str, **edits: object) -> Rulebook:
    """The town's rulebook in another version."""
    content = book_of_city("akarisato").model_dump(mode="json")
    return Rulebook.model_validate(content | {"number": number, "in_force_from": day} | edits)


def newer(**edits: object) -> Rulebook:
    content = book_of_city("akarisato").model_dump(mode="json")
    content["principles"][0]["text"] = "困ったことも、うれしいことも、早く話します。"
    content["principles"].append({"key": "rest", "label": "休む", "cites": "二の4"})
    content["stages"].pop()
    return edition("2025-04", "2025-04-01", principles=content["principles"], stages=content["stages"], **edits)


@pytest.fixture
def two(settle):
    settle(book_of_city("akarisato"))
    return settle(newer())


def test_one_version_has_nothing_to_compare(client, founded):
    founded("akarisato")

    page = client.get("/akarisato/about/versions/")

    assert reads(page, "2024-04 今の版 灯里市ともに歩む手引 令和6年4月1日")
    assert reads(page, "版は1つです。")


def test_the_newest_change_is_shown_unasked(client, two):
    page = client.get("/akarisato/about/versions/")

    assert reads(page, "2025-04 今の版")
    assert not reads(page, "2024-04 今の版")
    assert reads(
        page, "原則 書き換え 正直 説明 困ったことを早く話します。 → 困ったことも、うれしいことも、早く話します。"
    )
    assert reads(page, "追加 休む")
    assert reads(page, "活動のステージ 削除 森")


def test_two_versions_can_be_compared_the_other_way_round(client, two):
    page = client.get("/akarisato/about/versions/?old=2025-04&new=2024-04")

    assert reads(page, "削除 休む")
    assert reads(page, "追加 森")


def test_a_version_beside_itself_does_not_differ(client, two):
    assert reads(client.get("/akarisato/about/versions/?old=2025-04&new=2025-04"), "違いはありません。")


def test_a_version_that_comes_later_is_announced_and_does_not_hold_yet(client, settle):
    settle(book_of_city("akarisato"))
    settle(edition("2999-04", "2999-04-01"))

    page = client.get("/akarisato/about/versions/")

    assert reads(page, "2999-04 これから")
    assert reads(page, "2024-04 今の版")


@pytest.mark.parametrize("query", ["old=2021-08&new=2025-04", "old=2025-04&new=2021-08", "old=2025-04", "new=2025-04"])
def test_the_version_of_another_city_is_not_found(client, founded, two, query):
    founded("fuchu")

    page = client.get(f"/akarisato/about/versions/?{query}")

    assert page.status_code == 404
    assert reads(page, "その版は、この自治体にありません。")
    assert not reads(page, "府中市市民協働の推進")


def test_pages_show_the_version_that_holds_today(client, two):
    assert reads(client.get("/akarisato/about/"), "4つの原則")


def test_changes_of_the_document_come_before_those_of_this_site():
    terms = book_of_city("akarisato").terms.model_dump() | {"agreement": "誓い"}
    fields = [{"key": "stars", "label": "星を見る", "cites": "十三"}]

    found = changes(book_of_city("akarisato"), newer(terms=terms, fields=fields))

    assert [(group.heading, group.is_document) for group in found] == [
        ("原則", True),
        ("活動のステージ", True),
        ("言葉", True),
        ("活動の分野", False),
    ]


def test_what_moved_says_from_where_to_where():
    principles = book_of_city("akarisato").model_dump(mode="json")["principles"]

    found = changes(book_of_city("akarisato"), edition("2025-04", "2025-04-01", principles=principles[::-1]))

    assert {"正直（1番目から3番目へ）", "楽しむ（3番目から1番目へ）"} & {told.name for told in found[0].told}


def test_notes_and_zones_are_told_in_words():
    forms = book_of_city("akarisato").model_dump(mode="json")["forms"]
    forms[0]["notes"]["city"], forms[0]["zones"] = [], []

    found = changes(book_of_city("akarisato"), edition("2025-04", "2025-04-01", forms=forms))

    assert found[0].told[0].fields == (
        ("領域", "一緒にする", "なし"),
        (
            "留意点",
            "売上を記録します。 / 場所を早く決めます。 / 雨の日の備えをします。 / 片付けまで一緒にします。",
            "売上を記録します。 / 片付けまで一緒にします。",
        ),
    )


def test_a_value_that_stands_by_itself_is_told_without_its_key():
    town = book_of_city("akarisato")
    terms = town.terms.model_dump() | {"agreement": "誓い"}
    options = town.model_dump(mode="json")["options"]
    options["agreements"]["must_end"] = False

    found = changes(town, edition("2025-04", "2025-04-01", terms=terms, options=options))

    assert [(group.heading, group.told[0].name, group.told[0].fields) for group in found] == [
        ("言葉", "決めてあること", (("内容", "約束状", "誓い"),)),
        ("運用の決まり", "決めてあること", (("内容", "はい", "いいえ"),)),
    ]
