"""Places that an earlier page leaves and later apps fill. The only registry that changes what a page does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tomoni.ui.requests import Request

Prepare = Callable[[Request, Any], dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Panel:
    """One template that fills a place; `prepare` gives its context, or None to show nothing."""

    place: str
    template: str
    prepare: Prepare


PANELS: dict[str, list[Panel]] = {}


def named(prepare: Prepare) -> str:
    """Where the function that prepares a panel stands."""
    return f"{prepare.__module__}.{prepare.__qualname__}"


def panel(place: str, template: str) -> Callable[[Prepare], Prepare]:
    """Fill `place` with `template`; the decorated function makes its context from the request and the thing shown."""

    def decorate(prepare: Prepare) -> Prepare:
        held = PANELS.setdefault(place, [])
        # A module that is loaded again fills the place again, not twice.
        if all(named(each.prepare) != named(prepare) for each in held):
            held.append(Panel(place, template, prepare))
        return prepare

    return decorate
