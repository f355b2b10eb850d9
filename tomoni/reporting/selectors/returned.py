"""A sheet that came back, beside what is kept now."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tomoni.files.selectors import content_of
from tomoni.imports.reading.read import read
from tomoni.parties.actor import Actor
from tomoni.reporting.cleaning import clean_text, decimal_of
from tomoni.reporting.models import LONGEST, Entry, ReturnedSheet, YearRequest
from tomoni.reporting.selectors.requests import entries_of, own_departments
from tomoni.reporting.selectors.sheet import form_of
from tomoni.reporting.sheet.compare import Compared, Judge, compare, status_of
from tomoni.reporting.sheet.layout import SheetForm, plain_number
from tomoni.reporting.sheet.write import workbook

LONGEST_WHY = 200


def own_lines(year_request: YearRequest, actor: Actor) -> list[Entry]:
    """The lines this person reports."""
    return list(entries_of(year_request, own_departments(actor)))


def sheet_of(year_request: YearRequest, actor: Actor) -> bytes:
    """One's own lines as a workbook."""
    return workbook(form_of(year_request, own_lines(year_request, actor)))


def compared(data: bytes, year_request: YearRequest, entries: list[Entry]) -> Compared:
    """A filled-in sheet beside these lines. Raises Unreadable for a broken file, NotOurSheet for another one."""
    form = form_of(year_request, entries)
    return compare(read(data, name="sheet.xlsx"), form, judge=judge_for(form))


def compared_with_kept(returned: ReturnedSheet, actor: Actor) -> Compared:
    """The sheet somebody sent, beside what is kept now."""
    return compared(content_of(returned.file), returned.year_request, own_lines(returned.year_request, actor))


def judge_for(form: SheetForm) -> Judge:
    """What would be kept of a cell, or why it cannot be."""

    def judge(code: str, text: str) -> tuple[str, str]:
        try:
            return _fit(code, text, form), ""
        except ValidationError as problem:
            return "", "、".join(problem.messages)

    return judge


def _fit(code: str, text: str, form: SheetForm) -> str:
    if code == "value":
        return plain_number(decimal_of(text))
    text = clean_text(text)
    if code == "status":
        status = status_of(text, form) if text.strip() else ""
        if status is None:
            raise ValidationError(_("「%s」は、選べる言葉にありません。一覧から選んでください。") % text)
        return status
    longest = LONGEST_WHY if code == "why" else LONGEST
    if len(text) > longest:
        told = {"most": f"{longest:,}", "now": f"{len(text):,}"}
        raise ValidationError(_("%(most)s字までにしてください（いま%(now)s字）。") % told)
    return text


def returned_to(actor: Actor, pk: int) -> ReturnedSheet | None:
    """A sheet this person sent; those of others are not shown."""
    sent = ReturnedSheet.objects.filter(sent_by=actor.user, pk=pk)
    return sent.select_related("file", "year_request__plan__rulebook", "year_request__municipality").first()
