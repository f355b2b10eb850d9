"""One's lines as the Excel form shows them, and what came back."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext as _

from tomoni.plans.models import Figure, Progress, Schedule
from tomoni.plans.words import long_year, words_of
from tomoni.reporting.models import Entry, EntryFigure, ReturnedSheet, YearRequest
from tomoni.reporting.sheet.layout import LAST, SheetForm, SheetNumber, SheetRow, plain_number
from tomoni.reporting.workflow import State

_TEXTS = ("results", "issues", "next_action", "remarks", "self_assessment", "response")


def form_of(year_request: YearRequest, entries: Iterable[Entry]) -> SheetForm:
    """The sheet of these lines as it would be handed out now. Four queries, however many lines."""
    held = list(entries)
    words = words_of(year_request.plan.rulebook.book)
    scale = [level.status for level in year_request.plan.rulebook.book.progress_scale] or list(words.full)[:5]
    last = _last(year_request, held)
    schedule = _schedule(year_request, held)
    numbers = _numbers(year_request, held)
    names = words.fields
    labels = {name: names[name] for name in ("number", "schedule", "status", *_TEXTS[:4])} | {
        "title": words.measure,
        "department": names["leads"],
        "unchanged_why": _("前の年度と変わりないわけ"),
        "self_assessment": _("自己評価"),
        "response": _("委員会の意見への対応"),
        "label": _("何の数"),
        "unit": _("単位"),
        "last": _("前の年度の値"),
        "value": _("値"),
        "why": _("書けないわけ"),
    }
    labels |= {code: names[code.removeprefix("last_")] for code in LAST}
    rows = []
    for each in held:
        measure, before = each.line.measure, last.get(each.line_id)
        rows.append(
            SheetRow(
                entry=each.pk,
                version=each.version,
                number=measure.number,
                title=measure.title,
                department=each.department.name if each.department else "",
                schedule=schedule.get(measure.pk, ""),
                last=_words_of_last(before, words.full),
                told={
                    "status": words.full[each.status] if each.status else "",
                    "unchanged_why": each.unchanged_why if each.is_unchanged else "",
                    **{name: getattr(each, name) for name in _TEXTS},
                },
                numbers=tuple(numbers.get(each.pk, ())),
                closed=""
                if each.state == State.ASKED
                else _("もう提出しています。直すときは、先に提出を取りやめてください。"),
            )
        )
    return SheetForm(
        request=year_request.pk,
        title=f"{year_request.plan.title} {year_request}",
        labels=labels,
        this_year=long_year(year_request.year),
        last_year=long_year(year_request.year - 1),
        statuses={words.full[status]: status for status in dict.fromkeys(scale)},
        hint=_("白い欄に書いて、そのまま送り返してください。行や列は、足さずに使ってください。"),
        secret=settings.SECRET_KEY,
        rows=tuple(rows),
    )


def _words_of_last(before: Progress | None, full: dict[str, str]) -> dict[str, str]:
    if before is None:
        return dict.fromkeys(LAST, "")
    status = full[before.status] if before.status else before.status_text
    return {"last_status": status} | {code: getattr(before, code.removeprefix("last_")) for code in LAST[1:]}


def _last(year_request: YearRequest, entries: list[Entry]) -> dict[int, Progress]:
    found = Progress.objects.filter(line__in=[each.line_id for each in entries], year=year_request.year - 1)
    return {each.line_id: each for each in found}


def _schedule(year_request: YearRequest, entries: list[Entry]) -> dict[int, str]:
    found = Schedule.objects.filter(measure__in={each.line.measure_id for each in entries}, year=year_request.year)
    return dict(found.values_list("measure_id", "text"))


def _numbers(year_request: YearRequest, entries: list[Entry]) -> dict[int, list[SheetNumber]]:
    asked = EntryFigure.objects.filter(entry__in=[each.pk for each in entries]).select_related("indicator")
    measures = {each.pk: each.line.measure_id for each in entries}
    before = {
        (measure, label): value
        for measure, label, value in Figure.objects.filter(
            measure__in=set(measures.values()), year=year_request.year - 1, set_aside=""
        ).values_list("measure_id", "label", "value")
    }
    found: dict[int, list[SheetNumber]] = {}
    for each in asked.order_by("indicator_id"):
        one = each.indicator
        last = before.get((one.measure_id, one.label))
        shown = SheetNumber(one.pk, one.label, one.unit, plain_number(last), plain_number(each.value), each.why)
        found.setdefault(each.entry_id, []).append(shown)
    return found


def returned_by(year_request: YearRequest, user: int | None) -> ReturnedSheet | None:
    """The newest sheet this person sent back."""
    sent = ReturnedSheet.objects.filter(year_request=year_request, sent_by=user).select_related("file")
    return sent.order_by("-pk").first()
