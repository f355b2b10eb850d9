"""A large sheet is committed in a number of queries that does not grow with it, and within seconds."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.plans.importing import papers
from tomoni.kernel.clock import now
from tomoni.parties.permissions import Role
from tomoni.plans.importing.undo import undo
from tomoni.plans.models import Progress

YEARS = (2017, 2018, 2019, 2020)


def large(measures: int):
    return papers.document(
        [
            papers.measure(
                str(n + 1),
                f"市民と進める取組その{n + 1}",
                at=f"B{n + 10}",
                description=papers.text("地域の団体と市が役割を分けて進める。", f"E{n + 10}"),
                schedule={str(year): "継続実施" for year in YEARS},
                lines=[
                    papers.line(
                        f"第{n % 9}課",
                        years={
                            year: papers.year(
                                at=f"I{n + 10}",
                                results=papers.text(f"{year}年度は{n}回開いた。", f"J{n + 10}"),
                                issues=papers.text("知る人が少ない。", f"K{n + 10}"),
                            )
                            for year in YEARS
                        },
                    )
                ],
            )
            for n in range(measures)
        ]
    )


def queries(measures: int, division) -> int:
    batch = papers.batch(large(measures), title=f"計画{measures}", content=str(measures).encode())
    with CaptureQueriesContext(connection) as captured:
        papers.commit_now(batch, by=division)
    return len(captured)


def test_a_sheet_of_350_measures_and_four_years_is_committed_and_undone(seat):
    _, _, division = seat("division", Role.DIVISION)
    batch = papers.batch(large(350))

    papers.commit_now(batch, by=division)

    assert Progress.objects.count() == 1400
    batch.refresh_from_db()
    undo(batch, revision=batch.revision, at=now(), by=division)

    assert Progress.objects.count() == 0


def test_rows_are_written_in_portions_and_not_one_by_one(seat):
    _, _, division = seat("division", Role.DIVISION)

    assert queries(40, division) - queries(20, division) <= 3
