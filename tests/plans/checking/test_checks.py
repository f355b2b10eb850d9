"""Each check of a line: a good report in which it finds nothing, and a spoiled one with the finding it must make."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tomoni.kernel.japanese import folded
from tomoni.plans.checking import contradictions, gaps, promises, repeats, sums
from tomoni.plans.checking.facts import Asked, Entry, LineFacts, Target, Value, row_of
from tomoni.plans.checking.prose import values_in
from tomoni.plans.checking.run import CHECKS, findings_in

FIRST = Entry(
    status="on_track",
    results="出前講座を3校で開き、町の歴史をいっしょに調べました。",
    issues="平日の午後に集まれる人が限られています。",
    next_action="土曜日にも、小学校と図書館で講座を開きます。",
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


def counted(label, value, unit="人", year=2020):
    return replace(GOOD, figures=(Value(year, label, value, unit),))


def aimed(value, target, **how):
    line = counted("参加者数", value)
    return replace(line, targets=(Target("参加者数", target, "人", **how),))


def scheduled(word, **second):
    return replace(spoiled(**second), schedule={2019: word, 2020: word})


# The check, what spoils the good report, and the finding that must follow.
CASES = [
    (gaps.has_a_department, replace(GOOD, leads=()), (0, "leads")),
    (gaps.says_what_comes_next, spoiled(next_action=""), (2020, "next_action")),
    (gaps.says_what_was_done, spoiled(results=""), (2020, "results")),
    (gaps.says_how_it_stands, spoiled(status=""), (2020, "status")),
    (repeats.texts_are_of_their_year, spoiled(results=FIRST.results), (2020, "results")),
    (contradictions.nothing_counted_is_not_on_plan, counted("講座の要請数", 0, "回"), (2020, "status")),
    (contradictions.targets_missed_are_not_on_plan, aimed(45, 60), (2020, "status")),
    (contradictions.what_was_done_has_begun, spoiled(status="not_started"), (2020, "status")),
    (contradictions.what_was_not_done_is_not_on_plan, spoiled(results="土曜日の講座は中止した。"), (2020, "status")),
    (
        contradictions.what_is_done_has_ended,
        replace(GOOD, entries={2019: replace(FIRST, status="done"), 2020: SECOND}),
        (2019, "status"),
    ),
    (
        contradictions.considering_comes_to_an_end,
        scheduled("検討", results="土曜日の講座について検討した。"),
        (2020, "results"),
    ),
    (
        promises.promises_are_spoken_of,
        spoiled(results="広報紙に団体の紹介を載せました。", issues=""),
        (2020, "results"),
    ),
    (
        sums.parts_make_their_total,
        spoiled(results="土曜日の講座を開きました。①20人②31人 計50人"),
        (2020, "results"),
    ),
    (
        sums.changes_follow_from_the_year_before,
        replace(
            spoiled(results="土曜日の参加者数 45人(前年度比+12人)"),
            figures=(Value(2019, "参加者数", 40, "人"), Value(2020, "参加者数", 45, "人")),
        ),
        (2020, "results"),
    ),
    (
        sums.shares_follow_from_their_parts,
        spoiled(results="土曜日の講座で75人中60人(90%)が満足と答えました。"),
        (2020, "results"),
    ),
    (
        contradictions.a_changed_plan_is_rated_so,
        spoiled(results="計画を変更し、土曜日の講座を開催しました。"),
        (2020, "status"),
    ),
    (
        contradictions.what_was_to_be_done_was_not_only_considered,
        scheduled("実施", results="土曜日の講座の開き方を検討した。"),
        (2020, "status"),
    ),
]


@pytest.mark.parametrize(("check", "line", "place"), CASES, ids=lambda v: v.rule.code if hasattr(v, "rule") else "")
def test_a_good_report_passes_and_a_spoiled_one_is_found_where_it_is_spoiled(check, line, place):
    assert list(check.findings(GOOD)) == []
    assert check.rule(GOOD)
    assert not check.rule(line)
    assert [(f.rule, f.year, f.field) for f in check.findings(line)] == [(check.rule.code, *place)]


# Reports that look like one of those and are right as they stand.
RIGHT = {
    "no accidents is what one hopes for": counted("事故の件数", 0, "件"),
    "another year's zero": counted("講座の要請数", 0, "回", year=2018),
    "a zero beside a delay": replace(
        counted("講座の要請数", 0, "回"), entries={2019: FIRST, 2020: replace(SECOND, status="off_track")}
    ),
    "a target of a later year": aimed(45, 60, year=2021),
    "a target that is to be undercut": aimed(45, 60, less_is_better=True),
    "a target met to the digit": aimed(60, 60),
    "called off, and something else held instead": spoiled(
        results="土曜日の講座は中止した。代わりに動画の講座を開催した。"
    ),
    "called off within a sentence that says what was done": spoiled(
        results="土曜日の講座は中止としたが、動画の講座を開催した。"
    ),
    "called off and rated so": spoiled(results="土曜日の講座は中止した。", status="off_track"),
    "done to the end": replace(
        GOOD, entries={2019: FIRST, 2020: replace(SECOND, status="done", next_action="報告書を公開します。")}
    ),
    "considering in a year for considering": scheduled("検討結果とりまとめ", results="土曜日の講座について検討した。"),
    "a change of another plan": spoiled(results="行動計画を変更し、土曜日の講座を開催しました。"),
    "a promise kept in other words": spoiled(results="土曜の講座を2回開きました。"),
    "a promise to go on": replace(
        GOOD, entries={2019: replace(FIRST, next_action="引き続き取組を進めます。"), 2020: SECOND}
    ),
    "a list that adds up": spoiled(results="土曜日の講座を開きました。①20人②30人 計50人"),
    "two lists, each with its own total": spoiled(results="土曜日 【参加者数】①20人②30人 計50人【満足度】①94%②96%"),
    "a list that is cut off": spoiled(results="土曜日の講座【参加者数】①33人②41人③"),
    "part numbers that ran into the counts": spoiled(
        results="土曜日の講座。全3回66名 ①「入門」132名 ②「入門」216名 ③「実践」18名"
    ),
    "a rate told in points": replace(
        spoiled(results="土曜日の参加率 44.9%(前年比-1.4%)"),
        figures=(Value(2019, "参加率", 46.3, "%"), Value(2020, "参加率", 44.9, "%")),
    ),
    "a change told in percent": replace(
        spoiled(results="土曜日の参加者数 50人(前年度比125%)"),
        figures=(Value(2019, "参加者数", 40, "人"), Value(2020, "参加者数", 50, "人")),
    ),
    "a change from a year nobody reported": replace(
        spoiled(results="土曜日の参加者数 45人(前年度比+12人)"), figures=(Value(2020, "参加者数", 45, "人"),)
    ),
    "a share that is rounded": spoiled(results="土曜日の講座で3人中2人(66.7%)が満足と答えました。"),
}


@pytest.mark.parametrize("why", RIGHT)
def test_nothing_is_said_of_a_report_that_is_right(why):
    assert [(f.rule, f.message) for f in findings_in(RIGHT[why])] == []


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


PIECES = st.sampled_from(
    [
        *"①②③、。（）%【】",
        "参加者数",
        "45人",
        "計",
        "75人中60人",
        "(90%)",
        "前年度比",
        "+12人",
        "令和元年度",
        "中止した",
        "内訳",
        "1,2",
        "検討",
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join), st.lists(PIECES, max_size=40).map("".join))
def test_whatever_is_written_is_checked_and_every_finding_quotes_what_stands_there(before, now):
    entries = {2019: Entry("on_track", before, next_action=now), 2020: Entry("done", now, remarks=before)}
    line = replace(GOOD, entries=entries, figures=(*values_in(entries[2019], 2019), *values_in(entries[2020], 2020)))

    for finding in findings_in(line):
        for each in finding.evidence:
            if each.field == "next_action" and each.words:
                assert (
                    each.words.rstrip("。") in folded(entries[each.year].next_action) + entries[each.year].next_action
                )


@pytest.mark.parametrize("piece", ["参加者数は45人でした。", "1,", "①1,.", "令和元年度45人、"])
def test_a_text_of_a_hundred_thousand_letters_is_checked_like_any_other(piece):
    text = ("広報紙と掲示板で講座を知らせました。" + piece * 100_000)[:100_000]
    line = spoiled(results=text)

    found = findings_in(replace(line, entries={**line.entries, 2019: replace(FIRST, results=text)}))

    assert ("SH-05", 2020, "results") in {(f.rule, f.year, f.field) for f in found}
