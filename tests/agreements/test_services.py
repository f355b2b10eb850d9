"""Verbs of an agreement: writing from two windows, versions, signatures, changes."""

import pytest

from tests import make
from tests.agreements.conftest import full_values
from tomoni.agreements import selectors, services
from tomoni.agreements.models import Agreement, AgreementVersion, Signature
from tomoni.cases.services import RulesBroken
from tomoni.history.models import Event, Notice
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.permissions import Role
from tomoni.search.selectors import found


def sign(agreement, side, who, number=1):
    return services.sign(agreement, number=number, side=side, at=make.NOON, by=who)


def test_only_the_two_sides_begin(people, civic, office):
    for name in ("stranger", "other", "division", "coordinator", "resident", "screener", "council"):
        with pytest.raises(NotAllowed, match="双方のどちらかの担当者だけ"):
            services.begin_agreement(Agreement(title="花"), civic=civic, city=office, on=make.APRIL, by=people[name])

    assert Agreement.objects.count() == 0


def test_the_other_side_is_told_of_a_new_draft(draft):
    assert [notice.user.email for notice in Notice.objects.all()] == ["officer@midorino.example"]


def test_the_second_of_two_windows_is_told_and_nothing_is_lost(draft, people):
    first = services.write_draft(draft, {"purpose": "1つめ"}, revision=0, by=people["member"])

    with pytest.raises(services.Overtaken) as late:
        services.write_draft(draft, {"purpose": "2つめ"}, revision=0, by=people["officer"])

    assert late.value.present.purpose == "1つめ"
    assert (Agreement.objects.get().purpose, Agreement.objects.get().revision) == ("1つめ", first.revision)


def test_writing_the_same_again_leaves_no_trace(written, people):
    before = Event.objects.count()

    services.write_draft(written, full_values(written), revision=written.revision, by=people["officer"])

    assert Event.objects.count() == before
    assert Agreement.objects.get().revision == written.revision


def test_an_offer_names_everything_that_is_missing(draft, people):
    with pytest.raises(RulesBroken) as broken:
        services.offer(draft, at=make.NOON, by=people["member"])

    assert {finding.rule for finding in broken.value.findings} == {"AG-09", "AG-03", "AG-04", "AG-05"}
    assert Agreement.objects.get().state == "draft"
    assert AgreementVersion.objects.count() == 0


def test_another_form_asks_for_its_own_clauses_and_keeps_what_was_written(written, people):
    changed = services.write_draft(written, {"form_kind": "purse"}, revision=written.revision, by=people["member"])

    assert changed.missing_clauses() == ("settlement",)
    assert changed.clauses["host"] == full_values(written)["clauses"]["host"]


def test_an_offer_is_frozen_whatever_is_drafted_later(agreement_at, people):
    offered = agreement_at("offered")
    services.reopen(offered, reason="日を直す", by=people["officer"])
    services.write_draft(offered, {"purpose": "別の目的"}, revision=offered.revision, by=people["officer"])

    assert AgreementVersion.objects.get().content["purpose"] == "川べりを歩きたくなる道にします。"
    assert [row["key"] for row in AgreementVersion.objects.get().content["clauses"]][-1] == "host"


def test_two_signatures_conclude(agreement_at, people):
    offered = agreement_at("offered")

    assert sign(offered, "civic", people["member"]).state == "offered"
    assert sign(offered, "city", people["officer"]).state == "concluded"

    assert AgreementVersion.objects.get().concluded_on == make.APRIL
    assert [row.title for row in found("花壇", kind="agreement")] == ["川べりの花壇づくり"]


@pytest.mark.parametrize(
    ("who", "side"), [("member", "city"), ("officer", "civic"), ("stranger", "civic"), ("division", "city")]
)
def test_nobody_signs_for_others(who, side, agreement_at, people):
    offered = agreement_at("offered")

    with pytest.raises(NotAllowed, match="双方の担当者だけ"):
        sign(offered, side, people[who])

    assert Signature.objects.count() == 0


def test_the_same_side_signs_once(agreement_at, people):
    offered = agreement_at("offered")
    sign(offered, "civic", people["member"])

    with pytest.raises(NotAllowed, match="すでに署名"):
        sign(offered, "civic", people["member"])

    assert Signature.objects.count() == 1


