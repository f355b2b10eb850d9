"""`{% term "agreement" %}` gives the city's own word; filters that say where an entry comes from."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from django import template

from tomoni.kernel.clock import today
from tomoni.rulebooks.loading import OUR_OWN, STANDARD_FILE
from tomoni.rulebooks.schema import STANDARD, Terms
from tomoni.rulebooks.selectors import NoRulebook, book_of
from tomoni.rulebooks.yamlfile import read_mapping

register = template.Library()

# A source at the end of a sentence, as rulebooks write it: （第3章1(2)）。 （Ⅴ 4-1）。 （「進め方」）。
_SOURCE = re.compile(r"(.+)（((?:第|[Ⅰ-Ⅻ]|「)[^（）]*)）。")


@cache
def standard_terms() -> Terms:
    """The words used where no rulebook is in force."""
    return Terms.model_validate(read_mapping(OUR_OWN / STANDARD_FILE)["terms"])


@register.simple_tag(takes_context=True)
def term(context: dict[str, Any], key: str, fallback: str = "") -> str:
    """The word this city uses for a thing, from the rulebook in force today.

    Where none is in force: `fallback`, or the standard's word. A key that is no term is a LookupError.
    """
    if key not in Terms.model_fields:
        raise LookupError(f"「{key}」という用語はありません。")
    municipality = getattr(context.get("request"), "municipality", None)
    try:
        terms = book_of(municipality, today()).terms if municipality else None
    except NoRulebook:
        terms = None
    return str(getattr(terms, key) if terms else fallback or getattr(standard_terms(), key))


@register.filter
def is_standard(source: str) -> bool:
    """True when the city's document does not say this: it is Tomoni's standard."""
    return source == STANDARD


@register.filter
def source_apart(text: str) -> tuple[str, str]:
    """A sentence and the source at its end, so that the source can stand discreetly; "" when it names none."""
    found = _SOURCE.fullmatch(text)
    return (f"{found[1]}。", found[2]) if found else (text, "")
