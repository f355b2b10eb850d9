"""One heading of a plan: the measures below it, how they stood in each year, and what committees said."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.db.models import QuerySet

from tomoni.plans.models import Assessment, Heading, Plan
from tomoni.plans.selectors.redactions import blackened_in
from tomoni.plans.selectors.story import assessments_of, path_to, shown
from tomoni.plans.selectors.tree import Tree, tree_of


@dataclass(frozen=True, slots=True)
class HeadingPage:
    """All a heading's page shows. `tree` holds only what stands under the heading."""

    heading: Heading
    path: tuple[Heading, ...]
    tree: Tree
    assessments: tuple[Assessment, ...]
    before: Heading | None
    after: Heading | None


def headings(plan: Plan) -> QuerySet[Heading]:
    """The headings of a plan."""
    return Heading.objects.filter(plan=plan).select_related("parent")


def heading_page(plan: Plan, heading: Heading) -> HeadingPage:
    """Read what stands under a heading, and its neighbours on the same level."""
    beside = headings(plan).filter(depth=heading.depth)
    return HeadingPage(
        heading=heading,
        path=path_to(heading.parent),
        tree=below(tree_of(plan), heading.pk),
        assessments=shown(assessments_of(plan).filter(heading=heading), blackened_in(plan)),
        before=beside.filter(position__lt=heading.position).order_by("-position").first(),
        after=beside.filter(position__gt=heading.position).order_by("position").first(),
    )


def below(tree: Tree, heading: int) -> Tree:
    """The part of a tree under a heading; the heading itself is left out."""
    inside = {heading}
    for each in tree.headings:  # the order of a plan names a parent before its children
        if each.parent in inside:
            inside.add(each.pk)
    return replace(
        tree,
        headings=tuple(each for each in tree.headings if each.pk in inside and each.pk != heading),
        measures=tuple(
            replace(each, heading=None if each.heading == heading else each.heading)
            for each in tree.measures
            if each.heading in inside
        ),
    )
