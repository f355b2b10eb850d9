"""People decide what became of a promise; the program only proposes."""

import pytest

from tests import make
from tests.plans.importing import papers
from tomoni.cases.services import RulesBroken
from tomoni.history.selectors import story_of
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.actor import NOBODY, program
from tomoni.plans.importing.undo import ChangedSince, undo
from tomoni.plans.models import Line, Measure, Progress
from tomoni.promises.models import PromiseVerdict, Verdict
from tomoni.promises.selectors import counts_of, promise_of, promises_of
from tomoni.promises.services import judge, take_back

BY = program("test")


def decide(line, part=0, verdict=Verdict.KEPT, *, by=BY, why="街灯の台帳で確かめた。", year=2019):
    return judge(promise_of(line, year, part), verdict=verdict, why=why, at=make.NOON, by=by)


def test_each_promise_stands_beside_the_next_years_report(line, plan):
    found = promises_of(plan)

    assert [(p.year, p.part, p.text, p.is_reported) for p in found] == [
        (2019, 0, "通学路に街灯を立てる。", True),
        (2019, 1, "点検の日を知らせる。", True),
        (2020, 0, "点検の日を知らせる。", False),
    ]
    assert [p.proposal.outcome for p in found] == ["kept", "repeated", "unclear"]
    assert found[0].after.results == "通学路に街灯を6本立てた。"


def test_a_proposal_never_becomes_a_verdict_by_itself(line, plan):
    assert [p.verdict for p in promises_of(plan)] == [None, None, None]
    assert PromiseVerdict.objects.count() == 0


# Written by hand: who decides about a line of 道路課.
MAY_JUDGE = {"officer": True, "division": True, "other": False, "member": False, "council": False, "nobody": False}


@pytest.mark.parametrize(("who", "may"), MAY_JUDGE.items())
def test_only_its_own_department_and_the_division_decide(who, may, line, people):
    actor = NOBODY if who == "nobody" else people[who][2]

    if may:
        decide(line, by=actor)
    else:
        with pytest.raises(NotAllowed, match="担当課と協働担当課だけ"):
            decide(line, by=actor)

    assert PromiseVerdict.objects.count() == (1 if may else 0)


def test_a_verdict_says_what_why_when_and_for_which_department(line, plan, people):
    given = decide(line, 1, Verdict.DROPPED, by=people["officer"][2], why=" 日程が決まらなかった。 ")

    assert (given.verdict, given.why, given.text) == ("dropped", "日程が決まらなかった。", "点検の日を知らせる。")
    assert (given.given_for.name, given.given_at) == ("道路課", make.NOON)
    event = story_of(given)[0]
    assert (event.verb, event.was, event.now, event.is_public) == ("judge", "", "dropped", True)
    assert event.details == {"year": 2019, "part": 1, "proposed": "repeated"}


def test_decided_again_the_new_verdict_replaces_the_old_and_history_keeps_both(line, plan):
    decide(line)
    revision = plan.revision

    given = decide(line, verdict=Verdict.PARTLY, why="2本は翌年度に立てた。")

    plan.refresh_from_db()
    assert [(p.verdict.verdict if p.verdict else None) for p in promises_of(plan, year=2019)] == ["partly", None]
    assert [(e.was, e.now) for e in story_of(given)] == [("kept", "partly"), ("", "kept")]
    assert plan.revision > revision


@pytest.mark.parametrize(
    ("year", "part", "verdict", "why", "rule"),
    [(2020, 0, Verdict.KEPT, "", "PM-01"), (2019, 0, Verdict.REPEATED, " ", "PM-02")],
)
def test_what_is_not_reported_or_has_no_reason_is_not_decided(year, part, verdict, why, rule, line):
    with pytest.raises(RulesBroken) as problem:
        decide(line, part, verdict, why=why, year=year)

    assert [each.rule for each in problem.value.findings] == [rule]
    assert PromiseVerdict.objects.count() == 0


def test_a_promise_that_was_rewritten_is_undecided_again_and_says_so(line, plan):
    decide(line)
    seen = promise_of(line, 2019, 0)
    Progress.objects.filter(line=line, year=2019).update(next_action="公園に街灯を立てる。")

    now = promises_of(plan, year=2019)[0]

    assert (now.verdict, now.outdated.text) == (None, "通学路に街灯を立てる。")
    with pytest.raises(NotAllowed, match="文が変わっています"):
        judge(seen, verdict=Verdict.KEPT, at=make.NOON, by=BY)
    assert decide(line).text == "公園に街灯を立てる。"


def test_a_verdict_can_be_taken_back(line, plan, people):
    given = decide(line)

    with pytest.raises(NotAllowed):
        take_back(given, by=people["other"][2])
    assert PromiseVerdict.objects.count() == 1
    take_back(given, by=people["officer"][2])
    assert [p.verdict for p in promises_of(plan, year=2019)] == [None, None]


def test_counts_add_up(line, plan):
    decide(line)

    old, new = counts_of(promises_of(plan))

    assert (old.year, old.promised, old.reported, old.decided, old.undecided) == (2019, 2, 2, 1, 1)
    assert old.by_verdict == {"kept": 1, "partly": 0, "dropped": 0, "repeated": 0}
    assert (new.year, new.promised, new.reported, new.undecided) == (2020, 1, 0, 0)


def test_reading_takes_two_queries_however_many_lines(plan, line, django_assert_num_queries):
    for n in range(6):
        more = make.line(make.measure(plan, f"取組{n}"), "道路課")
        make.progress(more, 2019, next_action="灯りを増やす。")

    with django_assert_num_queries(2):
        assert len(promises_of(plan)) == 9


def test_an_import_is_not_undone_under_a_verdict(people):
    division = people["division"][2]
    batch = papers.commit_now(papers.batch(papers.two_measures()), by=division)
    PromiseVerdict.objects.create(
        line=Line.objects.first(), year=2019, part=0, text="灯りを増やす。", verdict="kept", given_at=make.NOON
    )

    with pytest.raises(ChangedSince, match="約束の判断"):
        undo(batch, revision=batch.revision, at=make.NOON, by=division)

    assert (Measure.objects.count(), PromiseVerdict.objects.count()) == (2, 1)
