"""What may delay a project is listed and watched, and talks refer to it."""

from datetime import date

import pytest

from tests import make
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.models import User
from tomoni.parties.permissions import Role
from tomoni.projects import selectors, services
from tomoni.projects.models import Risk

JUNE = date(2026, 6, 1)


@pytest.fixture
def risk(running, member):
    return services.add_risk(running, Risk(side="city", text="会場の工事が延びる", due=JUNE), by=member)


def test_a_risk_past_its_day_is_counted_until_it_is_settled(running, risk, officer):
    assert selectors.inside(running, JUNE).late_risks == 0
    assert selectors.inside(fresh(running), date(2026, 6, 2)).late_risks == 1

    services.settle_risk(risk, outcome="別の会場を借りた", on=JUNE, by=officer)
    services.settle_risk(risk, outcome="二度目", on=date(2026, 7, 1), by=officer)

    room = selectors.inside(fresh(running), date(2026, 6, 2))
    assert (room.late_risks, room.open_risks) == (0, [])
    assert [(r.settled_on, r.outcome) for r in room.risks] == [(JUNE, "別の会場を借りた")]


def fresh(project):
    return type(project).objects.get(pk=project.pk)


def test_a_talk_refers_to_risks_of_its_own_project_only(running, risk, member):
    talk = services.note_talk(
        running, held_on=JUNE, title="工事", minutes="様子を聞く。", risks=[risk.pk, 9999], by=member
    )

    assert talk.risks == [risk.pk]
    assert selectors.inside(running, JUNE).talks[0].spoken_of == ["会場の工事が延びる"]


def test_strangers_write_no_risk_and_settle_none(running, risk, seat):
    _, _, stranger = seat("yoso", Role.MEMBER, make.group("よその会"))

    for write in (
        lambda: services.add_risk(running, Risk(side="civic", text="x", due=JUNE), by=stranger),
        lambda: services.settle_risk(risk, outcome="x", on=JUNE, by=stranger),
    ):
        with pytest.raises(NotAllowed, match="双方の担当者だけ"):
            write()
    assert list(Risk.objects.values_list("text", "settled_on")) == [("会場の工事が延びる", None)]


def test_the_story_of_a_risk_over_http(running, client):
    client.force_login(User.objects.get(email="hanako@midorino.example"))
    here = running.get_absolute_url()
    client.post(f"{here}room/risk/", {"risk-text": "雨が続く", "risk-side": "civic", "risk-due": "2026-06-01"})
    risk = Risk.objects.get()
    talk = {"talk-held_on": "2026-05-01", "talk-title": "天気", "talk-minutes": "予備の日を決めた。"}
    client.post(f"{here}room/talk/", talk | {"talk-risks": [risk.pk]})
    empty = client.post(f"{here}room/settle/", {"risk": risk.pk, "settle-outcome": " "})

    assert (empty.status_code, "どうなったかを書いてください。" in empty.text) == (422, True)
    assert "話題にした遅れのおそれ: 雨が続く" in client.get(here).text
    client.logout()
    assert "雨が続く" not in client.get(here).text
