"""Pages of revisions: who may open each, what everybody reads, and a whole revision played through in the browser's voice."""

import re
from datetime import date

import pytest
from django.core.cache import cache
from django.urls import reverse

from tests import make
from tests.revisions.conftest import drafted, end, heading, in_force, line, measure, merge, party, rename
from tomoni.kernel.clock import today
from tomoni.parties.models import User
from tomoni.parties.permissions import Role
from tomoni.plans.models import Measure
from tomoni.revisions.models import PlanChange, Revision
from tomoni.revisions.services import revisions
from tomoni.revisions.shape import Kind
from tomoni.tenants.scope import scope


@pytest.fixture(autouse=True)
def _nothing_kept():
    cache.clear()


@pytest.fixture
def people(seat):
    for role in Role:
        seat(f"p-{role}", role, make.department() if role == Role.DIVISION else make.department("広報課"))
    return [role.value for role in Role]


def sign_in(client, who):
    if who == "visitor":
        client.logout()
    else:
        client.force_login(
            User.objects.get(email=f"p-{who}@midorino.example"), backend="django.contrib.auth.backends.ModelBackend"
        )


def url(name, *args):
    return reverse(name, args=["midorino", *args])


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


PUBLIC, DESK, CITY = "public", "desk", "city"
# Written by hand: who may open which page. Visitors are asked to sign in (302), others are refused (403).
PAGES = {
    "revisions": PUBLIC,
    "departments": PUBLIC,
    "overall-plans": PUBLIC,
    "decided": PUBLIC,
    "draft": "hidden",
    "revision-new": DESK,
    "revision-about": DESK,
    "revision-change-new": DESK,
    "revision-change": DESK,
    "department-change": DESK,
    "overall-import": DESK,
    "overall-link": CITY,
}


@pytest.mark.parametrize("name", PAGES)
def test_pages_open_for_whom_the_table_says(name, client, plan, division, people):
    decided = revisions.decide(drafted(plan, end("表彰"), by=division), by=division)
    draft = drafted(plan, end("研修"), by=division)
    address = {
        "decided": decided.get_absolute_url(),
        "draft": draft.get_absolute_url(),
        "revision-new": url("revision-new", plan.pk),
        "revision-about": url("revision-about", draft.pk),
        "revision-change-new": url("revision-change-new", draft.pk, "merge"),
        "revision-change": url("revision-change", draft.pk, draft.changes.get().pk),
        "overall-link": url("overall-link", measure("表彰").pk),
    }.get(name) or url(name)
    inside = {DESK: {"division"}, CITY: {"division", "officer"}, "hidden": {"division"}}.get(PAGES[name], set())

    for who in ["visitor", *people]:
        sign_in(client, who)
        expected = 200 if PAGES[name] == PUBLIC or who in inside else 302 if who == "visitor" else 403
        if PAGES[name] == "hidden" and who not in inside:
            expected = 404
        assert (who, client.get(address).status_code) == (who, expected)


@pytest.mark.parametrize("name", ["revision-step", "revision-change-remove", "overall-unlink"])
def test_what_writes_is_refused_to_everybody_else_and_writes_nothing(name, client, plan, division, people):
    draft = drafted(plan, end("研修"), by=division)
    address = {
        "revision-step": url("revision-step", draft.pk, "decide"),
        "revision-change-remove": url("revision-change-remove", draft.pk, draft.changes.get().pk),
        "overall-unlink": url("overall-unlink", measure("表彰").pk, 1),
    }[name]
    may = {"division", "officer"} if name == "overall-unlink" else {"division"}

    for who in ["visitor", *people]:
        if who not in may:
            sign_in(client, who)
            assert client.post(address).status_code == (302 if who == "visitor" else 403)
    draft.refresh_from_db()
    assert (draft.state, draft.changes.count()) == ("draft", 1)


def test_another_citys_revision_is_nowhere(client, plan, division):
    revision = in_force(plan, end("表彰"), by=division)
    other = make.city("hokano", name="ほかの市", code="139997")
    with scope(other):
        make.rulebook()

    assert client.get(reverse("revision", args=["hokano", revision.pk])).status_code == 404


def test_everybody_reads_before_after_and_why(client, plan, division):
    revision = in_force(plan, merge("出前講座", "情報紙"), end("表彰"), by=division)

    text = text_of(client.get(revision.get_absolute_url()))

    assert "中間見直し 適用済み" in text
    assert "前半の評価を受けて見直します。" in text
    assert "施策をまとめる 1 出前講座 2 情報紙 11 学びと発信（市民協働課、1 知る） 重なりがあったため" in text
    assert "施策を終える 5 表彰 令和2年度で終わり 目標に届いたため" in text
    assert "推進会議" in text
    assert "次にできること" not in text


def test_the_plan_leads_to_its_revisions_and_marks_years_outside(client, plan, division):
    in_force(plan, merge("出前講座", "情報紙"), by=division)

    text = text_of(client.get(url("plan", plan.pk)))

    assert "この計画の改訂 中間見直し" in text
    assert text.count("対象外") == 3 + 1  # three years of the new measure, and the legend


