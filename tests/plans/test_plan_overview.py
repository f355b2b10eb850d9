"""The public pages of a plan: exact content, filters, the same number of queries whatever the size."""

import re

import pytest
from django.core.cache import cache

from tests import make
from tomoni.parties.permissions import Role
from tomoni.plans.models import Plan
from tomoni.plans.services import touch
from tomoni.tenants.scope import scope


@pytest.fixture(autouse=True)
def _nothing_kept():
    cache.clear()


@pytest.fixture
def small(city):
    """Two pillars, three measures and a relisted one; four lines in four years."""
    plan = make.plan()
    one = make.heading(plan)
    goal = make.heading(plan, "伝わる知らせ方", number="(1)", under=one)
    two = make.heading(plan, "支える人をつなぐ", number="2")
    talk = make.measure(plan, "出前講座で協働を伝える", heading=goal, is_priority=True)
    make.line(talk, "市民協働課", related=["広報課"], statuses=["on_track", "off_track", "on_track", "on_track"])
    heirs = make.measure(plan, "次の担い手を育てる", heading=goal)
    make.line(heirs, "指導課", statuses=["on_track", "on_track", "on_track", ""])
    make.line(heirs, "青少年課", statuses=["on_track", "on_track", "off_track", "done"])
    npo = make.measure(plan, "ＮＰＯの窓口をひらく", heading=two, description="防災の相談も受けます。")
    make.line(npo, "市民協働課", statuses=["off_track", "changed"])
    make.measure(plan, "次の担い手を育てる", heading=two, number="4", relisted_of=heirs)
    return make.touched(plan)


