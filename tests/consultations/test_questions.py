"""From an answer to a question everybody may read: edited, warned, published, found, and taken back."""

from __future__ import annotations

import pytest

from tests import make
from tomoni.cases.services import RulesBroken
from tomoni.consultations import selectors, services
from tomoni.consultations.models import QuestionAnswer
from tomoni.history.models import Event
from tomoni.kernel.decisions import NotAllowed
from tomoni.search.models import SearchEntry
from tomoni.search.selectors import found

ON = make.APRIL


@pytest.fixture
def draft(enquiry_at, people):
    case = enquiry_at("answered")
    question = QuestionAnswer(
        consultation=case, theme="road", question="道具は借りられますか", answer="道路課で貸します。"
    )
    return services.write_question(question, by=people["officer"])


def test_a_draft_is_nowhere_to_be_found(draft, people):
    assert selectors.public().count() == 0
    assert SearchEntry.objects.count() == 0
    assert selectors.drafts(people["officer"]).get() == draft
    assert selectors.drafts(people["member"]).count() == 0


@pytest.mark.parametrize("words", ["道具", "どうぐ 貸し", "道路"])
def test_what_is_published_is_found_by_words_of_two_letters(draft, people, words):
    services.publish_question(draft, on=ON, is_confirmed=False, by=people["coordinator"])

    hits = selectors.questions_found(words, "").count()
    assert hits == (0 if "どうぐ" in words else 1)
    assert found(words, kind="question").count() == hits
    assert selectors.questions_found(words, "start").count() == 0


def test_the_search_shows_the_question_and_leads_to_its_page(draft, people, client):
    services.publish_question(draft, on=ON, is_confirmed=False, by=people["coordinator"])

    entry = SearchEntry.objects.get()
    assert (entry.title, entry.excerpt) == ("道具は借りられますか", "道路課で貸します。")
    assert entry.url == f"/midorino/questions/{draft.pk}/"
    assert "道路課で貸します。" in client.get(entry.url).content.decode()


@pytest.mark.parametrize(
    "leak", ["架空花江さんに貸しました", "花江 さんへ", "電話 000-0123-4567", "hanae@himitsu.example"]
)
def test_a_question_that_tells_who_asked_is_not_published_until_somebody_looked(draft, people, leak):
    draft.answer = leak
    services.write_question(draft, by=people["officer"])

    with pytest.raises(RulesBroken, match="名前や連絡先が残っている"):
        services.publish_question(draft, on=ON, is_confirmed=False, by=people["coordinator"])

    assert (selectors.public().count(), SearchEntry.objects.count()) == (0, 0)
    services.publish_question(draft, on=ON, is_confirmed=True, by=people["coordinator"])
    assert selectors.public().count() == 1
    assert Event.objects.get(verb="publish").details == {"confirmed": True}


def test_a_published_question_cannot_be_mended_into_a_leak(draft, people):
    public = services.publish_question(draft, on=ON, is_confirmed=False, by=people["coordinator"])
    public.answer = "架空 花江さんに聞いてください"

    with pytest.raises(RulesBroken):
        services.write_question(public, by=people["coordinator"])

    assert QuestionAnswer.objects.get().answer == "道路課で貸します。"
    assert SearchEntry.objects.get().excerpt == "道路課で貸します。"


def test_mending_a_published_question_mends_what_is_found(draft, people):
    public = services.publish_question(draft, on=ON, is_confirmed=False, by=people["coordinator"])
    public.answer = "倉庫で貸します。"

    services.write_question(public, by=people["coordinator"])

    assert selectors.questions_found("倉庫", "").count() == 1
    assert selectors.questions_found("道路", "").count() == 0


def test_what_is_taken_back_is_found_no_more(draft, people, client):
    public = services.publish_question(draft, on=ON, is_confirmed=False, by=people["coordinator"])

    services.withdraw_question(public, by=people["division"])

    assert (selectors.public().count(), SearchEntry.objects.count()) == (0, 0)
    assert client.get(f"/midorino/questions/{draft.pk}/").status_code == 404


