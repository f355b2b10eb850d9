"""Keeping files: told by content, fingerprinted, stored under no name, handed out only as a download."""

import hashlib
import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import make
from tomoni.files.downloads import download
from tomoni.files.kinds import FileRefused, content_type_of
from tomoni.files.models import StoredFile, Visibility
from tomoni.files.names import LONGEST, harmless
from tomoni.files.permissions import may_open
from tomoni.files.selectors import content_of, files_of
from tomoni.files.services import MAX_BYTES, attach, refuse_large, store_file
from tomoni.parties.actor import NOBODY
from tomoni.parties.permissions import Role

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(20)
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(30)


def package(member: str, content: bytes = b"x") -> bytes:
    held = BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        made.writestr(member, content)
    return held.getvalue()


@pytest.fixture
def keeper(seat):
    return seat("花子", Role.DIVISION)[2]


@pytest.mark.parametrize(
    ("data", "name", "told"),
    [
        (PDF, "会議録.xlsx", "application/pdf"),
        (PNG, "写真.pdf", "image/png"),
        (JPEG, "写真", "image/jpeg"),
        (
            package("xl/workbook.xml"),
            "表.zip",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        (
            package("mimetype", b"application/vnd.oasis.opendocument.text"),
            "文書.odt",
            "application/vnd.oasis.opendocument.text",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "昔の表.xls", "application/vnd.ms-office"),
        ("番号,取組\n".encode("cp932"), "表.csv", "text/csv"),
        ("a\tb\n".encode("utf-16"), "表.tsv", "text/tab-separated-values"),
        (b"<script>alert(1)</script>", "page.html", "text/plain"),
    ],
)
def test_a_file_is_what_its_bytes_say(data, name, told):
    assert content_type_of(data, name=name) == told


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"MZ\x90\x00",
        b"#!/bin/sh\n",
        package("a.txt"),
        package("mimetype", b"x" * 300),
        b"PK\x03\x04broken",
        bytes(50),
        b"\xff\xfe\xff",
        b"\x81\x20\xff\xfd\x80",
    ],
)
def test_what_we_do_not_know_is_not_taken(data):
    with pytest.raises(FileRefused):
        content_type_of(data, name="x.csv")


def test_a_file_is_kept_with_its_fingerprint_under_a_name_that_says_nothing(keeper):
    stored = store_file(PDF, name="/etc/../会議録.pdf", at=make.NOON, by=keeper)

    assert (stored.name, stored.size, stored.visibility) == ("会議録.pdf", len(PDF), Visibility.STAFF)
    assert stored.sha256 == hashlib.sha256(PDF).hexdigest()
    assert "会議録" not in stored.content.name
    assert content_of(stored) == PDF
    assert stored.uploaded_by_id == keeper.user


def test_a_refused_file_leaves_nothing(keeper):
    with pytest.raises(FileRefused, match="受け取れません"):
        store_file(package("a.exe"), name="a.zip", at=make.NOON, by=keeper)

    assert StoredFile.objects.count() == 0


def test_a_file_that_is_too_large_is_refused_by_its_size():
    refuse_large(MAX_BYTES)

    with pytest.raises(FileRefused, match="大きすぎます（60 MB）"):
        refuse_large(60 * 2**20)


def test_the_files_of_a_thing_are_found_newest_first(keeper):
    group = make.group()
    old = attach(store_file(PDF, name="古い.pdf", at=make.NOON, by=keeper), to=group, by=keeper)
    new = attach(store_file(PNG, name="新しい.png", at=make.NOON, by=keeper), to=group, by=keeper)
    store_file(JPEG, name="よその.jpg", at=make.NOON, by=keeper)

    assert list(files_of(group)) == [new, old]


@pytest.mark.parametrize(
    ("visibility", "role", "is_involved", "may"),
    [
        (Visibility.PUBLIC, None, False, True),
        (Visibility.INVOLVED, None, False, False),
        (Visibility.INVOLVED, Role.MEMBER, False, False),
        (Visibility.INVOLVED, Role.MEMBER, True, True),
        (Visibility.INVOLVED, Role.OFFICER, False, True),
        (Visibility.STAFF, Role.MEMBER, True, False),
        (Visibility.STAFF, Role.COORDINATOR, False, False),
        (Visibility.STAFF, Role.OFFICER, False, True),
        (Visibility.STAFF, Role.DIVISION, False, True),
    ],
)
def test_who_may_open_a_file(visibility, role, is_involved, may, seat):
    actor = seat("誰か", role)[2] if role else NOBODY
    stored = StoredFile(name="x", visibility=visibility)

    assert bool(may_open(actor, stored, is_involved=is_involved)) is may


def test_a_picture_keeps_its_type_and_everything_else_is_only_bytes(keeper):
    picture = download(store_file(PNG, name="写真.png", at=make.NOON, by=keeper))
    table = download(store_file(b"a,b\n", name="表.csv", at=make.NOON, by=keeper))

    assert (picture["Content-Type"], table["Content-Type"]) == ("image/png", "application/octet-stream")
    assert table["Content-Disposition"].startswith("attachment;")
    assert table["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert b"".join(table.streaming_content) == b"a,b\n"
    picture.close()
    table.close()


@pytest.mark.parametrize(
    ("name", "harmlessly"),
    [
        ("会議録.pdf", "会議録.pdf"),
        ("C:\\会議\\録.pdf", "録.pdf"),
        ("../../etc/passwd", "passwd"),
        (".htaccess", "htaccess"),
        ("a\r\nSet-Cookie: x.csv", "aSet-Cookie_ x.csv"),
        ("進行\u202egpj.exe", "進行gpj.exe"),
        ("", "file"),
        ("...", "file"),
        ("長" * 200 + ".xlsx", "長" * (LONGEST - 5) + ".xlsx"),
    ],
)
def test_a_name_is_made_harmless(name, harmlessly):
    assert harmless(name) == harmlessly


@given(st.text(max_size=300))
def test_a_harmless_name_is_short_and_stays_as_it_is(name):
    made = harmless(name)

    assert 0 < len(made) <= LONGEST
    assert not set(made) & set('\\/:*?"<>|\r\n\t')
    assert not made.startswith(".")
    assert harmless(made) == made
