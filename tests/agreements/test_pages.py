"""Pages of agreements: who opens what, what they read, and how the story goes over HTTP."""

import pytest
from django.urls import reverse

from tests import make
from tests.agreements.conftest import FULL
from tomoni.agreements import services
from tomoni.agreements.models import Agreement, AgreementVersion, Signature
from tomoni.parties.models import User
from tomoni.tenants.scope import scope


def url(name: str, *args: object) -> str:
    return reverse(name, args=["midorino", *args])


def sign_in(client, name: str) -> None:
    client.force_login(User.objects.get(email=f"{name}@midorino.example"))


ROLES = ("visitor", "member", "officer", "stranger", "division", "resident", "council")
# Written by hand: page x who -> code, in the order of ROLES. 302 asks to sign in; 404 is what one may not see.
CODES = {
    "agreements": (200, 200, 200, 200, 200, 200, 200),
    "agreements-work": (302, 200, 200, 200, 200, 403, 403),
    "agreement-new": (302, 200, 200, 200, 200, 403, 403),
    "suitability-new": (302, 200, 200, 200, 200, 403, 403),
    "suitability": (302, 200, 200, 404, 200, 403, 403),
    "agreement": (302, 200, 200, 404, 200, 404, 404),
    "agreement-choose": (302, 200, 200, 404, 403, 403, 403),
    "agreement-write": (302, 200, 200, 404, 403, 403, 403),
    "agreement-document": (302, 200, 200, 404, 200, 403, 403),
}


@pytest.mark.parametrize("place", range(len(ROLES)), ids=ROLES)
def test_a_page_opens_for_whom_the_table_says(place, draft, check, client):
    if ROLES[place] != "visitor":
        sign_in(client, ROLES[place])
    args = {name: [draft.pk] for name in ("agreement", "agreement-choose", "agreement-write")}
    args |= {"suitability": [check.pk], "agreement-document": [draft.pk, "docx"]}

    seen = {name: client.get(url(name, *args.get(name, []))).status_code for name in CODES}

    assert seen == {name: codes[place] for name, codes in CODES.items()}


def test_another_citys_agreement_and_check_are_not_there(agreement_at, check, client):
    concluded = agreement_at("concluded")
    sign_in(client, "member")
    with scope(make.city("aomori-no", name="青野市", code="139999")):
        make.rulebook()

    assert client.get(reverse("agreement", args=["aomori-no", concluded.pk])).status_code == 404
    assert client.get(reverse("suitability", args=["aomori-no", check.pk])).status_code == 403


def test_everybody_reads_what_is_concluded_and_no_more(agreement_at, client):
    concluded = agreement_at("concluded")

    shown = client.get(concluded.get_absolute_url()).text

    assert "川べりの花壇づくり" in client.get(url("agreements")).text
    assert all(word in shown for word in ("共同の市", "花を植えて世話をする", "100,000円", "令和8年5月1日から"))
    assert not any(word in shown for word in ("member", "officer", "10年続けている", "どちらも主催者", "条項"))


def test_an_offered_agreement_is_nobody_elses(agreement_at, client):
    agreement_at("offered")

    assert "川べりの花壇づくり" not in client.get(url("agreements")).text


def test_the_form_is_explained_and_chosen_by_people(draft, client):
    sign_in(client, "member")
    page = client.get(url("agreement-choose", draft.pk), {"ask": "1", "zone": "ours", "needs": ["host"]}).text

    client.post(
        url("agreement-choose", draft.pk),
        {"revision": 0, "form_kind": "market", "form_reason": "主催者になる", "partner_reason": ""},
    )

    assert page.index("共同の市") < page.index("頼まれごと")
    assert "「双方が主催者になる」ことに使えます。" in page
    assert "売上を記録します。" in page  # the group's own point to watch
    assert "場所を早く決めます。" not in page  # the city's
    assert Agreement.objects.get().form_kind == "market"


def test_a_form_that_the_rulebook_does_not_know_is_refused(draft, client):
    sign_in(client, "member")

    answer = client.post(url("agreement-choose", draft.pk), {"revision": 0, "form_kind": "secret", "form_reason": "x"})

    assert answer.status_code == 422
    assert Agreement.objects.get().form_kind == ""


