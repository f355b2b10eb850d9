"""Pages of the yearly request: who opens what, the whole way over HTTP, and how bad input comes back."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from tests import make
from tests.reporting.conftest import AT, DUE, ON, PARKS, ROADS, YEAR, entry_of
from tomoni.cases import services as cases
from tomoni.history.models import Notice
from tomoni.kernel.clock import today
from tomoni.parties.actor import program
from tomoni.parties.models import User
from tomoni.parties.permissions import Role
from tomoni.plans.models import Progress, ProjectLink
from tomoni.portal.due import run_due
from tomoni.projects.models import Project, ProjectFigure
from tomoni.reporting.models import DraftAssessment, Entry, YearRequest
from tomoni.reporting.services.drafting import Draft, save_draft
from tomoni.reporting.services.opening import Question, ask_for_new_lines, open_request


def url(name: str, *args: object) -> str:
    return reverse(name, args=["midorino", *args])


def enter(client, name):
    client.force_login(User.objects.get(email=f"{name}@midorino.example"))


# Written by hand: what each page answers to each person. 302 leads to the sign-in, or to one's own page.
PAGES = {
    "reporting": {"": 302, "roads": 200, "division": 200, "council": 200, "xmember": 403},
    "reporting-new": {"": 302, "roads": 403, "division": 200, "council": 403, "xmember": 403},
    "year-request": {"": 302, "roads": 302, "division": 200, "council": 302, "xmember": 403},
    "report-mine": {"": 302, "roads": 200, "division": 200, "council": 403, "xmember": 403},
    "report-department": {"": 302, "roads": 403, "division": 200, "council": 403, "xmember": 403},
    "report-assessing": {"": 302, "roads": 403, "division": 200, "council": 200, "xmember": 403},
    "report-entry": {"": 302, "roads": 200, "division": 200, "council": 404, "xmember": 403},
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_answers_as_the_table_says(client, name, lamps, council, seat):
    seat("xmember", Role.MEMBER)
    pk = lamps.year_request_id
    args = {
        "reporting": [],
        "reporting-new": [],
        "report-entry": [lamps.pk],
        "report-department": [pk, lamps.department_id],
    }.get(name, [pk])

    answers = {}
    for who in PAGES[name]:
        client.logout()
        if who:
            enter(client, who)
        answers[who] = client.get(url(name, *args)).status_code

    assert answers == PAGES[name]


def test_a_row_of_another_city_is_nowhere(client, lamps):
    make.city("yoso", name="よその市", code="139997")
    enter(client, "roads")

    for name, key in (("report-entry", lamps.pk), ("report-mine", lamps.year_request_id)):
        answer = client.get(reverse(name, args=["yoso", key]))
        assert answer.status_code in {403, 404}


def test_an_officer_writes_hands_in_and_is_led_to_the_next_line(client, lamps, indicator):
    enter(client, "roads")
    sent = {
        "version": "0",
        "status": "on_track",
        "results": "点検した。\r\n次もする。",
        f"number_{indicator.pk}": "１，２３４．５",
        "act": "hand_in",
    }

    answer = client.post(url("report-save", lamps.pk), sent)

    assert answer["Location"] == url("report-entry", entry_of(lamps.year_request, "2", ROADS).pk)
    lamps.refresh_from_db()
    assert (lamps.state, lamps.results) == ("handed_in", "点検した。\n次もする。")
    assert str(lamps.figures.get().value) == "1234.500"


def test_handing_in_unfinished_keeps_the_draft_and_says_what_is_missing(client, lamps):
    enter(client, "roads")

    answer = client.post(url("report-save", lamps.pk), {"version": "0", "issues": "足りない。", "act": "hand_in"})

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "進捗状況を選んでください。" in text
    assert "たずねている数値が空いています。" in text
    lamps.refresh_from_db()
    assert (lamps.state, lamps.issues) == ("asked", "足りない。")


def test_what_was_typed_stays_when_it_cannot_be_kept(client, lamps, indicator):
    enter(client, "roads")
    long = "長" * 100_000

    answer = client.post(
        url("report-save", lamps.pk),
        {"version": "0", "results": long, "issues": "𠮷", f"number_{indicator.pk}": "たくさん"},
    )

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "10,000字までにしてください（いま100,000字）" in text
    assert "数字だけを書いてください" in text
    assert long in text
    assert Entry.objects.get(pk=lamps.pk).issues == ""


def test_a_draft_saves_itself_and_says_when(client, lamps, roads):
    enter(client, "roads")

    answer = client.post(
        url("report-save", lamps.pk), {"version": "0", "results": "途中。"}, headers={"HX-Request": "true"}
    )

    text = answer.content.decode()
    assert answer.status_code == 200
    assert "に保存しました（roads）" in text
    assert 'name="version" value="1"' in text
    assert "<html" not in text


def test_the_second_editor_sees_both_texts_and_their_own_stays_in_the_form(client, lamps, roads, seat):
    other = seat("other", Role.OFFICER, make.department(ROADS))[2]
    save_draft(lamps, Draft({"results": "先に書いた文。"}), version=0, at=AT, by=other)
    enter(client, "roads")
    sent = {"version": "0", "results": "後から書いた文。"}

    small = client.post(url("report-save", lamps.pk), sent, headers={"HX-Request": "true"})
    whole = client.post(url("report-save", lamps.pk), sent)

    assert (small.status_code, whole.status_code) == (422, 422)
    assert "見比べる" in small.content.decode()
    assert 'name="version" value="0"' in small.content.decode()
    text = whole.content.decode()
    assert "先に書いた文。" in text
    assert text.count("後から書いた文。") == 2  # beside theirs, and in the box
    assert 'name="version" value="1"' in text
    assert Entry.objects.get(pk=lamps.pk).results == "先に書いた文。"


def test_a_page_that_saves_itself_says_that_the_session_is_over_instead_of_showing_the_sign_in(client, lamps):
    answer = client.post(
        url("report-save", lamps.pk), {"version": "0", "results": "途中。"}, headers={"HX-Request": "true"}
    )

    assert (answer.status_code, answer["HX-Retarget"]) == (422, "#signed-out")
    assert "書いたものを写し取ってから" in answer.content.decode()
    assert Entry.objects.get(pk=lamps.pk).results == ""


def test_others_do_not_read_a_draft(client, park, lamps, parks):
    save_draft(park, Draft({"results": "まだ内緒の文。"}), version=0, at=AT, by=parks)
    enter(client, "roads")

    assert "まだ内緒の文。" not in client.get(url("report-entry", park.pk)).content.decode()
    Entry.objects.filter(pk=park.pk).update(state="handed_in")
    assert "まだ内緒の文。" in client.get(url("report-entry", park.pk)).content.decode()


def test_the_question_of_the_division_stands_at_the_top(client, lamps, division):
    Entry.objects.filter(pk=lamps.pk).update(state="handed_in")
    enter(client, "division")
    client.post(url("report-step", lamps.pk, "send_back"), {"note": "何基を直しましたか。"})
    enter(client, "roads")

    text = client.get(url("report-entry", lamps.pk)).content.decode()

    assert "協働担当課からたずねられています" in text
    assert "何基を直しましたか。" in text


def test_a_request_is_opened_and_a_past_deadline_comes_back_with_what_was_typed(client, plan, roads, parks, division):
    enter(client, "division")
    sent = {"plan": plan.pk, "year": "2020", "words": "お願いします。", "reminder_days": "７、−1"}

    bad = client.post(url("reporting-new"), {**sent, "due_on": "2026-01-01", "year": "2099"})
    past = client.post(url("reporting-new"), {**sent, "due_on": "2020-01-01", "year": str(_choice(client))})

    assert (bad.status_code, past.status_code) == (422, 422)
    assert "締め切りが過ぎた日になっています。" in past.content.decode()
    assert "お願いします。" in past.content.decode()
    assert YearRequest.objects.count() == 0


def _choice(client) -> str:
    form = client.get(url("reporting-new")).context["form"]
    return next(key for key, _label in form.fields["year"].choices if key <= 2020)


def test_the_division_confirms_publishes_and_reads_what_is_in_the_way(client, request_, park, division):
    YearRequest.objects.update(asks_committee=False, due_on=today() + timedelta(days=3))
    Entry.objects.filter(pk=park.pk).update(state="handed_in", status="done", results="終えた。")
    enter(client, "division")

    confirmed = client.post(url("year-request-act", request_.pk, "confirm"))
    published = client.post(url("year-request-act", request_.pk, "publish"))

    assert (confirmed.status_code, published.status_code) == (200, 200)
    assert "担当の課がまだ出していません。" in published.content.decode()
    assert Progress.objects.get(line=park.line, year=2020).results == "終えた。"


def test_a_committee_member_writes_a_view_that_nobody_else_reads_before_it_is_published(
    client, request_, lamps, council, committee
):
    Entry.objects.filter(pk=lamps.pk).update(state="confirmed", results="点検した。", status="on_track")
    measure = lamps.line.measure
    here = url("report-assessing", request_.pk)
    enter(client, "council")
    assert "点検した。" in client.get(here).content.decode()

    name = f"measure{measure.pk}"
    sent = {f"{name}-committee": committee.pk, f"{name}-version": "0", f"{name}-opinion": "暗い道が減りました。"}
    empty = client.post(f"{here}{name}/", {**sent, f"{name}-opinion": " "})
    kept = client.post(f"{here}{name}/", sent)

    assert (empty.status_code, kept.status_code) == (422, 302)
    assert "評価か意見のどちらかを書いてください。" in empty.content.decode()
    assert DraftAssessment.objects.get().opinion == "暗い道が減りました。"
    client.logout()
    public = client.get(reverse("measure", args=["midorino", measure.plan_id, measure.pk])).content.decode()
    assert "暗い道が減りました。" not in public


@pytest.mark.parametrize("of", ["measure0", "heading999", "plan1", "measure", "measure99999999999999999999"])
def test_an_address_that_names_nothing_is_nowhere(client, request_, council, of):
    enter(client, "council")

    assert client.post(url("report-assessing", request_.pk) + f"{of}/").status_code == 404


def test_a_line_is_handed_over_with_a_reason(client, lamps):
    enter(client, "roads")
    to = make.department(PARKS).pk

    without = client.post(url("report-hand-over", lamps.pk), {"over-department": to, "over-reason": ""})
    done = client.post(url("report-hand-over", lamps.pk), {"over-department": to, "over-reason": "公園の灯りです。"})

    assert (without.status_code, done.status_code) == (422, 302)
    assert "わけを書いてください。" in without.content.decode()
    lamps.refresh_from_db()
    assert lamps.department.name == PARKS


def test_who_has_answered_takes_the_same_queries_for_many_departments(
    client, plan, division, django_assert_max_num_queries
):
    held = open_request(plan, Question(YEAR, DUE), on=ON, by=division)
    enter(client, "division")
    with django_assert_max_num_queries(15):
        client.get(url("year-request", held.pk))
    for n in range(12):
        make.line(make.measure(plan, f"取組{n}"), f"第{n}課")
    ask_for_new_lines(held, on=ON, by=division)

    with django_assert_max_num_queries(15):
        answer = client.get(url("year-request", held.pk))
    assert "第11課" in answer.content.decode()


def test_the_committees_page_takes_the_same_queries_for_many_measures(
    client, request_, plan, council, division, django_assert_max_num_queries
):
    for n in range(6):
        make.line(make.measure(plan, f"取組{n}", heading=plan.headings.get()), ROADS)
    ask_for_new_lines(request_, on=ON, by=division)
    enter(client, "council")

    with django_assert_max_num_queries(28):
        client.get(url("report-assessing", request_.pk))


def test_what_the_checks_notice_stands_beside_the_form_and_may_be_answered(client, lamps, roads):
    save_draft(lamps, Draft({"status": "on_track", "results": "点検した。"}), version=0, at=AT, by=roads)
    make.progress(entry_of(lamps.year_request, "2", PARKS).line, 2020, next_action="続ける。")
    enter(client, "roads")
    cards = client.get(url("report-entry", lamps.pk)).context["cards"]
    asked = next(card for card in cards if card.rule == "SH-04")

    answer = client.post(url("report-answer-check", lamps.pk), {"key": asked.key, "reason": "終える予定です。"})

    assert answer.status_code == 302
    held = next(card for card in client.get(url("report-entry", lamps.pk)).context["cards"] if card.rule == "SH-04")
    assert held.answer.reason == "終える予定です。"
    assert Entry.objects.get(pk=lamps.pk).status == "on_track"


@pytest.fixture
def project_figure(lamps):
    """A finished project that serves measure 1 and counted lamps."""
    made = Project(title="夜道の灯り", civic=make.group(), city=make.department(ROADS), is_public=True)
    cases.begin(made, on=ON, by=program("test"))
    Project.objects.filter(pk=made.pk).update(state="finished")
    ProjectLink.objects.create(measure=lamps.line.measure, project=made)
    return ProjectFigure.objects.create(project=made, year=YEAR, label="点検した灯り", value=78, unit="基")


def test_a_number_of_a_project_is_taken_over_by_its_button(client, lamps, indicator, roads, project_figure):
    enter(client, "roads")
    page = client.get(url("report-entry", lamps.pk)).content.decode()
    assert "78を使う" in page

    client.post(
        url("report-save", lamps.pk),
        {"version": "0", "issues": "暗い。", "take": f"{indicator.pk}-{project_figure.pk}"},
    )

    held = Entry.objects.get(pk=lamps.pk)
    figure = held.figures.get()
    assert (held.issues, str(figure.value), figure.taken_from) == ("暗い。", "78.000", "夜道の灯り 点検した灯り")


def test_the_reminders_of_the_day_are_sent_by_one_command_once(lamps, roads):
    before = Notice.objects.filter(user=roads.user).count()

    told = [run_due(on=date(2026, 5, 8)) for _twice in range(2)]

    assert [each["midorino", "reporting"] for each in told] == [2, 0]
    assert Notice.objects.filter(user=roads.user).count() == before + 1
