"""The rulebooks the tests of the pages put in force: the four that ship, and the town that does not exist."""

from __future__ import annotations

from pathlib import Path

from tomoni.rulebooks.loading import load, load_city
from tomoni.rulebooks.schema import Rulebook

AKARISATO = Path(__file__).parents[1] / "akarisato" / "2024-04.yaml"
CITIES = ("ama", "fuchu", "higashikurume", "musashino", "akarisato")


def book_of_city(slug: str) -> Rulebook:
    """The rulebook of that city."""
    return load(AKARISATO) if slug == "akarisato" else load_city(slug)
