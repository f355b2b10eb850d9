"""One function moves cases: it asks the state, the person and the rules, and leaves a line."""

from datetime import date

import pytest
from django.core import mail

from tests.sample.models import HAS_TEXT, Letter
from tomoni.cases import services as cases
from tomoni.cases.notices import tell
from tomoni.history.models import Event, Notice
from tomoni.history.selectors import story_of
from tomoni.kernel.decisions import NotAllowed
from tomoni.kernel.rules import Finding
from tomoni.parties.actor import NOBODY, actor_for
from tomoni.parties.models import Membership, User
from tomoni.parties.permissions import Role
from tomoni.parties.services import found_party, seat
from tomoni.rulebooks.models import RulebookVersion
from tomoni.rulebooks.selectors import NoRulebook
from tomoni.tenants.models import Municipality
from tomoni.tenants.scope import scope

pytestmark = pytest.mark.django_db
APRIL = date(2026, 4, 1)


@pytest.fixture(autouse=True)
def town():
    town = Municipality.objects.create(slug="midorino", name="みどり野市", prefecture="東京都", code="139998")
    with scope(town):
        RulebookVersion.objects.create(number="1", title="見本", in_force_from=APRIL, sha256="0" * 64, content="{}")
        yield town


@pytest.fixture
def group():
    return found_party(kind="purpose", name="あかりの会")


@pytest.fixture
def office():
    return found_party(kind="city", name="市民協働課")


def person(name: str, party):
    user = User.objects.create_user(f"{name}@midorino.example", display_name=name)
    seat(user, party, role=Role.DIVISION, since=APRIL)
    return actor_for(user, on=APRIL)


@pytest.fixture
def writer(group):
    return person("hanako", group)


@pytest.fixture
def reader(office):
    return person("taro", office)


@pytest.fixture
def letter(group, office, writer):
    return cases.begin(Letter(sender=group, receiver=office, text="こんにちは"), on=APRIL, by=writer)


def test_a_case_begins_in_its_first_state_under_the_rulebook_of_that_day(letter):
    assert (letter.state, letter.begun_on, letter.rulebook.number) == ("draft", APRIL, "1")
    assert (letter.state_label, letter.public_label, str(letter.holder)) == ("下書き", "準備中", "団体")
    assert [e.verb for e in Event.objects.all()] == ["begin"]


def test_no_case_begins_before_there_is_a_rulebook(group, office, writer):
    with pytest.raises(NoRulebook):
        cases.begin(Letter(sender=group, receiver=office), on=date(2020, 1, 1), by=writer)

    assert Letter.objects.count() == 0


def test_a_step_moves_the_case_and_leaves_a_line(letter, writer):
    moved = cases.take("send", letter, by=writer, note="よろしく")

    assert moved.state == Letter.objects.get().state == "sent"
    line = Event.objects.get(verb="send")
    assert (line.was, line.now, line.note, line.actor_name) == ("draft", "sent", "よろしく", "hanako")


