"""A sheet of a rulebook becomes a form, and what people write becomes answers that can be kept."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rulebooks.pages.books import CITIES, book_of_city
from tomoni.rulebooks.answers import length
from tomoni.rulebooks.forms import form_for, progress, read_back
from tomoni.rulebooks.schema import Rulebook, Sheet

TOWN = book_of_city("akarisato")
ORDER = TOWN.sheet("proposal")


def sheet_of(*fields: dict[str, Any]) -> Sheet:
    """A sheet of these questions, as a rulebook would write them."""
    return Sheet.model_validate({"key": "sample", "label": "見本", "cites": "十", "fields": list(fields)})


MIXED = sheet_of(
    {"key": "about", "label": "内容", "kind": "text", "required": True, "max_length": 5, "help": "一言で。"},
    {"key": "form", "label": "形", "kind": "choice", "choices": "forms", "required": True},
    {"key": "stages", "label": "段階", "kind": "choices", "choices": "stages"},
    {"key": "starts", "label": "始まる日", "kind": "date"},
    {"key": "people", "label": "人数", "kind": "number"},
    {"key": "money", "label": "費用", "kind": "money", "required": True},
    {"key": "rain", "label": "雨でも行う", "kind": "tick"},
    {"key": "roof", "label": "屋根", "required": True, "shown_when": {"field": "rain", "equals": ["yes"]}},
)
FILLED = {
    "about": "市を開く",
    "form": "market",
    "stages": ["seed", "tree"],
    "starts": "2026-04-01",
    "people": "１２人",
    "money": "１，２００円",
    "rain": "on",
    "roof": "テント",
}
KEPT = {
    "about": "市を開く",
    "form": "market",
    "stages": ["seed", "tree"],
    "starts": "2026-04-01",
    "people": 12,
    "money": 1200,
    "rain": True,
    "roof": "テント",
}


def errors(sheet: Sheet, data: dict[str, Any], *, is_draft: bool = False) -> dict[str, list[str]]:
    return {key: list(told) for key, told in form_for(sheet, TOWN, is_draft=is_draft)(data).errors.items()}


@pytest.mark.parametrize("slug", CITIES)
def test_every_sheet_of_every_rulebook_builds_a_form_with_its_questions(slug):
    book = book_of_city(slug)

    for sheet in book.sheets:
        form = form_for(sheet, book)()
        left_out = {field.key for field in sheet.fields if field.choices and not getattr(book, field.choices)}
        assert list(form.fields) == [field.key for field in sheet.fields if field.key not in left_out]
        assert all(field.label in form.as_div() for field in sheet.fields if field.key not in left_out)
        assert left_out == ({"zone"} if slug == "musashino" and sheet.key == "proposal" else set())


def test_what_people_write_becomes_plain_values():
    form = form_for(MIXED, TOWN)(FILLED)

    assert form.is_valid(), form.errors
    assert form.answers() == KEPT
    assert json.loads(json.dumps(form.answers())) == KEPT


def test_kept_answers_fill_the_form_again():
    form = form_for(MIXED, TOWN)(initial=KEPT)

    html = form.as_div()
    assert 'value="2026-04-01"' in html
    assert 'value="1200"' in html
    assert html.count("checked") == 4


def test_required_questions_are_asked_for_and_others_are_not():
    told = errors(MIXED, {})

    assert told == {"about": ["書いてください。"], "form": ["選んでください。"], "money": ["書いてください。"]}


def test_a_question_behind_an_answer_is_required_only_then():
    open_roof = {key: value for key, value in FILLED.items() if key != "roof"}

    assert errors(MIXED, open_roof) == {"roof": ["書いてください。"]}
    assert errors(MIXED, {key: value for key, value in open_roof.items() if key != "rain"}) == {}


def test_an_answer_to_a_question_that_is_not_asked_is_dropped():
    form = form_for(MIXED, TOWN)({key: value for key, value in FILLED.items() if key != "rain"})

    assert form.is_valid()
    assert form.answers() == {key: value for key, value in KEPT.items() if key != "roof"} | {"rain": False}


def test_what_is_wrong_in_a_question_that_is_not_asked_does_not_matter():
    sheet = sheet_of(
        {"key": "rain", "label": "雨", "kind": "tick"},
        {"key": "since", "label": "いつ", "kind": "date", "shown_when": {"field": "rain", "equals": ["yes"]}},
    )

    assert errors(sheet, {"since": "あした"}) == {}
    assert errors(sheet, {"since": "あした", "rain": "on"}) == {"since": ["日付を 2026-04-01 の形で書いてください。"]}


def test_a_condition_on_a_choice_opens_its_question():
    data = {"wish": "机", "form_kind": "lending"}

    assert errors(ORDER, data) == {"tools": ["書いてください。"]}
    assert errors(ORDER, data | {"form_kind": "errand"}) == {}


def test_a_draft_may_leave_everything_open_but_not_wrong():
    assert errors(MIXED, {"rain": "on"}, is_draft=True) == {}
    assert errors(MIXED, {"money": "たくさん"}, is_draft=True) == {
        "money": ["金額を円の単位で、数字で書いてください。"]
    }


@pytest.mark.parametrize("given", ["-1", "1.5", "十", "9" * 30])
def test_a_number_is_whole_and_not_below_nothing(given):
    assert list(errors(MIXED, FILLED | {"people": given})) == ["people"]


def test_a_choice_that_is_not_offered_is_refused():
    assert list(errors(MIXED, FILLED | {"form": "cohosting", "stages": ["seed", "moon"]})) == ["form", "stages"]


def test_length_is_counted_as_readers_count():
    family, dakuten, flag = "👨‍👩‍👧", "か\u3099", "🇯🇵"

    assert errors(MIXED, FILLED | {"about": family + dakuten + flag + "𠮷\r"}) == {}
    assert errors(MIXED, FILLED | {"about": "市を開きます"}) == {"about": ["5字以内で書いてください。いまは6字です。"]}


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("あいう", 3),
        ("が", 1),
        ("か\u3099", 1),
        ("👍🏽", 1),
        ("🇯🇵🇯🇵", 2),
        ("葛\U000e0100", 1),
        ("a\r\nb", 3),
        ("1️⃣", 1),
    ],
)
def test_one_sign_counts_once(text, count):
    assert length(text) == count


@given(st.text())
def test_writing_the_same_text_in_parts_never_counts_less(text):
    composed = unicodedata.normalize("NFC", text)

    assert length(composed) <= len(composed)
    assert length(text + "あ") <= length(text) + 1


def test_help_tells_the_limit_and_when_to_answer():
    fields = form_for(MIXED, TOWN)().fields
    tools = form_for(ORDER, TOWN)().fields["tools"]

    assert fields["about"].help_text == "一言で。5字まで。"
    assert fields["roof"].help_text == "「雨でも行う」で「はい」を選んだときは必ず書きます。"
    assert tools.help_text == "「形」で「道具の貸し出し」を選んだときは必ず書きます。"
    assert tools.widget.attrs == {"data-shown-when": "form_kind", "data-shown-for": "lending"}


def test_help_of_a_rulebook_is_escaped():
    sheet = sheet_of({"key": "a", "label": "<i>題</i>", "help": "<script>alert(1)</script>"})

    html = form_for(sheet, TOWN)().as_div()

    assert "<script>" not in html
    assert "<i>" not in html


def test_a_question_may_have_any_key():
    sheet = sheet_of(*({"key": key, "label": key} for key in ("sheet", "clean", "answers", "is_draft", "errors")))

    form = form_for(sheet, TOWN)({"sheet": "1", "clean": "2", "answers": "3", "is_draft": "4", "errors": "5"})

    assert form.is_valid()
    assert form.answers() == {"sheet": "1", "clean": "2", "answers": "3", "is_draft": "4", "errors": "5"}


def test_progress_counts_the_required_questions_that_stand():
    assert progress(MIXED, {}) == (0, 3)
    assert progress(MIXED, {"about": "市", "rain": True}) == (1, 4)
    assert progress(MIXED, {"about": " ", "form": "market", "money": 0}) == (2, 3)
    assert progress(MIXED, KEPT) == (4, 4)


def test_answers_are_read_back_in_the_citys_words():
    shown = read_back(MIXED, KEPT, book=TOWN)

    assert [(answer.label, answer.lines) for answer in shown] == [
        ("内容", ("市を開く",)),
        ("形", ("共同の市",)),
        ("段階", ("種", "木")),
        ("始まる日", ("2026年4月1日",)),
        ("人数", ("12",)),
        ("費用", ("1,200円",)),
        ("雨でも行う", ("はい",)),
        ("屋根", ("テント",)),
    ]


def test_what_is_not_asked_or_not_answered_is_not_read_back():
    shown = read_back(MIXED, {"about": "一\n二", "rain": False, "roof": "テント"}, book=TOWN)

    assert [(answer.key, answer.lines) for answer in shown] == [("about", ("一", "二")), ("rain", ("いいえ",))]


def test_an_answer_knows_who_may_see_it():
    book = book_of_city("ama")

    shown = read_back(book.sheet("registration"), {"purpose": "見守り", "contact_phone": "000"}, book=book)

    assert [(answer.key, answer.visibility) for answer in shown] == [("purpose", "public"), ("contact_phone", "staff")]


def test_a_choice_the_city_no_longer_has_is_read_back_by_its_key():
    book = Rulebook.model_validate(TOWN.model_dump(mode="json") | {"stages": []})

    assert read_back(MIXED, {"stages": ["seed"]}, book=book)[0].lines == ("seed",)
