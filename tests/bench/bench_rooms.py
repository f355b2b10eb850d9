"""How quick the calculations of the rooms are: ranking, tally, and search on the database at hand."""

from __future__ import annotations

import os
import random
import resource
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")

import django  # noqa: E402 - the settings must be known first

django.setup()

from django.db import connection  # noqa: E402
from django.test.runner import DiscoverRunner  # noqa: E402

from tomoni.matching.listing import Category, Kind, Listing  # noqa: E402
from tomoni.matching.nearness import Board  # noqa: E402
from tomoni.matching.words import SAME  # noqa: E402
from tomoni.proposals.tally import Criterion, Mark, TallyRule, tally  # noqa: E402
from tomoni.search.selectors import found  # noqa: E402
from tomoni.search.services import Findable, index_all  # noqa: E402
from tomoni.tenants.models import Municipality  # noqa: E402
from tomoni.tenants.scope import scope  # noqa: E402

WORDS = [word for words in SAME.values() for word in words.split()]


def middle(act: Callable[[int], object], times: int) -> float:
    """The median of processor milliseconds over several calls."""
    spans = []
    for n in range(times):
        begun = time.process_time()
        act(n)
        spans.append((time.process_time() - begun) * 1000)
    return statistics.median(spans)


def ranking(chance: random.Random) -> None:
    """One wish among 100,000 listings, after the index stands."""
    kinds, categories = [Kind.OFFER, Kind.WISH], list(Category)
    listings = [
        Listing(
            id=str(n), kind=kinds[n % 2], title=" ".join(chance.sample(WORDS, 3)), text=" ".join(chance.sample(WORDS, 4)),
            category=chance.choice(categories), field=chance.choice(["福祉", "環境", "防災"]), area=chance.choice(["西", "東", ""]),
            capacity=chance.randint(1, 50), party=str(n % 999),
        )
        for n in range(100_000)
    ]  # fmt: skip
    board = Board(listings)
    wishes = [each.id for each in listings if each.kind == Kind.WISH][:40]
    took = middle(lambda n: board.rank(wishes[n], on=date(2026, 11, 1), top=5), len(wishes))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"ranking one wish among 100,000 listings: {took:.0f} ms (promised: under 100), {memory:.0f} MB (under 300)")


def tallying(chance: random.Random) -> None:
    """300 proposals, 12 screeners, 10 criteria."""
    criteria = tuple(Criterion(f"c{n}", f"項目{n}", Fraction(10)) for n in range(10))
    proposals = [f"p{n}" for n in range(300)]
    marks = [
        Mark(f"s{s}", p, {c.key: Fraction(chance.randint(0, 10)) for c in criteria})
        for p in proposals
        for s in range(12)
    ]
    took = middle(lambda _n: tally(TallyRule(criteria, Fraction(50)), proposals, marks), 3)
    print(f"tally of 300 proposals x 12 screeners x 10 criteria: {took:.0f} ms (promised: under 300)")


def searching(chance: random.Random) -> None:
    """Two-letter words among 100,000 public texts, with every hit counted against a plain reading."""
    texts = [f"{' '.join(chance.sample(WORDS, 6))} 第{n}号" for n in range(100_000)]
    town = Municipality.objects.create(slug="bench", name="計測市", prefecture="架空県", code="139998")
    with scope(town):
        for start in range(0, len(texts), 2000):
            things = [Findable(n, f"題{n}", texts[n], "", "/") for n in range(start, start + 2000)]
            index_all("bench.text", things, kind="bench")
        asked = ["防災", "見守", "会計", "介護", "音楽", "花壇", "読書", "手話"]
        took = middle(lambda n: list(found(asked[n % len(asked)])[:20]), 40)
        missed = sum(sum(word in text for text in texts) - found(word).count() for word in asked)
    print(
        f"search among 100,000 texts on {connection.vendor}: {took:.0f} ms median (promised: under 30), {missed} missed"
    )


def bench() -> None:
    """All three, on a database made for the purpose."""
    chance = random.Random(7)  # noqa: S311 - only for a measurement
    ranking(chance)
    tallying(chance)
    runner = DiscoverRunner(verbosity=0, interactive=False)
    held = runner.setup_databases()
    try:
        searching(chance)
    finally:
        runner.teardown_databases(held)


if __name__ == "__main__":
    bench()