def test_the_story_of_a_merged_measure_goes_on_with_those_before(client, plan, division):
    in_force(plan, merge("出前講座", "情報紙"), by=division)

    text = text_of(client.get(url("measure", plan.pk, measure("学びと発信").pk)))

    told = "令和3年度に「1 出前講座」と「2 情報紙」をまとめて、「11 学びと発信」にしました。 理由: 重なりがあったため"
    assert told in text
    order = [text.index(words) for words in (told, "1 出前講座 令和2年度まで", "2 情報紙 令和2年度まで")]
    assert order == sorted(order)
    assert text.count("令和2年度 遅れ気味") == 2
    assert text.count("対象外") == 0


def test_the_story_reaches_back_over_several_revisions(client, plan, division):
    in_force(plan, merge("出前講座", "情報紙"), by=division)
    second = merge("学びと発信", "事例集", into="12 まなぶ")
    in_force(plan, second, by=division, year=2022)

    text = text_of(client.get(url("measure", plan.pk, measure("まなぶ").pk)))

    assert "令和4年度に「11 学びと発信」と「3 事例集」をまとめて、「12 まなぶ」にしました。" in text
    assert "令和3年度に「1 出前講座」と「2 情報紙」をまとめて、「11 学びと発信」にしました。" in text
    assert text.index("令和4年度に") < text.index("1 出前講座 令和2年度まで")


def test_a_measure_that_ended_says_where_its_story_goes_on(client, plan, division):
    in_force(plan, merge("出前講座", "情報紙"), end("表彰"), by=division)

    merged = text_of(client.get(url("measure", plan.pk, measure("情報紙").pk)))
    ended = text_of(client.get(url("measure", plan.pk, measure("表彰").pk)))

    assert "続きは「11 学びと発信」へ" in merged
    assert "「5 表彰」は、令和2年度で終わりました。 理由: 目標に届いたため" in ended


def test_a_renamed_measure_says_what_it_was_called(client, plan, division):
    in_force(plan, rename("事例集", "3-1 つながりの記録"), by=division)

    text = text_of(client.get(url("measure", plan.pk, measure("つながりの記録").pk)))

    assert "令和3年度に、「3 事例集」から「3-1 つながりの記録」に変えました。" in text


def test_figures_go_on_where_people_say_so(client, plan, division):
    for year, value in ((2019, 20), (2020, 30)):
        make.figure(measure("出前講座"), year, value)
    in_force(plan, merge("出前講座", "情報紙"), by=division, figures=True)
    make.figure(measure("学びと発信"), 2020, 45, label="ほかの数")

    html = client.get(url("measure", plan.pk, measure("学びと発信").pk)).text

    assert "改訂の前から続く数値" in html
    assert '<desc id="s101-d">令和元年度 20人、令和2年度 30人。</desc>' in html


def test_figures_do_not_go_on_by_themselves(client, plan, division):
    for year, value in ((2019, 20), (2020, 30)):
        make.figure(measure("出前講座"), year, value)
    in_force(plan, merge("出前講座", "情報紙"), by=division)

    assert "改訂の前から続く数値" not in client.get(url("measure", plan.pk, measure("学びと発信").pk)).text


def test_a_revision_is_prepared_decided_applied_and_taken_back_in_pages(client, plan, division, people):
    sign_in(client, "division")
    body = make.department("市民協働課")
    about = {"title": "中間見直し", "reason": "評価を受けて", "year": 2021, "decided_by": "", "decided_on": ""}
    client.post(url("revision-new", plan.pk), about)
    draft = Revision.objects.get()
    wanted = {
        "measures": [measure("出前講座").pk, measure("情報紙").pk],
        "number": "11",
        "title": "学びと発信",
        "heading": heading("知る").pk,
        "leads": [party("広報課").pk],
        "reason": "重なりがあった",
        "carries_figures": "on",
    }
    added = client.post(url("revision-change-new", draft.pk, "merge"), wanted)
    assert added.status_code == 302

    early = client.post(url("revision-step", draft.pk, "decide"))
    assert early.status_code == 422
    assert "どの会議や課が、いつ決めたかを書いてください。" in early.text
    client.post(url("revision-about", draft.pk), about | {"decided_by": body.pk, "decided_on": "2021-02-01"})
    client.post(url("revision-step", draft.pk, "decide"))
    client.post(url("revision-step", draft.pk, "put_in_force"))

    draft.refresh_from_db()
    assert (draft.state, measure("学びと発信").begins_in) == ("in_force", 2021)
    refused = client.post(url("revision-step", draft.pk, "take_back"), {"note": ""})
    assert "理由を書いてください" in refused.text
    client.post(url("revision-step", draft.pk, "take_back"), {"note": "議決が延びた"})
    draft.refresh_from_db()
    assert (draft.state, Measure.objects.filter(title="学びと発信").count()) == ("decided", 0)


