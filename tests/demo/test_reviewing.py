"""The decisions a person with the plan on their desk would take, told from a reading and the plan."""

from typing import Any

from tomoni.imports.services import Decided
from tomoni.portal.demo.clean import CleanHeading, CleanLine, CleanMeasure, CleanPlan, YearEntry
from tomoni.portal.demo.reviewing import review

PLAN = CleanPlan(
    title="みどり計画",
    sheet_title="みどり計画",
    years=(2018, 2019),
    levels=("目標",),
    statuses={"on_track": "順調", "off_track": "遅れ"},
    headings=(
        CleanHeading(
            number="1",
            title="緑を増やす",
            measures=(
                CleanMeasure(
                    number="1",
                    title="花壇づくり",
                    lines=(
                        CleanLine(
                            leads=("公園課",),
                            years={
                                2018: YearEntry(status="on_track", results="花を植えた。", next="水をやる。"),
                                2019: YearEntry(status="off_track", results="水が足りなかった。"),
                            },
                        ),
                    ),
                ),
            ),
        ),
    ),
)
HERE = "/measures/0/lines/0/years"


def year(status: str | None = None, **texts: str) -> dict[str, Any]:
    told = {name: {"text": texts[name], "at": "E4"} if name in texts else None for name in TEXTS}
    return {"status": status, "status_at": "D4", **told}


TEXTS = ("results", "issues", "next_action", "remarks")


def reading(*, first: dict[str, Any], second: dict[str, Any], unplaced: tuple[tuple[str, str], ...] = ()) -> Any:
    line = {"years": {"2018": first, "2019": second}}
    return {
        "measures": [{"number": "1", "relisted_of": None, "lines": [line]}],
        "unplaced": [{"at": at, "text": text} for at, text in unplaced],
    }


RIGHT_2018 = year("on_track", results="花を植えた。", next_action="水をやる。")
RIGHT_2019 = year("off_track", results="水が足りなかった。")


def test_a_right_reading_needs_no_decision():
    assert review(reading(first=RIGHT_2018, second=RIGHT_2019), PLAN) == []


def test_an_open_status_that_the_plan_knows_is_settled():
    document = reading(first=RIGHT_2018, second=year(None, results="水が足りなかった。"))

    assert review(document, PLAN) == [Decided(f"{HERE}/2019/status", "correct", "off_track")]


def test_a_status_the_plan_leaves_blank_is_opened_again():
    plan = PLAN.model_copy(deep=True)
    plan.headings[0].measures[0].lines[0].years[2019] = YearEntry(results="水が足りなかった。")

    decided = review(reading(first=RIGHT_2018, second=RIGHT_2019), plan)

    assert decided == [Decided(f"{HERE}/2019/status", "open", None)]


def test_a_text_without_a_place_is_carried_to_its_field():
    document = reading(
        first=year("on_track", results="花を植えた。"), second=RIGHT_2019, unplaced=(("F4", "水をやる。"),)
    )

    assert review(document, PLAN) == [Decided("/unplaced/0", "correct", {"to": f"{HERE}/2018/next_action"})]


def test_a_text_of_another_row_is_not_taken():
    document = reading(
        first=year("on_track", results="花を植えた。"), second=RIGHT_2019, unplaced=(("F9", "水をやる。"),)
    )

    assert review(document, PLAN) == [Decided(f"{HERE}/2018/next_action", "correct", "水をやる。")]


def test_a_measure_to_be_left_is_not_looked_at():
    document = reading(first=year(), second=year())

    assert review(document, PLAN, leave=frozenset({"1"})) == []
