"""The versions published of a plan, and their files."""

from __future__ import annotations

from django.db.models import QuerySet

from tomoni.papers.making.files import Form
from tomoni.papers.models import PublishedFile, PublishedVersion
from tomoni.parties.actor import Actor
from tomoni.parties.permissions import Permission
from tomoni.plans.models import Plan


def visible_to(actor: Actor) -> QuerySet[PublishedVersion]:
    """The versions of public plans, withdrawn ones too; the division also sees those of a plan it prepares."""
    held = PublishedVersion.objects.select_related("plan")
    return held if actor.may(Permission.PLAN_WRITE) else held.filter(plan__is_public=True)


def versions_of(plan: Plan) -> QuerySet[PublishedVersion]:
    """All versions of a plan, newest first, without what they say."""
    return PublishedVersion.objects.filter(plan=plan).defer("content").order_by("-year", "-number")


def in_force(plan: Plan, year: int) -> PublishedVersion | None:
    """The version that stands for a year: the last that was not withdrawn."""
    held = PublishedVersion.objects.filter(plan=plan, year=year, withdrawn_at=None)
    return held.order_by("-number").first()


def others(version: PublishedVersion) -> QuerySet[PublishedVersion]:
    """The other versions of the same year, newest first: what this one may be compared with."""
    return versions_of(version.plan).filter(year=version.year).exclude(pk=version.pk)


def files_of(version: PublishedVersion) -> dict[tuple[str, str], PublishedFile]:
    """The files that are kept already, by paper and form."""
    held = PublishedFile.objects.filter(version=version).select_related("stored")
    return {(each.key, each.ending): each for each in held}


def file_of(version: PublishedVersion, form: Form) -> PublishedFile | None:
    """One file, when it is kept already."""
    held = PublishedFile.objects.filter(version=version, key=form.key, ending=form.ending)
    return held.select_related("stored").first()