def test_the_new_hands_are_told_on_their_page_and_by_mail(letter, writer, reader, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        cases.take("send", letter, by=writer)

    notice = Notice.objects.get()
    assert (notice.user_id, notice.text, notice.url) == (
        reader.user,
        "「手紙」があなたの番になりました。",
        f"/letters/{letter.pk}/",
    )
    assert [m.to for m in mail.outbox] == [["taro@midorino.example"]]
    assert mail.outbox[0].subject == "[ともに] 「手紙」があなたの番になりました。"
    assert f"/letters/{letter.pk}/" in mail.outbox[0].body


def test_a_step_of_another_state_is_refused(letter, reader):
    with pytest.raises(NotAllowed, match="この段階では"):
        cases.take("read", letter, by=reader)

    letter.refresh_from_db()
    assert letter.state == "draft"


def test_a_person_of_another_party_is_refused(letter, reader):
    with pytest.raises(NotAllowed, match="「送る」は、いまの役割ではできません。"):
        cases.take("send", letter, by=reader)

    letter.refresh_from_db()
    assert letter.state == "draft"


def test_what_speaks_against_this_very_person_is_said(letter, writer, office):
    seat(User.objects.get(), office, role=Role.DIVISION, since=APRIL)
    both = actor_for(User.objects.get(), on=APRIL)
    cases.take("send", letter, by=both)

    with pytest.raises(NotAllowed, match="自分の手紙を読んだことにはできません。"):
        cases.take("read", letter, by=both)

    letter.refresh_from_db()
    assert letter.state == "sent"


def test_a_broken_rule_stops_the_step_and_is_shown(letter, writer):
    Letter.objects.update(text="")

    with pytest.raises(cases.RulesBroken) as refusal:
        cases.take("send", letter, by=writer)

    assert refusal.value.findings == [Finding("XX-90", HAS_TEXT.message, "text")]
    letter.refresh_from_db()
    assert letter.state == "draft"
    assert Event.objects.filter(verb="send").count() == 0


def test_what_changes_with_a_step_is_judged_and_kept_with_it(letter, writer):
    moved = cases.take("send", letter, by=writer, change={"text": "書き直しました"})

    assert Letter.objects.get().text == moved.text == "書き直しました"


def test_what_would_break_a_rule_is_not_kept(letter, writer):
    with pytest.raises(cases.RulesBroken):
        cases.take("send", letter, by=writer, change={"text": ""})

    assert (Letter.objects.get().text, Letter.objects.get().state) == ("こんにちは", "draft")


def test_a_step_that_needs_a_reason_is_refused_without_one(letter, writer, reader):
    cases.take("send", letter, by=writer)

    with pytest.raises(cases.RulesBroken, match="理由を書いてください。"):
        cases.take("send_back", letter, by=reader, note="  ")

    letter.refresh_from_db()
    assert letter.state == "sent"
    assert cases.take("send_back", letter, by=reader, note="日付がありません").state == "draft"


def test_the_second_of_two_windows_is_told(letter, writer, reader):
    stale = Letter.objects.get()
    cases.take("send", letter, by=writer)

    with pytest.raises(NotAllowed, match="ほかの方が先に進めた可能性があります"):
        cases.take("send", stale, by=writer)

    assert Event.objects.filter(verb="send").count() == 1


def test_options_say_what_can_be_done_and_what_is_in_the_way(letter, writer, reader):
    letter.text = ""

    mine, theirs = cases.options(letter, by=writer), cases.options(letter, by=reader)

    assert [(o.step.name, bool(o.decision), [f.rule for f in o.findings], o.ready) for o in mine] == [
        ("send", True, ["XX-90"], False)
    ]
    assert [(o.ready, o.decision.reason) for o in theirs] == [(False, "「送る」は、いまの役割ではできません。")]
    assert [o.ready for o in cases.options(letter, by=NOBODY)] == [False]


def test_a_finished_case_offers_nothing(letter, writer, reader):
    cases.take("send", letter, by=writer)
    done = cases.take("read", letter, by=reader)

    assert cases.options(done, by=reader) == []
    assert str(done.holder) == ""


def test_who_waited_hears_what_became_of_it(letter, writer, reader, django_capture_on_commit_callbacks):
    cases.take("send", letter, by=writer)
    mail.outbox.clear()

    with django_capture_on_commit_callbacks(execute=True):
        cases.take("read", letter, by=reader)

    assert [n.text for n in Notice.objects.filter(user=writer.user)] == ["「手紙」は「読んだ」になりました。"]
    assert [m.to for m in mail.outbox] == [["hanako@midorino.example"]]


def test_nobody_is_told_twice_of_one_event_nor_of_their_own(letter, writer, reader, group, office):
    event = cases_event(cases.take("send", letter, by=writer))
    again = tell([group, office], "もう一度", about=letter, event=event, by=writer)

    assert again == []
    assert [(n.user_id, n.event_id) for n in Notice.objects.all()] == [(reader.user, event.pk)]


def cases_event(letter):
    return story_of(letter)[0]


def test_only_those_who_still_act_for_the_party_and_in_that_role_are_told(letter, writer, reader, office):
    gone = User.objects.create_user("gone@midorino.example", display_name="gone")
    Membership.objects.create(user=gone, party=office, role=Role.DIVISION, since=APRIL, until=date(2026, 4, 2))
    event = story_of(letter)[0]

    assert tell([office], "x", about=letter, event=event, by=writer, roles=[Role.COUNCIL]) == []
    told = tell([office], "x", about=letter, event=event, by=writer, roles=[Role.DIVISION])
    assert [notice.user_id for notice in told] == [reader.user]
