"""The pages of one measure, one heading, one department, and the sheet they came from."""

import re
from datetime import date

import pytest
from django.core.cache import cache

from tests import make
from tomoni.imports.kept import kept_grid
from tomoni.imports.reading.read import read
from tomoni.parties.actor import program
from tomoni.parties.models import SuccessionKind
from tomoni.parties.permissions import Role
from tomoni.parties.services import succeed
from tomoni.plans.models import Heading, LineDepartment
from tomoni.plans.services import assess, relist, touch

SHEET = "灯里市あかり計画\n番号,取組,担当課,R1実績\n7,夜道を明るくする,道路課,街灯を3つ増やした。\n,,,メモ\n".encode()
CELLS = {
    "A1": "furniture",
    "A2": "header",
    "B2": "header",
    "C2": "header",
    "D2": "header",
    "A3": "/measures/0/number",
    "B3": "/measures/0/title",
    "C3": "/measures/0/lines/0/leads",
    "D3": ["/measures/0/lines/0/years/2019/results", "/numbers/0"],
    "D4": "unplaced",
}
DOCUMENT = {
    "measures": [{"at": "B3"}],
    "corrections": [
        {"at": "D3", "from": "街灯を３つ増やした。", "to": "街灯を3つ増やした。"},
        {"at": "Z9", "from": "x", "to": "y"},
    ],
    "cells": CELLS,
}


@pytest.fixture(autouse=True)
def _nothing_kept():
    cache.clear()


@pytest.fixture
def plan(city):
    return make.plan(years=(2018, 2019, 2020))


@pytest.fixture
def batch(plan):
    return make.batch(plan, SHEET, document=DOCUMENT, grid=kept_grid(read(SHEET, name="a.csv")), committed_at=make.NOON)


@pytest.fixture
def lamp(plan, batch):
    """A measure read from the sheet: one line, one year from the file and one a person wrote."""
    pillar = make.heading(plan, "安心してくらす", number="2")
    measure = make.measure(
        plan,
        "夜道を明るくする",
        number="7",
        heading=pillar,
        batch=batch,
        sources={"title": "B3"},
        description="街灯を増やします。",
    )
    line = make.line(measure, "道路課", related=["防犯課"])
    make.progress(
        line, 2019, "", status_text="○", results="街灯を3つ増やした。", sources={"results": "D3"}, batch=batch
    )
    make.progress(line, 2020, "off_track", status_text="B", issues="部品が足りない。\n来年も続ける。")
    make.schedule(measure, 2021, "拡充")
    for year, value in ((2018, 2), (2019, 3)):
        make.figure(measure, year, value, label="街灯", unit="基", source_at="D3", batch=batch)
    return measure


