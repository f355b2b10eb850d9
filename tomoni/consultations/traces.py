"""What in a text may tell who asked: names, addresses and numbers that must be edited out before publishing. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tomoni.kernel.japanese import folded, plain

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_PHONE = re.compile(r"(?<!\d)0\d{1,4}-?\d{1,4}-?\d{3,4}(?!\d)")
_DIGITS = re.compile(r"\D")
_PARTS = re.compile(r"[\s　・,、（）()/／]+")
_HONOUR = re.compile(r"(さん|様|氏|先生|会長|代表)$")


def traces(text: str, *, name: str = "", contact: str = "") -> tuple[str, ...]:
    """Pieces of the name and contact that stand in the text, and every mail address and telephone number in it.

    A name is looked for whole and in its parts of two letters or more; how it is spaced or widened does not matter.
    """
    return tuple(dict.fromkeys([*_named(text, name), *_reached(text, contact), *_any(text)]))


def _named(text: str, name: str) -> Iterator[str]:
    inside = plain(text)
    for part in (name, *_PARTS.split(name)):
        bare = _HONOUR.sub("", part.strip())
        if len(plain(bare)) >= 2 and plain(bare) in inside:
            yield bare


def _reached(text: str, contact: str) -> Iterator[str]:
    inside, digits = plain(text), _DIGITS.sub("", folded(text))
    for part in _PARTS.split(contact):
        number = _DIGITS.sub("", folded(part))
        if (len(plain(part)) >= 4 and plain(part) in inside) or (len(number) >= 6 and number in digits):
            yield part


def _any(text: str) -> Iterator[str]:
    for pattern in (_MAIL, _PHONE):
        yield from (found.group() for found in pattern.finditer(folded(text)))
