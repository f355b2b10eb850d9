"""The pages of papers: who opens which, what they say, and how files are handed out."""

from io import BytesIO
from urllib.parse import quote

import openpyxl
import pytest

from tests import make
from tomoni.papers.models import PublishedVersion
from tomoni.papers.services import publish, withdraw
from tomoni.parties.permissions import Role
from tomoni.plans.models import Plan, Progress, Redaction
from tomoni.reporting.models import DraftAssessment, Entry, YearRequest
from tomoni.tenants.scope import scope

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def ready(plan):
    Progress.objects.filter(results__contains="灯里花子").update(results="講座を3回開いた。")
    return plan


@pytest.fixture
def version(ready, division):
    return publish(ready, 2019, note="はじめての版", at=make.NOON, by=division)


def at(plan, rest=""):
    return f"/midorino/papers/plans/{plan.pk}/{rest}"


@pytest.fixture
def signed_in(client, seat):
    def enter(role):
        user, _, actor = seat("だれか", role)
        client.force_login(user)
        return actor

    return enter


OPEN = {"papers": 200, "version": 200, "evaluation": 200, "file": 200}
INSIDE = {"draft": 200, "draft_summary": 200, "draft_file": 200}
DIVISION = {"names": 200, "publish": 200, "withdraw": 200}
# Written by hand: who opens which page. None is a visitor.
ANSWERS = {
    None: OPEN | dict.fromkeys([*INSIDE, *DIVISION], 302),
    Role.RESIDENT: OPEN | dict.fromkeys([*INSIDE, *DIVISION], 403),
    Role.MEMBER: OPEN | dict.fromkeys([*INSIDE, *DIVISION], 403),
    Role.COORDINATOR: OPEN | dict.fromkeys([*INSIDE, *DIVISION], 403),
    Role.OFFICER: OPEN | dict.fromkeys([*INSIDE, *DIVISION], 403),
    Role.SCREENER: OPEN | dict.fromkeys([*INSIDE, *DIVISION], 403),
    Role.COUNCIL: OPEN | INSIDE | dict.fromkeys(DIVISION, 403),
    Role.DIVISION: OPEN | INSIDE | DIVISION,
}


@pytest.mark.parametrize("role", [None, *Role])
def test_each_page_opens_for_whom_it_is_meant(client, signed_in, version, ready, role):
    pages = {
        "papers": at(ready),
        "version": f"/midorino/papers/{version.pk}/",
        "evaluation": f"/midorino/papers/{version.pk}/evaluation/",
        "file": f"/midorino/papers/{version.pk}/evaluation.xlsx",
        "draft": at(ready, "2019/draft/"),
        "draft_summary": at(ready, "2019/draft/summary/"),
        "draft_file": at(ready, "2019/draft/evaluation.xlsx"),
        "names": at(ready, "2019/names/"),
        "publish": at(ready, "2019/publish/"),
        "withdraw": f"/midorino/papers/{version.pk}/withdraw/",
    }
    if role:
        signed_in(role)

    assert {name: client.get(url).status_code for name, url in pages.items()} == ANSWERS[role]


@pytest.mark.parametrize("rest", ["9999/draft/", "9999/publish/", "9999/names/", "2019/draft/nothing.pdf"])
def test_what_is_not_there_is_nowhere(client, signed_in, ready, rest):
    signed_in(Role.DIVISION)

    assert client.get(at(ready, rest)).status_code == 404


def test_another_city_s_version_is_nowhere(client, version):
    other = make.city("hoshino", name="ほしの市", code="139999")
    with scope(other):
        make.rulebook()

    assert client.get(f"/hoshino/papers/{version.pk}/").status_code == 404


def test_the_versions_of_a_plan_that_is_not_public_are_for_the_division(client, version):
    Plan.objects.update(is_public=False)

    assert client.get(f"/midorino/papers/{version.pk}/").status_code == 404
    assert client.get(f"/midorino/papers/{version.pk}/sheet.pdf").status_code == 404


