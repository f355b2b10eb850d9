"""What becomes of departments: who answers from then on, whose name stays beside the years before, and where people go."""

from datetime import date

import pytest
from django.core.cache import cache
from django.urls import reverse

from tests import make
from tests.revisions.conftest import end, in_force, line, measure, party
from tests.revisions.test_pages import text_of
from tomoni.cases.services import RulesBroken
from tomoni.history.models import Event
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.actor import actor_for
from tomoni.parties.models import Membership, Party, Succession, SuccessionKind
from tomoni.parties.permissions import Role
from tomoni.plans.models import LineDepartment, Plan
from tomoni.plans.selectors.tree import tree_of
from tomoni.revisions.models import FormerSeat
from tomoni.revisions.selectors import departments as selectors
from tomoni.revisions.selectors.story import department_then
from tomoni.revisions.services.departments import BOTH, LEAVE, MOVE, Person, Wanted, change_departments

TURN = date(2021, 4, 1)
TODAY = date(2026, 5, 1)
K = SuccessionKind


@pytest.fixture(autouse=True)
def _nothing_kept():
    cache.clear()


def seats_of(name):
    return {each.pk: 0 for each in LineDepartment.objects.filter(party__name=name)}


def changed(kind, befores, *afters, by, lines=None, people=None, on=TURN):
    held = [party(name) for name in befores]
    wanted = Wanted(kind, held, list(afters), on, "組織の見直し")
    if lines is None:
        lines = {pk: 0 for name in befores for pk in seats_of(name)}
    return change_departments(wanted, lines=lines, people=people or {}, today=TODAY, by=by)


def test_a_renamed_department_answers_under_its_new_name_and_keeps_its_old_one_beside_the_past(plan, division):
    old = party("広報課")
    (new,) = changed(K.RENAMED, ["広報課"], "魅力発信課", by=division)

    old.refresh_from_db()
    assert (old.ended_on, new.name, new.parent, new.kind) == (TURN, "魅力発信課", old.parent, old.kind)
    assert LineDepartment.objects.get(line=line("出前講座")).party == new
    kept = FormerSeat.objects.get(line=line("出前講座"))
    assert (kept.party, kept.followed_by, kept.last_year) == (old, new, 2020)
    assert [department_then([kept], kept.line_id, year) for year in (2019, 2020, 2021)] == [old, old, None]
    assert FormerSeat.objects.count() == 3
    assert {each.leads for each in tree_of(plan).lines} == {"魅力発信課", "市民協働課"}


def test_a_change_in_the_middle_of_a_year_leaves_the_whole_year_to_the_new_department(plan, division):
    changed(K.RENAMED, ["広報課"], "魅力発信課", by=division, on=date(2021, 10, 1))

    assert {seat.last_year for seat in FormerSeat.objects.all()} == {2020}


def test_two_departments_become_one_and_a_line_they_shared_has_it_once(plan, division):
    shared = line("表彰")
    LineDepartment.objects.create(line=shared, party=party("市民協働課"), position=1)

    (new,) = changed(K.MERGED, ["広報課", "市民協働課"], "協働発信課", by=division)

    assert [seat.party for seat in LineDepartment.objects.filter(line=shared)] == [new]
    assert sorted(seat.party.name for seat in FormerSeat.objects.filter(line=shared)) == ["市民協働課", "広報課"]
    assert Succession.objects.filter(after=new, kind=K.MERGED).count() == 2
    assert LineDepartment.objects.exclude(party=new).count() == 0


def test_a_department_joins_one_that_is_there(plan, division):
    (after,) = changed(K.MERGED, ["広報課"], party("市民協働課"), by=division)

    assert after == party("市民協働課")
    assert LineDepartment.objects.values("party").distinct().count() == 1


def test_the_division_says_which_half_of_a_split_department_takes_what(plan, division):
    first, *rest = sorted(seats_of("広報課"))

    one, two = changed(K.SPLIT, ["広報課"], "広聴課", "情報課", by=division, lines={first: 0, **dict.fromkeys(rest, 1)})

    assert LineDepartment.objects.get(pk=first).party == one
    assert {seat.party for seat in LineDepartment.objects.filter(pk__in=rest)} == {two}
    assert Party.objects.get(name="広報課").ended_on == TURN


