"""A small plan with everything a paper shows, and people who prepare it."""

import pytest

from tests import make
from tomoni.parties.permissions import Role
from tomoni.plans.models import Indicator
from tomoni.plans.services import assess, relist

RESULTS = "講座を3回開いた。\n講師は灯里花子氏。"


@pytest.fixture
def plan(city):
    """Two policies; 出前講座 with two departments and a figure, 冊子 as a priority, relisted under the second."""
    made = make.plan(title="あかり計画", years=(2018, 2019))
    one = make.heading(made, "学ぶ")
    goal = make.heading(made, "場をつくる", number="(1)", under=one)
    two = make.heading(made, "知らせる", number="2")
    lecture = make.measure(made, "出前講座", heading=goal)
    first = make.line(lecture, "市民協働課", related=["学校課"])
    second = make.line(lecture, "道路課")
    make.progress(first, 2018, "on_track", status_text="順調", results="講座を2回開いた。", next_action="続ける。")
    make.progress(first, 2019, "done", results=RESULTS, remarks="=SUM(A1)")
    make.progress(second, 2019, "off_track", status_text="B", results="人が足りない。")
    make.schedule(lecture, 2019, "拡充")
    for year, value in ((2018, 30), (2019, 45)):
        make.figure(lecture, year, value)
    Indicator.objects.create(measure=lecture, label="講座の参加者", unit="人", target=50, target_year=2021)
    book = make.measure(made, "冊子𠮷", heading=two, is_priority=True)
    make.line(book, "広報課", statuses=["on_track", "changed"])
    relist(book, under=one, by=make.program("test"))
    committee = make.group("推進会議")
    assess(lecture, committee=committee, year=2019, rating="B", opinion="回数を増やすとよい。", by=make.program("test"))
    assess(one, committee=committee, year=2019, opinion="学ぶ人が増えた。", by=make.program("test"))
    return make.touched(made)


@pytest.fixture
def division(seat):
    return seat("協働 担当", Role.DIVISION)[2]