def test_a_version_shows_what_it_froze_although_the_plan_goes_on(client, version):
    Progress.objects.update(results="書き直した。")

    page = client.get(f"/midorino/papers/{version.pk}/evaluation/").content.decode()

    assert "講座を3回開いた。" in page
    assert "書き直した。" not in page
    assert "もとの記載: 2 冊子𠮷" in page
    assert "回数を増やすとよい。" in page


def test_the_summary_tells_status_in_words_and_not_by_colour_alone(client, version):
    page = client.get(f"/midorino/papers/{version.pk}/").content.decode()

    assert "あかり計画 令和元年度のまとめ" in page
    assert "遅れ気味" in page
    assert "平成30年度から15人増" in page
    assert "目標 50人（令和3年度）" in page
    assert version.sha256 in page


@pytest.mark.parametrize(
    ("file", "kind", "name"),
    [
        ("sheet.xlsx", XLSX, "あかり計画_令和元年度_進行管理シート_第1版.xlsx"),
        ("summary.pdf", "application/pdf", "あかり計画_令和元年度_まとめ_第1版.pdf"),
    ],
)
def test_files_are_handed_out_under_their_japanese_names_and_always_the_same(client, version, file, kind, name):
    one = client.get(f"/midorino/papers/{version.pk}/{file}")
    two = client.get(f"/midorino/papers/{version.pk}/{file}")

    assert one["Content-Type"] == kind
    assert one["Content-Disposition"] == f"attachment; filename*=utf-8''{quote(name)}"
    assert one["X-Content-Type-Options"] == "nosniff"
    assert one.content == two.content
    assert client.get(f"/midorino/papers/{version.pk}/summary.xlsx").status_code == 404


def test_publishing_makes_every_file_and_leads_to_the_version(client, signed_in, ready):
    signed_in(Role.DIVISION)

    answer = client.post(at(ready, "2019/publish/"), {"note": "決算後の版"})

    version = PublishedVersion.objects.get()
    assert answer.url == f"/midorino/papers/{version.pk}/"
    assert (version.note, version.published_for, version.files.count()) == ("決算後の版", "市民協働課", 5)


def test_what_is_in_the_way_of_publishing_is_said_and_nothing_is_published(client, signed_in, plan):
    signed_in(Role.DIVISION)

    answer = client.post(at(plan, "2019/publish/"), {"note": ""})

    assert answer.status_code == 422
    assert "伏せるか残すかを決めていないものがあります" in answer.content.decode()
    assert not PublishedVersion.objects.exists()


def test_names_are_marked_in_their_text_and_decisions_are_kept(client, signed_in, plan):
    signed_in(Role.DIVISION)
    url = at(plan, "2019/names/")
    page = client.get(url).content.decode()
    line = Progress.objects.get(results__contains="灯里花子").line_id
    key = f"line/{line}/2019/results"

    assert "<mark>灯里花子</mark>" in page
    assert "1 出前講座 令和元年度の実績（市民協働課）" in page
    client.post(url, {f"{key}-0": "blacken", f"{key}-0-text": "だれでもない"})
    assert not Redaction.objects.exists()
    client.post(url, {f"{key}-0": "blacken", f"{key}-0-text": "灯里花子"})

    held = Redaction.objects.get()
    assert (held.place, held.text, held.occurrence, held.is_blackened) == (key, "灯里花子", 0, True)
    assert held.decided_by.display_name == "だれか"


def test_other_words_can_be_looked_for_and_blackened(client, signed_in, ready):
    signed_in(Role.DIVISION)
    url = at(ready, "2019/names/?q=人が足りない")
    key = f"line/{Progress.objects.get(results='人が足りない。').line_id}/2019/results"

    assert "<mark>人が足りない</mark>" in client.get(url).content.decode()
    client.post(url, {f"{key}-0": "blacken", f"{key}-0-text": "人が足りない"})

    assert "<mark>人が足りない</mark>" in client.get(at(ready, "2019/names/")).content.decode()


