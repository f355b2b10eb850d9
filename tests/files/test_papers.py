"""A paper is tagged, its text can be taken out as it was written, and nothing typed becomes typst."""

from __future__ import annotations

from io import BytesIO

import pdfplumber
import pytest

from tomoni.files.papers import NoPaper, pdf

NOTICE = {
    "title": "審査結果のお知らせ",
    "city": "みどり野市",
    "number": "R8-12",
    "on": "2026年4月1日",
    "to": "みどりの会 様",
    "from": "みどり野市 市民協働課",
    "lead": "次のとおり決まりました。",
    "rows": [["事業名", "第1公園の花だん"], ["結果", "採択"]],
    "reasons_title": "理由",
    "reasons": '#import "/config/settings/base.py"\n*太字* <script> $x$ 髙橋さんと𠮷田さん',
}


def text_of(made: bytes) -> str:
    with pdfplumber.open(BytesIO(made)) as opened:
        return "\n".join(page.extract_text() for page in opened.pages)


def test_a_paper_is_a_tagged_pdf_whose_text_can_be_taken_out():
    made = pdf("proposals/notice", NOTICE)

    assert made.startswith(b"%PDF-")
    assert b"/MarkInfo" in made
    assert b"pdfuaid" in made
    assert "第1公園の花だん" in text_of(made)


def test_what_people_typed_stays_text():
    text = text_of(pdf("proposals/notice", NOTICE))

    assert '#import "/config/settings/base.py"' in text
    assert "*太字* <script> $x$" in text
    assert "髙橋さんと𠮷田さん" in text


@pytest.mark.parametrize("name", ["proposals/nothing", "nobody/notice", "proposals/../files/typst/frame", "notice", ""])
def test_a_name_no_app_keeps_is_no_paper(name):
    with pytest.raises(NoPaper):
        pdf(name, {})
