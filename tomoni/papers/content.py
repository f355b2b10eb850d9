"""The data of a year's papers (`tomoni-paper/1`): what every form of them is made of, and what a version freezes. Pure.

A plain JSON value, so that a version published years ago can be opened, printed and compared without its plan. What has an
order is a list: databases keep the keys of an object in an order of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from tomoni.plans.redacting import description_place, line_place, opinion_place

FORMAT = "tomoni-paper/1"
TEXTS = ("results", "issues", "next_action", "remarks")
OWN_WORDS = ("self_assessment", "response")  # only in what is not published yet

Content = dict[str, Any]
Replace = Mapping[str, str]


def years_of(content: Content) -> list[str]:
    """The fiscal years the paper tells, oldest first, as keys."""
    return [str(year) for year in content["years"]]


def measures_below(content: Content, heading: int | None) -> Iterator[Content]:
    """The measures that stand directly under a heading, in the order of the plan."""
    return (measure for measure in content["measures"] if measure["heading"] == heading)


def name_of(measure: Content) -> str:
    """12 出前講座."""
    return f"{measure['number']} {measure['title']}".strip()


def places(content: Content) -> Iterator[tuple[str, Content, str]]:
    """Every text in which people may be named: its place, and the value and key that hold it."""
    for heading in content["headings"]:
        yield from _opinions("heading", heading)
    for measure in content["measures"]:
        yield description_place(measure["id"]), measure, "description"
        yield from _opinions("measure", measure)
        for line in measure["lines"]:
            for year, entry in line["years"].items():
                for name in (*TEXTS, *(own for own in OWN_WORDS if own in entry)):
                    yield line_place(line["id"], year, name), entry, name


def _opinions(kind: str, of: Content) -> Iterator[tuple[str, Content, str]]:
    for one in of["assessments"]:
        yield opinion_place(kind, of["id"], one["year"], one["committee_id"]), one, "opinion"


def texts(content: Content) -> dict[str, str]:
    """Every text that is not empty, by its place."""
    return {place: held[key] for place, held, key in places(content) if held[key]}


def with_texts(content: Content, new: Replace) -> Content:
    """The same content with some texts replaced; the one given stays as it was."""
    made = deepcopy(content)
    for place, held, key in places(made):
        if place in new:
            held[key] = new[place]
    return made
