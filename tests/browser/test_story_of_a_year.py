"""A whole year of a plan in a real browser: asked for, written, asked back, confirmed, assessed, published, and read."""

from __future__ import annotations

from datetime import timedelta

import openpyxl
import pytest
from django.urls import reverse

from tests import make
from tests.browser.stage import take
from tomoni.committees.models import Committee
from tomoni.kernel.clock import today
from tomoni.kernel.fiscal import fiscal_year_on
from tomoni.parties.actor import actor_for
from tomoni.parties.models import User
from tomoni.parties.permissions import Role
from tomoni.parties.services import seat
from tomoni.plans.models import Indicator
from tomoni.reporting.models import Entry, YearRequest
from tomoni.reporting.services.opening import Question, open_request
from tomoni.tenants.scope import scope

LAST = fiscal_year_on(today()).year - 1


def address(name: str, *args: object) -> str:
    return reverse(name, args=["midorino", *args])


@pytest.fixture
def people(city):
    """An officer of 道路課, the division, a committee member; a plan in its last but one year."""
    with scope(city):
        make.rulebook(on=make.APRIL.replace(year=2020))
        plan = make.plan(years=range(LAST - 3, LAST + 1))
        plan.years = plan.years[:-1]
        plan.save()
        policy = make.heading(plan, "夜も歩けるまちにする")
        goal = make.heading(plan, "暗い道を減らす", under=policy)
        lit = make.measure(plan, "街灯を市民と点検する", heading=goal)
        one = make.line(lit, "道路課")
        make.progress(
            one,
            LAST - 1,
            results="4つの町会と街灯を点検し、120基を直しました。",
            issues="参加する町会が増えていません。",
            next_action="学校の周りの街灯も点検します。",
        )
        make.schedule(lit, LAST)
        make.figure(lit, LAST - 1, 120, label="点検した街灯", unit="基")
        Indicator.objects.create(measure=lit, label="点検した街灯", unit="基", target=200, target_year=LAST + 1)
        make.line(make.measure(plan, "防犯の講座を開く", heading=goal), "安全課")
        made = {}
        for key, name, role, party in (
            ("division", "見本 花子", Role.DIVISION, make.department()),
            ("officer", "例示 太郎", Role.OFFICER, make.department("道路課")),
            ("second", "例示 次郎", Role.OFFICER, make.department("道路課")),
            ("council", "見本 良子", Role.COUNCIL, make.department("推進会議")),
        ):
            made[key] = User.objects.create_user(f"{key}@midorino.example", display_name=name)
            seat(made[key], party, role=role, since=make.APRIL)
        Committee.objects.create(party=make.department("推進会議"), purpose="計画の進み具合を見ます。")
        make.touched(plan)
        yield {**made, "plan": plan, "measure": lit}


def wide(page):
    """After a check, which ends narrow: at a desk again, with what the browser said forgotten."""
    page.set_viewport_size({"width": 1366, "height": 900})
    page.said.clear()
    return page


def the_division_asks(visit, check, people) -> YearRequest:
    check(visit(address("reporting"), by=people["division"]), name="year-0-none")
    page = visit(address("reporting-new"), by=people["division"])
    page.get_by_label("締め切り").fill((today() + timedelta(days=20)).isoformat())
    page.get_by_label("依頼文").fill("昨年度の取組がどう進んだかを、短く書いてください。")
    page.get_by_label("委員会の評価を受けてから公表する").check()
    check(page, name="year-1-new")
    wide(page).get_by_role("button", name="照会を始めて、知らせる").click()
    page.get_by_text("照会を始めました").wait_for()
    check(page, name="year-2-asked")
    return YearRequest.objects.get()


def an_officer_writes(visit, check, people, held) -> Entry:
    page = visit(address("report-mine", held.pk), by=people["officer"])
    check(page, name="year-3-lines")
    wide(page).get_by_role("link", name="1 街灯を市民と点検する").click()
    page.get_by_role("heading", level=1, name="1 街灯を市民と点検する").wait_for()
    check(page, name="year-4-line")
    wide(page).get_by_label("順調").check()
    page.get_by_label("実績").fill("学校の周りを加えて、150基を点検しました。")
    page.get_by_text("に保存しました").wait_for()
    page.get_by_role("link", name="気づいたことが").wait_for()
    entry = Entry.objects.get(line__measure=people["measure"])
    assert (entry.results, entry.state) == ("学校の周りを加えて、150基を点検しました。", "asked")
    page.get_by_role("button", name="提出する").click()
    page.get_by_role("link", name="たずねている数値が空いています。").wait_for()
    check(page, name="year-5-missing", expected="422")
    wide(page).get_by_label("点検した街灯").fill("１５０")
    page.get_by_label("次年度の取組").fill("まだ暗い川沿いの道を点検します。")
    page.get_by_role("button", name="提出する").click()
    page.get_by_text("出しました。これで、この課の行はすべてそろいました。").wait_for()
    check(page, name="year-6-handed-in")
    return entry


