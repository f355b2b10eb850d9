"""The overall plan: a list comes in whole or not at all, people link measures, and every gap is said plainly."""

import csv
import io

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import make
from tests.revisions.conftest import in_force, measure, merge
from tests.revisions.test_pages import text_of
from tomoni.imports.reading.limits import Unreadable
from tomoni.imports.reading.read import read
from tomoni.imports.services import AlreadyTaken, Upload
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.permissions import Role
from tomoni.plans.services import link_project
from tomoni.revisions.models import OverallEntry, OverallLink, OverallPlan
from tomoni.revisions.overall_list import document_of, number_and_title
from tomoni.revisions.services.overall import Named, commit_overall, link_overall, receive, unlink_overall
from tomoni.revisions.services.putting_in_force import take_back

LIST = """見本総合計画,,,
分野,政策,施策,担当課
1 安心してくらす,1-1 夜道を明るくする,1-1-1 街灯を増やす,道路課
1 安心してくらす,1-1 夜道を明るくする,1-1-2 見守りを広げる,防犯課
1 安心してくらす,1-2 災害に備える,,危機管理課
2 学びあう,2-1 学ぶ場をつくる,2-1-1 講座を開く,=生涯学習課
3 緑を育てる,3-1 木を植える,3-1-1 苗木を配る,公園課
"""
NAMED = Named("見本総合計画", 2021, 2030)


@pytest.fixture(autouse=True)
def _nothing_kept():
    cache.clear()


def taken(text, division, *, name="一覧.csv", named=NAMED):
    return receive(Upload(name, text.encode()), named, at=make.NOON, by=division)


def committed(text, division, **values):
    batch = taken(text, division, **values)
    return commit_overall(batch, revision=batch.revision, at=make.NOON, by=division)


def rows():
    return list(OverallEntry.objects.order_by("position").values_list("depth", "number", "title", "parent__number"))


def entry(number):
    return OverallEntry.objects.get(number=number)


def test_a_list_becomes_fields_policies_and_measures(city, division):
    plan = committed(LIST, division)

    assert (plan.title, plan.first_year, plan.last_year) == ("見本総合計画", 2021, 2030)
    assert rows() == [
        (0, "1", "安心してくらす", None),
        (1, "1-1", "夜道を明るくする", "1"),
        (2, "1-1-1", "街灯を増やす", "1-1"),
        (2, "1-1-2", "見守りを広げる", "1-1"),
        (1, "1-2", "災害に備える", "1"),
        (0, "2", "学びあう", None),
        (1, "2-1", "学ぶ場をつくる", "2"),
        (2, "2-1-1", "講座を開く", "2-1"),
        (0, "3", "緑を育てる", None),
        (1, "3-1", "木を植える", "3"),
        (2, "3-1-1", "苗木を配る", "3-1"),
    ]
    assert (entry("1-1-1").department, entry("1-1").department, entry("1-2").department) == ("道路課", "", "危機管理課")


def test_the_same_file_twice_changes_nothing(city, division):
    committed(LIST, division)
    before = list(OverallEntry.objects.order_by("pk").values_list())

    with pytest.raises(AlreadyTaken):
        taken(LIST, division)
    committed(LIST + "\n", division)  # the same list, saved anew

    assert list(OverallEntry.objects.order_by("pk").values_list()) == before
    assert OverallPlan.objects.count() == 1


def test_one_wrong_row_keeps_the_whole_list_out_and_every_wrong_row_is_named(city, division):
    batch = taken(LIST + "3 みどりを守る,,,\n4 " + "あ" * 301 + ",,,\n", division)

    assert [at for at, _why in batch.document["wrong"]] == ["A8", "A9"]
    assert batch.document["wrong"][0][1] == (
        "番号「3」の名前が、A7 では「緑を育てる」、ここでは「みどりを守る」です。どちらかに直してください。"
    )
    with pytest.raises(NotAllowed, match="直す行が2行あります"):
        commit_overall(batch, revision=batch.revision, at=make.NOON, by=division)
    assert (OverallPlan.objects.count(), OverallEntry.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("政策,施策\n1 あ,2 い\n", "「分野」の列が見つかりません"),
        ("こんにちは\n", "見出しの行が見つかりません"),
        ("分野,施策\n", "読み取れる行がありません"),
    ],
)
def test_a_file_that_is_no_such_list_is_refused_in_a_sentence(text, sentence, city, division):
    with pytest.raises(Unreadable, match=sentence):
        taken(text, division)
    assert OverallPlan.objects.count() == 0


