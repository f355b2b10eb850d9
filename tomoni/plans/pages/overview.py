"""The overview of a plan as it is printed, kept by revision: a plan changes rarely and is read often."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from functools import cache as once
from hashlib import blake2b
from pathlib import Path
from typing import Any

from django.core.cache import cache
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tomoni.plans.filters import OPEN, Filter
from tomoni.plans.matrix import blocks, facts, filtered, legend, year_to_show
from tomoni.plans.models import Plan, Status
from tomoni.plans.selectors.tree import Tree, tree_of
from tomoni.plans.words import Words, long_year, short_year, words_of
from tomoni.tenants.scope import current

TEMPLATE = "plans/_overview.html"
KEPT_SECONDS = 600  # a department's corrected name shows at the latest after this


def overview(plan: Plan, asked: Filter) -> SafeString:
    """The whole page below its head. Only the unfiltered one is kept: what people search for is endless."""
    if not asked.is_empty:
        return render_to_string(TEMPLATE, _content(plan, asked))
    key = f"plan-overview:{plan.pk}:{plan.revision}:{_edition()}"
    kept: SafeString | None = cache.get(key)
    if kept is None:
        kept = render_to_string(TEMPLATE, _content(plan, asked))
        cache.set(key, kept, KEPT_SECONDS)
    return kept


def in_short(plan: Plan) -> dict[str, Any]:
    """A plan among others: its name, its years, and its figures for the newest year. Kept like the overview."""
    key = f"plan-in-short:{plan.pk}:{plan.revision}"
    kept: dict[str, Any] | None = cache.get(key)
    if kept is None:
        tree, words = tree_of(plan), words_of(plan.rulebook.book)
        year = year_to_show(tree)
        kept = {
            "url": reverse("plan", args=[current().slug, plan.pk]),
            "title": plan.title,
            "lead": lead_of(plan),
            "facts": facts(tree, year, words) if year and tree.lines else [],
        }
        cache.set(key, kept, KEPT_SECONDS)
    return {**kept, "is_public": plan.is_public}


@once
def _edition() -> str:
    """Changes when the templates do, so that a new release never shows a page of the old one."""
    folder = Path(__file__).parents[1] / "templates" / "plans"
    sources = b"".join((folder / name).read_bytes() for name in ("_overview.html", "_matrix.html"))
    return blake2b(sources, digest_size=6).hexdigest()


def _content(plan: Plan, asked: Filter) -> dict[str, Any]:
    words = words_of(plan.rulebook.book)
    whole = tree_of(plan, words=asked.words)
    tree = filtered(whole, asked)
    year = asked.year or year_to_show(tree)
    columns = (asked.year,) if asked.year else whole.years
    slug = current().slug
    return {
        "plan": plan,
        "facts": facts(tree, year, words) if year and tree.lines else [],
        "fields": _fields(whole, asked, words),
        "chips": _chips(whole, asked, words),
        "blocks": blocks(tree, words, columns),
        "columns": [{"short": short_year(y), "long": long_year(y)} for y in columns],
        "width": 3 + len(columns),
        "words": words,
        "legend": legend(tree, words),
        "shown": len(tree.measures),
        "has_measures": bool(whole.measures) or bool(asked.words),
        "prefix": reverse("plan", args=[slug, plan.pk]),
        "csv": reverse("plan-data", args=[slug, plan.pk, "csv"]) + asked.query,
        "json": reverse("plan-data", args=[slug, plan.pk, "json"]) + asked.query,
    }


def lead_of(plan: Plan) -> str:
    """The plan's period, and the years there are reports of: they need not be the same."""
    told = _("%(years)sの取組が、どう進んだかを見られます。") % {"years": _spans(plan.years)} if plan.years else ""
    if plan.first_year and plan.last_year:
        period = _("計画の期間は、%sです。") % _span(plan.first_year, plan.last_year)
        return period + (told or _("まだ報告はありません。"))
    return told or _("計画の取組が、年ごとにどう進んだかを見られます。")


def _span(first: int, last: int) -> str:
    ends = {"first": long_year(first), "last": long_year(last)}
    return ends["first"] if first == last else _("%(first)sから%(last)sまで") % ends


def _spans(years: Iterable[int]) -> str:
    """平成29年度から令和元年度まで、令和3年度: years that follow each other are one span."""
    runs: list[list[int]] = []
    for year in sorted(years):
        if runs and runs[-1][1] == year - 1:
            runs[-1][1] = year
        else:
            runs.append([year, year])
    return "、".join(_span(*run) for run in runs)


def _fields(tree: Tree, asked: Filter, words: Words) -> list[dict[str, Any]]:
    departments = sorted(tree.departments, key=lambda each: (not each.is_lead, each.name))
    fields: list[dict[str, Any]] = [
        {"name": "q", "label": _("ことば"), "value": asked.q, "placeholder": _("講座、防災")},
        {
            "name": "department",
            "label": words.fields["leads"],
            "value": asked.department,
            "options": [{"value": each.pk, "label": each.name} for each in departments],
        },
        {
            "name": "status",
            "label": words.fields["status"],
            "value": asked.status,
            "options": [{"value": value, "label": label} for value, label in _statuses(words).items()],
        },
        {
            "name": "year",
            "label": _("年度"),
            "value": asked.year,
            "options": [{"value": year, "label": long_year(year)} for year in tree.years],
        },
    ]
    return [field for field in fields if field["name"] == "q" or field["options"]]


def _statuses(words: Words) -> dict[str, str]:
    return {**{status: words.short[status] for status in Status.values}, OPEN: _("不明（未記入・未読取など）")}


def _chips(tree: Tree, asked: Filter, words: Words) -> list[dict[str, str]]:
    names = {each.pk: each.name for each in tree.departments}
    said = {
        "q": asked.q,
        "department": names.get(asked.department, _("この計画にない課")) if asked.department else "",
        "status": _statuses(words).get(asked.status, ""),
        "year": long_year(asked.year) if asked.year else "",
    }
    return [
        {"name": name, "label": said[name], "query": asked.without(name).query or "?"}
        for name, value in asdict(asked).items()
        if value
    ]
