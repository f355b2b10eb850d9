"""The files of a year's papers: each form by its name, made from the same data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tomoni.files.papers import pdf
from tomoni.kernel.fiscal import FiscalYear
from tomoni.papers.content import Content
from tomoni.papers.making import evaluation, sheet, summary
from tomoni.papers.making.tables import evaluation_workbook
from tomoni.plans.writing.workbook import write

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Form:
    """One file of a year's papers. `key` stands in addresses, `name` in the name of the file."""

    key: str
    ending: str
    name: str
    content_type: str
    make: Callable[[Content, str], bytes]

    def file_name(self, content: Content, number: int | None = None) -> str:
        """The name people keep it under: 行動計画_令和2年度_進行管理シート_第1版.xlsx."""
        year = str(FiscalYear(content["year"]))
        parts = [content["plan"]["title"], year, self.name, f"第{number}版" if number else ""]
        return "_".join(part for part in parts if part) + f".{self.ending}"


FORMS: tuple[Form, ...] = (
    Form(
        "sheet",
        "xlsx",
        "進行管理シート",
        XLSX,
        lambda content, _note: write(sheet.document_of(content), sheet.layout_from(content)),
    ),
    Form(
        "sheet",
        "pdf",
        "進行管理シート",
        PDF,
        lambda content, note: pdf("papers/sheet", sheet.printed(content) | {"note": note}),
    ),
    Form("evaluation", "xlsx", "達成状況評価表", XLSX, evaluation_workbook),
    Form(
        "evaluation",
        "pdf",
        "達成状況評価表",
        PDF,
        lambda content, note: pdf("papers/evaluation", evaluation.printed(content) | {"note": note}),
    ),
    Form(
        "summary",
        "pdf",
        "まとめ",
        PDF,
        lambda content, note: pdf("papers/summary", summary.printed(content) | {"note": note}),
    ),
)


def form(key: str, ending: str) -> Form | None:
    """The form of that name; None when there is none."""
    return next((each for each in FORMS if (each.key, each.ending) == (key, ending)), None)
