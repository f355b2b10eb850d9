"""Projects serve measures: who links them, what both pages show, and what both remember."""

import pytest
from django.urls import reverse

from tests import make
from tests.plans.importing import papers
from tomoni.history.models import Event
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.actor import NOBODY, program
from tomoni.parties.permissions import Role
from tomoni.plans.importing.undo import ChangedSince, undo
from tomoni.plans.models import Measure, ProjectLink
from tomoni.plans.services import link_project, relist, unlink_project
from tomoni.portal.thread import thread_of
from tomoni.projects.models import Project
from tomoni.rulebooks.selectors import in_force
from tomoni.tenants.scope import scope


def room(title="夜道の灯り", *, state="running", is_public=True):
    return Project.objects.create(
        title=title,
        civic=make.group(),
        city=make.department("道路課"),
        summary="通学路を明るくします。",
        starts=make.APRIL,
        begun_on=make.APRIL,
        state=state,
        is_public=is_public,
        rulebook=in_force(make.APRIL),
    )


@pytest.fixture
def people(city, seat):
    return {
        "member": seat("hanako", Role.MEMBER, make.group()),
        "officer": seat("taro", Role.OFFICER, make.department("道路課")),
        "division": seat("kyodo", Role.DIVISION),
        "council": seat("iin", Role.COUNCIL, make.group("推進会議")),
    }


@pytest.fixture
def measure(city):
    return make.measure(make.plan(), "夜道を明るくする", number="7")


@pytest.fixture
def project(people):
    return room()


def url(name, *args):
    return reverse(name, args=["midorino", *args])


def measure_page(client, measure):
    return client.get(url("measure", measure.plan_id, measure.pk)).text


@pytest.mark.parametrize("who", ["officer", "division"])
def test_people_of_the_city_link_a_project_and_both_remember_it(who, measure, project, people):
    link_project(measure, project, by=people[who][2])

    assert ProjectLink.objects.get().measure == measure
    told = {(e.verb, e.subject_type, e.subject_id) for e in Event.objects.filter(verb__startswith="link_")}
    assert told == {
        ("link_project", "plans.measure", measure.pk),
        ("link_measure", "projects.project", project.pk),
    }


@pytest.mark.parametrize("who", ["member", "council", "visitor"])
def test_nobody_else_links_or_unlinks(who, measure, project, people):
    actor = NOBODY if who == "visitor" else people[who][2]
    link_project(measure, project, by=program("test"))

    with pytest.raises(NotAllowed, match="市の各課と協働担当課だけ"):
        link_project(make.measure(measure.plan, "別"), project, by=actor)
    with pytest.raises(NotAllowed, match="市の各課と協働担当課だけ"):
        unlink_project(measure, project, by=actor)

    assert list(ProjectLink.objects.values_list("measure", flat=True)) == [measure.pk]


def test_a_relisted_measure_stands_for_its_original(measure, project, client):
    again = relist(measure, under=make.heading(measure.plan), by=program("test"))

    link_project(again, project, by=program("test"))

    assert ProjectLink.objects.get().measure == measure
    assert "夜道の灯り" in measure_page(client, again)


def test_what_is_linked_is_not_linked_again_and_what_is_not_is_not_unlinked(measure, project):
    with pytest.raises(NotAllowed, match="つながっていません"):
        unlink_project(measure, project, by=program("test"))
    link_project(measure, project, by=program("test"))

    with pytest.raises(NotAllowed, match="もうつながっています"):
        link_project(measure, project, by=program("test"))

    assert ProjectLink.objects.count() == 1


def test_measures_of_a_plan_in_preparation_are_not_linked(project):
    hidden = make.measure(make.plan(title="準備中の計画", is_public=False))

    with pytest.raises(NotAllowed, match="公開している計画"):
        link_project(hidden, project, by=program("test"))

    assert ProjectLink.objects.count() == 0


def test_the_measure_shows_public_projects_alone_and_the_project_its_measures(measure, project, client):
    for each in (project, room("準備中の事業", state="preparing"), room("内輪の事業", is_public=False)):
        link_project(measure, each, by=program("test"))

    shown = measure_page(client, measure)
    theirs = client.get(url("project", project.pk)).text

    assert "この施策の協働事業" in shown
    assert url("project", project.pk) in shown
    assert "準備中の事業" not in shown
    assert "内輪の事業" not in shown
    assert url("measure", measure.plan_id, measure.pk) in theirs
    assert "つながりを外す" not in theirs
    assert not Event.objects.filter(verb="link_project", is_public=True).exclude(details__project=project.pk).exists()


# Written by hand: who -> code of linking and unlinking. 302 asks a visitor to sign in.
CODES = {"visitor": 302, "member": 403, "council": 403}


