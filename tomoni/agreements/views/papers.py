"""An agreement as a paper to sign: PDF and Word, of any version or of the draft."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from tomoni.agreements import selectors
from tomoni.agreements.content import SIDES, day_words
from tomoni.agreements.freezing import content_of
from tomoni.agreements.models import Agreement, AgreementVersion
from tomoni.agreements.paper import Signed, docx, paper_of
from tomoni.agreements.views.drafts import number_in
from tomoni.agreements.workflow import State
from tomoni.files.papers import pdf
from tomoni.kernel.clock import JAPAN
from tomoni.parties.permissions import Permission
from tomoni.ui.access import needs
from tomoni.ui.requests import Request

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAKERS: dict[str, tuple[str, Callable[[dict[str, Any]], bytes]]] = {
    "pdf": ("application/pdf", lambda told: pdf("agreements/agreement", told)),
    "docx": (WORD, docx),
}


@needs(Permission.AGREEMENT_READ)
def document(request: Request, municipality: str, pk: int, ending: str) -> HttpResponse:
    """The paper of a version (?version=2), else of the present one; a draft says that it is one."""
    held = get_object_or_404(selectors.visible_to(request.actor), pk=pk)
    if ending not in MAKERS:
        raise Http404
    number = number_in(request, "version")
    version = selectors.version_of(held, number or held.version)
    if version is None and number:
        raise Http404
    content_type, make = MAKERS[ending]
    made = make(_told(held, version if number or held.state != State.DRAFT else None))
    answer = HttpResponse(made, content_type=content_type)
    kept_as = f"agreement-{held.pk}-v{version.number if version else held.version}.{ending}"
    answer["Content-Disposition"] = f'attachment; filename="{kept_as}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _told(held: Agreement, version: AgreementVersion | None) -> dict[str, Any]:
    content = version.content if version else content_of(held)
    number = _("第%(n)d版") % {"n": version.number} if version else _("案（署名の前）")
    signatures = {each.side: each for each in version.signatures.all()} if version else {}
    signed = []
    for side in SIDES:
        mark = signatures.get(side)
        when = day_words(mark.at.astimezone(JAPAN).date()) if mark else ""
        signed.append(Signed(content[side], mark.name if mark else "", when))
    word = held.rulebook.book.terms.agreement
    return paper_of(content, word=word, city=held.municipality.name, number=number, signed=signed)