def test_work_goes_to_a_designated_manager_who_is_no_department(plan, division):
    manager = make.group("あかりセンター（指定管理者）")
    seat = LineDepartment.objects.get(line=line("情報紙"))

    changed(K.HANDED_OVER, ["市民協働課"], manager, by=division, lines={seat.pk: 0})

    seat.refresh_from_db()
    assert (seat.party, party("市民協働課").ended_on) == (manager, None)
    assert LineDepartment.objects.filter(party__name="市民協働課").count() == 2


def test_nothing_is_left_to_a_department_that_is_gone(plan, division):
    before = list(LineDepartment.objects.order_by("pk").values_list())

    with pytest.raises(NotAllowed, match="引き継ぐ課を選んで"):
        changed(K.RENAMED, ["広報課"], "魅力発信課", by=division, lines={})

    assert list(LineDepartment.objects.order_by("pk").values_list()) == before
    assert (Party.objects.filter(name="魅力発信課").count(), Succession.objects.count()) == (0, 0)


def test_what_is_over_keeps_its_old_department(plan, division):
    in_force(plan, end("事例集"), by=division)

    changed(K.RENAMED, ["広報課"], "魅力発信課", by=division)

    assert LineDepartment.objects.get(line=line("事例集")).party.name == "広報課"
    assert LineDepartment.objects.get(line=line("出前講座")).party.name == "魅力発信課"


def test_a_plan_that_is_over_keeps_its_old_departments(plan, division):
    Plan.objects.update(last_year=2020)

    changed(K.RENAMED, ["広報課"], "魅力発信課", by=division)

    assert FormerSeat.objects.count() == 0


def test_people_move_sit_in_both_or_leave_as_the_division_says(plan, division, seat):
    office = party("広報課")
    mover, both, leaver, stayer = (seat(name, Role.OFFICER, office)[0] for name in ("a", "b", "c", "d"))
    held = {m.user_id: m.pk for m in Membership.objects.filter(party=office)}
    Membership.objects.filter(party=office).update(since=date(2020, 4, 1))

    (new,) = changed(
        K.RENAMED,
        ["広報課"],
        "魅力発信課",
        by=division,
        people={held[mover.pk]: Person(MOVE), held[both.pk]: Person(BOTH), held[leaver.pk]: Person(LEAVE)},
    )

    def parties(user, on):
        return {seat.party for seat in actor_for(user, on=on).seats}

    assert parties(mover, date(2021, 3, 31)) == {office.pk}
    assert parties(mover, TURN) == {new.pk}
    assert parties(both, TURN) == {office.pk, new.pk}
    assert parties(leaver, TURN) == set()
    assert parties(stayer, TURN) == {office.pk}


@pytest.mark.parametrize("role", [role for role in Role if role != Role.DIVISION])
def test_only_the_division_changes_departments(role, plan, seat):
    _, _, actor = seat("x", role, make.department("よその課"))

    with pytest.raises(NotAllowed, match="協働担当課だけ"):
        changed(K.RENAMED, ["広報課"], "魅力発信課", by=actor)
    assert Succession.objects.count() == 0


def test_a_successor_that_has_ended_days_out_of_order_and_circles_are_refused(plan, division):
    gone = party("昔の課")
    Party.objects.filter(pk=gone.pk).update(ended_on=date(2019, 4, 1))
    gone.refresh_from_db()
    (new,) = changed(K.RENAMED, ["広報課"], "魅力発信課", by=division)
    before = Succession.objects.count()

    refused = [
        ("すでになくなっています", K.MERGED, ["市民協働課"], gone, TURN),
        ("より新しい日付", K.HANDED_OVER, ["魅力発信課"], party("市民協働課"), date(2020, 4, 1)),
        ("まだ来ていない", K.HANDED_OVER, ["市民協働課"], new, date(2026, 5, 2)),
        ("行って戻る", K.HANDED_OVER, ["市民協働課"], party("市民協働課"), TURN),
    ]
    for sentence, kind, befores, after, on in refused:
        with pytest.raises(RulesBroken, match=sentence):
            changed(kind, befores, after, by=division, on=on, lines={})
    assert Succession.objects.count() == before


