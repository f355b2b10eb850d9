"""The frame of every page: menus, who is signed in, the colour of the city, places for panels."""

from datetime import date

import pytest
from django.template import Context, Template
from django.test import Client, RequestFactory

from tomoni.parties.models import Party, User
from tomoni.parties.permissions import Role
from tomoni.parties.services import seat
from tomoni.tenants.models import Municipality
from tomoni.tenants.scope import scope
from tomoni.ui.panels import PANELS, panel

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> Municipality:
    return Municipality.objects.create(slug="midorino", name="みどり野市", prefecture="東京都", code="139999")


@pytest.fixture
def officer(city: Municipality) -> User:
    user = User.objects.create_user("mihon@example.jp", "a long word for tests", display_name="見本 花子")
    with scope(city):
        division = Party.objects.create(kind="city", name="市民協働課")
        seat(user, division, role=Role.DIVISION, since=date(2020, 4, 1))
    return user


def test_a_visitor_sees_the_public_menu_and_the_way_to_sign_in(client: Client, city: Municipality):
    page = client.get("/midorino/").content.decode()

    assert '<a class="brand" href="/midorino/">' in page
    assert 'href="/accounts/login/?next=/midorino/"' in page
    assert 'class="band work"' not in page
    assert 'class="band demo"' not in page


def test_a_person_at_work_sees_for_whom_they_act_and_the_rooms_their_role_opens(
    client: Client, city: Municipality, officer: User
):
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")

    page = client.get("/midorino/").content.decode()

    assert "市民協働課として利用中" in page
    assert "見本 花子" in page
    assert 'href="/midorino/plans/imports/"' in page


def test_in_another_city_the_same_person_is_a_visitor_at_no_desk(client: Client, city: Municipality, officer: User):
    Municipality.objects.create(slug="aoba", name="青葉台市", prefecture="愛知県", code="239999")
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")

    assert 'class="band work"' not in client.get("/aoba/").content.decode()


def test_a_demonstration_says_so_on_every_page(client: Client, city: Municipality):
    Municipality.objects.filter(pk=city.pk).update(is_demo=True)

    for path in ("/midorino/", "/midorino/accessibility/", "/midorino/nothing-here/"):
        assert (
            "これは実演用の見本です。みどり野市が運営するサービスではありません。" in client.get(path).content.decode()
        )


def test_the_stylesheet_of_a_city_carries_its_colour(client: Client, city: Municipality):
    answer = client.get("/midorino/theme.css")

    assert answer["Content-Type"] == "text/css"
    assert answer.content == b":root{--accent:#0017c1;--accent-dark:#001087;--accent-soft:#e8eaf9}"


def test_every_page_forbids_scripts_and_styles_of_other_hosts_and_inline(client: Client, city: Municipality):
    policy = client.get("/midorino/")["Content-Security-Policy"]

    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy


def test_a_page_of_the_frame_asks_the_database_at_most_twice(
    client: Client, city: Municipality, django_assert_max_num_queries
):
    with django_assert_max_num_queries(2):
        client.get("/midorino/accessibility/")


def test_a_place_shows_what_later_apps_have_to_say_and_nothing_else():
    @panel("test.place", "ui/_messages.html")
    def something(request, thing):
        return {"messages": [thing]}

    @panel("test.place", "ui/_menu.html")
    def nothing(request, thing):
        return None

    request = RequestFactory().get("/")
    shown = Template('{% panels "test.place" thing %}').render(Context({"request": request, "thing": "<b>"}))
    del PANELS["test.place"]

    assert shown.count("<p") == 1
    assert "&lt;b&gt;" in shown
    assert "<ul>" not in shown


def test_the_same_panel_is_shown_once_even_when_it_is_declared_twice():
    for _ in range(2):
        panel("test.once", "ui/_messages.html")(lambda request, thing: None)

    held = PANELS.pop("test.once")

    assert len(held) == 1
