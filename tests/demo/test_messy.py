"""A clean plan becomes the sheet a city would hand over: each slip spoils what it names, and nothing else."""

from tomoni.portal.demo.clean import CleanHeading, CleanLine, CleanMeasure, CleanPlan, YearEntry
from tomoni.portal.demo.messy import FIXED, MeasureSlips, Mess, PageSlips, mess_up

DESCRIPTION = "花壇をみんなで世話します。"


def entry(year: int, **given: str) -> YearEntry:
    return YearEntry(
        **{"status": "on_track", "results": f"{year}年に植えた。", "next": f"{year}年の次も植える。"} | given
    )


def garden(number: str, *leads: str, years: tuple[int, ...] = (2018, 2019)) -> CleanMeasure:
    return CleanMeasure(
        number=number,
        title=f"花いっぱい{number}",
        description=DESCRIPTION,
        schedule=("実施", "実施"),
        lines=tuple(CleanLine(leads=(lead,), years={year: entry(year) for year in years}) for lead in leads),
    )


def plan_of(*measures: CleanMeasure) -> CleanPlan:
    goal = CleanHeading(number="1", title="緑を増やす", measures=measures)
    return CleanPlan(
        title="みどり計画",
        sheet_title="みどり計画～進行管理シート",
        years=(2018, 2019),
        levels=("推進方策", "目標"),
        statuses={"on_track": "計画通りに進んでいる"},
        headings=(CleanHeading(number="1", title="まちを育てる", children=(goal,)),),
    )


def rows_of(
    *measures: CleanMeasure, page: PageSlips | None = None, slips: MeasureSlips | None = None, **more: object
) -> list[list[str]]:
    """Rows of one page without its title and head, as far as they are filled."""
    page = page or PageSlips(last=measures[-1].number, width=20, head="long")
    given = {"1": slips} if slips else {}
    leaf = mess_up(plan_of(*measures), Mess(pages=(page,), measures=given, **more))
    return [until_last(row) for row in leaf.rows[6:]]


def until_last(row: list[str]) -> list[str]:
    filled = [place for place, cell in enumerate(row) if cell]
    return row[: filled[-1] + 1] if filled else []


ON_TRACK = "計画通りに進んでいる"
FIRST_YEAR = [ON_TRACK, "2018年に植えた。", "", "2018年の次も植える。", ""]
SECOND_YEAR = [ON_TRACK, "2019年に植えた。", "", "2019年の次も植える。"]
FIXED_PART = ["1", "花いっぱい1", "公園課", "", DESCRIPTION, "実施", "実施"]


def test_a_page_without_slips_is_the_plan_row_by_row():
    rows = rows_of(garden("1", "公園課"))

    assert rows == [["推進方策1 まちを育てる"], ["目標(1)緑を増やす"], [*FIXED_PART, *FIRST_YEAR, *SECOND_YEAR]]


def test_title_and_head_stand_on_every_page():
    pages = (PageSlips(last="1", width=20, head="long"), PageSlips(last="2", width=25, head="short", wave="~"))
    leaf = mess_up(plan_of(garden("1", "公園課"), garden("2", "公園課")), Mess(pages=pages))

    titles = [(place, row[0]) for place, row in enumerate(leaf.rows) if row[0].startswith("みどり計画")]
    assert titles == [(1, "みどり計画～進行管理シート"), (10, "みどり計画~進行管理シート")]
    assert [row[0] for row in leaf.rows].count("No") == 2


def test_on_a_drifting_page_what_follows_an_empty_cell_moves_to_the_left():
    rows = rows_of(garden("1", "公園課"), page=PageSlips(last="1", width=20, head="long", drift=True))

    assert rows[2][7:] == [cell for cell in [*FIRST_YEAR, *SECOND_YEAR] if cell]


def test_a_lost_number_leaves_an_empty_cell():
    rows = rows_of(garden("1", "公園課"), slips=MeasureSlips(number_lost=True))

    assert rows[2][:2] == ["", "花いっぱい1"]


def test_a_shifted_row_stands_one_cell_to_the_right():
    rows = rows_of(garden("1", "公園課"), slips=MeasureSlips(shifted=True))

    assert rows[2] == ["", *FIXED_PART, *FIRST_YEAR, *SECOND_YEAR]


def test_a_lost_cell_moves_the_row_to_the_left():
    rows = rows_of(garden("1", "公園課"), slips=MeasureSlips(lost_cell=True))

    assert rows[2][:5] == ["1", "花いっぱい1", "公園課", DESCRIPTION, "実施"]


def test_two_departments_in_one_cell_leave_the_second_row_its_years_only():
    rows = rows_of(garden("1", "公園課", "学校課"), slips=MeasureSlips(departments_together=True))

    assert rows[2][2] == "公園課 学校課"
    assert rows[3] == [*[""] * FIXED, *FIRST_YEAR, *SECOND_YEAR]


def test_a_department_below_stands_in_the_column_of_the_schedule():
    rows = rows_of(garden("1", "公園課", "学校課"), slips=MeasureSlips(department_below=True))

    assert rows[3][:9] == ["", "", "", "", "", "学校課", DESCRIPTION, "実施", "実施"]


def test_a_looped_row_reads_its_last_year_again_and_breaks_off_at_a_status():
    rows = rows_of(garden("1", "公園課"), slips=MeasureSlips(loops=2))

    last = [ON_TRACK, "2019年に植えた。", "2019年の次も植える。"]
    assert rows[2][-10:] == [*last, *last, *last, ON_TRACK]
    assert rows[2].count(ON_TRACK) == 5


def test_a_year_without_a_record_leaves_its_place_empty():
    rows = rows_of(garden("1", "公園課", years=(2019,)))

    assert rows[2][7:12] == ["", "", "", "", ""]
    assert rows[2][12:] == SECOND_YEAR


def test_misread_words_are_misread_on_their_page_only():
    pages = (
        PageSlips(last="1", width=20, head="long", misread={"進んで": "入って"}),
        PageSlips(last="2", width=20, head="long"),
    )
    leaf = mess_up(plan_of(garden("1", "公園課"), garden("2", "公園課")), Mess(pages=pages))

    statuses = [cell for row in leaf.rows for cell in row if cell.startswith("計画通りに")]
    assert statuses == ["計画通りに入っている"] * 2 + [ON_TRACK] * 2


def test_a_stray_row_follows_its_measure():
    rows = rows_of(garden("1", "公園課"), slips=MeasureSlips(stray=("", "見当違い", "公園課")))

    assert rows[3] == ["", "見当違い", "公園課"]


def test_a_heading_may_stand_in_another_column_and_once_more_at_the_foot():
    page = PageSlips(last="1", width=20, head="long", spaced=True, again="目標(1) 緑を増やす")
    rows = rows_of(garden("1", "公園課"), page=page, heading_columns={"目標(1) 緑を増やす": 4})

    assert rows[1] == ["", "", "", "", "目標(1) 緑を増やす"]
    assert rows[-1] == ["", "", "", "", "目標(1) 緑を増やす"]


def test_only_the_first_pages_head_is_merged():
    page = PageSlips(last="1", width=20, head="long", merged=True)
    leaf = mess_up(plan_of(garden("1", "公園課")), Mess(pages=(page,)))

    assert leaf.merges[0] == (1, 0, 1, 19)
    assert (3, 0, 5, 0) in leaf.merges
    assert len(leaf.merges) == 7
