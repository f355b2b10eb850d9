"""Publishing a year: what reaches the plan, what stays behind, and what is in the way."""

from decimal import Decimal

import pytest

from tests import make
from tests.reporting.conftest import AT, ON, YEAR
from tomoni.cases import services as cases
from tomoni.kernel.decisions import NotAllowed
from tomoni.plans.models import Assessment, Figure, Progress, Redaction
from tomoni.plans.redacting import line_place
from tomoni.reporting.models import Entry
from tomoni.reporting.services import assessing, passing, publishing
from tomoni.reporting.services.assessing import View, WrittenMeanwhile


def told(entries, **values):
    entries.update(status="on_track", results="掃除した。", **values)


def test_what_is_reported_becomes_the_plans_with_its_number_and_the_committees_view(
    request_, plan, lamps, indicator, division, council, committee
):
    make.figure(lamps.line.measure, YEAR, 99, label="点検した街灯", source_at="C5")
    told(Entry.objects.filter(pk=lamps.pk), state="confirmed", next_action="灯りを替える。")
    lamps.figures.update(value=120)
    assessing.write_view(request_, lamps.line.measure, View("よい", "続けて。"), committee=committee, at=AT, by=council)
    before = plan.revision

    done = publishing.publish_ready(request_, on=ON, by=division)

    assert (done.moved, [why for _e, why in done.in_the_way]) == (1, ["担当の課がまだ出していません。"] * 2)
    written = Progress.objects.get(line=lamps.line, year=YEAR)
    assert (written.status, written.results, written.next_action) == ("on_track", "掃除した。", "灯りを替える。")
    assert [(f.value, f.unit) for f in Figure.objects.filter(label="点検した街灯", year=YEAR)] == [(Decimal(120), "基")]
    assert [(a.rating, a.opinion) for a in Assessment.objects.all()] == [("よい", "続けて。")]
    plan.refresh_from_db()
    assert (plan.revision, YEAR in plan.years) == (before + 1, True)


def test_no_change_is_published_as_such_and_never_as_last_years_words(request_, park, division):
    type(request_).objects.update(asks_committee=False)
    Entry.objects.filter(pk=park.pk).update(
        status="on_track", is_unchanged=True, unchanged_why="同じ人数で続けた。", state="confirmed"
    )

    publishing.publish_ready(request_, on=ON, by=division)

    assert Progress.objects.get(line=park.line, year=YEAR).results == "前の年度と変わりありません。同じ人数で続けた。"


def test_a_measure_of_two_departments_is_said_to_be_assessed_only_when_both_are_out(
    request_, park, division, council, committee
):
    both = Entry.objects.filter(line__measure=park.line.measure)
    told(both, state="confirmed")
    assessing.write_view(request_, park.line.measure, View("よい", ""), committee=committee, at=AT, by=council)

    publishing.publish(park, on=ON, by=division)
    assert Assessment.objects.count() == 0
    publishing.publish_ready(request_, on=ON, by=division)

    assert Assessment.objects.get().rating == "よい"


def test_the_view_of_a_policy_waits_for_the_whole_year(request_, plan, division, council, committee):
    policy = plan.headings.get()
    assessing.write_view(request_, policy, View("", "全体によい。"), committee=committee, at=AT, by=council)
    told(Entry.objects.all(), state="assessed")
    type(request_).objects.update(asks_committee=False)
    first, *_rest = Entry.objects.all()

    publishing.publish(first, on=ON, by=division)
    assert Assessment.objects.count() == 0
    publishing.publish_ready(request_, on=ON, by=division)

    assert Assessment.objects.get().heading == policy


def test_only_the_division_publishes(request_, lamps, roads, council):
    told(Entry.objects.all(), state="assessed")

    for actor in (roads, council):
        with pytest.raises(NotAllowed):
            publishing.publish_ready(request_, on=ON, by=actor)

    assert Progress.objects.filter(year=YEAR).count() == 0


def test_a_published_report_is_corrected_and_the_plan_keeps_its_words_meanwhile(request_, park, parks, division):
    type(request_).objects.update(asks_committee=False)
    told(Entry.objects.filter(pk=park.pk), state="confirmed")
    publishing.publish_ready(request_, on=ON, by=division)
    park.refresh_from_db()

    cases.take("correct", park, by=division, note="回数が違います。")
    assert Progress.objects.get(line=park.line, year=YEAR).results == "掃除した。"
    Entry.objects.filter(pk=park.pk).update(results="2回掃除した。")
    passing.hand_in(park, on=ON, by=parks)
    passing.confirm_ready(request_, by=division)
    publishing.publish_ready(request_, on=ON, by=division)

    held = Progress.objects.get(line=park.line, year=YEAR)
    assert [version.results for version in held.history.order_by("history_id")] == ["掃除した。", "2回掃除した。"]


