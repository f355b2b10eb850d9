"""Going on for another year: both review, and next year's project begins with nothing typed again."""

from datetime import date

import pytest

from tests import make
from tests.projects.conftest import put_in_order
from tomoni.agreements import services as agreements
from tomoni.agreements.models import Agreement, AgreementVersion
from tomoni.cases.services import RulesBroken
from tomoni.history.models import Notice
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.models import User
from tomoni.parties.permissions import Role
from tomoni.projects import renewing, selectors, services
from tomoni.projects.models import Project, RenewalReview, Risk
from tomoni.rulebooks.models import RulebookVersion

MARCH = date(2027, 3, 1)
WORDS = {"went_well": "毎日立てた。", "to_mend": "当番が足りない。", "goes_on": True, "why": "まだ暗い道がある。"}


@pytest.fixture
def signed(agreement):
    """What both signed: the version of the agreement that is in force."""
    content = {
        "title": "夜道の灯り", "ends": "2027-03-31", "starts": "2026-04-01",
        "form": {"key": "cooperation", "label": "", "cites": ""}, "clauses": [], "duties": agreement.duties,
    }  # fmt: skip
    return AgreementVersion.objects.create(
        agreement=agreement, number=1, content=content, at=make.NOON, concluded_on=make.APRIL
    )


def both_review(project, member, officer, **words):
    renewing.review(project, on=MARCH, by=member, **WORDS)
    renewing.review(project, on=MARCH, by=officer, **(WORDS | words))


def test_the_next_year_begins_from_the_old_with_nothing_typed_again(signed, running, member, officer):
    services.add_risk(running, Risk(side="civic", text="雨", due=date(2026, 6, 30)), by=member)
    put_in_order(running, member)
    both_review(running, member, officer)

    following = renewing.renew(running, on=MARCH, by=member)

    assert (following.state, following.title, following.previous_id) == ("preparing", "夜道の灯り", running.pk)
    assert (following.starts, following.ends) == (date(2027, 4, 1), date(2028, 3, 31))
    assert [(d.side, d.text, d.due, d.done_on) for d in following.duties.order_by("pk")] == [
        ("civic", "灯りを置く", date(2027, 6, 30), None),
        ("city", "許可を出す", None, None),
    ]
    assert [(a.is_income, a.label, a.planned, a.actual) for a in following.accounts.order_by("pk")] == [
        (True, "市の負担", 100000, None),
        (False, "灯り", 100000, None),
    ]
    assert [(r.text, r.due) for r in following.risks.all()] == [("雨", date(2027, 6, 30))]
    assert Notice.objects.filter(user=officer.user, url=following.get_absolute_url()).count() == 1


def test_the_concluded_agreement_becomes_a_draft_of_its_next_version(signed, running, member, officer):
    both_review(running, member, officer)

    following = renewing.renew(running, on=MARCH, by=member)

    agreement = Agreement.objects.get()
    assert following.agreement_id == agreement.pk
    assert (agreement.state, agreement.version, agreement.ends) == ("draft", 2, date(2028, 3, 31))
    assert [line["due"] for line in agreement.duties] == ["2027-06-30", None]


def test_the_next_year_starts_only_once_both_have_signed_for_it(signed, running, member, officer):
    both_review(running, member, officer)
    following = renewing.renew(running, on=MARCH, by=member)

    with pytest.raises(RulesBroken) as refusal:
        services.start(following, by=member)
    assert [f.rule for f in refusal.value.findings] == ["PJ-04"]

    AgreementVersion.objects.create(
        agreement=following.agreement, number=2, content={"ends": "2028-03-31"}, at=make.NOON, concluded_on=MARCH
    )
    assert services.start(Project.objects.get(pk=following.pk), by=member).state == "running"


def test_an_agreement_of_several_years_stays_as_it_is(signed, running, member, officer):
    AgreementVersion.objects.update(content={**signed.content, "ends": "2029-03-31"})
    both_review(running, member, officer)

    following = renewing.renew(running, on=MARCH, by=officer)

    assert Agreement.objects.get().state == "concluded"
    assert services.start(following, by=member).state == "running"


def test_of_an_ended_agreement_a_new_one_is_drafted_alike(signed, running, member, officer):
    agreements.end(running.agreement, reason="期間が終わった", by=officer)
    both_review(running, member, officer)

    following = renewing.renew(running, on=MARCH, by=member)

    old, new = Agreement.objects.order_by("pk")
    assert (old.state, new.state, following.agreement_id) == ("ended", "draft", new.pk)
    assert (new.title, new.total, new.shares, new.starts, new.ends) == (
        old.title, old.total, old.shares, date(2027, 4, 1), date(2028, 3, 31),
    )  # fmt: skip
    with pytest.raises(RulesBroken):
        services.start(following, by=member)


