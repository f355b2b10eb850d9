"""Colours as #rrggbb: how well two can be told apart, and the shades a page needs of one accent colour."""

from __future__ import annotations

import re
from dataclasses import dataclass

# WCAG 2.2, 1.4.3: what ordinary text needs.
READABLE = 4.5
WHITE = "#ffffff"


@dataclass(frozen=True, slots=True)
class Shades:
    """An accent with a darker one for text on soft ground, and the soft ground itself."""

    accent: str
    dark: str
    soft: str


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def is_colour(text: str) -> bool:
    """Is this written as #rrggbb, in small letters?"""
    return re.fullmatch("#[0-9a-f]{6}", text) is not None


def luminance(colour: str) -> float:
    """Relative luminance after WCAG 2.2, from 0 (black) to 1 (white)."""
    shares = [channel / 255 for channel in _channels(colour)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio after WCAG 2.2, from 1 to 21; the order does not matter."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def is_readable_on_white(colour: str) -> bool:
    """Can text of this colour be read on a white page (4.5:1)?"""
    return contrast(colour, WHITE) >= READABLE


def mix(colour: str, other: str, *, share: float) -> str:
    """`colour` with that share (0 to 1) of `other` in it."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def shades(accent: str) -> Shades:
    """The three colours of a page. Of a readable accent, `dark` can always be read on `soft`."""
    return Shades(accent=accent, dark=mix(accent, "#000000", share=0.3), soft=mix(accent, WHITE, share=0.91))