def test_of_two_members_the_second_reads_the_firsts_words_before_replacing_them(request_, lamps, council, committee):
    told(Entry.objects.filter(pk=lamps.pk), state="confirmed")
    of = lamps.line.measure
    assessing.write_view(request_, of, View("よい", "先の文。"), committee=committee, at=AT, by=council)

    with pytest.raises(WrittenMeanwhile) as met:
        assessing.write_view(request_, of, View("悪い", "後の文。"), committee=committee, at=AT, by=council)
    assert met.value.draft.opinion == "先の文。"

    again = assessing.write_view(request_, of, View("悪い", "後の文。", 1), committee=committee, at=AT, by=council)
    assert (again.opinion, again.version) == ("後の文。", 2)


def test_confirming_everything_leaves_what_is_not_handed_in_and_names_it(request_, park, division):
    told(Entry.objects.filter(pk=park.pk), state="handed_in")

    done = passing.confirm_ready(request_, by=division)

    assert (done.moved, len(done.in_the_way)) == (1, 2)
    assert sorted(request_.entries.values_list("state", flat=True)) == ["asked", "asked", "confirmed"]


def test_a_probable_name_keeps_a_report_from_being_public_until_people_decide(request_, plan, lamps, division):
    type(request_).objects.update(asks_committee=False)
    Entry.objects.filter(pk=lamps.pk).update(
        state="confirmed",
        status="on_track",
        results="講師の灯里花子氏が話した。",
        self_assessment="野原さんに助けられた。",
    )

    done = publishing.publish_ready(request_, on=ON, by=division)

    assert done.moved == 0
    assert "個人の名前や連絡先かもしれない言葉が残っています。" in done.in_the_way[0][1]
    assert not Progress.objects.filter(line=lamps.line, year=YEAR).exists()

    for name, words in (("results", "灯里花子"), ("self_assessment", "野原")):
        Redaction.objects.create(
            plan=plan, place=line_place(lamps.line_id, YEAR, name), text=words, is_blackened=True, decided_at=AT
        )

    assert publishing.publish_ready(request_, on=ON, by=division).moved == 1
    assert Progress.objects.get(line=lamps.line, year=YEAR).results == "講師の灯里花子氏が話した。"


def test_what_was_blackened_stays_black_in_what_a_department_says_of_itself(request_, plan, lamps, division, client):
    type(request_).objects.update(asks_committee=False)
    Entry.objects.filter(pk=lamps.pk).update(
        state="confirmed", status="on_track", results="灯した。", self_assessment="野原さんに助けられた。"
    )
    place = line_place(lamps.line_id, YEAR, "self_assessment")
    Redaction.objects.create(plan=plan, place=place, text="野原", is_blackened=True, decided_at=AT)
    publishing.publish_ready(request_, on=ON, by=division)

    told = client.get(f"/midorino/plans/{plan.pk}/measures/{lamps.line.measure_id}/").text

    assert "■■さんに助けられた。" in told
    assert "野原" not in told


def test_an_opinion_of_the_committee_is_looked_through_for_names_too(request_, lamps, division, council, committee):
    told(Entry.objects.filter(pk=lamps.pk), state="confirmed")
    view = View("よい", "海辺次郎様の助言を生かしてほしい。")
    assessing.write_view(request_, lamps.line.measure, view, committee=committee, at=AT, by=council)

    assert publishing.publish_ready(request_, on=ON, by=division).moved == 0


def test_a_line_that_is_no_longer_asked_for_keeps_nothing_waiting(request_, lamps, park, division):
    type(request_).objects.update(asks_committee=False)
    told(Entry.objects.filter(pk=lamps.pk), state="confirmed")
    for other in Entry.objects.exclude(pk=lamps.pk):
        cases.take("release", other, by=division, note="施策が年度の途中で終わったため。")

    done = publishing.publish_ready(request_, on=ON, by=division)

    assert (done.moved, done.in_the_way) == (1, [])
    assert not Progress.objects.filter(line=park.line, year=YEAR).exists()
