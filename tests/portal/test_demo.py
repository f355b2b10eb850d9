"""The demonstration as it stands in the database: founded by the services people use, as often as one likes."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import Model

from tomoni.imports.models import Batch, Choice
from tomoni.kernel.clock import JAPAN
from tomoni.parties.actor import actor_for
from tomoni.parties.models import Party, User
from tomoni.parties.permissions import Permission
from tomoni.parties.selectors import story_of
from tomoni.plans.models import Assessment, Measure, Plan, Progress
from tomoni.portal.demo.people import PASSWORD
from tomoni.portal.demo.seeding import seed
from tomoni.portal.demo.sheets import SHEETS, sheet_of
from tomoni.revisions.models import FormerSeat, OverallPlan, Revision
from tomoni.rulebooks.selectors import in_force
from tomoni.tenants.models import Municipality
from tomoni.tenants.scope import scope

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 21, 9, 0, tzinfo=JAPAN)
SLUGS = ("fuchu", "ama", "higashikurume", "musashino")


@pytest.fixture(scope="module")
def founded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The demonstration, founded once for all tests of this module."""
    with django_db_blocker.unblock():
        seed(at=AT)
        yield
        call_command("flush", interactive=False, verbosity=0)


def city(slug: str) -> Municipality:
    return Municipality.objects.get(slug=slug)


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of ours, city by city."""
    rows: dict[str, list[tuple[Any, ...]]] = {}
    ours: list[type[Model]] = [m for m in apps.get_models() if m.__module__.startswith("tomoni.")]
    for municipality in Municipality.objects.all():
        with scope(municipality):
            for model in ours:
                rows[f"{municipality.slug} {model._meta.label}"] = list(model.objects.order_by("pk").values_list())
    return rows


def test_founding_it_again_changes_nothing(founded):
    before = everything()
    assert sum(map(len, before.values())) > 1000

    seed(at=AT)

    assert everything() == before


def test_every_city_is_marked_as_a_demonstration_with_its_rulebook_in_force(founded):
    for slug in SLUGS:
        with scope(city(slug)):
            assert city(slug).is_demo
            assert in_force(AT.date()).book.city.slug == slug


def test_a_page_says_plainly_that_it_is_a_demonstration(founded, client):
    for slug in SLUGS:
        assert "実演" in client.get(f"/{slug}/").content.decode()


def test_everybody_signs_in_with_the_password_on_the_screen(founded, client):
    for key in ("division", "officer", "council", "screener", "coordinator", "member", "resident"):
        answer = client.post("/accounts/login/", {"login": f"{key}@ama.example", "password": PASSWORD})

        assert answer.status_code == 302, key
        client.logout()


def test_the_division_may_import_and_a_resident_may_not(founded):
    with scope(city("fuchu")):
        division = actor_for(User.objects.get(email="division@fuchu.example"), on=AT.date())
        resident = actor_for(User.objects.get(email="resident@fuchu.example"), on=AT.date())

        assert division.may(Permission.IMPORT_COMMIT)
        assert not resident.may(Permission.IMPORT_COMMIT)
        assert [seat.party_name for seat in resident.seats] == ["府中市"]


def test_somebody_of_one_city_is_nobody_in_another(founded):
    with scope(city("ama")):
        assert actor_for(User.objects.get(email="division@fuchu.example"), on=AT.date()).seats == ()


def first_name(measure: Measure) -> dict[str, str]:
    """What a measure was called before any revision."""
    return measure.former[0] if measure.former else {"number": measure.number, "title": measure.title}


@pytest.mark.parametrize("slug", SLUGS)
def test_the_plan_says_what_was_written_down_for_it(founded, slug):
    clean = sheet_of(slug).plan
    expected = {m.number: m for m in clean.measures()}
    with scope(city(slug)):
        brought_in = Measure.objects.exclude(batch=None).prefetch_related("lines__years").order_by("position")
        held = {first_name(m)["number"]: m for m in brought_in}
        wrong = [
            (number, year, entry.status)
            for number, measure in expected.items()
            for line, row in zip(measure.lines, held[number].lines.order_by("position"), strict=True)
            for year, entry in line.years.items()
            if Counter(p.status for p in row.years.filter(year=year)) != Counter([entry.status])
        ]

        assert held.keys() == expected.keys()
        assert [first_name(m)["title"] for m in held.values()] == [m.title for m in expected.values()]
        assert [entry for entry in wrong if entry[0] not in {"21", "22"}] == []  # left open on purpose


def test_fuchu_shows_what_is_open_and_how_a_person_settled_the_rest(founded):
    with scope(city("fuchu")):
        batch = Batch.objects.get()
        opened = Progress.objects.filter(status="").count()

        assert batch.stage == "committed"
        assert Choice.objects.filter(batch=batch, pointer__endswith="/status", kind="correct").count() >= 5
        assert 15 <= opened <= 27
        assert Choice.objects.exclude(by__email="division@fuchu.example").count() == 0


def test_relisted_measures_point_to_their_originals(founded):
    with scope(city("musashino")):
        again = Measure.objects.filter(relisted_of__isnull=False).order_by("position")

        assert [(m.number, m.relisted_of.number) for m in again] == [
            ("2-1③", "1-2①"),
            ("2-3②", "2-1②"),
            ("2-4④", "1-1②"),
            ("4-2③", "2-4③"),
        ]


def test_measures_under_a_priority_goal_are_priorities(founded):
    with scope(city("musashino")):
        first = Measure.objects.filter(is_priority=True).order_by("position").values_list("number", flat=True)

        assert list(first) == ["1-1①", "1-1②", "1-1③", "2-4③", "2-6②", "2-6③"]


def test_the_committee_has_spoken_and_saw_a_repeated_report(founded):
    with scope(city("musashino")):
        views = Assessment.objects.select_related("measure", "committee")

        assert {view.committee.name for view in views} == {"市民活動推進委員会"}
        assert sorted((view.measure.number, view.year, view.rating) for view in views) == [
            ("1-1①", 2019, "on_track"),
            ("1-1③", 2017, "off_track"),
            ("1-2②", 2018, "off_track"),
            ("1-2②", 2019, "off_track"),
            ("2-3①", 2019, "done"),
            ("2-6②", 2019, "on_track"),
        ]
        assert "前の年と同じ文" in views.get(measure__number="1-2②", year=2018).opinion


def test_every_plan_says_where_its_words_come_from(founded):
    for slug in SLUGS:
        with scope(city(slug)):
            assert "実演" in Plan.objects.get().summary


def test_what_became_of_departments_is_written_down(founded):
    with scope(city("fuchu")):
        division = Party.objects.get(name="協働推進課")
        former = Party.objects.get(name="市民活動支援課")

        story = [(line.before.name, line.kind, line.after.name) for line in story_of(division)]
        assert sorted(story) == [
            ("協働推進課", "handed_over", "市民活動センター プラッツ（指定管理者）"),
            ("市民活動支援課", "renamed", "協働推進課"),
            ("政策課", "handed_over", "協働推進課"),
        ]
        assert former.ended_on is not None
        assert division.ended_on is None


def test_every_sheet_came_in_by_the_door_of_every_upload(founded):
    for sheet in SHEETS:
        with scope(city(sheet.slug)):
            batch = Batch.objects.select_related("file").get(target="plans")

            assert batch.file.name == sheet.name
            assert batch.uploaded_by is not None
            assert batch.uploaded_by.email == f"division@{sheet.slug}.example"


def test_higashikurume_has_revised_its_plan_and_tells_one_story(founded, client):
    with scope(city("higashikurume")):
        revision = Revision.objects.get()
        merged = Measure.objects.get(number="11")

        assert (revision.state, revision.plan.last_year) == ("in_force", 2025)
        assert [(m.number, m.ends_with) for m in Measure.objects.filter(ends_with=2022).order_by("position")] == [
            ("5", 2022),
            ("6", 2022),
            ("7", 2022),
        ]
        assert Party.objects.get(name="公共施設担当課").ended_on == date(2023, 4, 1)
        assert [(s.party.name, s.followed_by.name) for s in FormerSeat.objects.order_by("last_year")] == [
            ("公共施設担当課", "見本施設活用課"),
            ("市民活動センター", "見本センター運営会（指定管理者）"),
        ]
        address = f"/higashikurume/plans/{merged.plan_id}/measures/{merged.pk}/"
        overall = OverallPlan.objects.get().get_absolute_url()
    told = client.get(address).content.decode()
    assert (
        "令和5年度に「5 団体と市の情報交換会」と「7 団体どうしの交流会」をまとめて、「11 団体と市の出会いの場」にしました。"
        in told
    )
    assert "改訂の前から続く数値" in told
    assert "6分野のうち3分野に、協働の取組があります。" in client.get(overall).content.decode()
