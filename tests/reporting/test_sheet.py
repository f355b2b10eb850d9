"""The Excel form: what is handed out comes back letter for letter, and what does not fit is told, never guessed."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tomoni.imports.reading.read import read
from tomoni.plans.sheet.reading import Reading
from tomoni.plans.sheet.recognise import recognise
from tomoni.plans.writing.cells import kept
from tomoni.reporting.selectors.returned import judge_for
from tomoni.reporting.sheet.compare import Kind, NotOurSheet, compare
from tomoni.reporting.sheet.layout import LAST, TOLD, SheetForm, SheetNumber, SheetRow, mark_of
from tomoni.reporting.sheet.write import COLUMNS, NUMBER_COLUMNS, workbook

LABELS = {
    "number": "番号",
    "title": "施策",
    "department": "主管課",
    "schedule": "計画",
    "status": "進捗状況",
    "results": "実績",
    "issues": "課題",
    "next_action": "次年度へ向けた取組",
    "remarks": "備考",
    "unchanged_why": "前の年度と変わりないわけ",
    "self_assessment": "自己評価",
    "response": "委員会の意見への対応",
    "label": "何の数",
    "unit": "単位",
    "last": "前の年度の値",
    "value": "値",
    "why": "書けないわけ",
}
LABELS |= {code: LABELS[code.removeprefix("last_")] for code in LAST}
STATUSES = {"計画通りに進んでいる": "on_track", "計画通りに進んでいない": "off_track", "完了(目標を達成)": "done"}
EMPTY = dict.fromkeys(TOLD, "")
LAST_YEAR = {
    "last_status": "計画通りに進んでいる",
    "last_results": "講座を2回開き、40人が来た。",
    "last_issues": "知る人が少ない。",
    "last_next_action": "学校で知らせる。",
}


def row(entry: int, **told: str) -> SheetRow:
    numbers = (SheetNumber(7, "参加者", "人", "40", "", ""),) if entry == 1 else ()
    return SheetRow(
        entry, 0, str(entry), f"街灯を点検する{entry}", "道路課", "継続実施", LAST_YEAR, {**EMPTY, **told}, numbers
    )


FORM = SheetForm(
    3,
    "あかり計画 令和2年度の報告",
    LABELS,
    "令和2年度",
    "令和元年度",
    STATUSES,
    "白い欄に書きます。",
    "秘",
    (row(1), row(2)),
)
EMPTY_BOOK = workbook(FORM)
# What people type and paste: rare letters and variants, emoji, formulas, line ends, words that look like codes.
TEXTS = st.text(
    st.one_of(
        st.sampled_from(list("𠮷葛\U000e0100👩‍🏫①Ⅳ㈱=+-@'\"_\n\t 　")),
        st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")),
    ),
    max_size=60,
) | st.sampled_from(["=1+1", "_x0041_", "@SUM(A1)", "-", "'", "００１", "1/2", "TRUE", "1e5", "R2-1"])
TEXTS = TEXTS.filter(lambda text: text == "" or bool(text.strip()))


def compared(content: bytes, form: SheetForm = FORM):
    return compare(read(content, name="a.xlsx"), form, judge=judge_for(form))


def edited(content: bytes, act) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    act(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def column(code: str) -> int:
    return COLUMNS.index(code) + 1


def put(code: str, text: str, *, down: int = 6):
    def act(book) -> None:
        cell = book["報告"].cell(down, column(code))
        cell.value, cell.data_type = text, "s"

    return act


@settings(max_examples=15)
@given(texts=st.fixed_dictionaries({code: TEXTS for code in TOLD if code != "status"}))
def test_a_sheet_sent_back_untouched_has_no_difference(texts):
    form = replace(FORM, rows=(row(1, status="完了(目標を達成)", **texts), row(2)))

    found = compared(workbook(form), form)

    assert (found.changes, found.problems, found.same, found.missing) == ([], [], 2, [])


@settings(max_examples=15)
@given(texts=st.fixed_dictionaries({code: TEXTS for code in TOLD if code != "status"}))
def test_what_is_filled_in_comes_back_letter_for_letter(texts):
    def act(book) -> None:
        for code, text in {"status": "計画通りに進んでいない", **texts}.items():
            put(code, kept(text))(book)

    found = compared(edited(EMPTY_BOOK, act))

    wanted = {"status": "off_track", **{code: text for code, text in texts.items() if text}}
    assert {change.code: change.new for change in found.changes} == wanted
    assert (found.problems, found.same) == ([], 1)


def test_reading_the_sheet_as_a_progress_sheet_finds_the_same_statuses_and_texts():
    form = replace(
        FORM, rows=(row(1, status="完了(目標を達成)", results="全部点検した。", next_action="灯りを替える。"), row(2))
    )

    document = recognise(read(workbook(form), name="a.xlsx"), Reading(statuses=STATUSES)).as_json()

    years = [measure["lines"][0]["years"] for measure in document["measures"]]
    assert [m["title"] for m in document["measures"]] == ["街灯を点検する1", "街灯を点検する2"]
    assert [m["lines"][0]["leads"] for m in document["measures"]] == [["道路課"], ["道路課"]]
    assert years[0]["2020"]["status"] == "done"
    assert years[0]["2020"]["results"]["text"] == "全部点検した。"
    assert years[0]["2020"]["next_action"]["text"] == "灯りを替える。"
    assert years[0]["2019"]["status"] == "on_track"
    assert years[0]["2019"]["results"]["text"] == "講座を2回開き、40人が来た。"
    assert years[1]["2020"]["status"] is None


def test_a_formula_is_a_text_and_statuses_come_from_a_list():
    book = openpyxl.load_workbook(io.BytesIO(workbook(replace(FORM, rows=(row(1, results="=1+1"),)))))
    cell = book["報告"].cell(6, column("results"))

    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)
    assert cell.protection.locked is False
    assert book["報告"].cell(6, column("last_results")).protection.locked is True
    assert [str(each.sqref) for each in book["報告"].data_validations.dataValidation] == ["J6"]


def test_a_number_is_read_however_it_is_typed():
    def act(book) -> None:
        book["数値"].cell(6, NUMBER_COLUMNS.index("value") + 1, 1234.5)

    found = compared(edited(workbook(FORM), act))

    assert [(c.name, c.label, c.new, c.kind) for c in found.changes] == [
        ("1-value-7", "参加者 値", "1234.5", Kind.FILLED)
    ]


def test_what_was_written_here_since_stays_where_the_sheet_says_nothing_new():
    handed_out = workbook(FORM)
    now = replace(FORM, rows=(row(1, results="画面で書いた。"), row(2)))

    assert compared(handed_out, now).changes == []


def test_what_both_wrote_is_a_conflict_and_what_was_deleted_is_said():
    handed_out = workbook(replace(FORM, rows=(row(1, results="元の文。", issues="元の課題。"), row(2))))
    now = replace(FORM, rows=(row(1, results="画面で直した。", issues="元の課題。"), row(2)))

    def act(book) -> None:
        put("results", "表で直した。")(book)
        book["報告"].cell(6, column("issues")).value = None

    found = compared(edited(handed_out, act), now)

    assert [(c.code, c.kind, c.now, c.shown, c.is_safe) for c in found.changes] == [
        ("results", Kind.CONFLICT, "画面で直した。", "表で直した。", False),
        ("issues", Kind.EMPTIED, "元の課題。", "", False),
    ]


def test_rows_may_be_moved_and_columns_too():
    def act(book) -> None:
        sheet = book["報告"]
        put("results", "動かした行。", down=7)(book)
        sheet.move_range("A7:R7", rows=4)
        sheet.move_range(f"L1:L{sheet.max_row}", cols=12)

    found = compared(edited(workbook(FORM), act))

    assert {(c.entry, c.code, c.new) for c in found.changes} >= {(2, "results", "動かした行。")}
    assert all(problem.at.startswith("報告") for problem in found.problems)


@pytest.mark.parametrize(
    ("act", "why"),
    [
        (put("key", "3-1-0-0-00000000"), "書き換えられています"),
        (put("key", ""), "行の印がありません"),
        (put("key", mark_of(3, 2, 0, secret="秘")), "同じ行が2つ以上"),
        (put("key", mark_of(4, 1, 0, secret="秘")), "ほかの計画か、ほかの年度"),
        (put("key", mark_of(3, 9, 0, secret="秘")), "あなたの課が担当する行ではありません"),
        (put("status", "まあまあ"), "「まあまあ」は、選べる言葉にありません"),
        (put("results", "長" * 20_000), "10,000字までにしてください（いま20,000字）"),
        (lambda book: book["報告"].cell(6, 30, "足した列"), "足した列です"),
        (lambda book: book["報告"].cell(20, column("results"), "足した行"), "行の印がありません"),
        (lambda book: book["報告"].delete_cols(column("issues")), "「課題」の列がありません"),
        (lambda book: book["数値"].cell(6, NUMBER_COLUMNS.index("value") + 1, "たくさん"), "数字だけ"),
    ],
)
def test_what_does_not_fit_is_told_and_nothing_else_is_taken_from_it(act, why):
    found = compared(edited(workbook(FORM), act))

    assert any(why in problem.why for problem in found.problems), found.problems
    assert found.changes == []


def test_a_line_that_was_handed_in_meanwhile_is_not_rewritten():
    content = workbook(replace(FORM, rows=(row(1, results="表で書いた。"), row(2))))
    now = replace(FORM, rows=(replace(row(1), closed="もう提出しています。"), row(2)))

    found = compared(content, now)

    assert (found.changes, [p.why for p in found.problems][:1]) == ([], ["もう提出しています。"])


def test_another_file_is_refused_with_what_to_do():
    book = openpyxl.Workbook()
    book.active["A1"] = "別の表"
    out = io.BytesIO()
    book.save(out)

    with pytest.raises(NotOurSheet, match="このページから取り出した表ではない"):
        compared(out.getvalue())
