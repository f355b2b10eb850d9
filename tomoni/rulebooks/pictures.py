"""The spectrum from citizens alone to the city alone as shapes: lying for wide pages, standing for phones.

Pure geometry: the template writes the SVG, the stylesheet gives the colours. Lengths are units of the view box.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import ceil
from unicodedata import east_asian_width

from tomoni.rulebooks.schema import Form, Rulebook, Zone

WIDE, TALL = 1120.0, 360.0
# How thick the wedge of the two sides is, and what stands between it and the zones.
WEDGE, BRACKET, CAPTION = 52.0, 36.0, 28.0
STRIP = 34.0
TEXT, LINE = 16.0, 20.0
PAD, GAP = 12.0, 8.0
# No line begins with one of these.
_CLINGING = "、。，．・）」』】ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; its words are lines around the middle `x`, each with the height of its baseline."""

    left: float
    top: float
    width: float
    height: float
    x: float
    lines: tuple[tuple[float, str], ...] = ()
    is_shared: bool = True


@dataclass(frozen=True, slots=True)
class Tie:
    """A level line between two boxes that are one form in zones apart."""

    x1: float
    x2: float
    y: float


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything the template draws, and the same in words.

    `civic` and `city` are the corners of the two halves of the wedge.
    """

    name: str
    told: str
    width: float
    height: float
    civic: str
    city: str
    zones: tuple[Box, ...]
    chips: tuple[Box, ...]
    ties: tuple[Tie, ...] = ()
    shared: Box | None = None


def spectrum(book: Rulebook, forms: Sequence[Form] | None = None) -> tuple[Picture, ...]:
    """The lying and the standing picture of the zones with these forms (with all, when none are named).

    Empty when the city's document draws no spectrum.
    """
    shown = tuple(form for form in (book.forms if forms is None else forms) if form.zones)
    return (_lying(book.zones, shown), _standing(book.zones, shown)) if book.zones else ()


def in_words(zones: Sequence[Zone], forms: Sequence[Form]) -> str:
    """The picture as sentences: each zone from the citizens' end on, with the forms in it."""
    held = [(zone.label, [form.label for form in forms if zone.key in form.zones]) for zone in zones]
    return "".join(f"{label}: {'、'.join(names) or 'なし'}。" if forms else f"{label}。" for label, names in held)


def wrapped(text: str, em: float) -> tuple[str, ...]:
    """The text in as few lines of at most that many em as it needs, about equally long, broken where phrases end."""
    if not text:
        return ()
    count = max(1, ceil(_em(text) / em))
    while not (found := _split(text, count, em, _em(text) / count)):
        count += 1
    return found[1]


def _split(text: str, count: int, em: float, wanted: float) -> tuple[float, tuple[str, ...]] | None:
    """The best way to break into that many lines, and how bad it is; None when it cannot be done."""

    @cache
    def best(start: int, lines: int) -> tuple[float, tuple[str, ...]] | None:
        ends = range(start + 1, len(text) + 1) if lines > 1 else (len(text),)
        tried = []
        for end in ends:
            length = _em(text[start:end])
            rest = best(end, lines - 1) if lines > 1 else (0.0, ())
            # One letter is allowed to stick out, or a narrow box could never be filled.
            if rest and start < end and (length <= em or end == start + 1):
                badness = (length - wanted) ** 2 + _break_badness(text, end)
                tried.append((badness + rest[0], (text[start:end], *rest[1])))
        return min(tried, default=None)

    return best(0, count)


def _break_badness(text: str, end: int) -> float:
    """How bad a line end is: none after a phrase (kana or a comma before another script), much before 、 and the like."""
    if end == len(text):
        return 0.0
    before, after = text[end - 1], text[end]
    if after in _CLINGING:
        return 1000.0
    return 0.0 if before in "、・" or (_is_hiragana(before) and not _is_hiragana(after)) else 25.0


def _is_hiragana(letter: str) -> bool:
    return "ぁ" <= letter <= "ゖ"


def _em(text: str) -> float:
    return sum(1.0 if east_asian_width(letter) in "WFA" else 0.6 for letter in text)


def _box(text: str, *, left: float, top: float, width: float, height: float | None = None) -> Box:
    """A box around the text, as high as its lines need unless a height is given."""
    lines = wrapped(text, (width - 2 * GAP) / TEXT)
    needed = len(lines) * LINE + PAD
    first = top + (height or needed) / 2 - (len(lines) - 1) * LINE / 2 + TEXT * 0.36
    placed = tuple((first + at * LINE, line) for at, line in enumerate(lines))
    return Box(left, top, width, height or needed, left + width / 2, placed)


