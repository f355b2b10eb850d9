"""Registering, renewing, describing and reaching: what the services promise, and that contacts stay where they are."""

from datetime import date

import pytest

from tests import make
from tests.organisations.registering import ANSWERS, ON, SECRETS, THIS, accepted, book, written
from tomoni.cases.services import RulesBroken
from tomoni.history.models import Event, Notice
from tomoni.kernel.decisions import NotAllowed
from tomoni.organisations import selectors
from tomoni.organisations.models import Contact, Profile, Registration
from tomoni.organisations.services import (
    NearTwins,
    Writing,
    WrittenMeanwhile,
    begin_registration,
    describe,
    drop_contact,
    enter_group,
    keep_contact,
    take_step,
    write_registration,
)
from tomoni.organisations.showing import Reader, shown
from tomoni.parties.models import Party
from tomoni.parties.permissions import Role
from tomoni.search.selectors import found

pytestmark = pytest.mark.django_db


def test_an_accepted_registration_fills_the_profile_and_can_be_found(group, member, coordinator):
    registration = accepted(group, member, coordinator)

    profile = Profile.objects.get(party=group)
    assert (registration.state, registration.accepted_on) == ("accepted", ON)
    assert (profile.summary, profile.fields, profile.members) == (
        "毎週土曜に学習と食事の会を開いています",
        ["children", "learning"],
        12,
    )
    assert [entry.title for entry in found("食事")] == ["にじいろ食堂の会"]


def test_nothing_is_public_before_it_is_accepted(group, member):
    take_step("submit", written(group, member), on=ON, by=member)

    assert Profile.objects.count() == 0
    assert found("食事").count() == 0
    assert list(selectors.public(book(), on=ON).values_list("name", flat=True)) == []


def test_contacts_of_persons_are_kept_apart_and_never_in_history_search_or_answers(group, member, coordinator):
    registration = accepted(group, member, coordinator)

    contact = Contact.objects.get()
    assert (contact.name, contact.phone, contact.email) == ("架空 連絡太", "000-0000-1234", "renraku@himitsu.example")
    lines = [f"{event.note} {event.details}" for event in Event.objects.all()]
    profile = Profile.objects.get()
    kept = [str(registration.answers), profile.search_key, str(profile.__dict__), str(contact), *lines]
    assert [secret for secret in SECRETS[1:] for text in kept if secret in text] == []
    assert [found(secret).count() for secret in SECRETS] == [0, 0, 0, 0, 0]
    assert Notice.objects.filter(text__contains="連絡太").count() == 0


def test_a_registration_without_a_way_to_reach_somebody_is_not_handed_in(group, member):
    registration = written(group, member, contact_phone="", contact_email="", contact_address="")

    with pytest.raises(RulesBroken) as refusal:
        take_step("submit", registration, on=ON, by=member)

    assert [finding.rule for finding in refusal.value.findings] == ["OR-03"]
    registration.refresh_from_db()
    assert (registration.state, registration.handed_in_on) == ("draft", None)


def test_an_open_required_question_is_in_the_way(group, member):
    with pytest.raises(RulesBroken) as refusal:
        take_step("submit", written(group, member, purpose=""), on=ON, by=member)

    assert [finding.rule for finding in refusal.value.findings] == ["OR-01"]


def test_next_years_registration_begins_with_what_was_said_last_and_since(group, member, coordinator):
    accepted(group, member, coordinator, year=THIS)
    describe(group, {"seeks": "会場を貸してくれる人"}, visibility={}, book=book(), by=member)

    renewed = begin_registration(group, year=THIS + 1, on=date(THIS + 1, 2, 1), by=member)

    assert renewed.answers["purpose"] == ANSWERS["purpose"]
    assert renewed.answers["representative"] == "架空 代表子"
    assert renewed.answers["seeks"] == "会場を貸してくれる人"
    assert "contact_phone" not in renewed.answers
    assert take_step("submit", renewed, on=date(THIS + 1, 2, 2), by=member).state == "submitted"


def test_the_number_registered_is_counted_by_year(group, member, coordinator, seat):
    accepted(group, member, coordinator, year=THIS - 1, on=date(THIS - 1, 5, 1))
    accepted(group, member, coordinator, year=THIS)
    other = make.group("となりの会")
    neighbour = seat("jiro", Role.MEMBER, other)[2]
    accepted(other, neighbour, coordinator, year=THIS)
    written(make.group("準備中の会"), seat("saburo", Role.MEMBER, make.group("準備中の会"))[2])

    assert selectors.registered_by_year() == [(THIS - 1, 1), (THIS, 2)]


