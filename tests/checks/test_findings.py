"""What the checks find in plans of the database, and the answers people gave."""

from __future__ import annotations

import pytest

from tests import make
from tomoni.checks import services
from tomoni.checks.models import CheckAnswer
from tomoni.checks.selectors.findings import findings_for, findings_of_plan, own
from tomoni.history.models import Event
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.permissions import Role
from tomoni.plans.checking.facts import Value
from tomoni.plans.models import Indicator, Progress

SAID = "広報紙と掲示板で講座を知らせ、町内会にも声をかけました。"


@pytest.fixture
def line(city):
    plan = make.plan()
    made = make.line(make.measure(plan), "市民協働課")
    make.progress(made, 2017, results=SAID, next_action="若い人にも知らせます。")
    make.progress(made, 2018, results=SAID, next_action="学校に出向いて話します。")
    return made


def told(found):
    return [(each.finding.rule, each.finding.year, each.finding.field) for each in found]


def test_a_text_repeated_from_the_year_before_is_found_with_both_texts(line):
    found = findings_for(line, 2018)

    assert told(found) == [("SH-05", 2018, "results")]
    assert [(e.year, e.words) for e in found[0].finding.evidence] == [(2017, SAID), (2018, SAID)]


def test_a_draft_is_checked_as_if_it_were_reported_and_nothing_is_written(line):
    draft = {
        "status": "",
        "results": "学校2校で話しました。",
        "next_action": "",
        "figures": [Value(2018, "参加者数", 45, "人")],
    }

    found = findings_for(line, 2018, draft)

    assert told(found) == [("SH-04", 2018, "next_action"), ("SH-07", 2018, "status")]
    assert Progress.objects.get(line=line, year=2018).results == SAID


def test_a_year_nobody_has_reported_yet_is_checked_from_the_draft_alone(line):
    found = findings_for(line, 2021, {"status": "on_track", "results": "", "next_action": "続けます。"})

    assert told(found) == [("SH-06", 2021, "results")]


def test_an_answer_stands_while_the_words_do_and_falls_away_with_them(line, seat):
    _user, _party, officer = seat("officer", Role.OFFICER)
    services.answer(line, findings_for(line, 2018)[0].finding, reason="毎年同じ方法です。", at=make.NOON, by=officer)

    assert [each.is_answered for each in findings_for(line, 2018)] == [True]
    draft = {"results": SAID.replace("町内会", "自治会")}
    (changed,) = findings_for(line, 2018, draft)
    assert (changed.is_answered, changed.lapsed.reason) == (False, "毎年同じ方法です。")
    assert Event.objects.filter(verb="answer_check").count() == 1


def test_another_department_answers_nothing(line, seat):
    _user, _party, other = seat("other", Role.OFFICER, make.department("青少年課"))

    with pytest.raises(NotAllowed):
        services.answer(line, findings_for(line, 2018)[0].finding, reason="同じです。", at=make.NOON, by=other)

    assert not CheckAnswer.objects.exists()


@pytest.mark.parametrize("measures", [5, 40])
def test_a_whole_plan_takes_the_same_few_queries_whatever_its_size(city, measures, django_assert_max_num_queries):
    plan = make.plan(measures=measures)

    with django_assert_max_num_queries(10):
        found = findings_of_plan(plan)

    assert {each.finding.rule for each in found} >= {"SH-05", "SH-07"}


def test_one_line_takes_ten_queries_at_most(line, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        findings_for(line, 2018, {"results": SAID})


def test_an_officer_has_the_lines_their_department_is_in_charge_of(line, seat):
    other = make.line(make.measure(line.measure.plan, "別の取組"), "青少年課")
    make.progress(other, 2017, status="", results=SAID)
    _user, _party, officer = seat("officer", Role.OFFICER)

    found = findings_of_plan(line.measure.plan)

    assert {each.line for each in found} == {line.pk, other.pk}
    assert {each.line for each in own(found, officer)} == {line.pk}


def test_a_target_is_held_against_what_was_reported_and_typed(line):
    Indicator.objects.create(measure=line.measure, label="参加者数", unit="人", target=60, target_year=2018)
    make.figure(line.measure, 2018, 45, label="参加者数")

    typed = {"results": "学校2校で話しました。", "figures": [Value(2018, "参加者数", 75, "人")]}

    assert ("SH-09", 2018, "status") in told(findings_for(line, 2018))
    assert ("SH-09", 2018, "status") not in told(findings_for(line, 2018, typed))


def test_a_figure_people_set_aside_or_renamed_is_not_read_out_of_the_prose_again(line):
    line.years.filter(year=2018).update(results="【講座要請数】0回。学校2校に出向き、町の話をしました。")
    assert ("SH-08", 2018, "status") in told(findings_for(line, 2018))

    make.figure(line.measure, 2018, 0, label="講座要請数", unit="回", set_aside="前の年度の数です。")

    assert ("SH-08", 2018, "status") not in told(findings_for(line, 2018))


def test_a_zero_is_told_of_the_line_that_reported_it_and_not_of_its_neighbour(line):
    neighbour = make.line(line.measure, "青少年課")
    make.progress(neighbour, 2018, results="【講座要請数】0回。学校2校に出向き、町の話をしました。")

    found = findings_of_plan(line.measure.plan)

    assert [each.line for each in found if each.finding.rule == "SH-08"] == [neighbour.pk]
