"""The files of a year's papers: what they say, that a screen reader can read them, and that a committee can print them."""

from io import BytesIO

import openpyxl
import pdfplumber
import pytest

from tomoni.imports.reading.read import read
from tomoni.papers.content import with_texts
from tomoni.papers.making.evaluation import rows_of
from tomoni.papers.making.files import FORMS, PDF, XLSX, form
from tomoni.papers.making.series import series_of
from tomoni.papers.making.sheet import document_of
from tomoni.papers.making.states import counted
from tomoni.papers.making.summary import is_by_heading, matrix
from tomoni.papers.selectors.content import content_of
from tomoni.plans.sheet.recognise import recognise


@pytest.fixture
def content(plan):
    return content_of(plan, 2019)


def lecture_of(content):
    return next(measure for measure in content["measures"] if measure["title"] == "出前講座")


def words_of(pdf):
    return "".join(page.extract_text() or "" for page in pdf.pages).replace("\n", "")


def test_the_data_are_read_in_a_fixed_number_of_queries(plan, django_assert_num_queries):
    from tests import make

    with django_assert_num_queries(13):
        content_of(plan, 2019)
    for n in range(5):
        make.line(make.measure(plan, f"取組{n}"), "広報課", statuses=["on_track"])
    with django_assert_num_queries(13):
        content_of(plan, 2019)


def test_a_year_s_papers_tell_the_years_up_to_it(plan):
    content = content_of(plan, 2018)

    assert content["years"] == [2018]
    assert lecture_of(content)["assessments"] == []
    assert [f["value"] for f in lecture_of(content)["figures"]] == [30.0]


@pytest.mark.parametrize("each", [f for f in FORMS if f.ending == "pdf"], ids=lambda f: f.key)
def test_each_pdf_is_tagged_titled_and_can_be_read_aloud_in_japanese(content, each):
    made = each.make(content, "第1版")

    with pdfplumber.open(BytesIO(made)) as pdf:
        catalog = pdf.doc.catalog
        assert catalog["MarkInfo"]["Marked"] is True
        assert catalog["Lang"].decode() == "ja-JP"
        assert "StructTreeRoot" in catalog
        assert "あかり計画" in pdf.metadata["Title"]
        assert b"pdfuaid:part" in made or "Metadata" in catalog
        text = words_of(pdf)
    assert "出前講座" in text
    assert "冊子𠮷" in text
    assert "みどり野市" in text
    assert "第1版" in text


@pytest.mark.parametrize("key", ["sheet", "evaluation"])
def test_sheet_and_table_lie_on_a3_and_the_summary_stands_on_a4(content, key):
    def size(name):
        with pdfplumber.open(BytesIO(form(name, "pdf").make(content, ""))) as pdf:
            return round(pdf.pages[0].width), round(pdf.pages[0].height), len(pdf.pages)

    assert size(key) == (1191, 842, 1)
    assert size("summary") == (595, 842, 1)


def test_the_heads_stand_on_every_page(content):
    line = lecture_of(content)["lines"][0]["id"]
    long = with_texts(content, {f"line/{line}/2019/results": "長い実績。" * 900})

    with pdfplumber.open(BytesIO(form("sheet", "pdf").make(long, ""))) as pdf:
        assert len(pdf.pages) > 1
        assert all("平成30年度" in (page.extract_text() or "") for page in pdf.pages)


def test_what_people_wrote_is_never_typst(content):
    line = lecture_of(content)["lines"][0]["id"]
    odd = with_texts(content, {f"line/{line}/2019/results": '#panic("x") $ \\ = 見出し *太字* @ref'})

    with pdfplumber.open(BytesIO(form("sheet", "pdf").make(odd, ""))) as pdf:
        assert '#panic("x")' in words_of(pdf)