def typed(held: Agreement, **more: object) -> dict[str, object]:
    """The form of the draft as a browser sends it, with two duties and two shares."""
    sent: dict[str, object] = {
        "revision": held.revision,
        "title": FULL["title"],
        "purpose": FULL["purpose"],
        "starts": "2026-05-01",
        "ends": "2027-03-31",
        "total": "１００，０００円",
        **{f"clause-{clause.key}": clause.text for clause in held.needed_clauses()},
    }
    for prefix, rows in ("duties", FULL["duties"]), ("shares", FULL["shares"]):
        sent |= {f"{prefix}-TOTAL_FORMS": len(rows) + 1, f"{prefix}-INITIAL_FORMS": 0}
        for place, row in enumerate(rows):
            sent |= {f"{prefix}-{place}-{key}": "" if value is None else value for key, value in row.items()}
        sent[f"{prefix}-{len(rows)}-side"] = "civic"
    return {**sent, **more}


def test_the_whole_story_over_http(draft, client):
    sign_in(client, "member")
    chosen = {"revision": 0, "form_kind": "market", "form_reason": "主催者になる", "partner_reason": ""}
    client.post(url("agreement-choose", draft.pk), chosen)
    held = Agreement.objects.get()
    client.post(url("agreement-write", draft.pk), typed(held))
    client.post(url("agreement-step", draft.pk, "offer"))
    for name, side in ("member", "civic"), ("officer", "city"):
        sign_in(client, name)
        client.post(url("agreement-sign", draft.pk), {"number": 1, "side": side, "read": "on"})

    concluded = Agreement.objects.get()
    page = client.get(concluded.get_absolute_url()).text
    assert (concluded.state, concluded.total) == ("concluded", 100000)
    assert concluded.duties == FULL["duties"]
    assert concluded.shares == FULL["shares"]
    assert "第1版に署名しました。" in page
    assert "締結する" in page  # in the history


def test_signing_needs_the_tick_and_the_present_version(agreement_at, people, client):
    offered = agreement_at("offered")
    services.reopen(offered, reason="直す", by=people["officer"])
    services.offer(offered, at=make.NOON, by=people["officer"])
    sign_in(client, "member")

    unread = client.post(url("agreement-sign", offered.pk), {"number": 2, "side": "civic"})
    old = client.post(url("agreement-sign", offered.pk), {"number": 1, "side": "civic", "read": "on"})
    others = client.post(url("agreement-sign", offered.pk), {"number": 2, "side": "city", "read": "on"})

    assert [unread.status_code, old.status_code, others.status_code] == [422, 422, 422]
    assert "古い版には署名できません" in old.text
    assert Signature.objects.count() == 0


def test_the_second_window_keeps_what_was_typed_and_may_save_again(written, people, client):
    sign_in(client, "officer")
    opened = typed(written, purpose="役所の目的")
    services.write_draft(written, {"purpose": "団体の目的"}, revision=written.revision, by=people["member"])

    late = client.post(url("agreement-write", written.pk), opened)
    again = client.post(
        url("agreement-write", written.pk), {**opened, "revision": late.context["form"].data["revision"]}
    )

    assert late.status_code == 422
    assert all(words in late.text for words in ("ほかの方がこの案を書き直しました", "役所の目的", "団体の目的"))
    assert again.status_code == 302
    assert Agreement.objects.get().purpose == "役所の目的"


def test_scripts_are_shown_as_text_everywhere(written, people, client):
    evil = "<script>alert(1)</script>"
    duties = [{"side": "civic", "text": evil, "due": None}, {"side": "city", "text": evil, "due": None}]
    values = {"title": evil, "purpose": evil, "duties": duties}
    services.write_draft(written, values, revision=written.revision, by=people["member"])
    services.offer(written, at=make.NOON, by=people["member"])
    for side, name in ("civic", "member"), ("city", "officer"):
        services.sign(written, number=1, side=side, at=make.NOON, by=people[name])
    public = client.get(url("agreement", written.pk)).text + client.get(url("agreements")).text
    sign_in(client, "member")
    room = client.get(url("agreement", written.pk)).text + client.get(url("agreement-version", written.pk, 1)).text

    assert "<script>alert" not in public + room
    assert "&lt;script&gt;alert(1)" in public