@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        ("1-2 地域福祉", "", ("1-2", "地域福祉")),
        ("第1章 健康", "", ("第1章", "健康")),
        ("①子育て", "", ("", "①子育て")),
        ("2030年のまち", "", ("", "2030年のまち")),
        ("地域福祉", "7", ("7", "地域福祉")),
        ("３．文化", "", ("3", "文化")),
    ],
)
def test_a_number_before_a_title_is_told_apart(text, number, expected):
    assert number_and_title(text, number) == expected


def test_merged_cells_carry_their_field_to_every_row():
    html = "<table><tr><th>分野</th><th>施策</th></tr><tr><td rowspan=2>1 くらし</td><td>1 灯り</td></tr><tr><td>2 道</td></tr></table>"

    document = document_of(read(html.encode(), name="a.html"))

    assert [(e["key"], e["title"]) for e in document["entries"]] == [("1", "くらし"), ("1>1", "灯り"), ("1>2", "道")]


def test_an_entry_that_measures_serve_stays_when_the_list_has_it_no_more(plan, division):
    committed(LIST, division)
    link_overall(measure("出前講座"), entry("2-1-1"), by=division)
    shorter = "\n".join(line for line in LIST.splitlines() if not line.startswith(("2", "3"))) + "\n"

    committed(shorter, division)

    gone = OverallEntry.objects.filter(is_gone=True).order_by("key").values_list("number", flat=True)
    assert list(gone) == ["2", "2-1", "2-1-1"]
    assert not OverallEntry.objects.filter(number__startswith="3").exists()
    assert OverallLink.objects.count() == 1


def test_a_title_that_changed_is_brought_up_to_date_and_links_stay(plan, division):
    committed(LIST, division)
    held = link_overall(measure("出前講座"), entry("2-1-1"), by=division)

    committed(LIST.replace("講座を開く", "講座をひらく"), division)

    held.refresh_from_db()
    assert held.entry.title == "講座をひらく"


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.OFFICER, Role.DIVISION}])
def test_only_people_of_the_city_link_and_only_the_division_imports(role, plan, division, seat):
    committed(LIST, division)
    held = link_overall(measure("表彰"), entry("1-2"), by=division)
    _, _, actor = seat("x", role, make.group("よその会"))

    with pytest.raises(NotAllowed, match="市の各課と協働担当課だけ"):
        link_overall(measure("出前講座"), entry("2-1-1"), by=actor)
    with pytest.raises(NotAllowed, match="市の各課と協働担当課だけ"):
        unlink_overall(held, by=actor)
    with pytest.raises(NotAllowed, match="協働担当課だけ"):
        taken(LIST + "\n", actor)
    assert OverallLink.objects.get() == held


def test_a_measure_is_linked_once(plan, division):
    committed(LIST, division)
    link_overall(measure("出前講座"), entry("2-1-1"), by=division)

    with pytest.raises(NotAllowed, match="もうつながっています"):
        link_overall(measure("出前講座"), entry("2-1-1"), by=division)
    assert OverallLink.objects.count() == 1


@pytest.fixture
def linked(plan, division, people_room):
    made = committed(LIST, division)
    link_overall(measure("出前講座"), entry("2-1-1"), by=division)
    link_overall(measure("表彰"), entry("1"), by=division)
    link_project(measure("表彰"), people_room, by=division)
    return made


