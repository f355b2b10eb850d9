"""How long the papers of a year take: a plan of 35 measures and four years as workbook and as print.

Run by `make bench`. The data are read from a SQLite file made for the occasion; each form is made three times, the best counts.
"""

import os
import sys
import tempfile
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))
VAR = tempfile.TemporaryDirectory(prefix="tomoni-bench-")
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
os.environ["TOMONI_TEST_DATABASE"] = f"sqlite:///{VAR.name}/bench.sqlite3"

import django  # noqa: E402 - the settings are chosen above

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from tests import make  # noqa: E402
from tomoni.imports.reading.read import read  # noqa: E402
from tomoni.papers.making.files import FORMS  # noqa: E402
from tomoni.papers.selectors.content import content_of  # noqa: E402
from tomoni.plans.sheet.recognise import recognise  # noqa: E402
from tomoni.tenants.scope import scope  # noqa: E402

MEASURES, YEARS, LIMIT = 35, (2017, 2018, 2019, 2020), 2.0
TEXT = "市民と一緒に講座を開き、終わった後に感想を聞いた。参加した人の声を次の講座に生かす。" * 2


def best(work, times: int = 3) -> float:
    """The shortest of a few runs, in seconds."""
    found = []
    for _ in range(times):
        began = perf_counter()
        work()
        found.append(perf_counter() - began)
    return min(found)


def plan():
    """35 measures, two departments in every fifth, four texts in each of four years."""
    made = make.plan(measures=MEASURES, years=YEARS)
    from tomoni.plans.models import Line, Progress

    for line in Line.objects.filter(measure__plan=made):
        for year in YEARS:
            Progress.objects.update_or_create(
                line=line,
                year=year,
                defaults={"status": "on_track", "results": TEXT, "issues": TEXT, "next_action": TEXT, "remarks": TEXT},
            )
    return made


def main() -> int:
    """Print what was measured; 1 when the sheet takes longer than it may."""
    call_command("migrate", verbosity=0)
    slow = 0
    with scope(make.city()):
        make.rulebook()
        made = plan()
        with CaptureQueriesContext(
            connection,
        ) as seen:
            content = content_of(made, max(YEARS))
        print(
            f"data of {MEASURES} measures x {len(YEARS)} years: {best(lambda: content_of(made, max(YEARS))):.2f} s, {len(seen)} queries"
        )
        for form in FORMS:
            seconds = best(lambda form=form: form.make(content, "第1版"))
            size = len(form.make(content, "第1版"))
            print(f"{form.key}.{form.ending}: {seconds:.2f} s, {size / 1024:,.0f} KB (limit {LIMIT:.0f} s)")
            slow += seconds > LIMIT
        sheet = FORMS[0].make(content, "")
        print(f"reading sheet.xlsx again: {best(lambda: recognise(read(sheet, name='x.xlsx'))):.2f} s")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
