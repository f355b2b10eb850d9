"""A whole story over HTTP, what every walk through the workflow keeps, and how many queries pages cost."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.proposals.conftest import AT, DAY, SCREENERS, everybody_marks
from tomoni.cases.services import RulesBroken
from tomoni.kernel import clock
from tomoni.kernel.decisions import NotAllowed
from tomoni.proposals.models import Proposal, Round
from tomoni.proposals.services import steps
from tomoni.proposals.workflow import WORKFLOW, State
from tomoni.search.models import SearchEntry


@pytest.fixture
def open_today(call):
    """The round, open on the day of the clock."""
    year = clock.today().year
    Round.objects.filter(pk=call.pk).update(opens=date(year - 1, 1, 1), closes=date(year + 1, 1, 1))
    return call


def test_a_group_proposes_talks_is_judged_and_everybody_reads_the_result(open_today, people, browser_of):
    member, division, officer = browser_of("member"), browser_of("division"), browser_of("officer")
    base = "/midorino/proposals"
    start = {"lead": people["member"].seats[0].party, "title": "橋の花かご", "people": "3", "based_here": "on"}

    told = member.post(f"{base}/rounds/{open_today.pk}/new/", start)
    assert told.status_code == 422
    assert "3人のため、あと2人足りません。" in told.content.decode()
    assert member.post(f"{base}/rounds/{open_today.pk}/new/", {**start, "people": "6"}).status_code == 302
    held = Proposal.objects.get()
    case = f"{base}/{held.pk}/"
    assert member.post(f"{case}steps/submit/").status_code == 422
    sent = {
        "title": "橋の花かご",
        "revision": "0",
        "sheet-wish": "花を植えます。",
        "sheet-form_kind": "market",
        "sheet-tools": "スコップ",
        "income_head": ["city"],
        "income_label": ["負担金"],
        "income_amount": ["５０，０００円"],
        "spending_head": ["goods"],
        "spending_label": ["花"],
        "spending_amount": ["50000"],
    }
    assert member.post(f"{case}write/", sent).status_code == 302
    assert member.post(f"{case}steps/submit/").status_code == 302
    assert officer.post(f"{case}steps/talk/").status_code == 302
    note = {"talk-held_on": "2026-04-10", "talk-text": "橋の管理者に聞きます"}
    assert officer.post(f"{case}talks/", note).status_code == 302
    revised = {**sent, "revision": "1", "sheet-wish": "花を植え、水をやります。", "why": "水やりを足した"}
    assert member.post(f"{case}write/", revised).status_code == 302
    assert "<ins>花を植え、水をやります。</ins>" in officer.get(f"{case}versions/2/").content.decode()
    assert division.post(f"{case}steps/to_screening/").status_code == 302
    for name in SCREENERS:
        given_marks = {"c_need": "4", "c_heart": "8", "hand_in": "1"}
        assert browser_of(name).post(f"{case}marks/", given_marks).status_code == 302
    assert division.post(f"{case}steps/adopt/", {"note": ""}).status_code == 422
    assert division.post(f"{case}steps/adopt/", {"note": "花が長く咲く案です。"}).status_code == 302
    assert member.get(f"{case}notice.pdf").content.startswith(b"%PDF-")
    assert division.post(f"{base}/rounds/{open_today.pk}/publish/").status_code == 302

    told = browser_of("visitor").get(case).content.decode()
    assert "花が長く咲く案です。" in told
    assert "花を植え、水をやります。" in told


WALKS = st.lists(st.sampled_from(sorted({step.name for step in WORKFLOW.steps})), max_size=7)
ACTS = {
    "submit": lambda p, w: steps.submit(p, at=AT, by=w["member"]),
    "withdraw": lambda p, w: steps.withdraw(p, by=w["member"], note="やめます"),
    "talk": lambda p, w: steps.begin_talks(p, by=w["officer"]),
    "send_back": lambda p, w: steps.send_back(p, by=w["division"], note="直して"),
    "to_screening": lambda p, w: steps.to_screening(p, by=w["division"]),
    "adopt": lambda p, w: steps.decide(p, adopts=True, reasons="よい", on=DAY, by=w["division"]),
    "decline": lambda p, w: steps.decide(p, adopts=False, reasons="よい", on=DAY, by=w["division"]),
}


@given(walk=WALKS)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_however_it_walks_only_what_was_handed_in_is_found_and_only_marks_decide(walk, proposal_at, people):
    Proposal.objects.all().delete()
    SearchEntry.objects.filter(kind="proposal").delete()
    held = proposal_at("draft")

    for name in walk:
        before = Proposal.objects.get().state
        step = WORKFLOW.step(name, before)
        if before == State.SCREENING and len(walk) % 2 and not held.marks.exists():
            everybody_marks(held, people)
        try:
            ACTS[name](held, people)
        except (NotAllowed, RulesBroken):
            assert Proposal.objects.get().state == before
        else:
            assert step is not None
            assert Proposal.objects.get().state == step.to

    end = Proposal.objects.get()
    is_found = SearchEntry.objects.filter(kind="proposal").exists()
    assert is_found == (end.state not in {State.DRAFT, State.WITHDRAWN})
    assert end.state not in {State.ADOPTED, State.DECLINED} or held.marks.count() == len(SCREENERS)


@pytest.mark.parametrize(
    ("path", "most"),
    [("proposals/", 12), ("proposals/all/", 12), ("proposals/rounds/{round}/", 12), ("proposals/{pk}/", 20)],
)
@pytest.mark.parametrize("name", ["visitor", "member", "division"])
def test_pages_cost_few_queries_however_long_they_are(
    path, most, name, proposal_at, browser_of, django_assert_max_num_queries
):
    for place in range(6):
        held = proposal_at("submitted", title=f"提案その{place}")
    browser = browser_of(name)
    address = f"/midorino/{path.format(pk=held.pk, round=held.round_id)}"
    browser.get(address)
    signed_in = 4 if name != "visitor" else 0  # session, person, seats and notices of the frame

    with django_assert_max_num_queries(most + signed_in):
        browser.get(address)


def test_the_page_of_a_proposal_being_judged_costs_few_queries(
    proposal_at, people, browser_of, django_assert_max_num_queries
):
    held = proposal_at("screening")
    everybody_marks(held, people, "second")
    browser = browser_of("division")
    browser.get(f"/midorino/proposals/{held.pk}/")

    with django_assert_max_num_queries(20):
        browser.get(f"/midorino/proposals/{held.pk}/")


def test_the_board_leads_from_an_issue_to_a_call(call, people, browser_of):
    from tests import make
    from tomoni.matching.models import Listing
    from tomoni.matching.services import post

    issue = Listing(party=make.department(), kind="issue", category="people", title="橋が暗い", text="夜に見えません。")
    issue = post(issue, at=clock.now(), by=people["division"])
    new = browser_of("division").get(f"/midorino/proposals/rounds/new/?issue={issue.pk}").content.decode()

    assert f'<option value="{issue.pk}" selected>橋が暗い</option>' in new
    board = browser_of("division").get(f"/midorino/board/{issue.pk}/").content.decode()
    assert "この課題への提案を募る" in board
    Round.objects.filter(pk=call.pk).update(issue=issue)
    shown = browser_of("visitor").get(f"/midorino/board/{issue.pk}/").content.decode()
    assert "春の募集" in shown
    assert "この課題への提案を募る" not in shown
