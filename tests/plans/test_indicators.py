"""Figures people follow: what is asked for by name, and what is known of it."""

import pytest

from tests import make
from tomoni.parties.actor import program
from tomoni.plans.charts import Reading
from tomoni.plans.models import Indicator
from tomoni.plans.selectors.indicators import asked_of
from tomoni.plans.services import relist


@pytest.fixture
def measure(city):
    plan = make.plan()
    return make.measure(plan, "夜道を明るくする", heading=make.heading(plan))


def test_what_is_asked_for_brings_along_the_numbers_of_its_name_and_unit(measure):
    make.figure(measure, 2018, 4, label="街灯の数", unit="本")
    make.figure(measure, 2019, 6, label="街灯の数", unit="本")
    make.figure(measure, 2019, 80, label="街灯の数", unit="%", source_at="B2")
    make.figure(measure, 2019, 3, label="点検の回数", unit="回")
    held = Indicator.objects.create(measure=measure, label="街灯の数", unit="本", target=10, target_year=2021)

    (asked,) = asked_of([measure])[measure.pk]

    assert (asked.pk, asked.label, asked.target, asked.target_year) == (held.pk, "街灯の数", 10.0, 2021)
    assert asked.readings == (Reading(2018, 4.0, "本"), Reading(2019, 6.0, "本"))
    assert (asked.of(2019), asked.of(2020)) == (Reading(2019, 6.0, "本"), None)


def test_two_different_numbers_for_a_year_are_not_chosen_from(measure):
    make.figure(measure, 2019, 6, label="街灯の数", unit="本")
    make.figure(measure, 2019, 7, label="街灯の数", unit="本", source_at="B2")
    Indicator.objects.create(measure=measure, label="街灯の数", unit="本")

    assert asked_of([measure])[measure.pk][0].of(2019) is None


def test_a_relisted_measure_asks_for_its_originals(measure):
    again = relist(measure, under=make.heading(measure.plan, "つなぐ", number="2"), by=program("test"))
    Indicator.objects.create(measure=measure, label="街灯の数", unit="本")

    assert [each.label for each in asked_of([again])[measure.pk]] == ["街灯の数"]


def test_two_queries_however_many_measures(measure, django_assert_num_queries):
    many = [measure, *(make.measure(measure.plan, f"取組{n}") for n in range(6))]
    for each in many:
        Indicator.objects.create(measure=each, label="街灯の数", unit="本")
        make.figure(each, 2019, 6, label="街灯の数", unit="本")

    with django_assert_num_queries(2):
        assert len(asked_of(many)) == 7
