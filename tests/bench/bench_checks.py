"""How long the checks of a plan of 350 measures take, and of one line while somebody types.

Run by `make bench`, on a SQLite file made for the occasion. Every line reports longer prose than most cities write.
"""

import os
import sys
import tempfile
from collections import Counter
from pathlib import Path
from time import perf_counter, process_time

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))
VAR = tempfile.TemporaryDirectory(prefix="tomoni-bench-")
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
os.environ["TOMONI_TEST_DATABASE"] = f"sqlite:///{VAR.name}/bench.sqlite3"

import django  # noqa: E402 - the settings are chosen above

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from tests import make  # noqa: E402
from tomoni.checks.selectors.findings import findings_for, findings_of_plan  # noqa: E402
from tomoni.plans.models import Line, Plan, Progress  # noqa: E402
from tomoni.tenants.scope import scope  # noqa: E402

MEASURES = 350
DONE = "{year}年度は市民協働の講座を{n}回開き、延べ{people}人が参加しました。【参加者数】①{a}人②{b}人 計{people}人。参加した人の多くが続けたいと答えました。"
AFTER = "参加した人に話を聞き、次の年度は{place}でも開きます。案内の方法を見直し、若い世代にも声をかけます。"
PLACES = ("図書館", "小学校の体育館", "駅前の広場", "商店街の空き店舗", "公民館")


def say(line: str) -> None:
    """One line of the report."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def filled() -> Plan:
    """A plan of 350 measures, 420 lines and four years, in which no two texts are quite the same."""
    plan = make.plan(title="350", measures=MEASURES)
    rows = list(Progress.objects.filter(line__measure__plan=plan))
    for n, row in enumerate(rows):
        a, b = 20 + n % 50, 30 + n % 40
        place = PLACES[(n + row.year) % len(PLACES)]
        row.results = DONE.format(year=row.year, n=n % 9 + 2, people=a + b, a=a, b=b) + f"会場は{place}でした。" * (
            n % 4 + 1
        )
        row.next_action = AFTER.format(place=PLACES[(n * 3 + row.year) % len(PLACES)])
    Progress.objects.bulk_update(rows, ["results", "next_action"], batch_size=200)
    return plan


def timed(plan: Plan) -> None:
    """The whole plan, and one line with a draft: the best of five runs, by the clock and in processor time."""
    whole, worked, typed = [], [], []
    line = Line.objects.filter(measure__plan=plan).select_related("measure__plan").first()
    draft = {"status": "on_track", "results": "講座を5回開き、延べ120人が参加しました。", "next_action": ""}
    assert line is not None
    for _ in range(5):
        begun, busy = perf_counter(), process_time()
        found = findings_of_plan(plan)
        whole.append(perf_counter() - begun)
        worked.append(process_time() - busy)
        begun = perf_counter()
        findings_for(line, 2020, draft)
        typed.append(perf_counter() - begun)
    with CaptureQueriesContext(connection) as seen:
        findings_of_plan(plan)
    rules = ", ".join(f"{rule} {n}" for rule, n in sorted(Counter(each.finding.rule for each in found).items()))
    say(
        f"checks of {MEASURES} measures, 4 years: {min(whole):.2f} s (at most 3), processor {min(worked):.2f} s, {len(seen)} queries"
    )
    say(f"findings: {rules}")
    say(f"checks of one line while typing: {1000 * min(typed):.0f} ms")


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    with scope(make.city()), transaction.atomic():
        make.rulebook()
        timed(filled())
    VAR.cleanup()
