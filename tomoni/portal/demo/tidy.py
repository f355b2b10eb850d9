"""Tidy sheets in the three shapes cities hand over: a workbook with a two-row head, a CSV with letters, a web page.

Pure: a clean plan goes in, bytes come out; the same plan gives the same cells.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from html import escape

from openpyxl import Workbook

from tomoni.kernel.fiscal import FiscalYear
from tomoni.portal.demo.clean import CleanHeading, CleanMeasure, CleanPlan, YearEntry
from tomoni.portal.demo.workbooks import Rectangle, saved, styled

Row = list[str]

PAGE_HEAD = ["番号", "取組（展開）", "実施主体", "関係課", "内容"]
PAGE_FIELDS = ["達成状況", "実施状況", "課題", "今後の取組"]


def merged_workbook(plan: CleanPlan) -> bytes:
    """Excel: title over the whole width, years over their fields, each heading merged down its measures."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101 - a new workbook always has one sheet
    sheet.title = "進み具合"
    fixed = ["柱", "番号", "取組", "担当課", "関係課", "内容"]
    fields = ["進み具合", "実績", "課題", "次年度の取組"]
    width = len(fixed) + len(fields) * len(plan.years)
    merges: list[Rectangle] = [(0, 0, 0, width - 1)]
    head: Row = list(fixed)
    for year in plan.years:
        merges.append((2, len(head), 2, len(head) + len(fields) - 1))
        head += [f"{FiscalYear(year)}", *[""] * (len(fields) - 1)]
    merges += [(2, column, 3, column) for column in range(len(fixed))]
    rows: list[Row] = [[plan.sheet_title], [], head, [""] * len(fixed) + fields * len(plan.years)]
    for heading in plan.headings:
        first = len(rows)
        rows += [_tidy_row(heading, measure, plan) for measure in heading.measures]
        merges.append((first, 0, len(rows) - 1, 0))
    styled(sheet, rows, merges)
    return saved(book)


def lettered_csv(plan: CleanPlan) -> bytes:
    """CSV as Excel in Japan saves it (cp932): letters for the statuses, their legend above the head."""
    head = ["分野", "番号", "取組", "担当課", "関係課", "内容"]
    for year in plan.years:
        short = FiscalYear(year).short
        head += [f"{short} 評価", f"{short} 実績", f"{short} 課題", f"{short} 次年度へ向けた取組"]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([[plan.sheet_title], [plan.legend], [], head])
    for heading in plan.headings:
        writer.writerows(_tidy_row(heading, measure, plan) for measure in heading.measures)
    return out.getvalue().encode("cp932")


def web_page(plan: CleanPlan) -> bytes:
    """A page of a city's site: headings across the table, marks with a legend, relisted measures without a report."""
    width = len(PAGE_HEAD) + len(PAGE_FIELDS) * len(plan.years)
    fixed = "".join(f'<th rowspan="2">{escape(name)}</th>' for name in PAGE_HEAD)
    years = "".join(f'<th colspan="{len(PAGE_FIELDS)}">{FiscalYear(year)}</th>' for year in plan.years)
    fields = "".join(f"<th>{name}</th>" for name in PAGE_FIELDS * len(plan.years))
    body = "\n".join(_page_rows(plan, width))
    title = escape(plan.sheet_title)
    return (
        f'<!DOCTYPE html>\n<html lang="ja">\n<head><meta charset="utf-8"><title>{title}</title></head>\n'
        f"<body>\n<h1>{title}</h1>\n<p>{escape(plan.legend)}</p>\n<table>\n"
        f"<tr>{fixed}{years}</tr>\n<tr>{fields}</tr>\n{body}\n</table>\n</body>\n</html>\n"
    ).encode()


def _tidy_row(heading: CleanHeading, measure: CleanMeasure, plan: CleanPlan) -> Row:
    line = measure.lines[0]
    row = [
        f"{heading.number} {heading.title}",
        measure.number,
        measure.title,
        "、".join(line.leads),
        "、".join(line.related),
        measure.description,
    ]
    for year in plan.years:
        entry = line.years.get(year, YearEntry())
        row += [_status(entry, plan), entry.results, entry.issues, entry.next]
    return row


def _page_rows(plan: CleanPlan, width: int) -> Iterator[str]:
    for policy in plan.headings:
        yield _across(f"{plan.levels[0]}{policy.number} {policy.title}", width)
        for goal in policy.children:
            mark = "【重点施策】" if goal.priority else ""
            yield _across(f"{plan.levels[1]}{goal.number} {goal.title}{mark}", width)
            for measure in goal.measures:
                texts = _page_texts(measure, plan)
                texts += [""] * (width - len(texts))
                yield "<tr>" + "".join(f"<td>{escape(text)}</td>" for text in texts) + "</tr>"


def _across(text: str, width: int) -> str:
    return f'<tr><th colspan="{width}">{escape(text)}</th></tr>'


def _page_texts(measure: CleanMeasure, plan: CleanPlan) -> Row:
    if measure.relisted_of:
        return [measure.number, measure.title, "", "", f"(再掲) {measure.relisted_of}"]
    line = measure.lines[0]
    texts = [measure.number, measure.title, "、".join(line.leads), "、".join(line.related), measure.description]
    for year in plan.years:
        entry = line.years.get(year, YearEntry())
        texts += [_status(entry, plan), entry.results, entry.issues, entry.next]
    return texts


def _status(entry: YearEntry, plan: CleanPlan) -> str:
    return plan.statuses[entry.status] if entry.status else ""