def test_a_version_shows_what_it_says_otherwise_than_the_one_before(agreement_at, people, client):
    concluded = agreement_at("concluded")
    services.amend(concluded, reason="期間を延ばす", by=people["member"])
    services.write_draft(concluded, {"purpose": "長く続けます。"}, revision=concluded.revision, by=people["member"])
    sign_in(client, "officer")
    drafted = client.get(concluded.get_absolute_url()).text
    services.offer(Agreement.objects.get(), at=make.NOON, by=people["member"])

    page = client.get(url("agreement-version", concluded.pk, 2)).text

    assert "いまの約束は第1版です" in drafted
    assert "<del>川べりを歩きたくなる道にします。</del>" in page
    assert "<ins>長く続けます。</ins>" in page
    assert "期間を延ばす" in page
    assert client.get(url("agreement-version", concluded.pk, 3)).status_code == 404


def test_unknown_steps_are_nowhere_and_a_reason_is_asked_for(agreement_at, client):
    offered = agreement_at("offered")
    sign_in(client, "member")

    assert client.post(url("agreement-step", offered.pk, "conclude")).status_code == 404
    silent = client.post(url("agreement-step", offered.pk, "reopen"), {"note": " "})
    assert silent.status_code == 422
    assert "理由を書いてください。" in silent.text
    assert Agreement.objects.get().state == "offered"


def test_lists_need_as_many_queries_for_many_as_for_few(agreement_at, client, django_assert_max_num_queries):
    concluded = agreement_at("concluded")
    content = AgreementVersion.objects.get().content
    more = Agreement.objects.bulk_create(
        Agreement(
            title=f"花{n}",
            civic=concluded.civic,
            city=concluded.city,
            rulebook=concluded.rulebook,
            state="concluded",
            begun_on=make.APRIL,
            municipality=concluded.municipality,
        )
        for n in range(40)
    )
    AgreementVersion.objects.bulk_create(
        AgreementVersion(agreement=each, number=1, content=content, at=make.NOON, concluded_on=make.APRIL)
        for each in more
    )

    with django_assert_max_num_queries(12):
        assert client.get(url("agreements")).status_code == 200
    sign_in(client, "member")
    with django_assert_max_num_queries(14):
        assert client.get(url("agreements-work")).status_code == 200
    with django_assert_max_num_queries(20):
        assert client.get(concluded.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"duties-2-due": "2026-06-30"}, "何をするかを書くか、日付を消してください。"),
        ({"shares-2-label": "花鉢"}, "金額を書くか、行を空にしてください。"),
        ({"shares-2-amount": "5000"}, "何の費用かを書いてください。"),
        ({"shares-2-label": "花鉢", "shares-2-amount": "-1"}, "0 以上"),
        ({"duties-2-side": "both", "duties-2-text": "花"}, "選択"),
        ({"ends": "2026-02-30"}, "日付"),
    ],
)
def test_half_a_row_is_named_and_nothing_is_dropped(row, sentence, written, client):
    sign_in(client, "member")

    answer = client.post(url("agreement-write", written.pk), typed(written, purpose="別の目的", **row))

    assert answer.status_code == 422
    assert sentence in answer.text
    assert "別の目的" in answer.text
    assert Agreement.objects.get().purpose == FULL["purpose"]


def test_the_sides_are_called_by_their_names_and_a_share_of_nothing_is_kept(written, client):
    sign_in(client, "member")
    page = client.get(url("agreement-write", written.pk)).text

    client.post(
        url("agreement-write", written.pk), typed(written, **{"shares-2-label": "手伝い", "shares-2-amount": "0"})
    )

    assert '<option value="civic" selected>花の会</option>' in page
    assert Agreement.objects.get().shares[-1] == {"side": "civic", "label": "手伝い", "amount": 0}
