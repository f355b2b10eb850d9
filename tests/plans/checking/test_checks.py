"""Each check of a line: a good report in which it finds nothing, and a spoiled one with the finding it must make."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tomoni.plans.checking import gaps, repeats
from tomoni.plans.checking.facts import Asked, Entry, LineFacts, row_of
from tomoni.plans.checking.run import CHECKS, findings_in

FIRST = Entry(
    status="on_track",
    results="出前講座を3校で開き、町の歴史をいっしょに調べました。",
    issues="平日の午後に集まれる人が限られています。",
    next_action="土曜日にも講座を開きます。",
)
SECOND = Entry(
    status="on_track",
    results="土曜日の講座を2回開き、親子で参加した人が増えました。",
    issues="土曜日に話せる職員が足りません。",
    next_action="団体から話し手をつのります。",
)
GOOD = LineFacts(
    title="出前講座で協働を伝える",
    asked=Asked((2019, 2020), frozenset({2019, 2020})),
    entries={2019: FIRST, 2020: SECOND},
    leads=("市民協働課",),
    schedule={2019: "継続実施", 2020: "継続実施"},
)


def spoiled(**second):
    return replace(GOOD, entries={2019: FIRST, 2020: replace(SECOND, **second)})


# The check, what spoils the good report, and the finding that must follow.
CASES = [
    (gaps.has_a_department, replace(GOOD, leads=()), (0, "leads")),
    (gaps.says_what_comes_next, spoiled(next_action=""), (2020, "next_action")),
    (gaps.says_what_was_done, spoiled(results=""), (2020, "results")),
    (gaps.says_how_it_stands, spoiled(status=""), (2020, "status")),
    (repeats.texts_are_of_their_year, spoiled(results=FIRST.results), (2020, "results")),
]


@pytest.mark.parametrize(("check", "line", "place"), CASES, ids=lambda v: v.rule.code if hasattr(v, "rule") else "")
def test_a_good_report_passes_and_a_spoiled_one_is_found_where_it_is_spoiled(check, line, place):
    assert list(check.findings(GOOD)) == []
    assert check.rule(GOOD)
    assert not check.rule(line)
    assert [(f.rule, f.year, f.field) for f in check.findings(line)] == [(check.rule.code, *place)]


def test_every_check_has_a_case_here_and_a_number_of_its_own():
    assert {check.rule.code for check, _line, _place in CASES} == {check.rule.code for check in CHECKS}
    assert len({check.rule.code for check in CHECKS}) == len(CHECKS)


def test_every_finding_says_what_it_saw_and_what_could_be_done():
    for _check, line, _place in CASES:
        for finding in findings_in(line):
            assert finding.message.endswith("。")
            assert finding.advice.endswith("。")


def test_a_fingerprint_changes_with_the_words_it_rests_on_and_not_with_their_width():
    (one,) = repeats.texts_are_of_their_year.findings(spoiled(results=FIRST.results))
    (same,) = repeats.texts_are_of_their_year.findings(spoiled(results=FIRST.results.replace("3", "３")))
    (other,) = repeats.texts_are_of_their_year.findings(spoiled(results=FIRST.results.replace("3", "4")))

    assert one.fingerprint == same.fingerprint != other.fingerprint


@pytest.mark.parametrize(
    ("before", "now", "how"),
    [
        ("土曜日の講座を2回開き、親子で参加しました。", "土曜日の講座を2回開き、親子で参加しました。", "同じ文"),
        (
            "土曜日の講座を2回開き、親子で参加しました。",
            "土曜日の講座を３回開き、親子で参加しました。",
            "数字のほかは同じ文",
        ),
        ("土曜日の講座を2回開き、親子で参加しました。", "日曜日の講座を3回開き、親子で参加しました。", "ほぼ同じ文"),
        ("土曜日の講座を2回開き、親子で参加しました。", "広報紙で会場を募り、新しい集会所が決まりました。", ""),
        ("【令和元年度提案事業数】3事業", "【令和元年度提案事業数】3事業", ""),
        ("なし", "なし", ""),
    ],
)
def test_texts_are_alike_in_three_ways_and_labels_with_numbers_in_none(before, now, how):
    assert repeats.alike(before, now) == how


def test_in_a_row_the_file_repeats_nobody_can_say_whose_repetition_it_is():
    (plain,) = repeats.texts_are_of_their_year.findings(spoiled(results=FIRST.results))
    (looped,) = repeats.texts_are_of_their_year.findings(replace(spoiled(results=FIRST.results), is_looped=True))

    assert "判断できません" not in plain.message
    assert looped.message == plain.message + repeats.TRUST


def test_nothing_is_called_missing_where_words_of_the_file_stay_open():
    line = replace(spoiled(results="", next_action=""), open_years=frozenset({2019, 2020}))

    assert findings_in(line) == []


def test_a_place_names_its_row():
    assert [row_of(at) for at in ("J10", "進行管理!AB10", "S1!A2")] == ["10", "進行管理!10", "S1!2"]
