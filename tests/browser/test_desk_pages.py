"""The desk, in a real browser: for those who ask, and for people at work."""

import pytest
from playwright.sync_api import expect

from tests import make
from tests.consultations.conftest import AT, ENQUIRY, book
from tomoni.consultations import services
from tomoni.consultations.models import Consultation, QuestionAnswer
from tomoni.consultations.services import AtOnce
from tomoni.parties.actor import Actor, actor_for
from tomoni.parties.models import User
from tomoni.parties.permissions import Role
from tomoni.parties.services import seat
from tomoni.tenants.scope import scope

TOKEN = "b" * 22


@pytest.fixture
def division(city) -> User:
    user = User.objects.create_user("mihon@midorino.example", display_name="見本 花子")
    with scope(city):
        make.rulebook(book())
        seat(user, make.department(), role=Role.DIVISION, since=make.APRIL)
    return user


@pytest.fixture
def acting(city, division) -> Actor:
    with scope(city):
        return actor_for(division, on=make.APRIL)


@pytest.fixture
def answered(city, acting) -> Consultation:
    with scope(city):
        return services.take_in(ENQUIRY, AtOnce(answer="道具は貸せます。"), token=TOKEN, at=AT, by=acting)


def test_asking_keeps_the_accessibility_criteria(visit, check, division):
    page = visit("/midorino/ask/")
    check(page, name="ask")

    page.get_by_role("button", name="この内容で相談する").click()
    expect(page.get_by_role("alert")).to_be_visible()
    check(page, name="ask-refused", expected="422")


def test_the_askers_page_keeps_the_accessibility_criteria(visit, check, answered):
    page = visit(f"/midorino/asked/{TOKEN}/")
    check(page, name="asked")

    page.get_by_label("続けて伝えたいこと").fill("何枚まで借りられますか")
    page.get_by_role("button", name="続きを送る").click()
    expect(page.get_by_text("続きを受け付けました。")).to_be_visible()
    check(page, name="asked-again")


def test_the_pages_of_people_at_work_keep_the_accessibility_criteria(visit, check, division, answered):
    for name, path in (
        ("desk", ""),
        ("desk-new", "new/"),
        ("desk-routing", "routing/"),
        ("desk-one", f"{answered.pk}/"),
    ):
        check(visit(f"/midorino/desk/{path}", by=division), name=name)


def test_a_call_is_noted_by_keyboard_alone(visit, division, city):
    page = visit("/midorino/desk/new/", by=division)

    # Where the keyboard stands is the page's promise; the browser keeps it a moment after the page has been read.
    expect(page.get_by_label("相談の内容")).to_be_focused()
    page.keyboard.type("道に穴があります。")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("架空 花江")
    page.keyboard.press("Enter")
    expect(page.get_by_text("を記録しました。")).to_be_visible()

    with scope(city):
        assert Consultation.objects.values_list("body", "theme", "asker_name").get() == (
            "道に穴があります。",
            "start",
            "架空 花江",
        )


def test_public_questions_keep_the_accessibility_criteria(visit, check, division, city, acting):
    with scope(city):
        question = QuestionAnswer(question="道具は借りられますか", answer="道路課で貸します。", theme="road")
        services.write_question(question, by=acting)
        services.publish_question(question, on=make.APRIL, is_confirmed=False, by=acting)

    check(visit("/midorino/questions/"), name="questions")
    check(visit(f"/midorino/questions/{question.pk}/"), name="question")
    check(visit(f"/midorino/questions/{question.pk}/edit/", by=division), name="question-edit")
