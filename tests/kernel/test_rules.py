"""Rules carry a number, a source and a sentence; all are asked and all findings shown."""

import pytest

from tomoni.kernel import rules
from tomoni.kernel.decisions import YES, NotAllowed, no
from tomoni.kernel.rules import Finding, broken, rule


@pytest.fixture(autouse=True)
def _no_test_rule_stays(monkeypatch):
    monkeypatch.setattr(rules, "REGISTRY", {})


def test_every_broken_rule_is_found_with_its_sentence_and_place():
    @rule("XX-01", cites="見本の第1章", where="budget")
    def is_positive(number: int) -> bool:
        """0より大きい数を入れてください。"""
        return number > 0

    @rule("XX-02", cites="見本の第2章")
    def is_even(number: int) -> bool:
        """偶数を入れてください。"""
        return number % 2 == 0

    assert broken([is_positive, is_even], 2) == []
    assert broken([is_positive, is_even], -1) == [
        Finding("XX-01", "0より大きい数を入れてください。", "budget"),
        Finding("XX-02", "偶数を入れてください。", ""),
    ]


def test_a_rule_without_a_sentence_is_refused():
    with pytest.raises(ValueError, match="XX-03 has no sentence"):

        @rule("XX-03", cites="見本")
        def says_nothing(number: int) -> bool:
            return True


def test_a_number_is_used_only_once():
    @rule("XX-04", cites="見本")
    def first(number: int) -> bool:
        """最初の規則です。"""
        return True

    with pytest.raises(ValueError, match="XX-04 is already"):

        @rule("XX-04", cites="見本")
        def second(number: int) -> bool:
            """次の規則です。"""
            return True


def test_a_refusal_is_falsy_and_enforcing_it_says_why():
    refusal = no("提出した提案は書き直せません。")

    assert not refusal
    with pytest.raises(NotAllowed, match=r"^提出した提案は書き直せません。$"):
        refusal.enforce()


def test_a_yes_is_truthy_and_lets_pass():
    assert YES
    assert YES.enforce() is None
