"""Publishing, keeping, comparing and withdrawing versions; deciding about names."""

from copy import deepcopy
from datetime import timedelta

import pytest

from tests import make
from tomoni.cases.services import RulesBroken
from tomoni.history.models import Event
from tomoni.kernel.decisions import NotAllowed
from tomoni.papers.compare import Change, compare
from tomoni.papers.content import texts
from tomoni.papers.making.files import FORMS, form
from tomoni.papers.making.sheet import printed
from tomoni.papers.models import PublishedFile, PublishedVersion
from tomoni.papers.selectors.content import content_of
from tomoni.papers.selectors.names import marked, published_form, undecided
from tomoni.papers.services import Judgement, fingerprint, judge_names, keep_file, keep_files, publish, withdraw
from tomoni.parties.permissions import Role
from tomoni.plans.models import Progress, Redaction
from tomoni.plans.redacting import BLACK

LATER = make.NOON + timedelta(days=1)


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def judged(plan, by, *, is_blackened=True):
    places = marked(content_of(plan, 2019), plan)
    judgements = [
        Judgement(place.key, mark.candidate.text, mark.candidate.occurrence, is_blackened=is_blackened)
        for place in places
        for mark in place.marks
    ]
    return judge_names(plan, judgements, at=make.NOON, by=by)


@pytest.fixture
def ready(plan, division):
    judged(plan, division)
    return plan


def refused(plan, by, year=2019):
    with pytest.raises(RulesBroken) as broken:
        publish(plan, year, at=make.NOON, by=by)
    assert not PublishedVersion.objects.exists()
    return [finding.rule for finding in broken.value.findings]


def test_nothing_is_published_before_names_are_decided_about(plan, division):
    assert undecided(content_of(plan, 2019), plan) == 1
    assert refused(plan, division) == ["PA-01"]


def test_a_year_without_a_record_is_not_published(plan, division):
    Progress.objects.filter(year=2018).delete()

    assert refused(plan, division, 2018) == ["PA-02"]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.DIVISION])
def test_only_the_division_publishes_withdraws_and_decides_about_names(ready, seat, division, role):
    _, _, actor = seat("だれか", role)
    version = publish(ready, 2019, at=make.NOON, by=division)

    for forbidden in (
        lambda: publish(ready, 2018, at=make.NOON, by=actor),
        lambda: withdraw(version, reason="理由", at=make.NOON, by=actor),
        lambda: judged(ready, actor, is_blackened=False),
    ):
        with pytest.raises(NotAllowed):
            forbidden()

    version.refresh_from_db()
    assert not version.is_withdrawn
    assert PublishedVersion.objects.count() == 1
    assert list(Redaction.objects.values_list("is_blackened", flat=True)) == [True]


def test_a_version_holds_the_blackened_text_and_the_inner_text_stays(ready, division):
    version = publish(ready, 2019, note="はじめて", at=make.NOON, by=division)

    assert f"講座を3回開いた。\n講師は{BLACK}氏。" in texts(version.content).values()
    assert "灯里花子" not in str(version.content)
    assert Progress.objects.filter(results__contains="灯里花子").exists()
    assert (version.number, version.sha256, version.note) == (1, fingerprint(version.content), "はじめて")
    assert Event.objects.get(verb="publish").is_public


def test_a_version_does_not_follow_what_changes_in_the_plan(ready, division):
    version = publish(ready, 2019, at=make.NOON, by=division)
    before = deepcopy(version.content)
    Progress.objects.filter(year=2019).update(results="書き直した。")

    version.refresh_from_db()

    assert version.content == before


def test_the_same_content_is_not_published_twice(ready, division):
    publish(ready, 2019, at=make.NOON, by=division)

    with pytest.raises(RulesBroken) as broken:
        publish(ready, 2019, at=LATER, by=division)

    assert [finding.rule for finding in broken.value.findings] == ["PA-03"]
    assert PublishedVersion.objects.count() == 1


def test_a_wrong_version_is_withdrawn_with_its_reason_and_the_next_has_the_next_number(ready, division):
    first = publish(ready, 2019, at=make.NOON, by=division)

    with pytest.raises(RulesBroken):
        withdraw(first, reason=" ", at=make.NOON, by=division)
    withdraw(first, reason="評価の写し間違い", at=LATER, by=division)
    second = publish(ready, 2019, at=LATER, by=division)

    first.refresh_from_db()
    assert (first.withdrawn_at, first.reason) == (LATER, "評価の写し間違い")
    assert second.number == 2
    with pytest.raises(NotAllowed):
        withdraw(first, reason="もう一度", at=LATER, by=division)


def test_files_are_kept_once_with_their_fingerprint(ready, division):
    version = publish(ready, 2019, at=make.NOON, by=division)

    kept = keep_files(version, at=make.NOON)
    again = keep_file(version, form("sheet", "xlsx"), at=LATER)

    assert [(f.key, f.ending) for f in kept] == [(f.key, f.ending) for f in FORMS]
    assert again.stored.uploaded_at == make.NOON
    assert PublishedFile.objects.count() == len(FORMS)
    assert all(len(f.stored.sha256) == 64 and f.stored.visibility == "public" for f in kept)
    assert again.stored.name == "あかり計画_令和元年度_進行管理シート_第1版.xlsx"


def test_a_decision_about_a_name_is_remembered_and_may_be_changed(plan, division):
    assert judged(plan, division) == 1
    assert judged(plan, division) == 0
    assert undecided(content_of(plan, 2019), plan) == 0

    assert judged(plan, division, is_blackened=False) == 1
    assert "灯里花子" in str(publish(plan, 2019, at=make.NOON, by=division).content)


def test_a_name_in_a_text_that_was_rewritten_is_asked_for_anew(ready):
    Progress.objects.filter(year=2019, results__contains="講師").update(results="野原次郎さんが話した。")

    assert undecided(content_of(ready, 2019), ready) == 1


def test_two_versions_differ_by_measure_year_and_field(plan):
    old = content_of(plan, 2019)
    new = deepcopy(old)
    lecture = next(m for m in new["measures"] if m["title"] == "出前講座")
    lecture["lines"][0]["years"]["2019"]["results"] = "講座を4回開いた。"
    lecture["lines"][1]["years"]["2019"]["state"] = "on_track"
    lecture["schedule"]["2019"] = "継続"
    lecture["assessments"][0]["rating"] = "A"
    new["measures"].append(lecture | {"id": 999, "number": "9", "title": "新しい取組"})
    gone = new["headings"].pop(1)

    assert compare(old, old) == []
    assert compare(old, new) == [
        Change(f"目標{gone['number']} 場をつくる", "gone"),
        Change("1 出前講座", "changed", "令和元年度の計画", "拡充", "継続"),
        Change(
            "1 出前講座",
            "changed",
            "令和元年度の実績（市民協働課）",
            "講座を3回開いた。\n講師は灯里花子氏。",
            "講座を4回開いた。",
        ),
        Change("1 出前講座", "changed", "令和元年度の進捗状況（道路課）", "遅れ気味", "順調"),
        Change("1 出前講座", "changed", "令和元年度の推進会議の評価", "B", "A"),
        Change("9 新しい取組", "added"),
    ]


def test_the_columns_of_a_version_stand_as_the_city_orders_them(ready, division):
    publish(ready, 2019, at=make.NOON, by=division)
    version = PublishedVersion.objects.get()

    assert version.content["words"]["columns"] == content_of(ready, 2019)["words"]["columns"]
    assert printed(version.content)["heads"] == printed(published_form(content_of(ready, 2019), ready))["heads"]
