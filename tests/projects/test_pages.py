"""Pages of projects: who opens what, and what stays inside the room."""

import pytest
from django.urls import reverse

from tests import make
from tests.projects.conftest import REPORT, put_in_order
from tomoni.parties.models import User
from tomoni.parties.permissions import Role
from tomoni.projects import services
from tomoni.tenants.scope import scope


def url(name: str, *args: object) -> str:
    return reverse(name, args=["midorino", *args])


# Written by hand: page x who -> code, for a project that is running. 302 asks a visitor to sign in.
CODES = {
    "projects": {"visitor": 200, "civic": 200, "city": 200, "stranger": 200, "division": 200},
    "project": {"visitor": 200, "civic": 200, "city": 200, "stranger": 200, "division": 200},
    "project-report": {"visitor": 302, "civic": 200, "city": 200, "stranger": 403, "division": 403},
    "project-accounts": {"visitor": 302, "civic": 200, "city": 200, "stranger": 403, "division": 403},
}


@pytest.fixture
def people(running, division, seat):
    """Somebody of each kind, by name."""
    stranger, _, _ = seat("yoso", Role.MEMBER, make.group("よその会"))
    by_mail = {u.email.split("@")[0]: u for u in User.objects.all()}
    return {"civic": by_mail["hanako"], "city": by_mail["taro"], "division": by_mail["kyodo"], "stranger": stranger}


@pytest.mark.parametrize(("name", "who", "code"), [(n, w, c) for n, row in CODES.items() for w, c in row.items()])
def test_a_page_opens_for_whom_the_table_says(name, who, code, people, running, client):
    if who != "visitor":
        client.force_login(people[who])

    assert client.get(url(name, *([] if name == "projects" else [running.pk]))).status_code == code


def test_a_project_that_has_not_begun_is_there_for_its_sides_only(project, client):
    assert client.get(url("project", project.pk)).status_code == 404
    assert "夜道の灯り" not in client.get(url("projects")).text

    client.force_login(User.objects.get(email="hanako@midorino.example"))

    assert client.get(url("project", project.pk)).status_code == 200


def test_the_page_names_those_whose_turn_it_is(running, client):
    client.force_login(User.objects.get(email="hanako@midorino.example"))

    assert "いまは あかりの会 と 道路課 の番です" in client.get(url("project", running.pk)).text


def test_what_happens_in_the_room_stays_there(running, member, client):
    services.note_talk(running, held_on=make.APRIL, title="保険", minutes="だれの名前で入るかを話した。", by=member)
    services.propose_change(running, what="灯りを30個に", why="道が長い", on=make.APRIL, by=member)

    page = client.get(url("project", running.pk)).text

    assert "通学路を明るくします。" in page
    for inside in ("だれの名前で入るか", "灯りを30個に", "市の負担", "hanako"):
        assert inside not in page


def test_a_finished_projects_report_is_public(running, member, officer, client):
    put_in_order(running, member)
    services.finish(services.report(running, by=member), by=officer)

    assert REPORT["effect"] in client.get(url("project", running.pk)).text


def test_another_citys_project_is_not_there(running, client):
    other = make.city("aono", name="青野市", code="139999")
    with scope(other):
        make.rulebook()

    assert client.get(reverse("project", args=["aono", running.pk])).status_code == 404


def test_the_story_over_http(agreement, client):
    client.force_login(User.objects.get(email="hanako@midorino.example"))
    where = client.post(url("project-new", agreement.pk)).url
    pk = int(where.rstrip("/").rsplit("/", 1)[1])
    client.post(url("project-step", pk, "start"))
    client.post(
        url("project-act", pk, "talk"),
        {"talk-held_on": "2026-05-01", "talk-title": "保険", "talk-minutes": "市の名前で入る。"},
    )
    early = client.post(url("project-step", pk, "report"))
    figures = {
        "figure-TOTAL_FORMS": "2", "figure-INITIAL_FORMS": "0",
        "figure-0-label": "参加者数", "figure-0-value": "120", "figure-0-unit": "人", "figure-0-year": "2026",
        "figure-1-label": "", "figure-1-value": "", "figure-1-unit": "", "figure-1-year": "2026",
    }  # fmt: skip
    client.post(url("project-report", pk), REPORT | figures)
    client.post(
        url("project-accounts", pk),
        {
            "form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "1",
            "form-0-is_income": "yes", "form-0-label": "市の負担", "form-0-planned": "100000", "form-0-actual": "90000",
            "form-1-is_income": "no", "form-1-label": "灯り", "form-1-planned": "100000", "form-1-actual": "90000",
        },
    )  # fmt: skip
    client.post(url("project-step", pk, "report"))
    client.force_login(User.objects.get(email="taro@midorino.example"))
    client.post(url("project-step", pk, "finish"))

    assert early.status_code == 422
    assert "完了報告に、まだ書いていない必須の項目があります。" in early.text
    assert client.get(url("project", pk)).context["project"].state == "finished"
    client.logout()
    assert '参加者数</th><td>令和8年度</td><td class="number">120人' in client.get(url("project", pk)).text


def test_a_form_with_something_missing_comes_back_with_what_was_typed(running, client):
    client.force_login(User.objects.get(email="hanako@midorino.example"))

    answer = client.post(url("project-act", running.pk, "talk"), {"talk-title": "保険", "talk-held_on": "きのう"})

    assert answer.status_code == 422
    assert 'value="保険"' in answer.text
    assert running.talks.count() == 0


def test_pages_need_as_many_queries_for_many_as_for_few(running, member, client, django_assert_max_num_queries):
    for n in range(15):
        services.add_duty(running, side="civic", text=f"役割{n}", due=None, by=member)
        services.propose_change(running, what=f"変更{n}", why="理由", on=make.APRIL, by=member)

    with django_assert_max_num_queries(12):
        client.get(url("projects"))
    client.force_login(User.objects.get(email="hanako@midorino.example"))
    with django_assert_max_num_queries(20):
        client.get(url("project", running.pk))
