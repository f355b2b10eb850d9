"""What an uploaded file is, told from its bytes and never from its name; and which kinds are taken at all."""

from __future__ import annotations

from io import BytesIO
from pathlib import PurePosixPath
from zipfile import BadZipFile, ZipFile

import puremagic

PICTURES_AND_PDF = frozenset({"application/pdf", "image/jpeg", "image/png", "image/gif", "image/webp"})
OFFICE = "application/vnd.openxmlformats-officedocument"
_IN_A_PACKAGE = (
    ("xl/workbook.xml", f"{OFFICE}.spreadsheetml.sheet"),
    ("word/document.xml", f"{OFFICE}.wordprocessingml.document"),
    ("ppt/presentation.xml", f"{OFFICE}.presentationml.presentation"),
)
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!")
_ENCODINGS = ("utf-8-sig", "cp932", "euc_jp")


class FileRefused(Exception):
    """The file is not taken. The message is a sentence for the person who sent it."""


def content_type_of(data: bytes, *, name: str) -> str:
    """The content type of a file we take. Raises FileRefused for an empty file and for a kind we do not take."""
    if not data:
        raise FileRefused("ファイルが空です（0バイト）。もう一度保存して送ってください。")
    found = _binary_type(data) or _text_type(data, name)
    if not found:
        raise FileRefused(
            "この種類のファイルは受け取れません。PDF、画像、Office文書、OpenDocument文書、文字だけのファイルを送ってください。"
        )
    return found


def _binary_type(data: bytes) -> str:
    if data.startswith(_ZIP):
        return _package_type(data)
    if data.startswith(_OLD_OFFICE):
        return "application/vnd.ms-office"
    try:
        guessed = puremagic.from_string(data[:4096], mime=True)
    except (puremagic.PureError, ValueError):
        return ""
    return guessed if guessed in PICTURES_AND_PDF else ""


def _package_type(data: bytes) -> str:
    """Office and OpenDocument files are zip archives; any other archive is not taken."""
    try:
        with ZipFile(BytesIO(data)) as package:
            names = set(package.namelist())
            for member, content_type in _IN_A_PACKAGE:
                if member in names:
                    return content_type
            if "mimetype" not in names or package.getinfo("mimetype").file_size > 200:
                return ""
            told = package.read("mimetype").decode("ascii", "replace").strip()
    except (BadZipFile, OSError, NotImplementedError, RuntimeError, ValueError):
        return ""
    return told if told.startswith(_OPEN_DOCUMENT) else ""


def _text_type(data: bytes, name: str) -> str:
    """Text is text: a page or a script is never handed out as one."""
    if data.startswith((_ZIP, *_PROGRAMS)):
        return ""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    elif b"\x00" in data:
        return ""
    else:
        encodings = _ENCODINGS
    if not any(_decodes(data, encoding) for encoding in encodings):
        return ""
    endings = {".csv": "text/csv", ".tsv": "text/tab-separated-values"}
    return endings.get(PurePosixPath(name).suffix.lower(), "text/plain")


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