def test_a_withdrawn_version_stays_readable_with_its_reason(client, signed_in, version):
    signed_in(Role.DIVISION)
    url = f"/midorino/papers/{version.pk}/withdraw/"

    empty = client.post(url, {"reason": " "})
    client.post(url, {"reason": "評価を写し間違えました。"})

    assert empty.status_code == 422
    assert "取り下げる理由を書いてください。" in empty.content.decode()
    client.logout()
    page = client.get(f"/midorino/papers/{version.pk}/").content.decode()
    assert "この版は取り下げました" in page
    assert "評価を写し間違えました。" in page
    assert client.get(f"/midorino/papers/{version.pk}/sheet.xlsx").status_code == 200


def test_two_versions_stand_beside_each_other_the_older_on_the_left(client, version, division):
    withdraw(version, reason="間違い", at=make.NOON, by=division)
    Progress.objects.filter(results="人が足りない。").update(results="人が<b>2人</b>増えた。")
    second = publish(version.plan, 2019, at=make.NOON, by=division)

    page = client.get(f"/midorino/papers/{second.pk}/compare/{version.pk}/").content.decode()

    assert "1か所が変わりました。" in page
    assert "<del>人が足りない。</del>" in page
    assert "<ins>人が&lt;b&gt;2人&lt;/b&gt;増えた。</ins>" in page


def test_a_plan_leads_to_its_papers_and_they_to_each_version(client, version):
    plan_page = client.get(f"/midorino/plans/{version.plan_id}/").content.decode()
    papers = client.get(at(version.plan)).content.decode()

    assert f'href="{at(version.plan)}"' in plan_page
    assert f'href="/midorino/papers/{version.pk}/"' in papers
    assert "はじめての版" in papers


def handed_in(plan, **words):
    """A report of 2020 that the department of the line that is behind has given to the division."""
    asked = YearRequest.objects.create(plan=plan, year=2020, opened_on=make.APRIL, due_on=make.APRIL)
    line = Progress.objects.filter(status="off_track").get().line
    entry = Entry(year_request=asked, line=line, state="handed_in", status="done", begun_on=make.APRIL, **words)
    entry.rulebook = plan.rulebook
    entry.save()
    return asked, line


def test_names_are_decided_about_before_a_year_is_public(client, signed_in, ready):
    _, line = handed_in(ready, results="3人増えた。", self_assessment="野原さんに助けられた。")
    signed_in(Role.DIVISION)
    url, key = at(ready, "2020/names/"), f"line/{line.pk}/2020/self_assessment"

    assert "<mark>野原</mark>" in client.get(url).text
    client.post(url, {f"{key}-0": "blacken", f"{key}-0-text": "野原"})

    assert [(one.place, one.text, one.is_blackened) for one in Redaction.objects.all()] == [(key, "野原", True)]


def test_the_committee_reads_what_is_confirmed_but_not_public_yet(client, signed_in, ready):
    asked, line = handed_in(ready, results="3人増えた。")
    DraftAssessment.objects.create(
        year_request=asked,
        measure=line.measure,
        committee=make.group("推進会議"),
        opinion="よくなった。",
        written_at=make.NOON,
    )
    signed_in(Role.COUNCIL)
    url = at(ready, "2020/draft/")

    before = client.get(url).content.decode()
    Entry.objects.update(state="confirmed")
    after = client.get(url).content.decode()

    assert "3人増えた。" not in before
    assert "3人増えた。" in after
    assert "よくなった。" in after
    book = openpyxl.load_workbook(BytesIO(client.get(at(ready, "2020/draft/evaluation.xlsx")).content))
    assert "道路課: 3人増えた。" in [cell.value for row in book.active.iter_rows() for cell in row]


def test_the_pages_of_a_version_take_a_fixed_number_of_queries(client, version, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        client.get(f"/midorino/papers/{version.pk}/")
    with django_assert_max_num_queries(6):
        client.get(f"/midorino/papers/{version.pk}/evaluation/")
    with django_assert_max_num_queries(6):
        client.get(at(version.plan))