def test_the_sheet_as_a_workbook_comes_back_as_the_same_document(content):
    document = document_of(content)
    back = recognise(read(form("sheet", "xlsx").make(content, ""), name="x.xlsx"))

    assert [m.title for m in back.measures] == [m.title for m in document.measures]
    assert [m.relisted_of for m in back.measures] == ["2", None, None]
    line = next(m for m in back.measures if m.title == "出前講座").lines[0]
    assert (line.leads, line.related) == (["市民協働課"], ["学校課"])
    assert line.years[2019].status == "done"
    assert line.years[2019].texts["results"].text == "講座を3回開いた。\n講師は灯里花子氏。"
    assert [(n.label, n.value, n.unit) for n in back.numbers] == [
        ("講座の参加者", 30, "人"),
        ("講座の参加者", 45, "人"),
    ]


def test_the_evaluation_table_is_ready_for_the_printer_and_holds_no_formula(content):
    made = form("evaluation", "xlsx").make(content, "")

    sheet = openpyxl.load_workbook(BytesIO(made)).active
    assert sheet["A1"].value == "あかり計画 達成状況評価表（令和元年度）"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 8)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$1:$2"
    assert sheet.print_area == "'達成状況評価表'!$A$1:$H$8"
    assert sheet.oddFooter.center.text == "&P / &N"
    cells = {cell.value: cell for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert "f" not in {cell.data_type for cell in cells.values()}
    assert "回数を増やすとよい。" in cells


def test_the_table_sets_self_rating_and_committee_beside_each_other(content):
    rows = {row.title: row for row in rows_of(content)}

    lecture = rows["出前講座"]
    assert [(r.leads, r.rating, r.before) for r in lecture.rated] == [
        ("市民協働課", "済んだ", "H30 順調"),
        ("道路課", "遅れ気味", ""),
    ]
    assert (lecture.committee_rating, lecture.committee_opinion) == ("B", "回数を増やすとよい。")
    assert lecture.figures == ("講座の参加者: H30 30人、R1 45人（平成30年度から15人増。目標 50人（令和3年度））",)
    assert rows["学ぶ"].committee_opinion == "学ぶ人が増えた。"
    assert [(r.marks, r.again) for r in rows_of(content) if r.title == "冊子𠮷"] == [
        (("再掲",), "2 冊子𠮷"),
        (("重点",), ""),
    ]


def test_counts_leave_out_relisted_measures_and_add_up(content):
    assert counted(content, "2019") == {
        "on_track": 0, "off_track": 1, "done": 1, "changed": 1, "not_started": 0, "": 0,
    }  # fmt: skip
    assert counted(content, "2018")[""] == 1


def test_a_long_plan_is_shown_by_its_headings(content):
    assert not is_by_heading(content)
    measure = content["measures"][2]
    content["measures"] += [measure | {"id": 1000 + n} for n in range(60)]

    assert is_by_heading(content)
    assert [row.name for row in matrix(content)] == ["柱1 学ぶ", "柱2 知らせる"]


def test_a_percentage_changes_by_points(content):
    figures = [{"year": y, "label": "割合", "value": v, "unit": "%"} for y, v in ((2018, 46.3), (2019, 44.9))]
    measure = lecture_of(content) | {"figures": figures, "id": 0}

    assert [each.trend for each in series_of(measure, content)] == ["平成30年度から1.4ポイント減"]


def test_file_names_say_what_they_are(content):
    assert form("sheet", "xlsx").file_name(content, 2) == "あかり計画_令和元年度_進行管理シート_第2版.xlsx"
    assert {(f.key, f.ending): f.content_type for f in FORMS} == {
        ("sheet", "xlsx"): XLSX, ("sheet", "pdf"): PDF, ("evaluation", "xlsx"): XLSX, ("evaluation", "pdf"): PDF,
        ("summary", "pdf"): PDF,
    }  # fmt: skip


def test_a_followed_figure_that_was_never_told_says_so(content):
    lecture = lecture_of(content) | {"figures": []}

    assert [each.line for each in series_of(lecture, content)] == [
        "講座の参加者: まだ数値がありません（目標 50人（令和3年度））"
    ]
