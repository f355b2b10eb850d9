"""The paper both sides sign, as PDF and Word."""

from io import BytesIO

import pdfplumber
import pytest
from django.urls import reverse
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from tomoni.agreements import services
from tomoni.agreements.content import differences, in_words
from tomoni.agreements.paper import Signed, docx, paper_of
from tomoni.parties.models import User

CONTENT = {
    "title": "花壇",
    "civic": "花の会",
    "city": "みどり課",
    "form": {"key": "market", "label": "共同の市", "cites": "五の1"},
    "form_reason": "理由",
    "partner_reason": "",
    "purpose": "目的",
    "duties": [{"side": "civic", "text": "植える", "due": "2026-06-30"}],
    "total": 1000,
    "shares": [{"side": "city", "label": "土", "amount": 1000}],
    "starts": "2026-05-01",
    "ends": None,
    "clauses": [{"key": "purpose", "label": "目的", "text": "一行目\n二行目"}],
}


def words_of(word_file: bytes) -> str:
    made = Document(BytesIO(word_file))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in made.paragraphs] + cells)


def words_of_pdf(pdf: bytes) -> str:
    with pdfplumber.open(BytesIO(pdf)) as read:
        return "".join(page.extract_text() for page in read.pages)


def paper(content=CONTENT):
    signed = [Signed("花の会", "見本 花", "2026年5月1日"), Signed("みどり課")]
    return paper_of(content, word="協定書", city="みどり野市", number="第1版", signed=signed)


def test_the_word_document_says_everything():
    told = words_of(docx(paper()))

    for words in (
        "協定書",
        "第1版",
        "花の会とみどり課は、「花壇」を協働で行うため",
        "令和8年6月30日",
        "1,000円",
        "第1条（目的）",
        "一行目\n二行目",
        "見本 花",
    ):
        assert words in told
    assert "令和8年5月1日から（おわりは定めない）" in told
    assert "この相手と取り組む理由" not in told


@settings(max_examples=20, deadline=None)
@given(text=st.text(max_size=40))
def test_whatever_people_type_can_be_printed_and_stays_text(text):
    content = {**CONTENT, "purpose": text, "duties": [{"side": "city", "text": text, "due": None}]}

    assert words_of(docx(paper(content)))


def test_code_of_the_typesetter_is_only_text(agreement_at, people, client):
    written = agreement_at("draft")
    evil = '#panic("x") $1+1$ *bold* #import "/etc/passwd"'
    services.write_draft(written, {"purpose": evil}, revision=written.revision, by=people["member"])
    client.force_login(User.objects.get(email="member@midorino.example"))

    answer = client.get(reverse("agreement-document", args=["midorino", written.pk, "pdf"]))

    assert answer["Content-Type"] == "application/pdf"
    assert '#panic("x")' in words_of_pdf(answer.content)
    assert "案（署名の前）" in words_of_pdf(answer.content)


def test_the_paper_of_a_version_stays_what_was_offered(agreement_at, people, client):
    concluded = agreement_at("concluded")
    services.amend(concluded, reason="直す", by=people["member"])
    services.write_draft(concluded, {"purpose": "あたらしい"}, revision=concluded.revision, by=people["member"])
    client.force_login(User.objects.get(email="officer@midorino.example"))
    address = reverse("agreement-document", args=["midorino", concluded.pk, "docx"])

    first = words_of(client.get(address, {"version": "1"}).content)

    assert "川べりを歩きたくなる道にします。" in first
    assert "officer" in first  # signed by
    assert "あたらしい" in words_of(client.get(address).content)
    assert client.get(address, {"version": "7"}).status_code == 404
    assert client.get(reverse("agreement-document", args=["midorino", concluded.pk, "exe"])).status_code == 404


@pytest.mark.parametrize("key", ["title", "purpose", "form_reason", "partner_reason"])
def test_one_changed_part_is_one_difference(key):
    changed = differences(CONTENT, {**CONTENT, key: "変えた"})

    assert [(each.before, each.after) for each in changed] == [(CONTENT[key], "変えた")]


def test_a_clause_that_is_gone_is_told_last():
    other = {**CONTENT, "total": 0, "clauses": [{"key": "host", "label": "主催者の責任", "text": "窓口は団体です。"}]}

    assert [each.label for each in differences(CONTENT, other)] == ["全体の費用", "条項: 主催者の責任", "条項: 目的"]
    assert differences(CONTENT, other)[-1].after == ""


def test_the_same_is_no_difference():
    assert differences(CONTENT, CONTENT) == []
    assert in_words(CONTENT)["役割分担"] == "団体: 植える（令和8年6月30日まで）"
