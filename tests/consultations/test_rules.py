"""The rules of the desk: one good case, one spoiled for each; and the pure parts beside them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.consultations.conftest import AT
from tomoni.consultations import limits, rules
from tomoni.consultations.asker import fingerprint, new_token
from tomoni.consultations.rules import ConsultationFacts, QuestionFacts
from tomoni.consultations.services import title_of
from tomoni.consultations.traces import traces
from tomoni.kernel.rules import broken

GOOD = ConsultationFacts(
    answer="貸せます。", outcome="informed", has_party=True, excluded_as="sales", excluded_reason="販売だけのため"
)
PUBLIC = QuestionFacts(answer="借りられます。", traces=(), is_confirmed=False)


@pytest.mark.parametrize(
    ("rule", "spoiled"),
    [
        (rules.is_answered, {"answer": " \n"}),
        (rules.has_an_outcome, {"outcome": ""}),
        (rules.somebody_is_in_charge, {"has_party": False}),
        (rules.exclusion_has_its_reason, {"excluded_reason": " "}),
    ],
    ids=lambda value: getattr(value, "code", ""),
)
def test_a_good_enquiry_keeps_the_rule_and_a_spoiled_one_does_not(rule, spoiled):
    assert rule(GOOD)
    assert broken([rule], replace(GOOD, **spoiled))[0].message == rule.message


@pytest.mark.parametrize(
    ("rule", "spoiled"),
    [
        (rules.nobody_can_be_recognised, {"traces": ("架空 花江",)}),
        (rules.question_has_its_answer, {"answer": ""}),
    ],
    ids=lambda value: getattr(value, "code", ""),
)
def test_a_good_question_keeps_the_rule_and_a_spoiled_one_does_not(rule, spoiled):
    assert rule(PUBLIC)
    assert broken([rule], replace(PUBLIC, **spoiled))[0].message == rule.message


def test_what_is_not_excluded_needs_no_reason():
    assert rules.exclusion_has_its_reason(replace(GOOD, excluded_as="", excluded_reason=""))


def test_a_person_may_say_that_a_word_is_nobodys_name():
    assert rules.nobody_can_be_recognised(replace(PUBLIC, traces=("青葉",), is_confirmed=True))


@pytest.mark.parametrize(
    ("text", "name", "contact", "found"),
    [
        ("架空花江さんが来ました", "架空 花江", "", ("架空 花江", "架空", "花江")),
        ("花江さんに貸します", "架空　花江", "", ("花江",)),
        ("Ｈanako に貸す", "hanako", "", ("hanako",)),
        ("電話は０００－０１２３－４５６７へ", "", "000-0123-4567", ("000-0123-4567",)),
        ("hanae@himitsu.example に送ります", "", "hanae@himitsu.example", ("hanae@himitsu.example",)),
        ("窓口は 042-000-0000 です", "", "", ("042-000-0000",)),
        ("公園の道具は道路課で貸します", "架空 花江", "000-0123-4567 hanae@himitsu.example", ()),
        ("林のある公園", "林", "", ()),
        ("令和8年4月1日から30人まで", "", "", ()),
    ],
)
def test_names_addresses_and_numbers_are_found_however_they_are_written(text, name, contact, found):
    assert traces(text, name=name, contact=contact) == found


@given(before=st.text(max_size=30), after=st.text(max_size=30))
def test_a_name_is_found_wherever_it_stands(before, after):
    assert "架空 花江" in traces(f"{before}架空花江{after}", name="架空 花江")


@given(st.text(max_size=300))
def test_text_without_a_name_to_look_for_never_fails(text):
    assert all(trace for trace in traces(text))


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("大学生です。夏休みに手伝える活動はありますか。", "大学生です。夏休みに手伝える活動はありますか"),
        ("町会の役員のなり手がいなくて困っています。どうしますか。", "町会の役員のなり手がいなくて困っています"),
        ("道", "道"),
        ("あ" * 60, "あ" * 39 + "…"),
        ("", ""),
    ],
)
def test_a_title_is_what_tells_most_in_a_line(body, title):
    assert title_of(body) == title


@given(st.text(max_size=500))
def test_a_title_always_fits_its_line(body):
    assert len(title_of(body)) <= 40


def test_a_browser_may_send_three_times_in_ten_minutes():
    now = AT.timestamp()

    assert not limits.is_too_often([now - 1, now - 2], AT)
    assert limits.is_too_often([now - 1, now - 2, now - 599], AT)
    assert not limits.is_too_often([now - 1, now - 2, now - 600], AT)
    assert limits.still_counting([now - 600, now - 599], AT) == [now - 599]


def test_a_token_has_128_bits_and_its_fingerprint_does_not_tell_it():
    token = new_token()

    assert len(token) == 22
    assert token != new_token()
    assert len(fingerprint(token)) == 64
    assert token not in fingerprint(token)