def test_nothing_begins_before_both_have_reviewed_and_both_wish_it(signed, running, member, officer):
    def refused():
        with pytest.raises(RulesBroken) as refusal:
            renewing.renew(running, on=MARCH, by=member)
        return [f.rule for f in refusal.value.findings]

    assert refused() == ["PJ-05", "PJ-06"]
    renewing.review(running, on=MARCH, by=member, **WORDS)
    assert refused() == ["PJ-05", "PJ-06"]
    renewing.review(running, on=MARCH, by=officer, **(WORDS | {"goes_on": False}))
    assert refused() == ["PJ-06"]
    assert (Project.objects.count(), Agreement.objects.get().state) == (1, "concluded")


def test_a_project_is_renewed_once(signed, running, member, officer):
    both_review(running, member, officer)
    renewing.renew(running, on=MARCH, by=member)

    with pytest.raises(RulesBroken, match="すでにあります"):
        renewing.renew(running, on=MARCH, by=officer)
    with pytest.raises(NotAllowed, match="もう書き直せません"):
        renewing.review(running, on=MARCH, by=member, **WORDS)
    assert Project.objects.count() == 2


def test_the_citys_longest_period_counts_from_the_first_year(signed, running, member, officer):
    book = make.book()
    limit = book.options.agreements.model_copy(update={"longest_years": 2})
    options = book.options.model_copy(update={"agreements": limit})
    RulebookVersion.objects.update(content=book.model_copy(update={"options": options}).model_dump_json())
    first = Project.objects.get(pk=running.pk)
    both_review(first, member, officer)

    second = renewing.renew(first, on=MARCH, by=member)
    Project.objects.filter(pk=second.pk).update(state="running")
    second.refresh_from_db()
    both_review(second, member, officer)

    with pytest.raises(RulesBroken) as refusal:
        renewing.renew(second, on=MARCH, by=member)
    assert [f.rule for f in refusal.value.findings] == ["PJ-07"]


def test_a_change_of_the_agreement_that_is_under_way_comes_first(signed, running, member, officer):
    both_review(running, member, officer)
    agreements.amend(running.agreement, reason="費用を見直す", by=officer)

    with pytest.raises(NotAllowed, match="協定を変える案が、すでにあります"):
        renewing.renew(Project.objects.get(pk=running.pk), on=MARCH, by=member)
    assert Project.objects.count() == 1


def test_the_other_side_is_told_and_has_its_turn_until_it_has_written(signed, running, member, officer):
    renewing.review(running, on=MARCH, by=member, **WORDS)

    assert [n.text for n in Notice.objects.filter(user=officer.user)][-1:] == [
        "「夜道の灯り」を続けるかどうか、相手の側がふりかえりを書きました。"
    ]
    assert [selectors.awaiting(who).count() for who in (member, officer)] == [0, 1]
    renewing.review(running, on=MARCH, by=officer, **WORDS)
    assert [selectors.awaiting(who).count() for who in (member, officer)] == [0, 0]


def test_strangers_and_the_division_say_nothing_and_renew_nothing(signed, running, member, officer, division, seat):
    _, _, stranger = seat("yoso", Role.MEMBER, make.group("よその会"))
    both_review(running, member, officer)

    for who in (stranger, division):
        with pytest.raises(NotAllowed, match="双方の担当者だけ"):
            renewing.review(running, on=MARCH, by=who, **WORDS)
        with pytest.raises(NotAllowed, match="双方の担当者だけ"):
            renewing.renew(running, on=MARCH, by=who)
    assert (RenewalReview.objects.count(), Project.objects.count()) == (2, 1)


def test_a_leap_day_becomes_the_28th(running):
    running.starts, running.ends = date(2027, 3, 1), date(2028, 2, 28)

    assert renewing.next_period(running) == (date(2028, 2, 29), date(2029, 2, 27))


def test_the_story_of_a_renewal_over_http(signed, running, client):
    here = running.get_absolute_url()
    words = {"went_well": "よかった。", "goes_on": "yes", "why": "まだ暗い。"}
    for mail in ("hanako", "taro"):
        client.force_login(User.objects.get(email=f"{mail}@midorino.example"))
        early = client.post(f"{here}renew/")
        sent = client.post(f"{here}room/review/", {f"review-{name}": text for name, text in words.items()})
        assert (early.status_code, sent.status_code) == (422, 302)
    following = client.post(f"{here}renew/").url

    page = client.get(following).text
    assert "この事業の期間を含む協定に、まだ双方の署名がそろっていません。" in page
    assert here in page
    client.logout()
    assert client.get(following).status_code == 404
    assert following not in client.get(here).text
