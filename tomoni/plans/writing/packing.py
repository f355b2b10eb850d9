"""The same workbook, the same bytes: a fingerprint of a published file holds also when the file is made again. Pure."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook

_DAY = (2000, 1, 1, 0, 0, 0)
_MOMENT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def packed(book: Workbook) -> bytes:
    """The workbook as xlsx, without the moment at which it was made."""
    made, again = BytesIO(), BytesIO()
    book.save(made)
    with ZipFile(made) as held, ZipFile(again, "w", ZIP_DEFLATED) as archive:
        for entry in held.infolist():
            content = held.read(entry)
            if entry.filename == "docProps/core.xml":
                content = _MOMENT.sub(rb"\g<1>2000-01-01T00:00:00Z", content)
            archive.writestr(ZipInfo(entry.filename, _DAY), content, ZIP_DEFLATED)
    return again.getvalue()