@pytest.mark.parametrize(("who", "code"), CODES.items())
@pytest.mark.parametrize("act", ["measure-link", "measure-unlink"])
def test_whoever_may_not_link_changes_nothing(act, who, code, measure, project, people, client):
    if who != "visitor":
        client.force_login(people[who][0])
    if act == "measure-unlink":
        link_project(measure, project, by=program("test"))

    assert client.post(url(act, project.pk), {"measure": measure.pk}).status_code == code
    assert ProjectLink.objects.exists() == (act == "measure-unlink")


@pytest.mark.parametrize("who", ["officer", "division"])
def test_the_city_links_and_unlinks_on_the_page_of_the_project(who, measure, project, people, client):
    client.force_login(people[who][0])
    assert url("measure-link", project.pk) in client.get(url("project", project.pk)).text
    form = client.get(url("measure-link", project.pk)).text
    assert f'<option value="{measure.pk}">7 夜道を明るくする</option>' in form

    answer = client.post(url("measure-link", project.pk), {"measure": measure.pk}, follow=True)

    assert "「7 夜道を明るくする」とつなぎました。" in answer.text
    assert "施策とつなぎました" in answer.text
    answer = client.post(url("measure-unlink", project.pk), {"measure": measure.pk}, follow=True)
    assert "「7 夜道を明るくする」とのつながりを外しました。" in answer.text
    assert ProjectLink.objects.count() == 0


@pytest.mark.parametrize(
    ("act", "sent", "why"),
    [
        ("measure-link", "", "施策を選んでください。"),
        ("measure-link", "999999", "一覧にある施策を選んでください。"),
        ("measure-link", "x", "一覧にある施策を選んでください。"),
        ("measure-unlink", "own", "この事業と施策は、つながっていません。"),
    ],
)
def test_what_cannot_be_linked_comes_back_with_a_sentence(act, sent, why, measure, project, people, client):
    client.force_login(people["officer"][0])

    answer = client.post(url(act, project.pk), {"measure": measure.pk if sent == "own" else sent})

    assert answer.status_code == 422
    assert why in answer.text
    assert ProjectLink.objects.count() == 0


@pytest.mark.parametrize("number", ["", "-1", "²", "9" * 30])
def test_a_strange_number_unlinks_nothing(number, measure, project, people, client):
    link_project(measure, project, by=program("test"))
    client.force_login(people["officer"][0])

    assert client.post(url("measure-unlink", project.pk), {"measure": number}).status_code == 404
    assert ProjectLink.objects.count() == 1


def test_another_citys_project_and_measure_are_not_there(measure, project, people, client):
    other = make.city("aono", name="青野市", code="139999")
    with scope(other):
        make.rulebook()
        theirs, foreign = make.measure(make.plan()), room("青野の事業")
    client.force_login(people["division"][0])

    assert client.post(url("measure-link", foreign.pk), {"measure": measure.pk}).status_code == 404
    assert client.post(url("measure-link", project.pk), {"measure": theirs.pk}).status_code == 422
    assert ProjectLink.objects.count() == 0


def test_the_thread_ends_at_the_measure(measure, project):
    assert thread_of(project, actor=NOBODY) == []
    link_project(measure, project, by=program("test"))

    stops = thread_of(Project.objects.get(pk=project.pk), actor=NOBODY)

    passed_by = ("相談", "紹介", "提案")
    assert [(stop.label, stop.word) for stop in stops if stop.label in passed_by] == [
        (one, "なし") for one in passed_by
    ]
    assert stops[-2].word == "これから"
    assert [(stop.label, stop.state) for stop in stops][-3:] == [("事業", "now"), ("ふりかえり", ""), ("施策", "past")]
    assert stops[-1].url == url("measure", measure.plan_id, measure.pk)


def test_pages_take_as_many_queries_for_many_links_as_for_few(measure, people, client, django_assert_max_num_queries):
    rooms = [room(f"事業{n}") for n in range(8)]
    measures = [measure, *(make.measure(measure.plan, f"取組{n}") for n in range(8))]
    for each in rooms:
        link_project(measure, each, by=program("test"))
    for each in measures[1:]:
        link_project(each, rooms[0], by=program("test"))
    client.force_login(people["officer"][0])

    with django_assert_max_num_queries(20):
        client.get(url("project", rooms[0].pk))
    with django_assert_max_num_queries(30):
        client.get(url("measure", measure.plan_id, measure.pk))


def test_an_import_is_not_undone_under_a_project_that_serves_its_measure(project, people):
    division = people["division"][2]
    batch = papers.commit_now(papers.batch(papers.two_measures()), by=division)
    link_project(Measure.objects.first(), project, by=program("test"))

    with pytest.raises(ChangedSince, match="事業と施策のつながり"):
        undo(batch, revision=batch.revision, at=make.NOON, by=division)

    assert (Measure.objects.count(), ProjectLink.objects.count()) == (2, 1)
