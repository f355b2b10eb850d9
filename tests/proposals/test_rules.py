"""Every rule holds for a good proposal and is broken by a spoiled one; conditions, budget and differences are pure."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tomoni.kernel.rules import broken
from tomoni.proposals import budget, rules, versions
from tomoni.proposals.conditions import Conditions, check

GOOD = rules.ProposalFacts(
    is_complete=True,
    income=100,
    spending=100,
    partners=1,
    partners_wanted=1,
    round_is_open=True,
    asked=80,
    cap=80,
    is_eligible=True,
    marks_waiting=0,
    reasons="よい",
)


@pytest.mark.parametrize(
    ("rule", "spoiled"),
    [
        (rules.sheet_is_complete, {"is_complete": False}),
        (rules.budget_balances, {"spending": 99}),
        (rules.has_the_partners_asked_for, {"partners": 0}),
        (rules.round_is_open, {"round_is_open": False}),
        (rules.proposer_is_eligible, {"is_eligible": False}),
        (rules.asks_within_the_cap, {"asked": 81}),
        (rules.all_marks_are_in, {"marks_waiting": 1}),
        (rules.decision_names_its_reasons, {"reasons": "　\n"}),
    ],
    ids=lambda value: getattr(value, "code", ""),
)
def test_a_good_proposal_keeps_it_and_a_spoiled_one_does_not(rule, spoiled):
    assert rule(GOOD)
    assert broken([rule], replace(GOOD, **spoiled))[0].message == rule.message


def test_without_a_cap_any_amount_may_be_asked():
    assert rules.asks_within_the_cap(replace(GOOD, cap=None, asked=10**9))


def test_conditions_are_told_with_their_reasons():
    conditions = Conditions(minimum_people=5, must_be_based_here=True)
    excluded = {"sales": "販売だけの活動"}

    told = check(conditions, {"people": 3, "based_here": False, "excluded": ["sales"]}, excluded=excluded)

    assert [(each.is_met, each.reason) for each in told] == [
        (False, "3人のため、あと2人足りません。"),
        (False, "市内に活動の拠点がある団体だけが応募できます。"),
        (False, "「販売だけの活動」は、協働の対象になりません。"),
    ]
    met = check(conditions, {"people": 5, "based_here": True, "excluded": []}, excluded=excluded)
    assert [each.is_met for each in met] == [True, True, True]
    assert check(Conditions(), {}, excluded={}) == []


HEADS = {"income": ["city", "own"], "spending": ["goods"]}


def test_amounts_are_read_as_people_write_them():
    columns = {
        "income_head": ["city", "", "own"],
        "income_label": ["", "", "会費"],
        "income_amount": ["１２，０００円", "", "0"],
        "spending_head": ["goods", "goods", "nothing"],
        "spending_label": ["木", "くぎ", "x"],
        "spending_amount": ["12,000", "たくさん", "1"],
    }

    table = budget.typed(columns, heads=HEADS)

    assert table.rows() == [
        {"side": "income", "head": "city", "label": "", "amount": 12000},
        {"side": "income", "head": "own", "label": "会費", "amount": 0},
        {"side": "spending", "head": "goods", "label": "木", "amount": 12000},
    ]
    assert table.wrong == (
        "支出の2行目: 金額を円の単位で、数字で書いてください。",
        "支出の3行目: 科目を選んでください。",
    )
    assert budget.asked_of_city(table.rows()) == 12000


ROWS = st.lists(
    st.builds(
        lambda side, label, amount: {
            "side": side,
            "head": HEADS[side][0],
            "label": label.strip(),
            "amount": amount,
        },
        st.sampled_from(["income", "spending"]),
        st.text(st.characters(codec="utf-8", categories=("L", "N")), max_size=20),
        st.integers(0, budget.MOST - 1),
    ),
    max_size=8,
)


@given(ROWS)
def test_what_is_kept_and_typed_again_is_the_same(rows):
    table = budget.kept(rows)
    columns = {
        f"{side}_{name}": [getattr(line, name) for line in getattr(table, side)]
        for side in budget.SIDES
        for name in ("head", "label", "amount")
    }

    again = budget.typed(columns, heads=HEADS)

    assert again.wrong == ()
    assert again.rows() == sorted(rows, key=lambda row: row["side"])


@given(st.text(alphabet="あい。\nx ", max_size=40), st.text(alphabet="あい。\nx ", max_size=40))
def test_a_difference_holds_both_texts_whole(old, new):
    pieces = versions.pieces(old, new)

    assert "".join(each.text for each in pieces if each.kind != "in") == old
    assert "".join(each.text for each in pieces if each.kind != "out") == new