def test_a_year_is_registered_once_and_only_this_year_or_the_next(group, member):
    begin_registration(group, year=THIS, on=ON, by=member)

    for year, sentence in ((THIS, "すでにあります"), (THIS - 1, "今年度と次の年度"), (THIS + 2, "今年度と次の年度")):
        with pytest.raises(NotAllowed, match=sentence):
            begin_registration(group, year=year, on=ON, by=member)

    assert Registration.objects.count() == 1


def test_a_draft_that_was_given_up_leaves_the_year_free(group, member):
    take_step("withdraw", written(group, member), on=ON, by=member, note="来年にします")

    assert begin_registration(group, year=THIS, on=ON, by=member).state == "draft"


def test_another_groups_registration_is_neither_begun_nor_written(group, member, seat):
    registration = written(group, member)
    other = seat("jiro", Role.MEMBER, make.group("となりの会"))[2]

    with pytest.raises(NotAllowed):
        begin_registration(group, year=THIS + 1, on=ON, by=other)
    with pytest.raises(NotAllowed):
        write_registration(registration, Writing({"purpose": "のっとり"}), by=other)

    registration.refresh_from_db()
    assert (registration.answers["purpose"], Registration.objects.count()) == (ANSWERS["purpose"], 1)


def test_what_is_handed_in_is_not_written_again(group, member):
    handed = take_step("submit", written(group, member), on=ON, by=member)

    with pytest.raises(NotAllowed, match="差し戻しを待つ"):
        write_registration(handed, Writing({"purpose": "あとから"}), by=member)

    handed.refresh_from_db()
    assert handed.answers["purpose"] == ANSWERS["purpose"]


def test_the_second_of_two_windows_writes_nothing_and_is_told(group, member):
    registration = written(group, member)

    with pytest.raises(WrittenMeanwhile) as told:
        write_registration(registration, Writing({"purpose": "古い画面から"}, revision=0), by=member)

    assert told.value.registration.revision == 1
    registration.refresh_from_db()
    assert registration.answers["purpose"] == ANSWERS["purpose"]


def test_leaving_the_register_takes_the_group_out_of_directory_and_search(group, member, coordinator):
    accepted(group, member, coordinator, year=THIS - 1, on=date(THIS - 1, 5, 1))
    registration = accepted(group, member, coordinator)

    take_step("withdraw", registration, on=ON, by=member, note="解散します")

    assert list(selectors.public(book(), on=ON).values_list("name", flat=True)) == []
    assert found("食事").count() == 0
    begun = begin_registration(group, year=THIS, on=ON, by=member)
    take_step("accept", take_step("submit", begun, on=ON, by=member), on=ON, by=coordinator)
    assert list(selectors.public(book(), on=ON).values_list("name", flat=True)) == ["にじいろ食堂の会"]


def test_a_registration_counts_until_the_end_of_the_year_after(group, member, coordinator):
    accepted(group, member, coordinator)

    listed = [selectors.public(book(), on=date(year, 5, 1)).count() for year in (THIS, THIS + 1, THIS + 2)]

    assert listed == [1, 1, 0]


def test_each_field_is_read_by_those_it_is_for(group, member, coordinator):
    accepted(group, member, coordinator)
    choice = {"gives": "members", "seeks": "staff"}
    profile = describe(group, {"gives": "調理の道具", "seeks": "大口の寄附"}, visibility=choice, book=book(), by=member)

    read = {reader: [f.key for f in shown(profile, book(), to=reader)] for reader in Reader}
    assert ("gives" in read[Reader.PUBLIC], "seeks" in read[Reader.PUBLIC]) == (False, False)
    assert ("gives" in read[Reader.MEMBERS], "seeks" in read[Reader.MEMBERS]) == (True, False)
    assert ("gives" in read[Reader.STAFF], "seeks" in read[Reader.STAFF]) == (True, True)
    assert [found("道具").count(), found("寄附").count()] == [0, 0]


def test_a_hidden_field_is_neither_found_nor_counted_nor_filtered(group, member, coordinator):
    accepted(group, member, coordinator)
    describe(group, {}, visibility={"fields": "staff", "summary": "members"}, book=book(), by=member)

    listed = selectors.public(book(), on=ON)

    assert selectors.found(listed, selectors.Wanted(words="食事")).count() == 0
    assert selectors.found(listed, selectors.Wanted(keys={"fields": "children"})).count() == 0
    assert selectors.found(listed, selectors.Wanted(words="安心")).count() == 1