def text_of(answer):
    body = re.sub(r"<(script|style)[^>]*>.*?</\1>", "", answer.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


def page(client, measure):
    return client.get(f"/midorino/plans/{measure.plan_id}/measures/{measure.pk}/")


def test_a_measure_tells_its_story_newest_year_first(client, lamp):
    text = text_of(page(client, lamp))

    assert "7 夜道を明るくする" in text
    assert "担当課: 道路課 関係課: 防犯課" in text
    years = ["令和2年度 遅れ気味", "令和元年度 未読取", "平成30年度 記録なし"]
    assert [text.index(year) for year in years] == sorted(text.index(year) for year in years)
    assert "表の記載は「B」" in text
    assert "表の記載は「○」" in text
    assert "実績 街灯を3つ増やした。 もとの表の D3" in text
    assert "課題 部品が足りない。 来年も続ける。" in text
    assert "令和3年度 拡充" in text


def test_every_value_from_a_file_leads_to_its_cell(client, lamp, batch):
    html = page(client, lamp).content.decode()

    assert f'href="/midorino/plans/{lamp.plan_id}/source/{batch.pk}/?at=D3#D3"' in html
    assert "Z9" not in html
    assert "「街灯を３つ増やした。」を「街灯を3つ増やした。」と読みました。" in html


def test_figures_of_two_years_are_drawn_with_words_and_the_same_numbers_as_a_table(client, lamp):
    html = page(client, lamp).content.decode()

    assert '<title id="s1-t">街灯</title>' in html
    assert '<desc id="s1-d">平成30年度 2基、令和元年度 3基。</desc>' in html
    assert html.count('class="dot"') == 2
    assert '<th scope="row">令和元年度</th><td class="number">3基</td><td>街灯を3つ増やした。' in html
    assert re.search(r'平成30年度</th><td class="number">2基</td><td>\s*<a class="place"', html)


def test_a_figure_of_one_year_is_listed_and_not_drawn(client, plan):
    measure = make.measure(plan)
    make.figure(measure, 2019, 12, label="説明会", unit="回")

    html = page(client, measure).content.decode()

    assert '<svg class="chart"' not in html
    assert "令和元年度 説明会 12回" in html


def test_a_measure_with_two_departments_has_two_stories(client, plan):
    measure = make.measure(plan)
    make.line(measure, "指導課", statuses=["on_track"])
    make.line(measure, "青少年課", statuses=["done"])

    text = text_of(page(client, measure))

    assert text.index("指導課の記録") < text.index("青少年課の記録")
    assert "年間の記録" not in text


def test_a_relisted_measure_leads_to_its_original_and_back(client, plan):
    original = make.measure(plan, heading=make.heading(plan, "育てる"))
    again = relist(original, under=make.heading(plan, "つなぐ", number="2"), by=program("test"))

    assert (
        f'href="/midorino/plans/{plan.pk}/measures/{original.pk}/">1 出前講座で協働を伝える</a>'
        in page(client, again).content.decode()
    )
    assert (
        f'href="/midorino/plans/{plan.pk}/measures/{again.pk}/">柱2 つなぐ</a>'
        in page(client, original).content.decode()
    )


def test_a_committees_view_stands_on_the_measure_and_on_the_heading(client, lamp):
    body = make.group("あかり推進会議")
    assess(lamp, committee=body, year=2020, rating="B", opinion="<b>急ぐこと。</b>", by=program("test"))
    assess(lamp.heading, committee=body, year=2019, rating="A", by=program("test"))

    assert "委員会の評価 令和2年度 B &lt;b&gt;急ぐこと。&lt;/b&gt; あかり推進会議" in text_of(page(client, lamp))
    heading = client.get(f"/midorino/plans/{lamp.plan_id}/headings/{lamp.heading_id}/")
    assert "委員会の評価 令和元年度 A あかり推進会議" in text_of(heading)


def test_measures_follow_each_other(client, plan):
    one, two, three = (make.measure(plan, f"取組{n}") for n in (1, 2, 3))

    text = text_of(page(client, two))

    assert "前へ: 1 取組1" in text
    assert "次へ: 3 取組3" in text
    assert "前へ:" not in text_of(page(client, one))
    assert "次へ:" not in text_of(page(client, three))


def test_a_heading_counts_its_lines_for_each_year(client, plan):
    pillar = make.heading(plan)
    goal = make.heading(plan, "知らせる", number="(1)", under=pillar)
    other = make.heading(plan, "つなぐ", number="2")
    make.line(make.measure(plan, heading=goal), statuses=["on_track", "done", "off_track"])
    make.line(make.measure(plan, heading=pillar), statuses=["not_started", "changed", ""])
    make.line(make.measure(plan, "よその取組", heading=other), statuses=["on_track"])

    answer = client.get(f"/midorino/plans/{plan.pk}/headings/{pillar.pk}/")

    text = text_of(answer)
    assert "平成30年度 2 1 0 1 0 令和元年度 2 1 1 0 0 令和2年度 2 0 1 0 1" in text
    assert "よその取組" not in text
    assert "次へ: 柱2 つなぐ" in text
    assert f'href="/midorino/plans/{plan.pk}/headings/{goal.pk}/">目標(1) 知らせる</a>' in answer.content.decode()


def test_a_heading_without_measures_says_so(client, plan):
    heading = make.heading(plan)

    assert "まだ取組がありません" in text_of(client.get(f"/midorino/plans/{plan.pk}/headings/{heading.pk}/"))


def test_a_department_shows_what_it_leads_where_it_takes_part_and_what_became_of_it(client, lamp):
    road = LineDepartment.objects.get(line__measure=lamp, is_lead=True).party
    heir = make.department("まちづくり課")
    succeed(road, heir, kind=SuccessionKind.RENAMED, on=date(2021, 4, 1), note="組織の見直し")

    text = text_of(client.get(f"/midorino/plans/departments/{road.pk}/"))

    assert "道路課 いまはない課" in text
    assert "令和3年4月1日 名称変更: 道路課 → まちづくり課 組織の見直し" in text
    assert "担当課 7 夜道を明るくする" in text
    helper = LineDepartment.objects.get(line__measure=lamp, is_lead=False).party
    assert "関係課 7 夜道を明るくする" in text_of(client.get(f"/midorino/plans/departments/{helper.pk}/"))
    assert "受け持つ取組はありません" in text_of(client.get(f"/midorino/plans/departments/{heir.pk}/"))
    assert client.get(f"/midorino/plans/departments/{make.group().pk}/").status_code == 404


def test_the_original_sheet_is_shown_as_it_stood_with_what_became_of_each_cell(client, lamp, batch):
    html = client.get(f"/midorino/plans/{lamp.plan_id}/source/{batch.pk}/?at=D3").content.decode()

    assert '<td id="A1" class="furniture">灯里市あかり計画</td>' in html
    assert (
        f'<td id="B3" class="value"><a href="/midorino/plans/{lamp.plan_id}/measures/{lamp.pk}/">夜道を明るくする</a></td>'
        in html
    )
    assert '<td id="D3" class="value here">' in html
    assert '<td id="D4" class="unplaced">メモ</td>' in html
    assert '<a href="#D3">D3のセルへ</a>' in html
    assert "令和8年4月1日に計画に反映した表です。" in html


def test_a_sheet_that_is_not_in_force_is_shown_to_staff_alone(client, lamp, batch, seat):
    batch.committed_at = None
    batch.save()
    address = f"/midorino/plans/{lamp.plan_id}/source/{batch.pk}/"

    answer = client.get(address)

    assert answer.status_code == 403
    assert "この表は、まだ公開されていません。" in text_of(answer)
    assert "街灯" not in answer.content.decode()
    client.force_login(seat("taro", Role.OFFICER)[0])
    assert client.get(address).status_code == 200


def test_sheets_nothing_was_taken_from_stay_closed(client, lamp, batch):
    batch.grid = [
        {"name": "計画", "rows": [[2, [[1, "夜道を明るくする"]]]]},
        {"name": "名簿", "rows": [[0, [[0, "ひみつ"]]]]},
    ]
    batch.document = {"measures": [{"at": "計画!B3"}], "cells": {"計画!B3": "/measures/0/title", "名簿!A1": "unplaced"}}
    batch.save()

    html = client.get(f"/midorino/plans/{lamp.plan_id}/source/{batch.pk}/?page=2").content.decode()

    assert 'id="計画!B3"' in html
    assert "ひみつ" not in html


def test_a_long_sheet_is_turned_over_in_pages_and_a_cell_opens_its_own(client, lamp, batch):
    batch.grid = [{"name": "", "rows": [[n, [[0, f"行{n + 1}"]]] for n in range(450)]}]
    batch.document = {"cells": {"A1": "/plan/title"}}
    batch.save()
    address = f"/midorino/plans/{lamp.plan_id}/source/{batch.pk}/"

    assert "3ページのうち1ページ目" in text_of(client.get(address))
    last = client.get(f"{address}?at=A430").content.decode()
    assert 'id="A430"' in last
    assert 'id="A400"' not in last
    assert "3ページのうち3ページ目" in text_of(client.get(f"{address}?page=99"))
    assert "3ページのうち1ページ目" in text_of(client.get(f"{address}?at=<x>"))


def test_a_file_of_another_plan_is_nowhere(client, lamp, batch):
    other = make.plan(title="別の計画")

    assert client.get(f"/midorino/plans/{other.pk}/source/{batch.pk}/").status_code == 404


def test_the_home_of_a_city_shows_its_newest_plan_in_short(client, city):
    assert "の進みぐあいです。" not in text_of(client.get("/midorino/"))
    old, new = make.plan(title="前の計画", years=(2013, 2014)), make.plan(title="今の計画", years=(2019, 2020))
    make.line(make.measure(new), statuses=["on_track", "done"])
    touch(new)

    text = text_of(client.get("/midorino/"))

    assert "今の計画 の進みぐあいです。 令和2年度の取組 1 行（1取組） 順調・済んだ 1 100%" in text
    assert old.title not in text
    assert Heading.objects.count() == 0
