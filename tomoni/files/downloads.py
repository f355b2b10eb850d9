"""Handing out a stored file so that no browser ever runs or shows it as a page of ours."""

from __future__ import annotations

from django.http import FileResponse, Http404
from django.utils.translation import gettext as _

from tomoni.files.kinds import PICTURES_AND_PDF
from tomoni.files.models import StoredFile
from tomoni.files.names import harmless


def download(stored: StoredFile) -> FileResponse:
    """The file as an attachment under its harmless name. Ask may_open() first. 404 when the storage has lost it."""
    try:
        opened = stored.content.open("rb")
    except FileNotFoundError as lost:
        raise Http404(_("ファイルの中身が見つかりません。")) from lost
    safe = stored.content_type in PICTURES_AND_PDF
    answer = FileResponse(
        opened,
        as_attachment=True,
        filename=harmless(stored.name),
        content_type=stored.content_type if safe else "application/octet-stream",
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cache-Control"] = "private, no-store"
    return answer
