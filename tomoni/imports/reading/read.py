"""The one door of this package: bytes of any file become a Grid, or a sentence says why not."""

from __future__ import annotations

from hashlib import sha256

from tomoni.imports.reading.apart import read_apart
from tomoni.imports.reading.delimited import read_delimited
from tomoni.imports.reading.draft import Draft
from tomoni.imports.reading.grid import Grid
from tomoni.imports.reading.limits import MAX_BYTES, Unreadable, refuse_large
from tomoni.imports.reading.markup import decode_markup, is_markup, read_markup
from tomoni.imports.reading.opendocument import WHAT as OPEN_DOCUMENT
from tomoni.imports.reading.opendocument import read_opendocument
from tomoni.imports.reading.openxml import WHAT as EXCEL
from tomoni.imports.reading.openxml import read_openxml
from tomoni.imports.reading.packages import Package
from tomoni.imports.reading.signatures import kind_of
from tomoni.imports.reading.text import decode

__all__ = ["MAX_BYTES", "Unreadable", "read", "refuse_large"]


def read(data: bytes, *, name: str) -> Grid:
    """The cells of a file, each with its place. `name` is kept for people; the kind is told from the content.

    Raises Unreadable with a sentence in Japanese for everything that is not a table we can read.
    """
    refuse_large(len(data))
    if not data:
        raise Unreadable("ファイルが空です（0バイト）。もう一度保存して送ってください。")
    return _draft(kind_of(data), data).grid(name=name, sha256=sha256(data).hexdigest())


def _draft(kind: str, data: bytes) -> Draft:
    if kind == "xlsx":
        return read_openxml(Package(data, what=EXCEL))
    if kind == "ods":
        return read_opendocument(Package(data, what=OPEN_DOCUMENT))
    if kind in {"xls", "pdf"}:
        return read_apart(kind, data)
    return _read_text(data)


def _read_text(data: bytes) -> Draft:
    text, note = decode(data)
    if is_markup(text):
        text, note = decode_markup(data)
        draft = read_markup(text)
    else:
        draft = read_delimited(text)
    if note:
        draft.note(note)
    return draft
