"""A city's own word, wherever a page asks for it, and the rulebook at the price of one query."""

from __future__ import annotations

from datetime import date

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from tests.rulebooks.pages.books import CITIES, book_of_city
from tomoni.kernel.clock import today
from tomoni.rulebooks.schema import Terms
from tomoni.rulebooks.selectors import NoRulebook, book_of, version_of
from tomoni.rulebooks.templatetags.rulebook import source_apart
from tomoni.tenants.models import Municipality


def said(tag: str, municipality: Municipality | None = None) -> str:
    """What the tag prints on a page of that municipality."""
    request = RequestFactory().get("/")
    request.municipality = municipality
    return Template("{% load rulebook %}" + tag).render(Context({"request": request}))


@pytest.fixture
def empty(db) -> Municipality:
    return Municipality.objects.create(slug="empty", name="空市", prefecture="架空県", code="000000")


@pytest.mark.parametrize("slug", CITIES)
def test_every_word_is_the_citys_own(founded, slug):
    municipality = founded(slug)

    for key in Terms.model_fields:
        assert said(f'{{% term "{key}" %}}', municipality) == getattr(book_of_city(slug).terms, key)


def test_without_a_rulebook_the_standards_word_is_used(empty):
    assert said('{% term "agreement" %}', empty) == "協定書"
    assert said('{% term "agreement" "約束" %}', empty) == "約束"
    assert said('{% term "agreement" %}') == "協定書"


def test_a_word_that_is_no_term_is_a_mistake(empty):
    with pytest.raises(LookupError, match="「agrement」という用語はありません。"):
        said('{% term "agrement" %}', empty)


def test_a_word_is_escaped(settle):
    book = book_of_city("akarisato")
    municipality = settle(book.model_copy(update={"terms": book.terms.model_copy(update={"agreement": "<b>約束</b>"})}))

    assert said('{% term "agreement" %}', municipality) == "&lt;b&gt;約束&lt;/b&gt;"


def test_a_whole_page_of_words_costs_one_query(founded, django_assert_num_queries):
    municipality = founded("akarisato")

    with django_assert_num_queries(1):
        said("".join(f'{{% term "{key}" %}}' for key in Terms.model_fields), municipality)
        book_of(municipality, today())


def test_that_there_is_no_rulebook_is_asked_once_too(empty, django_assert_num_queries):
    with django_assert_num_queries(1):
        said('{% term "agreement" %}{% term "plan" %}', empty)


def test_a_day_before_the_first_version_has_no_rulebook(founded):
    municipality = founded("akarisato")

    assert version_of(municipality, date(2024, 4, 1)).number == "2024-04"
    with pytest.raises(NoRulebook):
        book_of(municipality, date(2024, 3, 31))


def test_the_source_at_the_end_of_a_sentence_stands_apart():
    assert source_apart("声を届けます（第3章1(2)）。") == ("声を届けます。", "第3章1(2)")
    assert source_apart("先を行きます（Ⅱ 1）。") == ("先を行きます。", "Ⅱ 1")
    assert source_apart("良くなります（「進め方」）。") == ("良くなります。", "「進め方」")
    assert source_apart("人を集めます（学生など）。") == ("人を集めます（学生など）。", "")