def test_every_field_is_shown_with_what_touches_it_and_those_with_nothing_are_named(client, linked):
    text = text_of(client.get(linked.get_absolute_url()))

    assert "3分野のうち2分野に、協働の取組があります。" in text
    assert "協働の取組がまだない分野 3 緑を育てる" in text
    assert "1 安心してくらす 取組 1件、協働事業 1件 5 表彰 あかり計画 協働事業: 夜道の灯り" in text
    assert "3 緑を育てる この分野には、つながっている協働の取組がまだ1つもありません。" in text


def test_the_same_stands_in_a_file_for_spreadsheets_and_no_cell_computes(client, linked):
    answer = client.get(reverse("overall-data", args=["midorino", linked.pk]))
    table = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))

    assert table[0] == ["分野", "段", "番号", "名前", "担当課", "行動計画", "取組の番号", "取組", "協働事業"]
    assert table[1] == ["安心してくらす", "分野", "1", "安心してくらす", "", "あかり計画", "5", "表彰", "夜道の灯り"]
    assert ["学びあう", "施策", "2-1-1", "講座を開く", "'=生涯学習課", "あかり計画", "1", "出前講座", ""] in table
    assert len(table) == 1 + 11


def test_a_measure_says_what_it_serves(client, linked, plan):
    text = text_of(client.get(reverse("measure", args=["midorino", plan.pk, measure("出前講座").pk])))

    assert "総合計画とのつながり 2-1-1 講座を開く 見本総合計画" in text
    assert "つながりを外す" not in text


def test_the_page_takes_as_many_queries_for_many_links_as_for_few(
    client, linked, division, people_room, django_assert_max_num_queries
):
    address = linked.get_absolute_url()
    client.get(address)
    with django_assert_max_num_queries(12) as few:
        client.get(address)
    for title in ("情報紙", "事例集", "交流会"):
        link_project(measure(title), people_room, by=division)
        for number in ("1-1", "1-1-1", "3-1"):
            link_overall(measure(title), entry(number), by=division)

    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(address)


def test_a_list_is_sent_looked_at_and_taken_in_and_a_measure_linked_in_pages(client, plan, division, seat):
    user, _, _ = seat("kyodo", Role.DIVISION)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    def url(name, *args):
        return reverse(name, args=["midorino", *args])

    def sent(text=LIST, **values):
        file = SimpleUploadedFile("一覧.csv", text.encode())
        typed = {"title": "見本総合計画", "first_year": "2021", "last_year": "2030", "file": file}
        return client.post(url("overall-import"), {**typed, **values})

    assert sent(text="こんにちは").status_code == 422
    assert "最後の年度は、最初の年度より後にしてください。" in sent(last_year="2020").text
    looked = client.get(sent().url)
    assert "新しい項目 11件、変わる項目 0件、同じ項目 0件、一覧からなくなる項目 0件。" in looked.text
    batch = looked.context["batch"]
    assert "ほかの方がこの取り込みを進めました" in client.post(url("overall-batch", batch.pk), {"revision": "99"}).text
    assert client.post(url("overall-batch", batch.pk), {"revision": batch.revision}).status_code == 302
    assert "変わるものはありません" in sent().text
    again = url("overall-link", measure("出前講座").pk)
    assert "項目を選んでください。" in client.post(again, {"entry": ""}).text
    client.post(again, {"entry": entry("2-1-1").pk})
    assert OverallLink.objects.get().measure == measure("出前講座")
    client.post(url("overall-unlink", measure("出前講座").pk, OverallLink.objects.get().pk))
    assert OverallLink.objects.count() == 0
    assert client.get(url("overall-link", 999999)).status_code == 404


def test_a_link_that_people_made_keeps_a_revision_from_being_taken_back(plan, division, linked):
    revision = in_force(plan, merge("情報紙", "事例集"), by=division)
    link_overall(measure("学びと発信"), entry("3-1"), by=division)

    with pytest.raises(NotAllowed, match="書き加えられたもの"):
        take_back(revision, reason="やり直し", by=division)

    assert measure("学びと発信").overall_links.count() == 1
    assert measure("情報紙").ends_with == 2020
