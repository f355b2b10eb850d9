"""A plan as CSV and JSON: the same lines under the same filter, and nothing a spreadsheet would compute."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import make
from tomoni.plans.exports import RISKY, neutral

DOCS = Path(__file__).parents[2] / "docs" / "plan-data.md"


@pytest.fixture
def plan(city):
    """Two measures, the first read from a file and written like a formula, the second relisted."""
    made = make.plan(years=(2019, 2020))
    pillar = make.heading(made, "育てる")
    goal = make.heading(made, "知らせる", number="(1)", under=pillar)
    batch = make.batch(made, b"x", committed_at=make.NOON)
    measure = make.measure(made, "=HYPERLINK(1)", heading=goal, is_priority=True, batch=batch, sources={"title": "B3"})
    line = make.line(measure, "道路課", related=["防犯課"])
    make.progress(line, 2019, "off_track", status_text="B", results='+1,"2"', sources={"results": "D3"}, batch=batch)
    make.schedule(measure, 2019, "拡充")
    make.figure(measure, 2019, 2.5, label="街灯", unit="基", source_at="D3", batch=batch)
    make.measure(made, "再び", number="2", heading=pillar, relisted_of=measure, description="")
    return make.touched(made)


def table(answer):
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_the_table_has_a_row_for_each_line_and_year_and_begins_with_who_publishes_it(client, plan):
    answer = client.get(f"/midorino/plans/{plan.pk}.csv")

    assert answer.content.startswith(
        b"\xef\xbb\xbf" + "全国地方公共団体コード,地方公共団体名,計画,柱,目標,番号,取組,重点,再掲のもと".encode()
    )
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == f'attachment; filename="midorino-plan-{plan.pk}.csv"'
    rows = table(answer)
    assert [(r["番号"], r["年度（西暦）"], r["進捗状況（記号）"], r["進捗状況"]) for r in rows] == [
        ("1", "2019", "off_track", "遅れ気味"),
        ("1", "2020", "", "この年度の記録がありません"),
        ("2", "", "", ""),
    ]
    assert rows[0] == {
        "全国地方公共団体コード": "139998",
        "地方公共団体名": "みどり野市",
        "計画": "あかり計画",
        "柱": "1 育てる",
        "目標": "(1) 知らせる",
        "番号": "1",
        "取組": "'=HYPERLINK(1)",
        "重点": "1",
        "再掲のもと": "",
        "担当課": "道路課",
        "関係課": "防犯課",
        "内容": "市の職員が出向いて話します。",
        "年度（西暦）": "2019",
        "年度": "令和元年度",
        "計画（年度）": "拡充",
        "進捗状況（記号）": "off_track",
        "進捗状況": "遅れ気味",
        "進捗状況（もとの表記）": "B",
        "実績": '\'+1,"2"',
        "課題": "",
        "次年度の取組": "",
        "備考": "",
        "もとの表の場所": "results=D3",
    }


@given(st.text())
def test_no_cell_begins_like_a_formula_and_nothing_else_is_changed(text):
    cell = neutral(text)

    assert not cell.startswith(RISKY)
    assert cell in {text, f"'{text}"}


def test_every_row_of_the_table_is_as_long_as_its_head(client, city):
    plan = make.plan(measures=20)

    rows = list(csv.reader(io.StringIO(client.get(f"/midorino/plans/{plan.pk}.csv").content.decode("utf-8-sig"))))

    assert {len(row) for row in rows} == {23}
    assert len(set(rows[0])) == 23


def test_json_names_every_value_and_its_place_in_the_file(client, plan):
    said = client.get(f"/midorino/plans/{plan.pk}.json").json()

    batch = said["measures"][0]["source"]
    assert (said["format"], said["city"], said["plan"]["years"]) == (
        "tomoni-plan/1",
        {"code": "139998", "name": "みどり野市"},
        [2019, 2020],
    )
    assert [(h["level"], h["number"], h["title"]) for h in said["headings"]] == [
        ("柱", "1", "育てる"),
        ("目標", "(1)", "知らせる"),
    ]
    first, again = said["measures"]
    assert (first["title"], first["sources"], again["relisted_of"]) == ("=HYPERLINK(1)", {"title": "B3"}, first["id"])
    assert first["schedule"] == {"2019": "拡充"}
    assert first["figures"] == [
        {"year": 2019, "label": "街灯", "value": 2.5, "unit": "基", "at": "D3", "source": batch}
    ]
    assert first["lines"] == [
        {
            "leads": ["道路課"],
            "related": ["防犯課"],
            "years": {
                "2019": {
                    "status": "off_track",
                    "open_because": None,
                    "status_text": "B",
                    "results": '+1,"2"',
                    "issues": "",
                    "next_action": "",
                    "remarks": "",
                    "sources": {"results": "D3"},
                    "source": batch,
                }
            },
        }
    ]


def test_files_hold_what_the_page_shows_under_the_same_filter(client, city):
    plan = make.plan()
    make.line(make.measure(plan, "夜道のあかり"), "道路課", statuses=["on_track", "off_track"])
    make.line(make.measure(plan, "ＮＰＯの窓口"), "市民協働課", statuses=["on_track"])
    make.touched(plan)

    assert {r["取組"] for r in table(client.get(f"/midorino/plans/{plan.pk}.csv?q=npo"))} == {"ＮＰＯの窓口"}
    rows = table(client.get(f"/midorino/plans/{plan.pk}.csv?status=off_track&year=2018"))
    assert [(r["取組"], r["年度（西暦）"]) for r in rows] == [("夜道のあかり", "2018")]
    said = client.get(f"/midorino/plans/{plan.pk}.json?department={make.department('道路課').pk}").json()
    assert [m["title"] for m in said["measures"]] == ["夜道のあかり"]


def test_other_endings_and_plans_in_preparation_are_nowhere(client, plan):
    assert client.get(f"/midorino/plans/{plan.pk}.xml").status_code == 404
    plan.is_public = False
    plan.save()
    assert client.get(f"/midorino/plans/{plan.pk}.csv").status_code == 404


def test_handing_out_a_plan_takes_the_same_few_queries_for_any_size(client, city, django_assert_max_num_queries):
    taken = []
    for count in (35, 350):
        plan = make.plan(title=f"{count}", measures=count)
        with django_assert_max_num_queries(13) as queries:
            assert client.get(f"/midorino/plans/{plan.pk}.json").status_code == 200
        taken.append(len(queries))

    assert taken[0] == taken[1]


def test_the_documentation_names_every_key_of_the_json(client, plan):
    def keys(value):
        if isinstance(value, list):
            return {key for each in value for key in keys(each)}
        if isinstance(value, dict):
            return set(value) | {key for each in value.values() for key in keys(each)}
        return set()

    said = json.loads(client.get(f"/midorino/plans/{plan.pk}.json").content)
    documented = set(re.findall(r"`([a-z_]+)`", DOCS.read_text()))
    variable = {"2019", "title", *said["statuses"], *said["measures"][0]["lines"][0]["years"]["2019"]["sources"]}

    assert keys(said) - documented - variable == set()
