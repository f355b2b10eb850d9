"""Every public page of a city with a rulebook and a plan of 35 measures over four years, in a real browser."""

import re

import pytest

from tests import make
from tomoni.tenants.scope import scope

ABOUT = ["", "forms/", "parties/", "suitability/", "checklists/", "stages/", "versions/"]


@pytest.fixture
def plan(city):
    """A plan whose measures have a figure and a committee's view beside their records."""
    with scope(city):
        make.rulebook()
        made = make.plan(title="市民協働推進行動計画", measures=35)
        first = made.measures.order_by("position").first()
        make.figure(first, 2019, 45, label="講座の参加者")
        make.figure(first, 2020, 51, label="講座の参加者")
        return made


def test_what_working_together_means_keeps_the_accessibility_criteria(visit, check, city, plan):
    form = make.book().forms[0].key

    for page in (*ABOUT, f"forms/{form}/"):
        check(visit(f"/midorino/about/{page}"), name=f"about-{page.strip('/').replace('/', '-') or 'all'}")


def test_the_plan_and_everything_below_it_keeps_the_accessibility_criteria(visit, check, city, plan):
    with scope(city):
        measure = plan.measures.order_by("position").first()
        heading = plan.headings.order_by("position").first()
        department = measure.lines.first().departments.first()
    pages = {
        "home-with-plan": "/midorino/",
        "plans": "/midorino/plans/",
        "plan": f"/midorino/plans/{plan.pk}/",
        "plan-narrowed": f"/midorino/plans/{plan.pk}/?status=off_track",
        "plan-nothing-found": f"/midorino/plans/{plan.pk}/?q=ありえない言葉",
        "heading": f"/midorino/plans/{plan.pk}/headings/{heading.pk}/",
        "measure": f"/midorino/plans/{plan.pk}/measures/{measure.pk}/",
        "department": f"/midorino/plans/departments/{department.pk}/",
    }

    for name, path in pages.items():
        check(visit(path), name=name)


def test_public_pages_are_small_and_bring_no_scripts(visit, city, plan):
    for path in ("/", "/midorino/", "/midorino/about/", f"/midorino/plans/{plan.pk}/"):
        page = visit(path)

        assert page.locator("script").count() == 0
        assert len(page.request.get(path).body()) < 100_000


def test_the_plan_is_laid_on_a3(visit, city, plan):
    paper = visit(f"/midorino/plans/{plan.pk}/").pdf(prefer_css_page_size=True)

    sizes = {(round(float(w)), round(float(h))) for w, h in re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", paper)}
    assert (1191, 842) in sizes