def test_everybody_reads_on_measure_and_department_what_happened(client, plan, division):
    old = party("広報課")
    (new,) = changed(K.RENAMED, ["広報課"], "魅力発信課", by=division)

    def page(name, *args):
        return text_of(client.get(reverse(name, args=["midorino", *args])))

    assert "令和3年4月1日から魅力発信課（それまでは広報課）。" in page("measure", plan.pk, measure("出前講座").pk)
    assert "令和3年4月1日 名称変更: 広報課 → 魅力発信課" in page("department", new.pk)
    assert "以前に受け持っていた取組 1 出前講座 令和2年度まで → 魅力発信課" in page("department", old.pk)
    assert "令和3年4月1日 名称変更 広報課 → 魅力発信課" in page("departments")
    assert Event.objects.filter(verb="change_department", is_public=True).count() == 1 + 3


def posted(client, **values):
    typed = {"kind": "renamed", "before": [party("広報課").pk], "names": "魅力発信課", "after": "", "on": "2021-04-01"}
    return client.post(reverse("department-change", args=["midorino"]), {**typed, **values})


@pytest.fixture
def desk(client, division, seat):
    user, _, _ = seat("kyodo", Role.DIVISION)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_division_looks_first_and_writes_then(desk, plan, seat):
    member = seat("kouhou", Role.OFFICER, party("広報課"))[0]
    Membership.objects.filter(user=member).update(since=date(2020, 4, 1))

    looked = posted(desk)

    assert looked.status_code == 200
    text = text_of(looked)
    assert "まだ何も変わっていません。" in text
    assert "1 出前講座 あかり計画 ・ 広報課 魅力発信課" in text
    assert "kouhou 広報課 ・ 各課の担当者 魅力発信課へ移る" in text
    assert Succession.objects.count() == 0
    choices = {f"line-{pk}": "0" for pk in seats_of("広報課")}
    choices |= {f"seat-{m.pk}": "move:0" for m in Membership.objects.filter(user=member)}

    written = posted(desk, save="yes", **choices)

    assert written.status_code == 302
    assert Succession.objects.get().after.name == "魅力発信課"
    assert {seat.party_name for seat in actor_for(member, on=TODAY).seats} == {"魅力発信課"}


def test_somebody_who_came_meanwhile_is_looked_at_before_anything_is_written(desk, plan, seat):
    choices = {f"line-{pk}": "0" for pk in seats_of("広報課")}
    seat("kouhou", Role.OFFICER, party("広報課"))

    answer = posted(desk, save="yes", **choices)

    assert answer.status_code == 422
    assert "もう一度確かめてください。" in answer.text
    assert Succession.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"names": ""}, "名称変更は1つから1つ"),
        ({"names": "市民協働課"}, "同じ名前の課が、すでにあります。"),
        ({"on": "2999-04-01"}, "まだ来ていない日付です。"),
        ({"before": []}, "変わる課を選んでください。"),
        ({"names": "\n".join(f"課{n}" for n in range(11))}, "一度に10までにしてください。"),
        ({"names": "あ" * 101}, "課の名前は、100字までにしてください。"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_what_was_typed_stays(desk, plan, typed, sentence):
    party("市民協働課")

    answer = posted(desk, **typed, note="覚え書き")

    assert answer.status_code == 422
    assert sentence in answer.text
    assert "覚え書き" in answer.text
    assert Succession.objects.count() == 0


def test_procedures_in_the_old_name_are_counted_before_people_move(desk, plan, people_room):
    answer = posted(desk, before=[people_room.city.pk], names="みち課")

    assert "この課の名前で進んでいる手続きがあります。" in answer.text
    assert "協働事業 1" in text_of(answer)
    assert [(each.label, each.count) for each in selectors.open_procedures([people_room.city])] == [("協働事業", 1)]
