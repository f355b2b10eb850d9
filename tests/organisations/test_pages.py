"""The pages of the register: who may open which, what they say, and what they never say."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import make
from tests.organisations.registering import ANSWERS, ON, SECRETS, THIS, accepted, book, browser, written
from tomoni.kernel.fiscal import FiscalYear
from tomoni.organisations.models import Contact, Profile, Registration
from tomoni.organisations.services import begin_registration, describe, keep_contact, take_step
from tomoni.parties.actor import program
from tomoni.parties.models import Party
from tomoni.parties.permissions import Role
from tomoni.parties.services import seat as give_seat
from tomoni.tenants.scope import scope

pytestmark = pytest.mark.django_db
WHO = ("visitor", "resident", "member", "neighbour", "coordinator", "officer", "division", "screener", "council")

# Written by hand: page × who → answer, in the order of WHO. 302 asks to sign in.
TABLE = {
    "organisations": (200,) * 9,
    "organisation": (200,) * 9,
    "organisation-edit": (302, 403, 200, 403, 403, 403, 403, 403, 403),
    "organisation-contacts": (302, 403, 200, 403, 200, 403, 200, 403, 403),
    "registrations": (302, 403, 200, 200, 200, 403, 200, 403, 403),
    "registration-new": (302, 403, 200, 200, 200, 403, 200, 403, 403),
    "registration": (302, 403, 200, 404, 404, 403, 404, 403, 403),  # a draft of the group
    "registration-write": (302, 403, 200, 404, 404, 403, 404, 403, 403),
    "organisation-lists": (302, 403, 403, 403, 403, 403, 200, 403, 403),
}


@pytest.fixture
def draft(group, member, coordinator) -> Registration:
    """Registered this year, and at work on the next."""
    accepted(group, member, coordinator)
    return begin_registration(group, year=THIS + 1, on=ON, by=member)


@pytest.fixture
def people(seat, member, coordinator, division) -> dict[str, Client]:
    seats = {
        "resident": seat("machi", Role.RESIDENT, make.hall()),
        "neighbour": seat("jiro", Role.MEMBER, make.group("となりの会")),
        "officer": seat("yaku", Role.OFFICER),
        "screener": seat("shin", Role.SCREENER, make.group("審査会")),
        "council": seat("kai", Role.COUNCIL, make.group("推進会議")),
    }
    actors = {"member": member, "coordinator": coordinator, "division": division}
    actors |= {name: seated[2] for name, seated in seats.items()}
    return {"visitor": Client()} | {name: browser(actor) for name, actor in actors.items()}


def address(name: str, *args: int | str) -> str:
    return reverse(name, args=["midorino", *args])


@pytest.mark.parametrize("name", TABLE)
def test_who_may_open_which_page(name, draft, people):
    args = {
        "organisation": [draft.party_id],
        "organisation-edit": [draft.party_id],
        "organisation-contacts": [draft.party_id],
    }
    args |= {"registration": [draft.pk], "registration-write": [draft.pk]}

    answers = tuple(people[who].get(address(name, *args.get(name, []))).status_code for who in WHO)

    assert answers == TABLE[name]


def test_another_citys_rows_are_nowhere(draft, people):
    with scope(make.city("kitahama", name="北浜市", code="019999")):
        there = make.group("北浜の会")

    pages = [("organisation", there.pk), ("organisation-edit", there.pk), ("organisation-contacts", there.pk)]
    codes = [people["member"].get(address(name, pk)).status_code for name, pk in pages]
    mine = people["member"].get(f"/kitahama/organisations/registrations/{draft.pk}/").status_code

    assert codes == [404, 404, 404]
    assert mine == 403  # a stranger there: no role in that city at all


def test_a_city_without_a_rulebook_has_no_register(city):
    make.city("kitahama", name="北浜市", code="019999")

    assert Client().get("/kitahama/organisations/").status_code == 404
    assert Client().get("/kitahama/committees/").status_code == 200


def test_nobody_outside_reads_a_contact_on_any_page(draft, people):
    keep_contact(
        draft.party, {"name": "架空 連絡太", "phone": "000-0000-1234", "address": "ひみつ町"}, by=program("test")
    )
    words = ["", *(f"?q={secret}" for secret in SECRETS), "?q=食事"]

    for who in ("visitor", "resident", "neighbour", "officer", "screener", "council"):
        for path in [*(address("organisations") + w for w in words), address("organisation", draft.party_id)]:
            text = people[who].get(path).content.decode()
            told = text.replace(f'value="{path.partition("?q=")[2]}"', "")
            assert [secret for secret in SECRETS if secret in told] == []


@pytest.mark.parametrize("secret", SECRETS)
def test_searching_for_a_secret_finds_nothing(secret, draft, people):
    page = people["visitor"].get(address("organisations"), {"q": secret})

    assert "0件あります。" in page.content.decode()


def test_the_directory_names_groups_departments_and_the_number_by_year(draft, people):
    make.department("防災課")

    text = people["visitor"].get(address("organisations")).content.decode()

    assert "にじいろ食堂の会" in text
    assert "防災課" in text
    assert str(FiscalYear(THIS)) in text
    assert text.index("にじいろ食堂の会") < text.index("防災課")


def test_a_group_that_is_not_registered_has_no_page(group, people):
    assert people["visitor"].get(address("organisation", group.pk)).status_code == 404
    assert people["member"].get(address("organisation", group.pk)).status_code == 200


def test_scripts_in_text_stay_text(draft, people, member):
    evil = "<script>alert(1)</script>"
    describe(draft.party, {"gives": evil, "website": "javascript:alert(1)"}, visibility={}, book=book(), by=member)

    text = people["visitor"].get(address("organisation", draft.party_id)).content.decode()

    assert evil not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert 'href="javascript' not in text


def test_a_member_describes_the_group_and_hides_a_field(draft, people):
    page = people["member"].get(address("organisation-edit", draft.party_id))
    sent = {bound.html_name: bound.value() for bound in page.context["form"] if bound.value()}

    answer = people["member"].post(
        address("organisation-edit", draft.party_id), {**sent, "gives": "倉庫のかぎ", "show_gives": "members"}
    )

    assert answer.status_code == 302
    assert Profile.objects.get().gives == "倉庫のかぎ"
    reads = {
        w: "倉庫のかぎ" in people[w].get(address("organisation", draft.party_id)).content.decode() for w in WHO[:4]
    }
    assert reads == {"visitor": False, "resident": False, "member": True, "neighbour": False}


def test_a_wrong_web_address_is_refused_beside_its_field_and_what_was_typed_stays(draft, people):
    page = people["member"].get(address("organisation-edit", draft.party_id))
    sent = {bound.html_name: bound.value() for bound in page.context["form"] if bound.value()}

    answer = people["member"].post(
        address("organisation-edit", draft.party_id), {**sent, "website": "javascript:alert(1)", "gives": "書きかけ"}
    )

    assert answer.status_code == 422
    assert "https:// から始まるアドレスを書いてください。" in answer.content.decode()
    assert "書きかけ" in answer.content.decode()
    assert Profile.objects.get().website == ""


def test_a_contact_of_another_group_is_not_dropped(draft, people, coordinator):
    contact = Contact.objects.get()
    other = Party.objects.get(name="となりの会")

    codes = [
        people["neighbour"].post(address("organisation-contact-drop", draft.party_id, contact.pk)).status_code,
        people["neighbour"].post(address("organisation-contact-drop", other.pk, contact.pk)).status_code,
        people["coordinator"].get(address("organisation-contact-drop", draft.party_id, contact.pk)).status_code,
    ]

    assert codes == [404, 404, 405]
    assert Contact.objects.count() == 1


def test_a_story_from_the_application_to_the_directory(people, group, coordinator):
    member, desk = people["member"], people["coordinator"]

    begun = member.post(address("registration-new"), {"party": group.pk, "year": THIS})
    pk = Registration.objects.get().pk
    assert begun.url == address("registration-write", pk)
    saved = member.post(address("registration-write", pk), {**ANSWERS, "revision": 0, "excluded_as": ""})
    assert (saved.status_code, saved.url) == (302, address("registration", pk))
    assert member.post(address("registration-step", pk, "submit")).status_code == 302
    assert desk.post(address("registration-step", pk, "send_back")).status_code == 422  # needs a reason
    assert (
        desk.post(address("registration-step", pk, "send_back"), {"note": "人数を確かめてください"}).status_code == 302
    )
    assert "人数を確かめてください" in member.get(address("registration", pk)).content.decode()
    member.post(address("registration-write", pk), {**ANSWERS, "members": "15", "revision": 1, "excluded_as": ""})
    member.post(address("registration-step", pk, "submit"))
    assert people["division"].post(address("registration-step", pk, "accept")).status_code == 302

    page = people["visitor"].get(address("organisation", group.pk)).content.decode()
    assert "毎週土曜に学習と食事の会を開いています" in page
    assert "15人" in page
    assert people["member"].post(address("registration-step", pk, "accept")).status_code == 422


def test_renewing_offers_the_next_year_first(people, draft):
    group = draft.party_id

    renewing = people["member"].get(address("registration-new"), {"party": group}).context["years"]
    fresh = people["member"].get(address("registration-new"), {"party": "x"}).context["years"]

    assert [year for year, _label in renewing] == [str(THIS + 1), str(THIS)]
    assert [year for year, _label in fresh] == [str(THIS), str(THIS + 1)]


def test_an_old_window_is_told_and_keeps_what_was_typed(people, group, member):
    registration = written(group, member)

    answer = people["member"].post(
        address("registration-write", registration.pk), {**ANSWERS, "purpose": "古い画面の文", "revision": 0}
    )

    assert answer.status_code == 422
    assert "開いている間に、ほかの方が書き直しました。" in answer.content.decode()
    assert "古い画面の文" in answer.content.decode()
    registration.refresh_from_db()
    assert registration.answers["purpose"] == ANSWERS["purpose"]


def test_an_excluded_activity_is_named_with_its_source(people, group, member):
    registration = written(group, member)

    people["member"].post(
        address("registration-write", registration.pk), {**ANSWERS, "revision": 1, "excluded_as": "sales"}
    )
    answer = people["member"].post(address("registration-step", registration.pk, "submit"))

    assert answer.status_code == 422
    assert "販売だけの活動" in answer.content.decode()
    assert "一の2" in answer.content.decode()


def test_the_desk_writes_down_what_came_on_paper(people):
    desk = people["coordinator"]

    made = desk.post(address("registration-new"), {"name": "紙の上の会", "kind": "neighbours", "year": THIS})
    registration = Registration.objects.get()

    assert made.url == address("registration-write", registration.pk)
    assert registration.taken_at_desk
    assert desk.get(address("registration", registration.pk)).status_code == 200
    done = desk.post(
        address("registration-step", registration.pk, "take_over"), {"note": "4月1日に窓口で受け取りました"}
    )
    assert done.status_code == 302
    assert "紙の上の会" in people["visitor"].get(address("organisations")).content.decode()


def test_a_name_that_is_taken_is_shown_before_anything_is_made(people, group):
    answer = people["coordinator"].post(
        address("registration-new"), {"name": "にじいろ食堂会", "kind": "neighbours", "year": THIS}
    )

    assert answer.status_code == 422
    assert "名前が似ている団体とは別の団体です" in answer.content.decode()
    assert Party.objects.filter(name="にじいろ食堂会").count() == 0


@pytest.mark.parametrize("wrong", ["", "x", "２", "-1", "99999999999999999999"])
def test_what_no_browser_sends_is_refused(wrong, people, group):
    codes = {
        people["member"].post(address("registration-new"), {"party": wrong, "year": THIS}).status_code,
        people["member"].post(address("registration-new"), {"party": group.pk, "year": wrong}).status_code,
    }

    assert codes == {422}
    assert people["member"].get(address("registration-new"), {"party": wrong}).status_code == 200
    assert people["visitor"].get(f"/midorino/organisations/{10**25}/").status_code == 404
    assert Registration.objects.count() == 0


def test_an_unknown_step_changes_nothing(people, draft):
    assert people["member"].post(address("registration-step", draft.pk, "explode")).status_code == 422
    assert people["member"].get(address("registration-step", draft.pk, "submit")).status_code == 405
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_the_number_of_queries_does_not_grow_with_the_list(people, coordinator, seat, django_assert_max_num_queries):
    user = seat("hanako", Role.MEMBER, make.group("会0"))[0]
    for n in range(1, 25):
        party = make.group(f"会{n}")
        give_seat(user, party, role=Role.MEMBER, since=ON)
        actor = seat("hanako", Role.MEMBER, party)[2]
        accepted(party, actor, coordinator)

    with django_assert_max_num_queries(12):
        assert "24件" in people["visitor"].get(address("organisations"), {"q": "食事"}).content.decode()
    with django_assert_max_num_queries(12):
        people["coordinator"].get(address("registrations"))
    with django_assert_max_num_queries(20):
        people["coordinator"].get(address("registration", Registration.objects.first().pk))
    with django_assert_max_num_queries(20):
        people["coordinator"].get(address("organisation", make.group("会3").pk))


def test_the_steps_of_a_handed_in_registration_are_the_desks(people, group, member):
    handed = take_step("submit", written(group, member), on=ON, by=member)

    text = people["coordinator"].get(address("registration", handed.pk)).content.decode()

    assert "いまは コーディネーター の番です" in text
    assert "登録する</button>" in text
    assert "紙や名簿の登録を引き継ぐ" not in text