def _shares(zones: Sequence[Zone], thickness: float) -> tuple[float, float]:
    """How much of the wedge is the citizens' at its beginning and end: all and nothing only where one is alone."""
    begin = 1.0 if zones[0].lead == "civic_alone" else 0.85
    end = 0.0 if zones[-1].lead == "city_alone" else 0.15
    return round(begin * thickness, 1), round(end * thickness, 1)


def _runs(zones: Sequence[Zone], form: Form) -> list[tuple[int, int]]:
    """First and last place of each row of neighbouring zones the form stands in."""
    runs: list[tuple[int, int]] = []
    for place, zone in enumerate(zones):
        if zone.key not in form.zones:
            continue
        if runs and runs[-1][1] == place - 1:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs


def _lying(zones: Sequence[Zone], forms: Sequence[Form]) -> Picture:
    column = WIDE / len(zones)
    top = WEDGE + BRACKET
    head = max(_box(zone.label, left=0, top=0, width=column).height for zone in zones) + PAD
    rows = list(_rows(zones, forms, column, top + head + PAD))
    bottom = max((chip.top + chip.height for chips, _ in rows for chip in chips), default=top + head - PAD) + PAD
    begin, end = _shares(zones, WEDGE)
    return Picture(
        name="wide",
        told=in_words(zones, forms),
        width=WIDE,
        height=bottom + 2,
        civic=f"0,0 {WIDE},0 {WIDE},{end} 0,{begin}",
        city=f"0,{begin} {WIDE},{end} {WIDE},{WEDGE} 0,{WEDGE}",
        zones=tuple(_column(zone, at * column, column, (top, head, bottom)) for at, zone in enumerate(zones)),
        chips=tuple(chip for chips, _ in rows for chip in chips),
        ties=tuple(tie for _, ties in rows for tie in ties),
        shared=_bracket(zones, column),
    )


def _column(zone: Zone, left: float, width: float, heights: tuple[float, float, float]) -> Box:
    """A zone from its top to the bottom of all; its words stand in its head."""
    top, head, bottom = heights
    words = _box(zone.label, left=left, top=top, width=width, height=head)
    return Box(left + 1, top, width - 2, bottom - top, words.x, words.lines, zone.is_shared)


def _rows(
    zones: Sequence[Zone], forms: Sequence[Form], column: float, top: float
) -> Iterator[tuple[list[Box], list[Tie]]]:
    """One row a form: its chips, and the ties between zones apart."""
    for form in forms:
        runs = _runs(zones, form)
        height = max(
            _box(form.label, left=0, top=0, width=(last - first + 1) * column - 2 * GAP).height for first, last in runs
        )
        yield (
            [
                _box(
                    form.label,
                    left=first * column + GAP,
                    top=top,
                    width=(last - first + 1) * column - 2 * GAP,
                    height=height,
                )
                for first, last in runs
            ],
            [
                Tie((before + 1) * column - GAP, after * column + GAP, top + height / 2)
                for (_, before), (after, _) in pairwise(runs)
            ],
        )
        top += height + GAP


def _bracket(zones: Sequence[Zone], column: float) -> Box | None:
    """The bar over the zones of working together; none when all are."""
    places = [place for place, zone in enumerate(zones) if zone.is_shared]
    if not places or len(places) == len(zones):
        return None
    left, width = places[0] * column + 1, (places[-1] - places[0] + 1) * column - 2
    return Box(left, WEDGE + GAP, width, BRACKET - GAP, left + width / 2)


def _standing(zones: Sequence[Zone], forms: Sequence[Form]) -> Picture:
    left, width = STRIP + GAP, TALL - STRIP - GAP - 1
    boxes: list[Box] = []
    chips: list[Box] = []
    y = CAPTION
    for zone in zones:
        words = _box(zone.label, left=left, top=y, width=width)
        bottom = y + words.height
        for form in forms:
            if zone.key in form.zones:
                chips.append(_box(form.label, left=left + GAP, top=bottom, width=width - 2 * GAP))
                bottom += chips[-1].height + GAP
        boxes.append(Box(left, y, width, bottom - y, words.x, words.lines, zone.is_shared))
        y = bottom + GAP
    begin, end = _shares(zones, STRIP)
    bottom = y - GAP
    return Picture(
        name="tall",
        told=in_words(zones, forms),
        width=TALL,
        height=bottom + CAPTION,
        civic=f"0,{CAPTION} {begin},{CAPTION} {end},{bottom} 0,{bottom}",
        city=f"{begin},{CAPTION} {STRIP},{CAPTION} {STRIP},{bottom} {end},{bottom}",
        zones=tuple(boxes),
        chips=tuple(chips),
    )
