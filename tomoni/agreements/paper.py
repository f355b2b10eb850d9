"""One version of an agreement as the paper both sides sign: the same words for PDF and Word. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt

from tomoni.agreements.content import LABELS, SIDES, day_words, period_words, yen

FACE = "Yu Gothic"
# What no paper can print and XML forbids; line ends and tabs stay.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Signed:
    """Who signed for a side, and on which day; empty while nobody has."""

    party: str
    name: str = ""
    on: str = ""


def paper_of(
    content: Mapping[str, Any], *, word: str, city: str, number: str, signed: Sequence[Signed]
) -> dict[str, Any]:
    """What stands on the paper. `word` is the city's word for an agreement, `number` says which version it is."""
    names = {side: content[side] for side in SIDES}
    rows = [
        (LABELS["title"], content["title"]),
        (LABELS["form"], content["form"]["label"] or "（未定）"),
        (LABELS["period"], period_words(content["starts"], content["ends"]) or "（未定）"),
        (LABELS["purpose"], content["purpose"]),
        (LABELS["form_reason"], content["form_reason"]),
        (LABELS["partner_reason"], content["partner_reason"]),
    ]
    told = {
        "title": word,
        "city": city,
        "number": number,
        "lead": f"{content['civic']}と{content['city']}は、「{content['title']}」を協働で行うため、次のとおり定めます。",
        "rows": [[label, text] for label, text in rows if text],
        "duties_title": LABELS["duties"],
        "duties_head": ["だれが", "何をする", "いつまで"],
        "duties": [[names[row["side"]], row["text"], day_words(row["due"]) or "期間中"] for row in content["duties"]],
        "shares_title": LABELS["shares"],
        "shares_head": ["だれが", "何を", "金額"],
        "shares": [[names[row["side"]], row["label"], yen(row["amount"])] for row in content["shares"]],
        "total": [LABELS["total"], yen(content["total"])],
        "clauses": [
            {"label": f"第{place}条（{clause['label']}）", "text": clause["text"]}
            for place, clause in enumerate(content["clauses"], start=1)
        ],
        "signed_title": "署名",
        "signed": [[each.party, each.name, each.on] for each in signed],
    }
    printed: dict[str, Any] = _printable(told)
    return printed


def _printable(told: Any) -> Any:
    if isinstance(told, str):
        return _UNPRINTABLE.sub("", told).replace("\r\n", "\n")
    if isinstance(told, Mapping):
        return {key: _printable(value) for key, value in told.items()}
    return [_printable(each) for each in told]


def docx(told: Mapping[str, Any]) -> bytes:
    """The paper as a Word document; the library escapes what people wrote."""
    made = Document()
    made.core_properties.title, made.core_properties.author = told["title"], told["city"]
    style = made.styles["Normal"]
    style.font.name, style.font.size = FACE, Pt(10.5)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FACE)
    made.add_heading(told["title"], level=0)
    made.add_paragraph(told["number"])
    made.add_paragraph(told["lead"])
    _table(made, [], told["rows"])
    for part in ("duties", "shares"):
        made.add_heading(told[f"{part}_title"], level=1)
        last = [[told["total"][0], "", told["total"][1]]] if part == "shares" else []
        _table(made, told[f"{part}_head"], [*told[part], *last])
    for clause in told["clauses"]:
        made.add_heading(clause["label"], level=2)
        made.add_paragraph(clause["text"])
    made.add_heading(told["signed_title"], level=1)
    _table(made, [], told["signed"])
    kept = BytesIO()
    made.save(kept)
    return kept.getvalue()


def _table(made: Any, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    lines = [head, *rows] if head else list(rows)
    if not rows:
        return
    table = made.add_table(rows=0, cols=len(lines[0]), style="Table Grid")
    for line in lines:
        for cell, text in zip(table.add_row().cells, line, strict=True):
            cell.text = text
