"""The mark of a status: shape, word and colour in one short piece of HTML, made without a template.

A page with hundreds of marks writes `{{ cell.status|mark:cell.label }}`; a component takes eight times as long.
"""

from __future__ import annotations

from functools import cache

from django.templatetags.static import static
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

# Class and icon of each status, and the word when the rulebook gives none. "" is a status nobody has written yet.
WORDS: dict[str, str] = {
    "on_track": "順調",
    "off_track": "遅れ",
    "done": "完了",
    "changed": "計画変更",
    "not_started": "未着手",
    "outside": "対象外",
    "": "未記入",
}
# Which icon stands for which tone of a pill.
TONES: dict[str, str] = {
    "ok": "on_track",
    "bad": "off_track",
    "done": "done",
    "warn": "changed",
    "wait": "wait",
    "open": "open",
    "key": "info",
}


@cache
def icons() -> str:
    """The address of the one file that holds every icon."""
    return static("tomoni/icons.svg")


@cache
def _opening(status: str) -> str:
    name = status or "open"
    return f'<span class="st {name}"><svg aria-hidden="true"><use href="{icons()}#{name}"/></svg>'


def mark(status: str, label: str = "") -> SafeString:
    """The mark of `status` with the city's word for it; an unknown status is shown as not written."""
    known = status if status in WORDS else ""
    return mark_safe(f"{_opening(known)}{escape(label or WORDS[known])}</span>")  # noqa: S308 - the label is escaped