@pytest.mark.parametrize("words", ["食事", "ショクドウ", "土曜 学習", "みどり", "ｼｮｸﾞ"])
def test_the_directory_finds_two_letters_in_any_width_and_kana(words, group, member, coordinator):
    accepted(
        group, member, coordinator, activities="しょくどうと、しょぐを貸すしごと。土曜の学習と食事", area="みどり野"
    )

    assert selectors.found(selectors.public(book(), on=ON), selectors.Wanted(words=words)).count() == 1


def test_who_reads_how_much(group, member, coordinator, seat):
    other = make.group("となりの会")
    neighbour = seat("jiro", Role.MEMBER, other)[2]
    stranger = seat("shiro", Role.MEMBER, make.group("まだ登録していない会"))[2]
    resident, officer = seat("machi", Role.RESIDENT, make.hall())[2], seat("yaku", Role.OFFICER)[2]
    accepted(other, neighbour, coordinator)

    read = [
        selectors.reader_of(a, group, on=ON).name for a in (member, coordinator, neighbour, stranger, officer, resident)
    ]

    assert read == ["STAFF", "STAFF", "MEMBERS", "PUBLIC", "MEMBERS", "PUBLIC"]
    assert selectors.reader_of(resident, make.hall(), on=ON) == Reader.PUBLIC


def test_a_party_describes_itself_and_the_desk_only_those_without_anybody(group, member, coordinator, seat):
    officer, department = (lambda s: (s[2], s[1]))(seat("yaku", Role.OFFICER))
    alone = make.group("名簿だけの会")

    assert describe(department, {"seeks": "花の苗"}, visibility={}, book=book(), by=officer).seeks == "花の苗"
    assert describe(alone, {"gives": "場所"}, visibility={}, book=book(), by=coordinator).gives == "場所"
    for party, actor in ((group, coordinator), (group, officer), (department, member)):
        with pytest.raises(NotAllowed):
            describe(party, {"gives": "のっとり"}, visibility={}, book=book(), by=actor)
    assert Profile.objects.filter(gives="のっとり").count() == 0


def test_contacts_are_kept_and_dropped_only_by_those_who_may_know_them(group, member, seat):
    values = {"name": "架空 花代", "phone": "000-1111-2222"}
    kept = keep_contact(group, values, by=member)
    officer = seat("yaku", Role.OFFICER)[2]

    with pytest.raises(NotAllowed):
        keep_contact(group, values, by=officer)
    with pytest.raises(NotAllowed):
        drop_contact(kept, by=officer)
    assert (Contact.objects.count(), selectors.contacts_of(group, by=officer).count()) == (1, 0)
    drop_contact(kept, by=member)
    assert Contact.objects.count() == 0


def test_a_near_twin_is_shown_and_entered_only_when_somebody_says_it_is_another(group, coordinator):
    with pytest.raises(NearTwins) as near:
        enter_group("にじいろ食堂会", kind="neighbours", book=book(), by=coordinator)
    assert ([party.name for party in near.value.parties], Party.objects.filter(name__startswith="にじ").count()) == (
        ["にじいろ食堂の会"],
        1,
    )

    made = enter_group("にじいろ食堂会", kind="neighbours", book=book(), by=coordinator, is_another=True)

    assert made.pk != group.pk
    with pytest.raises(NearTwins):  # the very same name is never another group
        enter_group("にじいろ食堂の会", kind="neighbours", book=book(), by=coordinator, is_another=True)


def test_a_group_is_entered_only_by_the_desk_and_only_as_a_civic_kind(member, coordinator):
    with pytest.raises(NotAllowed):
        enter_group("新しい会", kind="neighbours", book=book(), by=member)
    with pytest.raises(NotAllowed):
        enter_group("新しい課", kind="town_hall", book=book(), by=coordinator)

    assert Party.objects.filter(name__startswith="新しい").count() == 0


def test_it_is_the_turn_of_the_group_while_it_writes_and_of_the_desk_when_handed_in(group, member, coordinator):
    registration = written(group, member)
    turns = [[a.name for a in (member, coordinator) if selectors.awaiting(a).exists()]]
    take_step("submit", registration, on=ON, by=member)
    turns.append([a.name for a in (member, coordinator) if selectors.awaiting(a).exists()])

    assert turns == [["hanako"], ["tsunagu"]]
    assert [notice.user.display_name for notice in Notice.objects.all()] == ["tsunagu"]
