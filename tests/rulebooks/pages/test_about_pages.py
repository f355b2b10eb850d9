"""The pages 協働とは say what each city's rulebook says: as much, in its words, and no more."""

from __future__ import annotations

import pytest

from tests.rulebooks.pages.books import CITIES, book_of_city
from tests.rulebooks.pages.reading import reads, words
from tomoni.rulebooks.schema import STANDARD, Rulebook

PAGES = ("", "forms/", "parties/", "suitability/", "checklists/", "stages/", "versions/")
# Counted by hand in the documents: principles, kinds of party, suitability, forms, points of checklists, stages.
SAID = {
    "fuchu": ("6つの原則", "協働の主体 6種類", "適性の検証 9項目", "協働の形態 7種類", "チェックリスト 3項目", None),
    "ama": ("5つの原則", "協働の主体 5種類", None, "協働の形態 5種類", "チェックリスト 18項目", None),
    "higashikurume": ("7つの視点", "協働の主体 4種類", None, "協働の形態 7種類", "チェックリスト 4項目", None),
    "musashino": (
        "4つの基本姿勢",
        "協働の主体 6種類",
        None,
        "連携と協働 2種類",
        "チェックリスト 4項目",
        "活動のステージ 6つ",
    ),
    "akarisato": (
        "3つの原則",
        "協働の主体 3種類",
        "適性の検証 3項目",
        "協働の形態 4種類",
        "チェックリスト 2項目",
        "活動のステージ 4つ",
    ),
}
CHAPTERS = ("parties", "suitability", "forms", "checklists", "stages")


@pytest.mark.parametrize("slug", CITIES)
def test_a_city_shows_as_much_as_its_document_says_and_links_only_that(client, founded, slug):
    founded(slug)

    page = client.get(f"/{slug}/about/")

    principles, *chapters = SAID[slug]
    assert page.status_code == 200
    assert reads(page, principles)
    for chapter, said in zip(CHAPTERS, chapters, strict=True):
        assert (f'href="/{slug}/about/{chapter}/"' in page.content.decode()) == (said is not None)
        assert said is None or reads(page, said)


@pytest.mark.parametrize("slug", CITIES)
def test_a_chapter_the_city_does_not_have_is_not_found_and_says_so(client, founded, slug):
    book = founded(slug) and book_of_city(slug)

    for chapter, said in zip(CHAPTERS, SAID[slug][1:], strict=True):
        page = client.get(f"/{slug}/about/{chapter}/")

        assert page.status_code == (200 if said else 404)
        assert said or reads(page, f"{book.source.title}には、「")


def labels_of(book: Rulebook) -> dict[str, list[str]]:
    """The labels each page must print."""
    items = [item for checklist in book.checklists for item in (checklist, *checklist.items)]
    lists = {
        "": (*book.principles, *book.excluded, *book.attitudes, *book.interests),
        "forms/": (*book.forms, *book.zones),
        "parties/": (*book.party_kinds, *book.capabilities, *book.coordinators, *book.coordinator_abilities),
        "suitability/": book.suitability,
        "checklists/": items,
        "stages/": book.stages,
    }
    return {page: [entry.label for entry in entries] for page, entries in lists.items()}


@pytest.mark.parametrize("slug", CITIES)
def test_every_entry_is_printed_under_its_own_label(client, founded, slug):
    founded(slug)

    for path, labels in labels_of(book_of_city(slug)).items():
        page = client.get(f"/{slug}/about/{path}")
        assert [label for label in labels if not reads(page, label)] == []


@pytest.mark.parametrize("slug", CITIES)
def test_nothing_of_the_standard_is_shown_on_a_public_page(client, founded, slug):
    founded(slug)

    shown = [path for path in PAGES if STANDARD in client.get(f"/{slug}/about/{path}").content.decode()]

    assert shown == []


def test_an_entry_of_the_standard_in_a_citys_file_is_marked_as_such_and_not_counted(client, settle):
    book = book_of_city("akarisato")
    added = book.principles[0].model_copy(update={"key": "added", "label": "付け足し", "cites": STANDARD})
    settle(book.model_copy(update={"principles": (*book.principles, added)}))

    page = client.get("/akarisato/about/")

    assert reads(page, f"付け足し {STANDARD}")
    assert reads(page, "3つの原則")


def test_a_chapter_that_holds_only_the_standard_is_no_chapter_of_the_city(client, settle):
    book = book_of_city("akarisato")
    stages = tuple(stage.model_copy(update={"cites": STANDARD}) for stage in book.stages)
    settle(book.model_copy(update={"stages": stages}))

    assert client.get("/akarisato/about/stages/").status_code == 404
    assert "stages/" not in client.get("/akarisato/about/").content.decode()


