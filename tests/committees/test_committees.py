"""Committees: terms and seats, who sits there on a day, the share of publicly recruited members, and the pages."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from tests import make
from tomoni.cases.services import RulesBroken
from tomoni.committees import rules, selectors, services
from tomoni.committees.models import Committee, Meeting, Seat, Term
from tomoni.committees.rules import TermFacts
from tomoni.committees.selectors import Share
from tomoni.kernel.decisions import NotAllowed
from tomoni.kernel.fiscal import FiscalYear
from tomoni.kernel.rules import broken
from tomoni.parties.actor import NOBODY, program
from tomoni.parties.models import User
from tomoni.parties.permissions import Role
from tomoni.parties.services import found_party
from tomoni.search.selectors import found
from tomoni.tenants.scope import scope

START, END = date(2026, 4, 1), date(2028, 3, 31)
GOOD = TermFacts(START, END, [(date(2024, 4, 1), date(2026, 3, 31))])


@pytest.fixture
def division(seat):
    return seat("division", Role.DIVISION)[2]


@pytest.fixture
def council(city, division) -> Committee:
    party = found_party(kind="town_hall", name="あかり推進会議", parent=make.hall())
    return services.found_committee(party, purpose="協働の進み具合に意見を述べます。", by=division)


@pytest.fixture
def term(council, division) -> Term:
    return services.open_term(council, number=3, starts=START, ends=END, by=division)


def sit(term: Term, by, name: str = "架空 一子", **values) -> Seat:
    return services.write_seat(term, {"name": name, "office": "member", "appointed": "public", **values}, by=by)


@pytest.mark.parametrize(
    ("rule", "spoiled"),
    [
        (rules.terms_do_not_overlap, {"others": [(date(2025, 4, 1), START)]}),
        (rules.term_ends_after_it_starts, {"ends": date(2026, 3, 31)}),
    ],
    ids=lambda value: getattr(value, "code", ""),
)
def test_a_good_term_keeps_it_and_a_spoiled_one_does_not(rule, spoiled):
    assert rule(GOOD)
    assert [f.rule for f in broken([rule], replace(GOOD, **spoiled))] == [rule.code]


def test_members_are_those_of_the_term_that_contains_the_day(council, term, division):
    first, last = sit(term, division), sit(term, division, "架空 二郎", appointed="expert", office="chair")

    counted = [selectors.members_of(council.party, day).count() for day in (START, END, date(2028, 4, 1))]

    assert counted == [2, 2, 0]
    assert set(selectors.members_of(council.party, START)) == {first, last}
    assert [seat.mark for seat in (first, last)] == ["", "◎"]
    assert selectors.members_of(make.hall(), START).count() == 0


def test_the_share_of_publicly_recruited_members(term, division):
    for n, appointed in enumerate(["public", "public", "expert", "group", "staff", "group", "group"]):
        sit(term, division, f"架空 {n}", appointed=appointed)

    assert selectors.share_of(term) == Share(2, 7)
    assert (Share(2, 7).percent, Share(0, 0).percent) == (28.6, None)


def test_the_share_of_bodies_by_year_leaves_out_who_advises_nobody(council, term, division):
    sit(term, division)
    other = found_party(kind="town_hall", name="道路審議会", parent=make.hall())
    second = services.found_committee(other, purpose="道路", by=division)
    sit(services.open_term(second, number=1, starts=START, ends=END, by=division), division, appointed="expert")
    inner = found_party(kind="town_hall", name="庁内会議", parent=make.hall())
    third = services.found_committee(inner, purpose="庁内", by=division, is_advisory_body=False)
    services.open_term(third, number=1, starts=START, ends=END, by=division)

    assert selectors.bodies_by_year([2025, 2026, 2027]) == [
        (FiscalYear(2026), Share(1, 2)),
        (FiscalYear(2027), Share(1, 2)),
    ]


def test_a_term_that_overlaps_is_refused_and_nothing_is_written(council, term, division):
    with pytest.raises(RulesBroken):
        services.open_term(council, number=4, starts=END, ends=date(2030, 3, 31), by=division)
    with pytest.raises(ValidationError):
        services.open_term(council, number=3, starts=date(2028, 4, 1), ends=date(2030, 3, 31), by=division)

    assert Term.objects.count() == 1


def test_there_is_one_chair_and_nobody_sits_twice(council, term, division, seat):
    user = seat("kai", Role.COUNCIL, council.party)[0]
    sit(term, division, office="chair", user=user)

    with pytest.raises(ValidationError, match="委員長は、1つの期に1人です。"):
        sit(term, division, "架空 二郎", office="chair")
    with pytest.raises(ValidationError, match="この人は、この期の委員にすでに入っています。"):
        sit(term, division, "架空 三郎", user=user)

    assert Seat.objects.count() == 1


def test_only_the_division_writes(council, term, seat):
    outsiders = [seat("yaku", Role.OFFICER)[2], seat("kai", Role.COUNCIL, council.party)[2], NOBODY]

    for actor in outsiders:
        with pytest.raises(NotAllowed):
            sit(term, actor)
        with pytest.raises(NotAllowed):
            services.write_meeting(council, {"held_on": START, "title": "x"}, by=actor)

    assert (Seat.objects.count(), Meeting.objects.count()) == (0, 0)


def test_a_closed_meeting_is_for_members_and_the_division_only(council, division, seat):
    values = {"held_on": START, "title": "候補者の審査", "minutes": "内々の議論", "is_public": False}
    meeting = services.write_meeting(council, values, by=division)
    member, officer = seat("kai", Role.COUNCIL, council.party)[2], seat("yaku", Role.OFFICER)[2]

    read = [selectors.meetings_of(council, by=actor).count() for actor in (division, member, officer, NOBODY)]
    assert read == [1, 1, 0, 0]
    assert found("内々").count() == 0
    services.write_meeting(council, {"is_public": True}, by=division, meeting=meeting)
    assert [entry.title for entry in found("内々")] == ["あかり推進会議「候補者の審査」"]
    services.write_meeting(council, {"is_public": False}, by=division, meeting=meeting)
    assert found("内々").count() == 0


def test_the_division_keeps_the_records_over_the_pages_and_everybody_reads_them(council, division, seat):
    seat("kai", Role.COUNCIL, council.party)
    client, visitor = Client(), Client()
    client.force_login(User.objects.get(pk=division.user))

    made = client.post(
        reverse("committee-new", args=["midorino"]),
        {"name": "花の審議会", "purpose": "花を決めます", "is_advisory_body": "on"},
    )
    flowers = Committee.objects.get(party__name="花の審議会")
    assert made.url == reverse("committee", args=["midorino", flowers.pk])
    opened = client.post(
        reverse("committee-term-new", args=["midorino", flowers.pk]),
        {"number": 1, "starts": "2020-04-01", "ends": "2090-03-31"},
    )
    term = Term.objects.get(committee=flowers)
    assert opened.url == reverse("committee-seats", args=["midorino", flowers.pk, term.pk])
    client.post(opened.url, {"name": "架空 花子", "office": "chair", "appointed": "public", "background": "公募"})
    refused = client.post(opened.url, {"name": "架空 花代", "office": "chair", "appointed": "expert"})
    assert (refused.status_code, "委員長は、1つの期に1人です。" in refused.content.decode()) == (422, True)
    client.post(
        reverse("committee-meeting-new", args=["midorino", flowers.pk]),
        {"held_on": "2026-04-20", "title": "花の色", "minutes": "黄色に決めました。", "is_public": "on"},
    )

    text = visitor.get(reverse("committee", args=["midorino", flowers.pk])).content.decode()
    listed = visitor.get(reverse("committees", args=["midorino"])).content.decode()
    assert [words in text for words in ("◎架空 花子", "黄色に決めました。", "100.0%", "書き直す")] == [
        True,
        True,
        True,
        False,
    ]
    assert "公募 1人／1人（100.0%）" in listed
    held = Seat.objects.get()
    client.post(reverse("committee-seat", args=["midorino", flowers.pk, term.pk, held.pk]), {"leave": "yes"})
    assert Seat.objects.count() == 0


@pytest.mark.parametrize("who", ["visitor", "council", "officer", "division"])
def test_who_may_open_which_page(who, council, term, *, division, seat):
    client, held = Client(), sit(term, division)
    actors = {
        "council": seat("kai", Role.COUNCIL, council.party)[2],
        "officer": seat("yaku", Role.OFFICER)[2],
        "division": division,
    }
    if who in actors:
        client.force_login(User.objects.get(pk=actors[who].user))
    meeting = services.write_meeting(council, {"held_on": START, "title": "x"}, by=division)
    public = [("committees",), ("committee", council.pk)]
    closed = [
        ("committee-new",),
        ("committee-edit", council.pk),
        ("committee-term-new", council.pk),
        ("committee-seats", council.pk, term.pk),
        ("committee-seat", council.pk, term.pk, held.pk),
        ("committee-meeting-new", council.pk),
        ("committee-meeting", council.pk, meeting.pk),
    ]

    codes = [client.get(reverse(name, args=["midorino", *args])).status_code for name, *args in [*public, *closed]]

    assert codes == [200] * 2 + [{"visitor": 302, "division": 200}.get(who, 403)] * 7


def test_another_citys_committee_is_nowhere(council, division):
    client = Client()
    client.force_login(User.objects.get(pk=division.user))
    with scope(make.city("kitahama", name="北浜市", code="019999")):
        make.rulebook()
        party = found_party(kind="town_hall", name="北浜会議")
        there = services.found_committee(party, purpose="北", by=program("test"))

    assert client.get(reverse("committee", args=["midorino", there.pk])).status_code == 404
    assert client.post(reverse("committee-edit", args=["midorino", there.pk]), {"purpose": "x"}).status_code == 404


def test_the_list_asks_few_questions_however_long_it_is(council, term, division, django_assert_max_num_queries):
    for n in range(12):
        party = found_party(kind="town_hall", name=f"会議{n}", parent=make.hall())
        made = services.found_committee(party, purpose="会議です。", by=division)
        opened = services.open_term(made, number=1, starts=START, ends=date(2090, 3, 31), by=division)
        sit(opened, division, office="chair")

    with django_assert_max_num_queries(12):
        text = Client().get(reverse("committees", args=["midorino"])).content.decode()

    assert text.count("◎架空 一子") == 12


def test_a_committee_shows_its_members_on_its_page_in_the_directory(council, division):
    opened = services.open_term(council, number=1, starts=date(2020, 4, 1), ends=date(2090, 3, 31), by=division)
    sit(opened, division, "架空 委員子", office="vice")

    text = Client().get(reverse("organisation", args=["midorino", council.party_id])).content.decode()

    assert "○架空 委員子" in text
    assert reverse("committee", args=["midorino", council.pk]) in text