def test_a_draft_shows_what_is_wrong_beside_the_change(client, plan, division, people):
    draft = drafted(plan, merge("出前講座", "情報紙"), end("情報紙"), rename("表彰", "5-1 たたえる"), by=division)
    sign_in(client, "division")

    text = text_of(client.get(draft.get_absolute_url()))

    assert (
        text.count("同じ施策を2回、終えたり、まとめたり、分けたりしています。1回だけにしてください。") == 3
    )  # two changes, one step


@pytest.mark.parametrize("kind", list(Kind), ids=str)
def test_every_kind_of_change_can_be_written_and_shows_again_what_was_written(kind, client, plan, division, people):
    draft = drafted(plan, by=division)
    sign_in(client, "division")
    one, two = measure("出前講座").pk, measure("情報紙").pk
    typed = {
        Kind.MERGE: {"measures": [one, two], "number": "11", "title": "新しい名", "heading": heading("知る").pk, "leads": [party("広報課").pk]},
        Kind.SPLIT: {"measure": one, "heading": heading("知る").pk, "title_0": "新しい名", "lead_0": party("広報課").pk, "title_1": "乙", "lead_1": party("広報課").pk},
        Kind.NAME: {"measure": one, "number": "1-1", "title": "新しい名"},
        Kind.END: {"measures": [one], "last": 2020},
        Kind.ADD: {"number": "12", "title": "新しい名", "heading": "", "leads": [party("広報課").pk]},
        Kind.MOVE: {"measures": [one], "heading": heading("加わる").pk},
        Kind.LEADS: {"line": line("出前講座").pk, "leads": [party("市民協働課").pk]},
        Kind.SCHEDULE: {"measure": one, "schedule_2021": "新しい名"},
        Kind.HEADING_NAME: {"heading": heading("知る").pk, "number": "1", "title": "新しい名"},
        Kind.HEADING_ADD: {"heading": "", "number": "3", "title": "新しい名"},
        Kind.PERIOD: {"last": 2024},
    }[kind]  # fmt: skip

    answer = client.post(url("revision-change-new", draft.pk, kind.value), typed | {"reason": "見直した理由"})

    assert answer.status_code == 302
    row = PlanChange.objects.get()
    assert (row.kind, row.reason) == (kind.value, "見直した理由")
    again = client.get(url("revision-change", draft.pk, row.pk)).text
    assert "見直した理由" in again
    shown = {
        Kind.END: "2020",
        Kind.MOVE: str(heading("加わる").pk),
        Kind.LEADS: str(line("出前講座").pk),
        Kind.PERIOD: "2024",
    }
    expected = f'value="{shown[kind]}" selected' if kind in shown else "新しい名"
    assert expected in again
    assert (
        "（なし）" in client.get(draft.get_absolute_url()).text
        or row.measures.exists()
        or kind in {Kind.HEADING_NAME, Kind.PERIOD}
    )
    client.post(url("revision-step", draft.pk, "decide"))
    client.post(url("revision-step", draft.pk, "put_in_force"))
    draft.refresh_from_db()
    assert draft.state == "in_force"
    assert client.get(draft.get_absolute_url()).status_code == 200


def test_a_form_that_is_not_filled_keeps_what_was_typed(client, plan, division, people):
    draft = drafted(plan, by=division)
    sign_in(client, "division")

    answer = client.post(
        url("revision-change-new", draft.pk, "merge"), {"number": "11", "title": "学びと発信", "reason": "x"}
    )

    assert answer.status_code == 422
    assert "学びと発信" in answer.text
    assert draft.changes.count() == 0


def test_an_unknown_kind_of_change_is_nowhere(client, plan, division, people):
    draft = drafted(plan, by=division)
    sign_in(client, "division")

    assert client.get(url("revision-change-new", draft.pk, "explode")).status_code == 404


def test_pages_take_as_many_queries_for_many_revisions_as_for_few(
    client, plan, division, django_assert_max_num_queries
):
    titles = ["出前講座", "情報紙", "事例集", "交流会", "表彰", "研修"]

    def merged(n):
        in_force(plan, merge(titles[0], titles[n + 1], into=f"{20 + n} まとめ{n}"), by=division, year=2021)
        titles[0] = f"まとめ{n}"
        Measure.objects.filter(title=titles[0]).update(begins_in=2020)  # so that the next one can end it in turn

    def asked(most):
        found = {}
        for name in ("plan", "measure", "revisions"):
            args = {"plan": [plan.pk], "measure": [plan.pk, measure(titles[0]).pk]}.get(name, [])
            client.get(url(name, *args))
            cache.clear()
            with django_assert_max_num_queries(most.get(name, 40)) as used:
                client.get(url(name, *args))
            found[name] = len(used.captured_queries)
        return found

    merged(0)
    few = asked({})
    for n in range(1, 5):
        merged(n)

    assert asked(few) == few


def test_the_day_of_today_is_offered_where_departments_change(client, plan, people):
    sign_in(client, "division")

    assert f'value="{today():%Y-%m-%d}"' in client.get(url("department-change")).text
    assert date(2026, 4, 1) == make.APRIL