def text_of(answer):
    """What a reader sees, in one line."""
    body = re.sub(r"<(script|style|select)[^>]*>.*?</\1>", "", answer.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


def rows_of(answer):
    """The cells of every row of the matrix as text."""
    table = answer.content.decode().split('class="matrix"', 1)[1].split("</table>", 1)[0]
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", table, flags=re.S)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, flags=re.S) for row in rows]
    return [[re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", cell)).strip() for cell in row] for row in cells]


def test_the_matrix_shows_every_line_under_its_heading_in_the_citys_own_words(client, small):
    answer = client.get(f"/midorino/plans/{small.pk}/")

    assert rows_of(answer) == [
        ["番号", "取組", "担当課", "H29", "H30", "R1", "R2"],
        ["柱1 市民の意識を育てる"],
        ["目標(1) 伝わる知らせ方"],
        ["1", "出前講座で協働を伝える 重点", "市民協働課", "順調", "遅れ気味", "順調", "順調"],
        ["2", "次の担い手を育てる", "指導課", "順調", "順調", "順調", "未記入"],
        ["青少年課", "順調", "順調", "遅れ気味", "済んだ"],
        ["柱2 支える人をつなぐ"],
        ["3", "ＮＰＯの窓口をひらく", "市民協働課", "遅れ気味", "計画変更", "記録なし", "記録なし"],
        ["4", "次の担い手を育てる 再掲", "もとの取組「2 次の担い手を育てる」"],
    ]


def test_the_overview_begins_with_the_figures_of_the_newest_year(client, small):
    page = text_of(client.get(f"/midorino/plans/{small.pk}/"))

    assert "計画の期間は、平成29年度から令和2年度までです。" in page
    assert "平成29年度から令和2年度までの取組が、どう進んだかを見られます。" in page
    assert "令和2年度の取組 4 行（3取組） 順調・済んだ 2 50% 遅れ気味・計画変更 0 前年度 1 状況が不明 2" in page


def test_a_status_that_a_file_does_not_yield_is_shown_as_unread(client, small):
    batch = make.batch(small, b"a,b\n")
    line = small.measures.get(number="3").lines.get()
    make.progress(line, 2019, "", status_text="●", batch=batch)
    touch(small)

    page = client.get(f"/midorino/plans/{small.pk}/")

    assert ["3", "ＮＰＯの窓口をひらく", "市民協働課", "遅れ気味", "計画変更", "未読取", "記録なし"] in rows_of(page)
    assert "うち未読取" not in text_of(page)
    assert "状況が不明 1 うち未読取 1" in text_of(client.get(f"/midorino/plans/{small.pk}/?year=2019"))


def found(client, plan, query):
    answer = client.get(f"/midorino/plans/{plan.pk}/{query}")
    return [row[1] if len(row) > 5 and row[0].isdigit() else row[0] for row in rows_of(answer)[1:]]


@pytest.mark.parametrize("q", ["防災", "npo", "NPO", "ＮＰＯ", "ｎｐｏ 防災"])
def test_words_are_found_in_any_width_and_of_two_letters(client, small, q):
    assert found(client, small, f"?q={q}") == ["柱2 支える人をつなぐ", "ＮＰＯの窓口をひらく"]


def test_all_words_must_be_in_one_measure(client, small):
    page = text_of(client.get(f"/midorino/plans/{small.pk}/?q=防災 出前"))

    assert "条件に合うものがありません" in page
    assert "0件の取組が見つかりました。" in page


def test_a_department_finds_what_it_leads_and_what_it_takes_part_in(client, small):
    pr, youth = make.department("広報課"), make.department("青少年課")

    assert found(client, small, f"?department={pr.pk}")[2:] == ["出前講座で協働を伝える 重点"]
    assert rows_of(client.get(f"/midorino/plans/{small.pk}/?department={youth.pk}"))[3:] == [
        ["2", "次の担い手を育てる", "青少年課", "順調", "順調", "遅れ気味", "済んだ"]
    ]


def test_a_status_is_looked_for_in_every_year_or_in_the_one_asked_for(client, small):
    assert [row[0] for row in rows_of(client.get(f"/midorino/plans/{small.pk}/?status=off_track"))[1:]] == [
        "柱1 市民の意識を育てる",
        "目標(1) 伝わる知らせ方",
        "1",
        "2",
        "柱2 支える人をつなぐ",
        "3",
    ]
    assert rows_of(client.get(f"/midorino/plans/{small.pk}/?status=off_track&year=2019")) == [
        ["番号", "取組", "担当課", "R1"],
        ["柱1 市民の意識を育てる"],
        ["目標(1) 伝わる知らせ方"],
        ["2", "次の担い手を育てる", "青少年課", "遅れ気味"],
    ]


def test_open_statuses_can_be_asked_for(client, small):
    assert [row[-1] for row in rows_of(client.get(f"/midorino/plans/{small.pk}/?status=open&year=2020"))[1:]] == [
        "柱1 市民の意識を育てる",
        "目標(1) 伝わる知らせ方",
        "未記入",
        "柱2 支える人をつなぐ",
        "記録なし",
    ]


def test_each_condition_can_be_taken_away_by_itself(client, small):
    html = client.get(f"/midorino/plans/{small.pk}/?q=講座&year=2019").content.decode()

    assert '<a href="?year=2019"><span>講座</span>' in html
    assert '<a href="?q=%E8%AC%9B%E5%BA%A7"><span>令和元年度</span>' in html
    assert 'value="講座"' in html
    assert f"/midorino/plans/{small.pk}.csv?q=%E8%AC%9B%E5%BA%A7&amp;year=2019" in html


@pytest.mark.parametrize(
    "query", ["?year=1900", "?status=gone", "?department=x", "?year=²", "?department=" + "9" * 40, "?q=%00"]
)
def test_conditions_that_make_no_sense_are_left_out(client, small, query):
    assert client.get(f"/midorino/plans/{small.pk}/{query}").status_code == 200


def test_texts_are_shown_as_texts(client, city):
    plan = make.plan(title="<b>計画</b>")
    heading = make.heading(plan, "<i>柱</i>")
    make.line(make.measure(plan, "<script>alert(1)</script>", heading=heading), "<u>課</u>", statuses=["on_track"])
    touch(plan)

    for address in (f"{plan.pk}/", f"{plan.pk}/?q=<script>", f"{plan.pk}/headings/{heading.pk}/", ""):
        html = client.get(f"/midorino/plans/{address}").content.decode()
        assert not re.search(r"<(b|i|u)>|<script>|&amp;lt;", html), address


def test_another_citys_plan_is_nowhere(client, small):
    other = make.city("aozora", name="あおぞら市", code="139997")
    with scope(other):
        make.rulebook()
        theirs = make.plan(measures=3)
        measure, heading = theirs.measures.first(), theirs.headings.first()

    assert client.get(f"/aozora/plans/{theirs.pk}/").status_code == 200
    for tail in ("/", ".csv", ".json", f"/measures/{measure.pk}/", f"/headings/{heading.pk}/"):
        assert client.get(f"/midorino/plans/{theirs.pk}{tail}").status_code == 404
    assert client.get(f"/midorino/plans/{small.pk}/measures/{measure.pk}/").status_code == 404
    assert "あかり計画" in text_of(client.get("/aozora/plans/"))


def test_a_plan_in_preparation_is_seen_by_the_division_alone(client, small, seat):
    Plan.objects.update(is_public=False)
    user = seat("hanako", Role.DIVISION)[0]

    assert client.get(f"/midorino/plans/{small.pk}/").status_code == 404
    assert "まだ計画がありません" in text_of(client.get("/midorino/plans/"))
    client.force_login(user)
    assert client.get(f"/midorino/plans/{small.pk}/").status_code == 200
    assert "公開前" in text_of(client.get("/midorino/plans/"))


def test_a_city_without_a_plan_says_what_will_stand_here(client, city):
    page = text_of(client.get("/midorino/plans/"))

    assert "まだ計画がありません" in page
    assert "シートを取り込む" not in page


def test_a_plan_without_measures_says_so(client, city):
    plan = make.plan()

    assert "まだ取組がありません" in text_of(client.get(f"/midorino/plans/{plan.pk}/"))


def test_the_overview_takes_the_same_few_queries_for_35_and_350_measures(client, city, django_assert_max_num_queries):
    taken = []
    for count in (35, 350):
        plan = make.plan(title=f"{count}", measures=count)
        for query in ("", "?q=団体&status=on_track"):
            with django_assert_max_num_queries(12) as queries:
                assert client.get(f"/midorino/plans/{plan.pk}/{query}").status_code == 200
            taken.append(len(queries))

    assert taken[:2] == taken[2:]


def test_the_overview_of_35_measures_is_small_and_asked_again_is_not_sent_again(client, city):
    plan = make.plan(measures=35)
    address = f"/midorino/plans/{plan.pk}/"

    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert len(first.content) < 100_000
    assert (again.status_code, again.content) == (304, b"")
    touch(plan)
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    line = plan.measures.first().lines.first()
    line.years.filter(year=2020).update(status="not_started")
    touch(plan)
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize(
    ("first", "last", "years", "lead"),
    [
        (
            2018,
            2021,
            [2017, 2018, 2019, 2020],
            "計画の期間は、平成30年度から令和3年度までです。平成29年度から令和2年度までの取組が、どう進んだかを見られます。",
        ),
        (
            2018,
            2021,
            [2018, 2020, 2021],
            "計画の期間は、平成30年度から令和3年度までです。平成30年度、令和2年度から令和3年度までの取組が、どう進んだかを見られます。",
        ),
        (2024, 2024, [], "計画の期間は、令和6年度です。まだ報告はありません。"),
        (None, None, [2024], "令和6年度の取組が、どう進んだかを見られます。"),
        (None, None, [], "計画の取組が、年ごとにどう進んだかを見られます。"),
    ],
)
def test_the_lead_says_the_plans_period_and_the_years_with_reports(first, last, years, lead, city, client):
    plan = make.plan()
    plan.first_year, plan.last_year, plan.years = first, last, years
    plan.save()

    assert lead in client.get(f"/midorino/plans/{plan.pk}/").text
