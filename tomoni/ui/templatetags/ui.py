"""Tags every template may use: places for panels, and addresses within the municipality."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from tomoni.ui.panels import PANELS

register = template.Library()


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
