"""Missing numbers of measures: inferred only where both neighbours leave room for exactly one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tomoni.plans.sheet.document import Measure


def infer(measures: Sequence[Measure]) -> None:
    """Give a measure without a number the one between its neighbours, and say that it was inferred."""
    taken = {m.number for m in measures if m.number}
    for (before, here), after in zip(pairwise(measures), measures[2:], strict=False):
        if here.number is None and _is_plain(before) and _is_plain(after):
            number = int(before.number or 0) + 1
            if int(after.number or 0) == number + 1 and str(number) not in taken:
                here.number, here.number_inferred = str(number), True


def _is_plain(measure: Measure) -> bool:
    return measure.number is not None and measure.number.isdigit()