@pytest.mark.parametrize("name", ["officer", "member", "council"])
def test_only_the_desk_publishes_and_takes_back(draft, people, name):
    with pytest.raises(NotAllowed):
        services.publish_question(draft, on=ON, is_confirmed=True, by=people[name])
    with pytest.raises(NotAllowed):
        services.withdraw_question(draft, by=people[name])

    assert QuestionAnswer.objects.get().published_on is None


def test_a_department_does_not_change_what_is_public(draft, people):
    public = services.publish_question(draft, on=ON, is_confirmed=False, by=people["coordinator"])
    public.answer = "かえました"

    with pytest.raises(NotAllowed):
        services.write_question(public, by=people["officer"])

    assert QuestionAnswer.objects.get().answer == "道路課で貸します。"


def test_an_unanswered_question_is_not_published(people):
    empty = services.write_question(QuestionAnswer(question="問い", answer=""), by=people["coordinator"])

    with pytest.raises(RulesBroken, match="答えを書いてから"):
        services.publish_question(empty, on=ON, is_confirmed=True, by=people["coordinator"])

    assert selectors.public().count() == 0


def test_the_form_begins_with_the_enquirys_words_and_warns(enquiry_at, people, browser_of):
    case = enquiry_at("answered", body="架空花江です。道具を借りたいです。")
    browser = browser_of("officer")

    page = browser.get(f"/midorino/questions/new/?from={case.pk}").content.decode()
    led = browser.post(
        f"/midorino/questions/new/?from={case.pk}", {"question": "架空花江です", "answer": "はい", "theme": "start"}
    )

    assert "道具は道路課で貸します。" in page
    assert "だれの相談かが分かるかもしれません" in page
    kept = QuestionAnswer.objects.get()
    assert kept.consultation == case
    assert led["Location"] == f"/midorino/questions/{kept.pk}/"
    assert "架空 花江" in browser.get(led["Location"]).content.decode()


def test_publishing_over_the_page_asks_once_more_and_then_shows_it_to_all(draft, people, browser_of, client):
    draft.answer = "花江さんの場合は貸します。"
    services.write_question(draft, by=people["officer"])
    desk = browser_of("coordinator")
    path = f"/midorino/questions/{draft.pk}/"

    refused = desk.post(f"{path}publish/")

    assert refused.status_code == 422
    assert "名前や連絡先が残っているようです" in refused.content.decode()
    assert client.get(path).status_code == 404
    assert desk.post(f"{path}publish/", {"is_confirmed": "on"}).status_code == 302
    page = client.get(path).content.decode()
    assert "花江さんの場合は貸します。" in page
    assert "もとの相談" not in page


def test_mending_over_the_page_keeps_what_was_typed_when_it_would_leak(draft, people, browser_of):
    services.publish_question(draft, on=ON, is_confirmed=False, by=people["coordinator"])
    desk = browser_of("coordinator")

    response = desk.post(
        f"/midorino/questions/{draft.pk}/edit/", {"question": "問い", "answer": "花江さんに", "theme": ""}
    )

    page = response.content.decode()
    assert response.status_code == 422
    assert "花江さんに" in page
    assert "相談した人の名前や連絡先ではありません" in page
    assert QuestionAnswer.objects.get().answer == "道路課で貸します。"


def test_the_public_page_lists_by_theme_and_hides_drafts(draft, people, client):
    services.publish_question(draft, on=ON, is_confirmed=False, by=people["coordinator"])
    QuestionAnswer.objects.create(question="まだの問い", answer="まだの答え")

    page = client.get("/midorino/questions/").content.decode()
    other = client.get("/midorino/questions/?theme=start").content.decode()

    assert "道具は借りられますか" in page
    assert "まだの" not in page
    assert "道具は借りられますか" not in other
    assert "当てはまる質問はありません" in other
