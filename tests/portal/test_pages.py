"""Where people arrive, and what the watchers read."""

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from tomoni.tenants.models import Municipality

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> Municipality:
    return Municipality.objects.create(
        slug="midorino", name="みどり野市", prefecture="東京都", code="139999", is_demo=True
    )


def test_the_first_page_lists_the_municipalities_by_their_code_and_marks_demonstrations(
    client: Client, city: Municipality
):
    Municipality.objects.create(slug="kita", name="北浜市", prefecture="北海道", code="019999")

    page = client.get("/").content.decode()

    assert page.index('<a href="/kita/">北浜市</a>') < page.index('<a href="/midorino/">みどり野市</a>')
    assert page.count("実演用の見本") == 1


def test_an_installation_without_municipalities_says_how_to_begin(client: Client):
    page = client.get("/").content.decode()

    assert "まだ自治体がありません" in page
    assert "make demo" in page


def test_a_citys_home_says_whose_it_is(client: Client, city: Municipality):
    page = client.get("/midorino/").content.decode()

    assert "<h1>みどり野市の協働</h1>" in page
    assert "<title>ホーム | みどり野市 ともに</title>" in page


def test_the_accessibility_policy_claims_no_conformance(client: Client, city: Municipality):
    page = client.get("/midorino/accessibility/").content.decode()

    assert "WCAG 2.2のAとAAの達成基準を目標にしています。" in page
    assert "適合しているとは言えません。" in page


def test_the_watcher_hears_that_the_process_lives_without_asking_the_database(
    client: Client, django_assert_num_queries
):
    with django_assert_num_queries(0):
        assert client.get("/healthz").content == b"ok\n"


def test_the_watcher_hears_that_all_is_ready(client: Client):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"ready": True, "missing": []})


def test_a_migration_that_is_not_applied_means_not_ready(client: Client):
    app, name = MigrationLoader(connection).graph.leaf_nodes("history")[0]
    MigrationRecorder(connection).record_unapplied(app, name)

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json() == {"ready": False, "missing": [f"migration not applied: history.{name}"]}


def test_search_engines_are_kept_from_signing_in(client: Client):
    answer = client.get("/robots.txt")

    assert answer["Content-Type"] == "text/plain"
    assert b"Disallow: /accounts/\n" in answer.content


def test_the_first_page_is_small_and_has_no_scripts(client: Client, city: Municipality):
    for path in ("/", "/midorino/", "/midorino/accessibility/"):
        page = client.get(path).content

        assert len(page) < 20_000
        assert b"<script" not in page
