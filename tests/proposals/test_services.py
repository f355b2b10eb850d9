"""Beginning, writing together in two windows, revising after talks, attaching files, publishing."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pdfplumber
import pytest

from tests.proposals.conftest import ANSWERS, AT, BUDGET, DAY, SAID, SECRET, everybody_marks
from tomoni.cases.services import RulesBroken
from tomoni.files.models import StoredFile
from tomoni.history.models import Notice
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.models import Party
from tomoni.proposals import selectors
from tomoni.proposals.models import Partner, Programme, Proposal
from tomoni.proposals.services import rounds, steps, writing
from tomoni.proposals.services.writing import Beginning, Moved, NotEligible, Writing
from tomoni.search.selectors import found


def whole(held, **changed):
    return replace(Writing("夜道のあかり", held.department, ANSWERS, BUDGET), **changed)


def test_who_does_not_meet_a_condition_is_told_and_nothing_begins(call, people):
    lead = Party.objects.get(name="あかりの会")

    with pytest.raises(NotEligible):
        writing.begin(call, Beginning(lead, "小さな会の提案", {**SAID, "people": 4}), on=DAY, by=people["member"])

    assert Proposal.objects.count() == 0


def test_beginning_twice_is_one_draft(proposal_at, call, people):
    held = proposal_at("draft")
    told = Beginning(held.lead, held.title, SAID)

    assert writing.begin(call, told, on=DAY, by=people["member"]).pk == held.pk
    assert Proposal.objects.count() == 1


def test_the_second_window_is_told_and_overwrites_nothing(proposal_at, people):
    held = proposal_at("draft")
    writing.write(held, whole(held, title="1つめの窓"), revision=held.revision, by=people["member"])

    with pytest.raises(Moved) as moved:
        writing.write(held, whole(held, title="2つめの窓"), revision=held.revision, by=people["member"])

    assert moved.value.held.title == "1つめの窓"
    assert Proposal.objects.get().title == "1つめの窓"
    assert Proposal.objects.get().revision == held.revision + 1


def test_what_the_second_window_typed_stays_on_its_page(proposal_at, people, browser_of):
    held = proposal_at("draft")
    sent = {"title": "2つめの窓", "revision": held.revision, "sheet-wish": "消えてはいけない文", "partners": "2"}
    writing.write(held, whole(held, title="1つめの窓"), revision=held.revision, by=people["member"])

    answer = browser_of("member").post(f"/midorino/proposals/{held.pk}/write/", sent)
    told = answer.content.decode()

    assert answer.status_code == 409
    assert "消えてはいけない文" in told
    assert "<del>1つめの窓</del>" in told
    assert f'name="revision" value="{held.revision + 1}"' in told
    again = browser_of("member").post(f"/midorino/proposals/{held.pk}/write/", {**sent, "revision": held.revision + 1})
    assert again.status_code == 302
    assert Proposal.objects.get().title == "2つめの窓"


def test_rows_are_added_without_a_script_and_nothing_typed_is_lost(proposal_at, browser_of):
    held = proposal_at("draft")
    sent = {
        "title": "書きかけ",
        "revision": held.revision,
        "partners": "2",
        "sheet-wish": "書きかけの文",
        "income_head": ["city", ""],
        "income_label": ["", ""],
        "income_amount": ["5,000", ""],
        "more": "income",
    }

    told = browser_of("member").post(f"/midorino/proposals/{held.pk}/write/", sent).content.decode()

    assert told.count('name="income_amount"') == 6
    assert told.count('name="spending_amount"') == 2
    assert 'value="5,000"' in told
    assert "書きかけの文" in told
    assert Proposal.objects.get().title == "夜道のあかり"


def test_a_wrong_amount_keeps_everything_as_it_was(proposal_at, browser_of):
    held = proposal_at("draft")
    sent = {
        "title": "x",
        "revision": held.revision,
        "income_head": ["city"],
        "income_label": [""],
        "income_amount": ["千円"],
    }

    answer = browser_of("member").post(f"/midorino/proposals/{held.pk}/write/", sent)

    assert answer.status_code == 422
    assert "収入の1行目: 金額を円の単位で、数字で書いてください。" in answer.content.decode()
    assert 'value="千円"' in answer.content.decode()
    assert Proposal.objects.get().budget == BUDGET


def test_a_partner_writes_only_after_agreeing_and_a_no_leaves_no_name(proposal_at, people):
    neighbours, strangers = Party.objects.get(name="となりの会"), Party.objects.get(name="よその会")
    held = proposal_at("draft", partners=((neighbours, "看板"), (strangers, "")))
    assert [each.title for each in selectors.awaiting(people["partner"])] == ["夜道のあかり"]
    with pytest.raises(NotAllowed):
        writing.write(held, whole(held), revision=held.revision, by=people["partner"])

    writing.answer_invitation(held.seats.get(party=neighbours), agrees=True, at=AT, by=people["partner"])
    writing.answer_invitation(held.seats.get(party=strangers), agrees=False, at=AT, by=people["rival"])
    mine = whole(held, title="2人で書いた", partners=((neighbours, "看板"),))
    written = writing.write(held, mine, revision=held.revision, by=people["partner"])

    assert written.title == "2人で書いた"
    assert [each.party.name for each in Partner.objects.all()] == ["となりの会"]
    assert not selectors.visible_to(people["rival"]).exists()
    with pytest.raises(NotAllowed):
        steps.submit(held, at=AT, by=people["partner"])
    assert "となりの会が、いっしょに提案することを承諾しました。" in Notice.objects.filter(
        user=people["member"].user
    ).values_list("text", flat=True)


def test_a_revision_after_a_talk_keeps_what_was_there_before(proposal_at, people):
    held = proposal_at("talks")
    steps.write_talk(held, held_on=DAY, text="道具を増やしましょう", at=AT, by=people["officer"])
    changed = whole(held, answers={**ANSWERS, "tools": "のこぎりとかなづち"})

    version = writing.revise(held, changed, revision=held.revision, why="道具", at=AT, by=people["member"])

    first = held.versions.get(number=1)
    assert (first.content["answers"]["tools"], version.content["answers"]["tools"]) == (
        "のこぎり",
        "のこぎりとかなづち",
    )
    assert version.talk.text == "道具を増やしましょう"
    with pytest.raises(RulesBroken):
        writing.revise(
            held, whole(held, budget=BUDGET[:1]), revision=held.revision + 1, why="x", at=AT, by=people["member"]
        )
    assert Proposal.objects.get().budget == BUDGET
    assert held.versions.count() == 2


def test_only_those_concerned_write_down_talks(proposal_at, people):
    held = proposal_at("talks")

    for name in ("rival", "other", "screener", "coordinator", "resident"):
        with pytest.raises(NotAllowed):
            steps.write_talk(held, held_on=DAY, text="x", at=AT, by=people[name])

    assert held.talks.count() == 0


def test_an_attachment_is_opened_only_by_those_who_may_read_the_proposal(proposal_at, people, browser_of):
    held = proposal_at("draft")
    stored = writing.attach_file(held, b"%PDF-1.4 x", name="図.pdf", at=AT, by=people["member"])
    path = f"/midorino/proposals/{held.pk}/files/{stored.pk}/"

    def openers():
        answers = {name: browser_of(name).get(path) for name in people}
        for answer in answers.values():
            getattr(answer, "getvalue", bytes)()  # read to its end; closing it would end the connection
        return {name for name, answer in answers.items() if answer.status_code == 200}

    assert openers() == {"member"}
    steps.submit(held, at=AT, by=people["member"])
    assert openers() == {"member", "officer", "other", "division"}
    with pytest.raises(NotAllowed):
        writing.remove_file(held, stored, by=people["member"])
    assert StoredFile.objects.filter(pk=stored.pk).exists()


def test_a_file_that_is_not_what_it_says_is_refused(proposal_at, browser_of):
    from django.core.files.uploadedfile import SimpleUploadedFile

    held = proposal_at("draft")
    sent = {"file-file": SimpleUploadedFile("図.pdf", b"MZ\x90\x00program")}

    answer = browser_of("member").post(f"/midorino/proposals/{held.pk}/files/", sent)

    assert answer.status_code == 422
    assert StoredFile.objects.count() == 0


def test_results_are_published_once_all_are_decided_and_then_found_whole(proposal_at, call, people, browser_of):
    held = proposal_at("adopted")
    late = proposal_at("submitted", title="まだの提案", by="rival")
    with pytest.raises(NotAllowed, match="まだ決まっていない提案"):
        rounds.publish_results(call, on=DAY, by=people["division"])
    assert list(found(SECRET)) == []
    steps.send_back(late, by=people["division"], note="次の募集へ")

    rounds.publish_results(call, on=DAY, by=people["division"])

    assert [each.title for each in found(SECRET)] == ["夜道のあかり"]
    told = browser_of("visitor").get(f"/midorino/proposals/{held.pk}/").content.decode()
    assert SECRET in told
    assert "よく考えられています。" in told
    row = selectors.funnel()[0]
    assert (str(row.year), row.handed_in, row.adopted, row.declined) == ("令和8年度", 1, 1, 0)


def test_drafts_and_unpublished_decisions_are_in_no_count(proposal_at, people):
    proposal_at("draft")
    proposal_at("declined", title="審査した", by="rival")

    row = selectors.funnel()[0]

    assert (row.rounds, row.handed_in, row.adopted, row.declined) == (1, 1, 0, 0)


def test_the_papers_say_what_was_handed_in_and_decided(proposal_at, browser_of):
    held = proposal_at("declined", answers={**ANSWERS, "wish": '#read("/etc") <b>$x$'})
    browser = browser_of("member")

    def text_of(name):
        content = browser.get(f"/midorino/proposals/{held.pk}/{name}.pdf").content
        with pdfplumber.open(BytesIO(content)) as opened:
            return "\n".join(each.extract_text() for each in opened.pages)

    receipt, notice = text_of("receipt"), text_of("notice")

    assert '#read("/etc") <b>$x$' in receipt
    assert "100,000円" in receipt
    assert "80,000円" in receipt
    assert "不採択" in notice
    assert "よく考えられています。" in notice


def test_the_rulebooks_programmes_are_taken_over_once(city, people):
    from tomoni.rulebooks.loading import load_city

    book = load_city("fuchu")

    made = rounds.take_over_programmes(book, by=people["division"])
    assert [each.key for each in made] == ["citizen_proposed", "city_proposed", "value_creation", "trial"]
    assert rounds.take_over_programmes(book, by=people["division"]) == []
    assert Programme.objects.get(key="trial").conditions.cap == 1_000_000
    with pytest.raises(NotAllowed):
        rounds.take_over_programmes(book, by=people["officer"])


def test_scripts_in_text_stay_text(proposal_at, browser_of):
    held = proposal_at("submitted", title="<script>alert(1)</script>")

    for name in ("member", "visitor", "division"):
        told = browser_of(name).get(f"/midorino/proposals/{held.pk}/").content.decode()
        assert "<script>alert(1)" not in told
        assert "&lt;script&gt;alert(1)" in told


def test_whose_turn_it_is_is_found_for_each_role(proposal_at, people):
    proposal_at("submitted")
    judged = proposal_at("screening", title="審査の提案")

    def waiting(name):
        return [each.title for each in selectors.awaiting(people[name])]

    assert waiting("officer") == ["夜道のあかり"]
    assert waiting("division") == ["夜道のあかり"]
    assert waiting("screener") == ["審査の提案"]
    assert waiting("rival") == []
    everybody_marks(judged, people)
    assert waiting("division") == ["夜道のあかり", "審査の提案"]
    assert waiting("screener") == []
