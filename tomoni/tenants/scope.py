"""Whose data is being read. Outside a scope nothing can be read; inside one, only that municipality's rows exist."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

from django_scopes import get_scope
from django_scopes import scope as _scope

if TYPE_CHECKING:
    from tomoni.tenants.models import Municipality


class NoScope(RuntimeError):
    """A query ran without saying whose data it wants."""


@contextmanager
def scope(municipality: Municipality) -> Iterator[None]:
    """Everything read and written inside belongs to this municipality."""
    with _scope(municipality=municipality):
        yield


def current() -> Municipality:
    """The municipality in scope; raises NoScope where there is none."""
    if (municipality := get_scope().get("municipality")) is None:
        raise NoScope("自治体が決まっていません: with scope(municipality): の中で読んでください")
    return cast("Municipality", municipality)
