"""Tags every template may use: places for panels, addresses within the municipality, status marks, icons and days."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BoundField
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from tomoni.ui import dates, marks
from tomoni.ui.panels import PANELS

register = template.Library()
register.filter("mark", marks.mark)
register.filter("day", dates.day)
register.filter("moment", dates.moment)
register.filter("fiscal", dates.fiscal)
register.filter("fiscal_short", dates.fiscal_short)


@register.simple_tag(takes_context=True)
def panels(context: dict[str, Any], place: str, subject: Any) -> SafeString:
    """What later apps show at this place about this thing."""
    request = context["request"]
    shown = []
    for panel in PANELS.get(place, []):
        prepared = panel.prepare(request, subject)
        if prepared is not None:
            shown.append(render_to_string(panel.template, {**prepared, "subject": subject}, request=request))
    return mark_safe("".join(shown))  # noqa: S308 - each part was escaped by its own template


@register.simple_tag(takes_context=True)
def link(context: dict[str, Any], name: str, *args: Any) -> str:
    """The address of a page of the present municipality."""
    return reverse(name, args=[context["request"].municipality.slug, *args])


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon that says nothing by itself: the words beside it do."""
    return format_html('<svg aria-hidden="true"><use href="{}#{}"/></svg>', marks.icons(), name)


@register.filter
def control(field: BoundField) -> SafeString:
    """The control of a field without a placeholder: that vanishes on writing, so the help text says what is wanted."""
    return field.as_widget(attrs={"placeholder": False} if "placeholder" in field.field.widget.attrs else None)


@register.filter
def money(amount: int | None) -> str:
    """Yen with commas, as papers print them; nothing for an amount that is open."""
    return "" if amount is None else f"{amount:,}"


@register.filter
def around(page: Page[Any]) -> Iterator[int | str]:
    """The numbers of the pages near this one, the first and the last, with gaps."""
    yield from page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


@register.filter
def tone_icon(tone: str) -> str:
    """The icon that belongs to the tone of a pill."""
    return marks.TONES.get(tone, "")
