"""Who may open which page of the desk, what stands on it, and what never does."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests import make
from tests.consultations.conftest import AT, SECRETS, TOKEN
from tomoni.consultations import services
from tomoni.consultations.models import Consultation, QuestionAnswer
from tomoni.parties.models import Membership, User
from tomoni.tenants.scope import scope

STAFF = {"coordinator", "division", "officer", "other"}
DESK = {"coordinator", "division"}
EVERYBODY = {"visitor", "resident", "member", "screener", "council"} | STAFF

# Written by hand: which pages open for whom. All others are sent to sign in (visitors) or refused (403).
OPENS = {
    "/midorino/ask/": EVERYBODY,
    "/midorino/questions/": EVERYBODY,
    f"/midorino/asked/{TOKEN}/": EVERYBODY,
    "/midorino/desk/": STAFF,
    "/midorino/desk/new/": DESK,
    "/midorino/desk/routing/": STAFF,
    "/midorino/desk/{pk}/": STAFF,
    "/midorino/questions/new/": STAFF,
    "/midorino/questions/new/?from={pk}": STAFF,
    "/midorino/questions/{question}/": STAFF,
    "/midorino/questions/{question}/edit/": STAFF,
}
HIDDEN = {"/midorino/questions/{question}/"}  # a draft is nowhere for others, not forbidden


@pytest.mark.parametrize("path", sorted(OPENS))
def test_pages_open_only_as_the_table_says(path, enquiry_at, browser_of):
    question = QuestionAnswer.objects.create(question="下書きの問い", answer="答え")
    address = path.format(pk=enquiry_at("answered").pk, question=question.pk)
    closed = 404 if path in HIDDEN else 403
    at_the_door = 404 if path in HIDDEN else 302

    codes = {name: browser_of(name).get(address).status_code for name in EVERYBODY}

    others = EVERYBODY - OPENS[path]
    expected = dict.fromkeys(OPENS[path], 200) | dict.fromkeys(others, closed)
    assert codes == expected | ({"visitor": at_the_door} if "visitor" in others else {})


# Written by hand: who may send what. The enquiry is with the roads department; `officer` sits there.
SENDS = {
    "/midorino/desk/{pk}/notes/": STAFF,
    "/midorino/desk/{pk}/sort/": DESK | {"officer"},
    "/midorino/desk/{pk}/link/": DESK | {"officer"},
    "/midorino/questions/{question}/publish/": DESK,
    "/midorino/questions/{question}/withdraw/": DESK,
}
SENT = {"memo-text": "メモ", "sort-theme": "road", "is_confirmed": "on"}


@pytest.mark.parametrize("path", sorted(SENDS))
def test_forms_are_taken_only_as_the_table_says(path, enquiry_at, browser_of):
    question = QuestionAnswer.objects.create(question="下書きの問い", answer="答え")
    address = path.format(pk=enquiry_at("with_desk").pk, question=question.pk)

    codes = {name: browser_of(name).post(address, SENT).status_code for name in EVERYBODY - {"visitor"}}

    taken = 200 if path.endswith("link/") else 302
    assert codes == dict.fromkeys(EVERYBODY - {"visitor"}, 403) | dict.fromkeys(SENDS[path], taken)
    assert browser_of("visitor").post(address, SENT)["Location"].startswith("/accounts/login/")


def test_another_citys_enquiries_questions_and_links_are_nowhere(enquiry_at, browser_of):
    pk = enquiry_at("answered").pk
    question = QuestionAnswer.objects.create(question="問い", answer="答え", published_on=make.APRIL)
    elsewhere = make.city("tonari", name="となり市", code="139999")
    with scope(elsewhere):
        make.rulebook()
        party = make.department("となり課")
        coordinator = User.objects.get(email="coordinator@midorino.example")
        Membership.objects.create(user=coordinator, party=party, role="coordinator", since=make.APRIL)
    browser = browser_of("coordinator")

    assert browser.get("/tonari/desk/").status_code == 200
    for path in (f"desk/{pk}/", f"questions/{question.pk}/", f"asked/{TOKEN}/", f"questions/new/?from={pk}"):
        assert browser.get(f"/tonari/{path}").status_code == 404
    for path in (f"desk/{pk}/steps/close/", f"desk/{pk}/notes/", f"desk/{pk}/sort/", f"desk/{pk}/link/"):
        assert browser.post(f"/tonari/{path}", {"close-outcome": "informed"}).status_code == 404
    with scope(Consultation.objects.get().municipality):
        assert Consultation.objects.get().state == "answered"


def test_the_askers_page_shows_answer_and_stage_and_nothing_of_the_staff(enquiry_at, people, client):
    case = enquiry_at("with_desk")
    services.add_note(case, text="ひみつのメモ", at=AT, by=people["officer"])
    services.hand_over(case, to=make.department("産業課"), reason="ひみつの理由", by=people["officer"])
    services.answer(case, text="道具は\n貸せます。", at=AT + timedelta(days=1), by=people["other"])

    response = client.get(f"/midorino/asked/{TOKEN}/")

    page = response.content.decode()
    assert "回答しました" in page
    assert "産業課の回答" in page
    assert "貸せます。" in page
    assert "担当が替わりました" in page
    told = [*SECRETS, "ひみつの理由", "officerさん", "otherさん", "coordinatorさん"]
    assert [word for word in told if word in page] == []


def test_the_askers_page_is_kept_from_search_engines_and_from_caches(enquiry_at, client):
    enquiry_at()

    response = client.get(f"/midorino/asked/{TOKEN}/")

    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert '<meta name="robots" content="noindex, nofollow">' in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "same-origin"


def test_nothing_personal_stands_on_any_page_of_a_visitor(enquiry_at, people, client):
    case = enquiry_at("closed")
    services.add_note(case, text="ひみつのメモ", at=AT, by=people["officer"])

    pages = [
        client.get(f"/midorino/{path}").content.decode() for path in ("", "questions/", "questions/?q=道具", "ask/")
    ]

    assert [secret for secret in (*SECRETS, "花だん") for page in pages if secret in page] == []


def test_scripts_in_what_people_write_stay_text(enquiry_at, people, browser_of):
    nasty = "<script>alert(1)</script>"
    case = enquiry_at("with_desk", body=nasty, asker_name=nasty)
    services.add_note(case, text=nasty, at=AT, by=people["officer"])
    services.answer(case, text=nasty, at=AT, by=people["officer"])

    pages = [
        browser_of("officer").get(f"/midorino/desk/{case.pk}/"),
        browser_of("officer").get("/midorino/desk/"),
        browser_of("visitor").get(f"/midorino/asked/{TOKEN}/"),
    ]

    assert all("<script>alert" not in page.content.decode() for page in pages)
    assert all("&lt;script&gt;alert" in page.content.decode() for page in pages)


def test_the_list_says_where_each_enquiry_stands_and_how_long_it_took(enquiry_at, browser_of):
    enquiry_at("answered")

    page = browser_of("officer").get("/midorino/desk/").content.decode()

    assert "公園の花だんを直したいです" in page
    assert "道路課" in page
    assert ">3日<" in page.replace("\n", "")
    assert "架空 花江" not in page


def test_the_routing_table_names_who_answers_and_says_where_nobody_is_registered(enquiry_at, browser_of):
    enquiry_at("with_desk", theme="road")

    page = browser_of("other").get("/midorino/desk/routing/").content.decode()

    assert page.index("始めたい") < page.index("市民活動センター") < page.index("道のこと") < page.index("道路課")
    assert page.count("この名前の主体はまだ登録されていません。") == 1
    assert '<a href="/midorino/desk/?theme=road">1</a>' in page


@pytest.mark.parametrize("path", ["/midorino/desk/", "/midorino/questions/"])
def test_a_list_costs_the_same_however_long_it_is(path, enquiry_at, browser_of, django_assert_max_num_queries):
    for number in range(25):
        enquiry_at("answered", token=f"{number:022}", theme="road")
        QuestionAnswer.objects.create(question=f"問い{number}", answer="答え", published_on=make.APRIL, theme="road")
    browser = browser_of("coordinator")
    browser.get(path)

    with django_assert_max_num_queries(12):
        assert browser.get(path).status_code == 200


def test_an_enquirys_page_costs_at_most_twenty_queries(enquiry_at, people, browser_of, django_assert_max_num_queries):
    case = enquiry_at("answered")
    for number in range(10):
        services.write_back(case, text=f"続き{number}", at=AT)
        services.add_note(case, text="メモ", at=AT, by=people["officer"])
        services.answer(case, text=f"答え{number}", at=AT, by=people["officer"])
    browser = browser_of("officer")
    browser.get(f"/midorino/desk/{case.pk}/")

    with django_assert_max_num_queries(20):
        assert browser.get(f"/midorino/desk/{case.pk}/").status_code == 200
    with django_assert_max_num_queries(20):
        assert browser_of("visitor").get(f"/midorino/asked/{TOKEN}/").status_code == 200


@pytest.mark.parametrize(
    "asked", ["q=%00", "theme=%00", "state=bogus", "page=zzz", "q=%F0%9F%98%80&mine=1", "q=%25%27"]
)
def test_a_strange_address_shows_a_list_and_no_fault(asked, enquiry_at, browser_of):
    enquiry_at()

    assert browser_of("officer").get(f"/midorino/desk/?{asked}").status_code == 200
    assert browser_of("visitor").get(f"/midorino/questions/?{asked}").status_code == 200
    assert browser_of("officer").get("/midorino/questions/new/?from=" + "9" * 40).status_code == 404


def test_the_next_page_keeps_what_was_asked(browser_of, city):
    for number in range(21):
        QuestionAnswer.objects.create(question=f"問い{number}", answer="答え", published_on=make.APRIL, theme="road")

    page = browser_of("visitor").get("/midorino/questions/?theme=road&q=").content.decode()

    assert 'href="?theme=road&amp;q=&amp;page=2"' in page