def test_an_entry_shows_its_chapter(client, founded):
    founded("fuchu")

    assert reads(client.get("/fuchu/about/"), "対等の原則 （第2章3(2)）")


def test_a_gap_of_the_copy_is_told(client, founded):
    founded("musashino")

    assert reads(client.get("/musashino/about/stages/"), "名前は図表2にあり、手元の写しでは読めません。")


def test_a_city_that_only_draws_a_border_does_not_call_it_excluded(client, founded):
    founded("ama")
    founded("fuchu")

    assert reads(client.get("/ama/about/"), "協働の外にあるもの")
    assert not reads(client.get("/ama/about/"), "協働に含めないもの")
    assert reads(client.get("/fuchu/about/"), "協働に含めないもの")


def test_only_the_city_that_says_so_tells_that_not_suited_is_a_result_too(client, founded):
    founded("fuchu")
    founded("akarisato")

    assert reads(client.get("/fuchu/about/suitability/"), "「適さない」という結果")
    assert not reads(client.get("/akarisato/about/suitability/"), "適さない")


def test_the_suitability_test_is_grouped_by_nature_and_effect(client, founded):
    founded("fuchu")

    text = words(client.get("/fuchu/about/suitability/"))

    nature, effect = text.index("事業の性質"), text.index("協働の効果")
    assert nature < text.index("きめ細やかで柔軟な対応") < text.index("地域の実情に合わせて") < effect
    assert effect < text.index("市民のニーズ") < text.index("経費の妥当性")


def test_the_checklists_have_a_box_for_each_side(client, founded):
    founded("ama")

    page = client.get("/ama/about/checklists/").content.decode()

    assert page.count('aria-label="記入欄"') == 36
    assert page.count('<th scope="col" class="box">市民活動団体</th><th scope="col" class="box">行政</th>') == 3


def test_checklists_stand_in_the_order_of_the_work(client, founded):
    founded("ama")

    text = words(client.get("/ama/about/checklists/"))

    places = [text.index(label) for label in ("協働を考えている", "計画段階において", "実施段階において")]
    assert places == sorted(places)


def test_text_of_a_rulebook_is_escaped(client, settle):
    book = book_of_city("akarisato")
    evil = "<script>alert(1)</script>"
    changed = book.model_dump(mode="json")
    changed["forms"][0] |= {"label": evil, "summary": evil, "notes": {"civic": [evil]}}
    changed["zones"][0] |= {"label": evil}
    settle(Rulebook.model_validate(changed))

    for path in ("", "forms/", "forms/market/", "versions/"):
        page = client.get(f"/akarisato/about/{path}").content.decode()
        assert evil not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in client.get("/akarisato/about/forms/market/").content.decode()


def test_without_a_rulebook_the_page_says_so(client, founded):
    akarisato = founded("akarisato")
    akarisato.slug, akarisato.code, akarisato.pk = "empty", "000000", None
    akarisato.save()

    page = client.get("/empty/about/")

    assert page.status_code == 404
    assert reads(page, "協働のルールは、まだ登録されていません。")


def test_a_city_that_is_not_served_has_no_pages(client, db):
    assert client.get("/nowhere/about/").status_code == 404


@pytest.mark.parametrize("path", PAGES)
def test_a_page_costs_two_queries_however_much_the_rulebook_says(client, settle, django_assert_num_queries, path):
    book = book_of_city("akarisato").model_dump(mode="json")
    for name in ("principles", "forms", "stages", "capabilities", "suitability"):
        book[name] = [{**each, "key": f"{each['key']}_{n}"} for each in book[name] for n in range(20)]
    book["sheets"], book["evaluation"]["items"] = [], book["evaluation"]["items"][:1]
    settle(book_of_city("ama"))
    settle(Rulebook.model_validate(book))

    for slug in ("ama", "akarisato"):
        # The municipality, the version in force; the list of versions asks once more.
        with django_assert_num_queries(3 if path == "versions/" else 2):
            client.get(f"/{slug}/about/{path}")


def test_the_home_page_introduces_collaboration_in_the_citys_words_and_numbers(client, founded):
    founded("akarisato")

    page = client.get("/akarisato/")

    assert reads(page, "手つなぎとは 違う立場の人が、一つの困りごとに一緒に向き合うことです。（一の1）")
    assert reads(page, "原則 3つ 協働の主体 3種類 適性の検証 3項目 協働の形態 4種類")
    assert 'href="/akarisato/about/"' in page.content.decode()
