"""The board, introductions, project rooms, and the front door for people at work, in a real browser."""

from datetime import date

import pytest
from playwright.sync_api import expect

from tests import make
from tests.consultations.conftest import book
from tests.projects.conftest import REPORT
from tomoni.agreements.models import Agreement
from tomoni.matching import services as board
from tomoni.matching.models import Introduction, Listing
from tomoni.parties.actor import actor_for
from tomoni.parties.models import User
from tomoni.parties.permissions import Role
from tomoni.parties.services import seat
from tomoni.projects import services as projects
from tomoni.projects.models import Project
from tomoni.rulebooks.selectors import in_force
from tomoni.tenants.scope import scope


@pytest.fixture
def member(city) -> User:
    """Somebody of the group, beside whom stand a listing pair, an introduction and a project that has begun."""
    user = User.objects.create_user("hanako@midorino.example", display_name="見本 花子")
    with scope(city):
        make.rulebook(book())
        seat(user, make.group("食堂の会"), role=Role.MEMBER, since=make.APRIL)
        farmer = User.objects.create_user("taro@midorino.example", display_name="見本 太郎")
        seat(farmer, make.group("畑の会"), role=Role.MEMBER, since=make.APRIL)
        by, other = actor_for(user, on=make.APRIL), actor_for(farmer, on=make.APRIL)
        told = {"category": "goods", "area": "西部", "field": "", "text": "旬のものを分け合います。"}
        wish = Listing(party=make.group("食堂の会"), kind="wish", title="野菜がほしい", **told)
        offer = Listing(party=make.group("畑の会"), kind="offer", title="野菜を譲ります", **told)
        board.post(wish, at=make.NOON, by=by)
        board.post(offer, at=make.NOON, by=other)
        board.introduce(wish, offer, reason="どちらも野菜の話です。", at=make.NOON, by=other)
        _begin_project(by)
    return user


def _begin_project(by) -> None:
    agreement = Agreement.objects.create(
        title="夜道の灯り",
        civic=make.group("食堂の会"),
        city=make.department("道路課"),
        purpose="通学路を明るくします。",
        duties=[{"side": "civic", "text": "灯りを置く", "due": "2026-06-30"}],
        total=100000,
        shares=[{"side": "city", "label": "市の負担", "amount": 100000}],
        starts=make.APRIL,
        ends=date(2027, 3, 31),
        state="concluded",
        begun_on=make.APRIL,
        rulebook=in_force(make.APRIL),
    )
    room = projects.start(projects.open_project(agreement, on=make.APRIL, by=by), by=by)
    projects.note_talk(room, held_on=make.APRIL, title="保険", minutes="市の名前で入ります。", by=by)
    projects.propose_change(room, what="灯りを30個に", why="道が長いため", on=make.APRIL, by=by)
    projects.write_report(room, REPORT, by=by)


def path(city, kind: str) -> str:
    """The address of the one thing of that kind."""

    with scope(city):
        return {"introduction": Introduction, "project": Project}[kind].objects.get().get_absolute_url()


def test_the_public_pages_of_board_and_projects_keep_the_accessibility_criteria(visit, check, city, member):
    with scope(city):
        listing = Listing.objects.get(kind="wish").get_absolute_url()

    for name, where in (
        ("board", "/midorino/board/"),
        ("listing", listing),
        ("projects", "/midorino/projects/"),
        ("project", path(city, "project")),
        ("search", "/midorino/search/?q=野菜"),
    ):
        check(visit(where), name=name)


def test_the_rooms_of_those_involved_keep_the_accessibility_criteria(visit, check, city, member):
    project = path(city, "project")

    for name, where in (
        ("turn", "/midorino/turn/"),
        ("listing-new", "/midorino/board/new/"),
        ("introductions", "/midorino/board/introductions/"),
        ("introduction", path(city, "introduction")),
        ("project-room", project),
        ("project-report", f"{project}report/"),
        ("project-accounts", f"{project}accounts/"),
    ):
        check(visit(where, by=member), name=name)


def test_two_are_brought_together_by_hand(visit, check, city, member):
    page = visit(path(city, "introduction"), by=member)

    page.get_by_role("button", name="承諾する").click()

    expect(page.get_by_text("記録しました。")).to_be_visible()
    expect(page.get_by_text("引き合わせ済み").first).to_be_visible()
