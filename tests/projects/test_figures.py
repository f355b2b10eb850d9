"""The figures a closing report tells, and what a measure's yearly entry may take over."""

from decimal import Decimal

import pytest

from tests.projects.conftest import REPORT, put_in_order
from tomoni.history.models import Event
from tomoni.kernel.decisions import NotAllowed
from tomoni.projects import selectors, services
from tomoni.projects.forms import figure_rows
from tomoni.projects.models import Project, ProjectFigure
from tomoni.projects.services import Told

PEOPLE = Told("参加者数", Decimal(1120), "人", 2026)
TIMES = Told("開いた回数", Decimal("12.5"), "回", 2026)


def told(project):
    return [(f.label, f.value, f.unit, f.year) for f in project.figures.order_by("pk")]


def test_a_report_tells_figures_and_writing_them_anew_keeps_what_stood_before(running, member):
    services.write_report(running, REPORT, figures=[PEOPLE, TIMES], by=member)
    services.write_report(running, REPORT, figures=[TIMES], by=member)

    assert told(running) == [("開いた回数", Decimal("12.5"), "回", 2026)]
    assert str(running.figures.get()) == "開いた回数 12.5回"
    event = Event.objects.filter(verb="figures").latest("pk")
    assert event.details["before"] == [["参加者数", "1120.000", "人", 2026], ["開いた回数", "12.500", "回", 2026]]


def test_figures_that_are_the_same_leave_no_line_in_history(running, member):
    services.tell_figures(running, [PEOPLE], by=member)
    services.tell_figures(running, [PEOPLE], by=member)

    assert Event.objects.filter(verb="figures").count() == 1


@pytest.mark.parametrize(
    ("figures", "sentence"),
    [
        ([Told("参加者数", Decimal(1), "人", 2031)], "期間の中から"),
        ([PEOPLE, Told("参加者数", Decimal(2), "人", 2026)], "2つあります"),
    ],
)
def test_a_year_outside_and_a_number_told_twice_are_refused_and_nothing_changes(figures, sentence, running, member):
    services.tell_figures(running, [TIMES], by=member)

    with pytest.raises(NotAllowed, match=sentence):
        services.write_report(running, REPORT, figures=figures, by=member)

    running.refresh_from_db()
    assert (told(running), running.report) == ([("開いた回数", Decimal("12.5"), "回", 2026)], {})


def test_only_reported_and_finished_projects_of_that_year_are_read(running, member, django_assert_num_queries):
    services.tell_figures(put_in_order(running, member), [PEOPLE, TIMES], by=member)
    all_of_them = Project.objects.all()

    assert list(selectors.figures_for(all_of_them, 2026)) == []
    services.report(running, by=member)
    with django_assert_num_queries(1):
        read = [(f.label, f.amount, f.unit, f.project.title) for f in selectors.figures_for(all_of_them, 2026)]

    assert read == [("参加者数", "1,120", "人", "夜道の灯り"), ("開いた回数", "12.5", "回", "夜道の灯り")]
    assert list(selectors.figures_for(all_of_them, 2025)) == []
    assert list(selectors.figures_for(Project.objects.none(), 2026)) == []


def test_a_label_without_a_number_and_a_number_without_a_label_are_asked_for(running):
    sent = {
        "figure-TOTAL_FORMS": "2", "figure-INITIAL_FORMS": "0",
        "figure-0-label": "参加者数", "figure-0-value": "", "figure-0-year": "2026",
        "figure-1-label": "", "figure-1-value": "3", "figure-1-year": "2026",
    }  # fmt: skip

    rows = figure_rows(running, sent)

    assert not rows.is_valid()
    assert [list(each) for each in rows.errors] == [["value"], ["label"]]
    assert ProjectFigure.objects.count() == 0
