"""What the desk's verbs write, whom they tell, and what they refuse."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from tests.consultations.conftest import AT, ENQUIRY, SECRETS, TOKEN
from tomoni.cases.services import RulesBroken
from tomoni.consultations import selectors, services, tasks
from tomoni.consultations.asker import ANYBODY, fingerprint
from tomoni.consultations.models import Consultation, StaffNote
from tomoni.consultations.services import AtOnce
from tomoni.history.models import Event, Notice
from tomoni.kernel.decisions import NotAllowed


def test_an_enquiry_is_kept_with_its_title_its_number_and_only_the_fingerprint_of_its_link(people):
    made = services.receive(ENQUIRY, token=TOKEN, at=AT, by=ANYBODY)

    kept = Consultation.objects.get()
    assert (kept.state, kept.title, kept.begun_on) == ("received", "公園の花だんを直したいです", date(2026, 4, 1))
    assert kept.number == f"R8-{made.pk}"
    assert str(kept) == f"相談 R8-{made.pk} 始めたい"
    assert kept.link_hash == fingerprint(TOKEN)
    assert TOKEN not in str(Consultation.objects.values().get())


def test_the_desk_is_told_of_what_came_by_web_without_a_word_of_it(people, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        made = services.receive(ENQUIRY, token=TOKEN, at=AT, by=ANYBODY)

    assert [notice.user_id for notice in Notice.objects.all()] == [people["coordinator"].user]
    assert [letter.to for letter in mail.outbox] == [["coordinator@midorino.example"]]
    told = mail.outbox[0].subject + mail.outbox[0].body
    assert f"「相談 R8-{made.pk} 始めたい」があなたの番になりました。" in told
    assert [secret for secret in (*SECRETS, "花だん") if secret in told] == []


def test_whoever_takes_the_call_is_not_told_of_it(people):
    services.take_in(ENQUIRY, AtOnce(), token=TOKEN, at=AT, by=people["coordinator"])

    assert Notice.objects.count() == 0


def test_the_same_form_sent_twice_is_one_enquiry(people, roads):
    for _again in range(2):
        services.receive(ENQUIRY, token=TOKEN, at=AT, by=ANYBODY)
        services.take_in(ENQUIRY, AtOnce(to=roads), token="b" * 22, at=AT, by=people["coordinator"])

    assert Consultation.objects.count() == 2
    assert Event.objects.filter(verb="assign").count() == 1


def test_what_is_answered_on_the_phone_is_answered_by_the_desk_that_took_it(people, centre):
    made = services.take_in(ENQUIRY, AtOnce(answer="はい"), token=TOKEN, at=AT, by=people["coordinator"])

    assert (made.state, made.assigned_to, made.answered_on, made.days_to_answer) == ("answered", centre, AT.date(), 0)


def test_only_the_desk_takes_calls_in(people):
    with pytest.raises(NotAllowed, match="窓口の担当者だけ"):
        services.take_in(ENQUIRY, AtOnce(), token=TOKEN, at=AT, by=people["officer"])

    assert Consultation.objects.count() == 0


def test_excluded_activity_is_recorded_with_its_reason_and_goes_on_as_any_other(people, roads):
    excluded = replace(ENQUIRY, excluded_as="sales", excluded_reason="売るだけの会のため")

    made = services.take_in(excluded, AtOnce(to=roads), token=TOKEN, at=AT, by=people["coordinator"])

    assert (made.state, made.excluded_as, made.excluded_reason) == ("with_desk", "sales", "売るだけの会のため")
    named = selectors.exclusion_of(made)
    assert named is not None
    assert named.label == "販売だけの活動"


def test_an_exclusion_without_a_reason_is_refused_whole(people):
    with pytest.raises(RulesBroken, match="対象外とした理由"):
        services.receive(replace(ENQUIRY, excluded_as="sales"), token=TOKEN, at=AT, by=people["coordinator"])

    assert Consultation.objects.count() == 0
    assert Event.objects.filter(verb="begin").count() == 0


def test_the_exclusion_can_be_named_later_and_taken_back(enquiry_at, people):
    case = enquiry_at("with_desk")

    services.sort_out(case, theme="road", excluded_as="sales", reason="売るだけ", by=people["officer"])
    assert Consultation.objects.values_list("theme", "excluded_as", "state").get() == ("road", "sales", "with_desk")

    services.sort_out(case, theme="road", excluded_as="", reason="消し忘れ", by=people["coordinator"])
    assert Consultation.objects.values_list("excluded_as", "excluded_reason").get() == ("", "")


def test_another_department_does_not_sort_it(enquiry_at, people):
    case = enquiry_at("with_desk")

    with pytest.raises(NotAllowed, match="窓口の担当者と、いまの担当だけ"):
        services.sort_out(case, theme="road", excluded_as="", reason="", by=people["other"])

    assert Consultation.objects.get().theme == "start"


def test_handing_over_tells_the_new_party_and_keeps_the_reason(enquiry_at, people, centre):
    case = enquiry_at("with_desk")
    Notice.objects.all().delete()

    services.hand_over(case, to=centre, reason="道具の話だったため", by=people["officer"])

    assert [notice.user_id for notice in Notice.objects.all()] == [people["coordinator"].user]
    line = Event.objects.get(verb="hand_over")
    assert line.note == "市民活動センター（指定管理者）へ。道具の話だったため"


def test_those_the_table_names_as_well_are_told_that_it_is_not_their_turn(enquiry_at, people, roads):
    case = services.assign(enquiry_at(theme="road"), to=roads, by=people["coordinator"])

    told = {notice.user_id: notice.text for notice in Notice.objects.all()}
    assert told == {
        people["officer"].user: f"「相談 R8-{case.pk} 道のこと」があなたの番になりました。",
        people["division"].user: f"相談 R8-{case.pk} 道のこと を知らせます。担当は道路課です。",
    }
    assert selectors.awaiting(people["division"]).count() == 0


def test_answering_tells_the_asker_by_mail_without_the_answer(enquiry_at, people, django_capture_on_commit_callbacks):
    case = enquiry_at("with_desk")

    with django_capture_on_commit_callbacks(execute=True):
        services.answer(case, text="道具は貸せます。", at=AT + timedelta(days=2), by=people["officer"])

    letter = mail.outbox[-1]
    assert letter.to == ["hanae@himitsu.example"]
    assert letter.subject == f"[ともに] 相談 R8-{case.pk} に回答しました"
    assert "道具" not in letter.body
    assert "officer" not in letter.body
    assert "花江" not in letter.body
    assert Consultation.objects.get().days_to_answer == 2


def test_nobody_is_written_to_who_gave_no_address(enquiry_at, people, django_capture_on_commit_callbacks):
    case = enquiry_at("with_desk", asker_mail="")

    with django_capture_on_commit_callbacks(execute=True):
        services.answer(case, text="道具は貸せます。", at=AT, by=people["officer"])

    assert mail.outbox == []


def test_the_private_link_leaves_by_mail_at_once_and_alone(enquiry_at):
    assert tasks.mail_link(enquiry_at(), path=f"/midorino/asked/{TOKEN}/") is True

    assert mail.outbox[0].to == ["hanae@himitsu.example"]
    assert f"http://127.0.0.1:8000/midorino/asked/{TOKEN}/" in mail.outbox[0].body
    assert "花だん" not in mail.outbox[0].body + mail.outbox[0].subject


def test_a_mail_server_that_does_not_answer_is_said_and_not_thrown(enquiry_at, settings):
    settings.EMAIL_BACKEND = "tests.consultations.silent_mail.Silent"

    assert tasks.mail_link(enquiry_at(), path="/") is False


def test_writing_back_takes_it_up_again_keeps_the_first_answers_day_and_clears_the_outcome(enquiry_at, people):
    case = enquiry_at("closed")
    Notice.objects.all().delete()

    services.write_back(case, text="まだ聞きたいことがあります", at=AT + timedelta(days=9))

    again = Consultation.objects.get()
    assert (again.state, again.outcome, again.days_to_answer) == ("with_desk", "", 3)
    assert [(turn.is_from_asker, turn.text) for turn in again.exchanges.all()] == [
        (False, "道具は道路課で貸します。"),
        (True, "まだ聞きたいことがあります"),
    ]
    assert [notice.user_id for notice in Notice.objects.all()] == [people["officer"].user]
    assert "まだ聞きたい" not in Event.objects.get(verb="reopen").note


def test_while_it_is_being_answered_the_asker_cannot_write_back(enquiry_at):
    case = enquiry_at("with_desk")

    with pytest.raises(NotAllowed):
        services.write_back(case, text="まだですか", at=AT)

    assert case.exchanges.count() == 0


def test_a_new_link_kills_the_old_one(enquiry_at, people):
    case = enquiry_at("with_desk")

    token = services.renew_link(case, by=people["officer"])

    assert not selectors.asked_with(TOKEN).exists()
    assert selectors.asked_with(token).get() == case
    assert token not in str(list(Event.objects.values()))


def test_only_the_desk_and_the_party_in_charge_make_a_new_link(enquiry_at, people):
    case = enquiry_at("with_desk")

    with pytest.raises(NotAllowed):
        services.renew_link(case, by=people["other"])

    assert selectors.asked_with(TOKEN).exists()


def test_a_note_is_for_people_at_work(enquiry_at, people):
    case = enquiry_at()

    services.add_note(case, text="ひみつのメモ", at=AT, by=people["other"])
    with pytest.raises(NotAllowed):
        services.add_note(case, text="見えますか", at=AT, by=people["member"])

    assert [note.author_name for note in StaffNote.objects.all()] == ["otherさん"]


def test_the_database_itself_refuses_an_enquiry_in_nobodys_hands(enquiry_at):
    case = enquiry_at("with_desk")

    with pytest.raises(IntegrityError), transaction.atomic():
        Consultation.objects.filter(pk=case.pk).update(assigned_to=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Consultation.objects.filter(pk=case.pk).update(outcome="happy")
