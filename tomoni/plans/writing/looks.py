"""The looks of cells, made once for a workbook: giving each cell its own font and border costs seconds. Pure."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

FACE = "BIZ UDPゴシック"
TEXT, NUMBER, HEAD, TITLE, HEADING = "ともに 本文", "ともに 番号", "ともに 表頭", "ともに 題名", "ともに 見出し"
DEPTHS = 4
_THIN = Side(style="thin", color="808080")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_SHADES = ("D5DFEA", "E9EFF5", "F4F7FA", "FFFFFF")


def heading(depth: int) -> str:
    """The look of a heading row so deep in the tree."""
    return f"{HEADING}{min(depth, DEPTHS - 1) + 1}"


def add_looks(book: Workbook) -> None:
    """Put all looks into the workbook."""
    plain, bold = Font(name=FACE, size=10), Font(name=FACE, size=10, bold=True)
    looks = [
        _look(TEXT, plain, Alignment(wrap_text=True, vertical="top")),
        _look(NUMBER, plain, Alignment(wrap_text=True, vertical="top", horizontal="center")),
        _look(HEAD, bold, Alignment(wrap_text=True, vertical="center", horizontal="center"), "E7ECF2"),
        NamedStyle(TITLE, font=Font(name=FACE, size=14, bold=True), alignment=Alignment(vertical="center")),
    ]
    for depth, colour in enumerate(_SHADES):
        where = Alignment(wrap_text=True, vertical="center", indent=depth)
        looks.append(_look(heading(depth), bold, where, colour))
    for look in looks:
        book.add_named_style(look)


def _look(name: str, font: Font, alignment: Alignment, colour: str = "") -> NamedStyle:
    fill = PatternFill("solid", fgColor=colour) if colour else PatternFill()
    return NamedStyle(name, font=font, alignment=alignment, border=_BORDER, fill=fill)
