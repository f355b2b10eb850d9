"""Pages that say no: each in a sentence that says what to do, in our frame, and the last ones without leaning on anything."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory
from django.urls import reverse
from django.views.defaults import bad_request, permission_denied, server_error
from django_htmx.middleware import HtmxDetails

from tomoni.parties.actor import NOBODY, Actor
from tomoni.parties.permissions import Permission
from tomoni.tenants.models import Municipality
from tomoni.ui.access import needs, open_to_all


@pytest.fixture
def city(db: None) -> Municipality:
    return Municipality.objects.create(slug="midorino", name="みどり野市", prefecture="東京都", code="139999")


@pytest.mark.django_db
def test_a_page_that_is_not_there_leads_back(client: Client, city: Municipality):
    answer = client.get("/midorino/nothing-here/")

    assert answer.status_code == 404
    assert "ページがありません" in answer.content.decode()
    assert '<a class="btn" href="/midorino/">' in answer.content.decode()


@pytest.mark.django_db
def test_a_municipality_we_do_not_serve_is_nowhere(client: Client):
    answer = client.get("/nowhere/accessibility/")

    assert answer.status_code == 404
    assert '<a class="btn" href="/">' in answer.content.decode()


def test_when_everything_fails_a_page_without_queries_still_answers(rf: RequestFactory):
    answer = server_error(rf.get("/"))

    assert answer.status_code == 500
    assert "うまく動きませんでした" in answer.content.decode()


def test_a_request_that_makes_no_sense_is_answered_without_queries(rf: RequestFactory):
    answer = bad_request(rf.get("/"), ValueError())

    assert answer.status_code == 400
    assert "受け取れませんでした" in answer.content.decode()


@pytest.mark.django_db
def test_an_address_with_a_foreign_host_is_refused(client: Client):
    answer = client.get("/", headers={"host": "evil.example"})

    assert answer.status_code == 400
    assert "evil.example" not in answer.content.decode()


@pytest.mark.django_db
def test_a_denied_page_says_whom_to_ask(rf: RequestFactory):
    request = rf.get("/")
    request.user = AnonymousUser()

    answer = permission_denied(request, PermissionDenied())

    assert answer.status_code == 403
    assert "市の協働の担当課に問い合わせてください。" in answer.content.decode()


@pytest.mark.django_db
def test_a_form_from_elsewhere_is_refused_and_changes_nothing(city: Municipality):
    client = Client(enforce_csrf_checks=True)

    answer = client.post(reverse("account_login"), {"login": "a@example.jp", "password": "x"})

    assert answer.status_code == 403
    assert "もう一度送ってください" in answer.content.decode()
    assert "何も書き込んでいません" in answer.content.decode()


@needs(Permission.IMPORT_READ)
def guarded(request, municipality):
    pytest.fail("this page may not be reached")


@open_to_all
def opened(request, municipality):
    pytest.fail("this page may not be reached")


def asking(rf: RequestFactory, city: Municipality | None, actor: Actor):
    request = rf.get("/midorino/plans/imports/")
    request.municipality = city
    request.actor = actor
    request.user = AnonymousUser()
    request.htmx = HtmxDetails(request)
    return request


def test_a_visitor_to_a_guarded_page_is_asked_to_sign_in_first(rf: RequestFactory, city: Municipality):
    answer = guarded(asking(rf, city, NOBODY), municipality="midorino")

    assert answer.status_code == 302
    assert answer["Location"] == "/accounts/login/?next=/midorino/plans/imports/"


def test_a_person_without_the_role_reads_why_not(rf: RequestFactory, city: Municipality):
    answer = guarded(asking(rf, city, Actor(user=1, name="見本 花子")), municipality="midorino")

    assert answer.status_code == 403
    assert "このページは、いまの役割では開けません。" in answer.content.decode()


@pytest.mark.parametrize("view", [guarded, opened])
def test_even_a_declared_page_is_nowhere_outside_a_municipality(rf: RequestFactory, view):
    from django.http import Http404

    with pytest.raises(Http404):
        view(asking(rf, None, NOBODY), municipality="nowhere")