def the_division_asks_back_and_confirms(visit, check, people, entry) -> None:
    page = visit(entry.get_absolute_url(), by=people["division"])
    check(page, name="year-7-division")
    take(wide(page), "たずねて差し戻す", "直した街灯は何基ですか。")
    page.get_by_text("を記録しました").wait_for()

    page = visit(entry.get_absolute_url(), by=people["officer"])
    page.get_by_text("直した街灯は何基ですか。").first.wait_for()
    check(page, name="year-8-asked-back")
    wide(page).get_by_label("実績").fill("学校の周りを加えて、150基を点検し、30基を直しました。")
    page.get_by_role("button", name="提出する").click()
    page.get_by_text("すべてそろいました").wait_for()

    page = visit(address("year-request", entry.year_request_id), by=people["division"])
    page.get_by_role("button", name="提出済みの1件を確認済みにする").click()
    page.get_by_text("1件を確認済みにしました").wait_for()
    check(page, name="year-9-confirmed")


def the_committee_assesses(visit, check, people, held) -> None:
    page = visit(address("report-assessing", held.pk), by=people["council"])
    check(page, name="year-10-committee")
    card = wide(page).locator(f"#measure{people['measure'].pk}")
    card.get_by_label("評価").fill("進んでいる")
    card.get_by_label("意見").fill("川沿いの道も、町会と一緒に歩いて確かめてください。")
    card.get_by_role("button", name="記録する").click()
    page.get_by_text("への評価を記録しました").wait_for()
    check(page, name="year-11-assessed")


def the_division_publishes(visit, check, people, held) -> None:
    page = visit(held.get_absolute_url(), by=people["division"])
    page.get_by_role("button", name="1件を公表する").click()
    page.get_by_role("button", name="公表する", exact=True).click()
    page.get_by_text("1件を公表しました").wait_for()
    check(page, name="year-12-published")


def test_the_whole_year_from_the_question_to_the_resident(visit, check, people):
    public = address("measure", people["plan"].pk, people["measure"].pk)
    held = the_division_asks(visit, check, people)
    entry = an_officer_writes(visit, check, people, held)
    the_division_asks_back_and_confirms(visit, check, people, entry)
    the_committee_assesses(visit, check, people, held)

    resident = visit(public)
    assert resident.get_by_text("30基を直しました").count() == 0
    assert resident.get_by_text("町会と一緒に歩いて").count() == 0
    the_division_publishes(visit, check, people, held)
    resident.reload()

    resident.get_by_text("学校の周りを加えて、150基を点検し、30基を直しました。").first.wait_for()
    resident.get_by_text("川沿いの道も、町会と一緒に歩いて確かめてください。").first.wait_for()
    check(resident, name="year-13-resident")


@pytest.fixture
def asked(people):
    by = actor_for(people["division"], on=today())
    return open_request(people["plan"], Question(LAST, today() + timedelta(days=9)), on=today(), by=by)


def test_of_two_editors_the_second_sees_both_texts_in_the_browser(visit, check, people, asked):
    entry = Entry.objects.get(line__measure=people["measure"])
    second = visit(address("report-entry", entry.pk), by=people["second"])
    first = visit(address("report-entry", entry.pk), by=people["officer"])
    first.get_by_label("実績").fill("先に書いた文です。")
    first.get_by_text("に保存しました").wait_for()

    second.get_by_label("実績").fill("後から書いた文です。")
    second.get_by_role("button", name="見比べる").click()
    second.get_by_role("heading", name="先に保存しています").wait_for()

    assert second.locator("#conflict").get_by_text("先に書いた文です。").count() == 1
    assert second.get_by_label("実績").input_value() == "後から書いた文です。"
    assert Entry.objects.get(pk=entry.pk).results == "先に書いた文です。"
    check(second, name="year-two-editors", expected="422")


def test_a_returned_sheet_keeps_the_accessibility_criteria(visit, check, people, asked, tmp_path):
    page = visit(address("report-mine", asked.pk), by=people["officer"])
    page.get_by_text("Excelで書く").click()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Excelで取り出す").click()
    path = tmp_path / "report.xlsx"
    taken.value.save_as(path)
    book = openpyxl.load_workbook(path)
    book["報告"].cell(6, 11, "表で書いた実績です。")
    book["報告"].cell(9, 11, "足した行です。")
    book.save(path)

    page.goto(address("report-return", asked.pk))
    page.get_by_label("書き込んだExcelファイル").set_input_files(path)
    check(page, name="year-return")
    page.get_by_role("button", name="送って、違うところを見る").click()
    page.get_by_role("heading", name="送ったExcelを確かめる").wait_for()
    check(page, name="year-returned")
    page.get_by_role("button", name="印を付けたところを取り入れる").click()
    page.get_by_text("1 か所を取り入れました").wait_for()

    assert Entry.objects.get(line__measure=people["measure"]).results == "表で書いた実績です。"
