"""What may be written in a plan besides imports, by whom, and what line it leaves."""

import pytest
from django.core.exceptions import ValidationError

from tests import make
from tomoni.history.models import Event
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.actor import NOBODY, program
from tomoni.parties.permissions import Role
from tomoni.plans import services
from tomoni.plans.models import Assessment, Measure, Plan
from tomoni.plans.permissions import may_assess, may_write


@pytest.fixture
def division(seat):
    return seat("hanako", Role.DIVISION)[2]


@pytest.fixture
def officer(seat):
    return seat("taro", Role.OFFICER, make.department("政策課"))[2]


@pytest.fixture
def plan(city):
    return make.plan()


def unsaved(title="新しい計画"):
    return Plan(title=title, rulebook=make.rulebook(), first_year=2021, last_year=2024, years=[2021], levels=["柱"])


def test_the_division_and_the_programs_own_commands_write_plans_and_nobody_else(division, officer):
    assert may_write(division)
    assert may_write(program("demo"))
    assert may_write(officer).reason == may_write(NOBODY).reason == "行動計画を書き直せるのは、協働担当課だけです。"


def test_a_plan_is_opened_once_under_its_title(division):
    plan = services.open_plan(unsaved(), by=division)

    assert (plan.title, plan.revision) == ("新しい計画", 0)
    assert [(e.verb, e.is_public) for e in Event.objects.filter(subject_type="plans.plan")] == [("open", True)]
    with pytest.raises(ValidationError):
        services.open_plan(unsaved(), by=division)
    assert Plan.objects.count() == 1


def test_an_officer_opens_no_plan(officer):
    with pytest.raises(NotAllowed, match="協働担当課だけ"):
        services.open_plan(unsaved(), by=officer)

    assert Plan.objects.count() == 0


def test_describing_a_plan_changes_its_revision_once(plan, division):
    services.describe(plan, summary="夜道を明るくします。", by=division)
    services.describe(plan, summary="夜道を明るくします。", by=division)

    plan.refresh_from_db()
    assert (plan.summary, plan.revision) == ("夜道を明るくします。", 1)
    assert Event.objects.filter(verb="describe").count() == 1


def test_a_measure_is_marked_as_priority_once(plan, division, officer):
    measure = make.measure(plan)

    services.mark_priority(measure, by=division)
    services.mark_priority(measure, by=division)
    with pytest.raises(NotAllowed):
        services.mark_priority(measure, is_priority=False, by=officer)

    measure.refresh_from_db()
    plan.refresh_from_db()
    assert (measure.is_priority, plan.revision) == (True, 1)


def test_a_relisted_measure_points_to_the_original_and_has_no_line(plan, division):
    here, there, far = (make.heading(plan, title) for title in ("育てる", "つなぐ", "ひろげる"))
    original = make.measure(plan, heading=here)

    again = services.relist(original, under=there, by=division)
    once_more = services.relist(again, under=far, number="9", by=division)

    assert (again.relisted_of, again.title, again.number, again.lines.count()) == (original, original.title, "1", 0)
    assert (once_more.relisted_of, once_more.number) == (original, "9")


def test_a_measure_is_not_listed_twice_under_one_heading_nor_in_another_plan(plan, division):
    here, there = make.heading(plan, "育てる"), make.heading(plan, "つなぐ")
    elsewhere = make.heading(make.plan(title="別の計画"), "育てる")
    original = make.measure(plan, heading=here)
    services.relist(original, under=there, by=division)

    for under in (here, there):
        with pytest.raises(NotAllowed, match="もう載っています"):
            services.relist(original, under=under, by=division)
    with pytest.raises(NotAllowed, match="同じ計画の見出し"):
        services.relist(original, under=elsewhere, by=division)

    assert Measure.objects.count() == 2


def test_a_committee_says_what_it_thinks_and_may_say_it_better(plan, seat):
    measure, body = make.measure(plan), make.group("あかり推進会議")
    member = seat("jiro", Role.COUNCIL, body)[2]

    services.assess(measure, committee=body, year=2020, rating="A", by=member)
    services.assess(measure, committee=body, year=2020, rating="B", opinion="人手が足りません。", by=member)

    assert [(a.rating, a.opinion) for a in Assessment.objects.all()] == [("B", "人手が足りません。")]
    assert [e.details["again"] for e in Event.objects.filter(verb="assess").order_by("pk")] == [False, True]


def test_a_heading_is_assessed_too(plan, division):
    services.assess(make.heading(plan), committee=make.group(), year=2020, opinion="順調です。", by=division)

    held = Assessment.objects.get()
    assert (held.measure, held.heading.title) == (None, "市民の意識を育てる")


def test_members_of_another_body_assess_nothing_and_empty_words_are_refused(plan, seat, division):
    measure, body = make.measure(plan), make.group("あかり推進会議")
    stranger = seat("saburo", Role.COUNCIL, make.group("べつの会議"))[2]

    assert may_assess(stranger, body).reason == "評価を書けるのは、その委員会の委員と協働担当課だけです。"
    with pytest.raises(NotAllowed):
        services.assess(measure, committee=body, year=2020, rating="A", by=stranger)
    with pytest.raises(ValidationError, match="評価か意見"):
        services.assess(measure, committee=body, year=2020, rating=" ", by=division)

    assert Assessment.objects.count() == 0


def test_a_search_key_holds_every_word_of_a_measure_and_joins_no_two_texts(plan):
    measure = make.measure(plan, "ＮＰＯ と あるく", description="夜の 見守り")
    line = make.line(measure, "市民協働課")
    make.progress(line, 2019, results="ﾎﾞﾗﾝﾃｨｱ が増えた", remarks="再検討")
    make.figure(measure, 2019, 3, label="説明会")

    services.touch(plan)

    measure.refresh_from_db()
    assert measure.search_key.split("\n") == [
        "1",
        "npoとあるく",
        "夜の見守り",
        "市民協働課",
        "ぼらんてぃあが増えた",
        "再検討",
        "説明会",
    ]
    assert plan.revision == 1