def test_one_person_cannot_sign_for_both_sides(agreement_at, people, seat, office):
    offered = agreement_at("offered")
    _user, _party, both = seat("member", Role.OFFICER, office)
    sign(offered, "civic", both)

    with pytest.raises(NotAllowed, match="同じ人"):
        sign(offered, "city", both)

    assert Agreement.objects.get().state == "offered"


def test_signing_an_old_version_is_refused(agreement_at, people):
    offered = agreement_at("offered")
    sign(offered, "civic", people["member"])
    services.reopen(offered, reason="費用を直す", by=people["officer"])
    services.offer(offered, at=make.NOON, by=people["officer"])

    with pytest.raises(NotAllowed, match="古い版には署名できません。いまの第2版"):
        sign(offered, "city", people["officer"], number=1)

    assert Signature.objects.count() == 1
    assert Agreement.objects.get().signed_sides() == frozenset()
    assert AgreementVersion.objects.get(number=2).why == "費用を直す"


def test_a_change_holds_only_when_both_have_signed_it(agreement_at, people):
    concluded = agreement_at("concluded")
    services.amend(concluded, reason="期間を延ばす", by=people["member"])
    services.write_draft(concluded, {"purpose": "新しい目的"}, revision=concluded.revision, by=people["member"])

    drafted = Agreement.objects.get()
    shown = selectors.public().get().signed_versions[-1]
    assert (drafted.state, drafted.version) == ("draft", 2)
    assert shown.content["purpose"] == "川べりを歩きたくなる道にします。"

    services.offer(drafted, at=make.NOON, by=people["member"])
    sign(drafted, "civic", people["member"], 2)
    sign(drafted, "city", people["officer"], 2)
    assert selectors.public().get().signed_versions[-1].content["purpose"] == "新しい目的"


def test_a_change_given_up_leaves_what_was_signed(agreement_at, people):
    concluded = agreement_at("concluded")
    services.amend(concluded, reason="期間を延ばす", by=people["member"])
    services.write_draft(
        concluded,
        {"purpose": "新しい目的", "ends": None, "form_kind": "purse"},
        revision=concluded.revision,
        by=people["member"],
    )
    with pytest.raises(RulesBroken, match="締結した協定があります"):
        services.drop(concluded, reason="やめる", by=people["member"])

    services.keep(concluded, reason="延ばさないことにした", by=people["officer"])

    kept = Agreement.objects.get()
    assert (kept.state, kept.version, kept.form_kind) == ("concluded", 1, "market")
    assert (kept.purpose, kept.ends.isoformat()) == ("川べりを歩きたくなる道にします。", "2027-03-31")


def test_nobody_writes_what_is_offered(agreement_at, people):
    offered = agreement_at("offered")

    with pytest.raises(NotAllowed, match="先に案に戻してください"):
        services.write_draft(offered, {"purpose": "あとから"}, revision=offered.revision, by=people["member"])

    assert Agreement.objects.get().purpose == "川べりを歩きたくなる道にします。"


def test_a_list_tells_each_whose_turn_it_is(agreement_at, people):
    offered = agreement_at("offered")
    sign(offered, "civic", people["member"])

    assert list(selectors.awaiting(people["member"])) == []
    assert list(selectors.awaiting(people["officer"])) == [offered]
    assert list(selectors.awaiting(people["division"])) == []


def test_drafts_are_seen_by_the_two_sides_and_the_division(draft, people):
    seeing = {name for name, actor in people.items() if selectors.visible_to(actor).exists()}

    assert seeing == {"member", "officer", "division"}
    assert not selectors.public().exists()


def test_the_number_of_a_change_that_was_given_up_is_not_used_again(agreement_at, people):
    held = agreement_at("concluded")
    services.amend(held, reason="延ばす", by=people["member"])
    services.offer(held, at=make.NOON, by=people["member"])
    services.reopen(held, reason="考え直す", by=people["officer"])
    services.keep(held, reason="延ばさない", by=people["officer"])

    services.amend(held, reason="やはり延ばす", by=people["member"])
    offered = services.offer(held, at=make.NOON, by=people["member"])

    assert (offered.number, offered.why) == (3, "やはり延ばす")
    assert [each.number for each in AgreementVersion.objects.order_by("number")] == [1, 2, 3]
