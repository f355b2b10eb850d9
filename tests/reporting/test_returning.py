"""A filled-in sheet over HTTP: sent, looked at, taken over value by value; nothing is overwritten silently."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import make
from tests.reporting.conftest import AT, ROADS
from tomoni.files.models import StoredFile
from tomoni.parties.models import User
from tomoni.parties.permissions import Role
from tomoni.reporting.models import Entry, ReturnedSheet
from tomoni.reporting.services.drafting import Draft, save_draft
from tomoni.reporting.sheet.write import COLUMNS, NUMBER_COLUMNS

RARE = "𠮷野さんと\n葛󠄀城さん👩‍🏫 =1+1"


def url(name: str, *args: object) -> str:
    return reverse(name, args=["midorino", *args])


@pytest.fixture
def officer(client, lamps):
    client.force_login(User.objects.get(email="roads@midorino.example"))
    return client


def downloaded(client, lamps):
    answer = client.get(url("report-sheet", lamps.year_request_id))
    assert answer["Content-Disposition"].endswith('report-2020.xlsx"')
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def sent(client, lamps, book, name="report.xlsx"):
    out = io.BytesIO()
    book.save(out)
    return client.post(url("report-return", lamps.year_request_id), {"file": SimpleUploadedFile(name, out.getvalue())})


def write(book, code, text, *, down=6):
    cell = book["報告"].cell(down, COLUMNS.index(code) + 1)
    cell.value, cell.data_type = text, "s"


def test_what_is_filled_in_is_taken_over_only_after_it_was_looked_at(officer, lamps, indicator):
    book = downloaded(officer, lamps)
    write(book, "status", "順調")
    write(book, "results", RARE)
    write(book, "unchanged_why", "同じ人数で続けた。")
    book["数値"].cell(6, NUMBER_COLUMNS.index("value") + 1, 120)

    answer = sent(officer, lamps, book)
    returned = ReturnedSheet.objects.get()
    page = officer.get(answer["Location"])

    assert Entry.objects.get(pk=lamps.pk).results == ""
    assert (returned.file.visibility, returned.accepted_at) == ("staff", None)
    ticked = [box["value"] for _line, boxes in page.context["lines"] for box in boxes if box["is_taken"]]
    officer.post(url("report-returned-accept", returned.pk), {"take": ticked})

    held = Entry.objects.get(pk=lamps.pk)
    assert (held.status, held.results, held.is_unchanged) == ("on_track", RARE, True)
    assert str(held.figures.get().value) == "120.000"
    assert officer.get(url("report-returned", returned.pk)).context["lines"] == []


def test_a_conflict_is_shown_unticked_and_what_changes_while_one_looks_is_left(officer, lamps, seat):
    other = seat("other", Role.OFFICER, make.department(ROADS))[2]
    book = downloaded(officer, lamps)
    write(book, "results", "表の文。")
    write(book, "issues", "表の課題。")
    save_draft(lamps, Draft({"results": "画面の文。"}), version=0, at=AT, by=other)
    sent(officer, lamps, book)
    returned = ReturnedSheet.objects.get()
    boxes = officer.get(url("report-returned", returned.pk)).context["lines"][0][1]
    assert [(b["change"].code, b["is_taken"]) for b in boxes] == [("results", False), ("issues", True)]
    save_draft(lamps, Draft({"results": "もう一度直した文。"}), version=1, at=AT, by=other)

    answer = officer.post(
        url("report-returned-accept", returned.pk), {"take": [b["value"] for b in boxes]}, follow=True
    )

    held = Entry.objects.get(pk=lamps.pk)
    assert (held.results, held.issues) == ("もう一度直した文。", "表の課題。")
    assert "見ているあいだにほかの人が書き直しました" in answer.content.decode()


def test_nobody_elses_lines_are_written_and_nobody_elses_sheet_is_opened(client, officer, lamps, parks):
    book = downloaded(officer, lamps)
    write(book, "results", "道路課の文。")
    client.force_login(User.objects.get(email="parks@midorino.example"))

    answer = sent(client, lamps, book)
    returned = ReturnedSheet.objects.get()
    page = client.get(answer["Location"])

    assert page.context["lines"] == []
    assert "あなたの課が担当する行ではありません" in page.content.decode()
    client.force_login(User.objects.get(email="roads@midorino.example"))
    assert client.get(url("report-returned", returned.pk)).status_code == 404
    assert Entry.objects.get(pk=lamps.pk).results == ""


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.xlsx", b"", "ファイルが空です"),
        ("a.xlsx", b"PK\x03\x04broken", "開けません"),
        ("a.csv", "実績,課題\n書いた,なし".encode(), "このページから取り出した表ではない"),
        ("a.exe", b"MZ\x90\x00" + bytes(99), ""),
    ],
)
def test_another_file_is_refused_in_a_sentence_and_nothing_is_kept(officer, lamps, name, content, why):
    before = StoredFile.objects.count()

    answer = officer.post(url("report-return", lamps.year_request_id), {"file": SimpleUploadedFile(name, content)})

    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert (ReturnedSheet.objects.count(), StoredFile.objects.count()) == (0, before)


def test_taking_nothing_changes_nothing(officer, lamps):
    book = downloaded(officer, lamps)
    write(book, "results", "表の文。")
    sent(officer, lamps, book)
    pk = ReturnedSheet.objects.get().pk

    answer = officer.post(url("report-returned-accept", pk), {"take": ["", "x-y:z", "99-results:abc"]}, follow=True)

    assert answer.status_code == 200
    assert Entry.objects.get(pk=lamps.pk).results == ""


def test_the_committee_and_strangers_do_not_take_sheets_out(client, lamps, council):
    client.force_login(User.objects.get(email="council@midorino.example"))

    assert client.get(url("report-sheet", lamps.year_request_id)).status_code == 403
