"""Blackened words are blackened wherever the public reads: pages, open data, search and the copy of the sheet."""

import pytest

from tests import make
from tomoni.imports.kept import kept_grid
from tomoni.imports.reading.read import read
from tomoni.papers.services import Judgement, judge_names
from tomoni.plans.models import Assessment, Measure, Progress
from tomoni.plans.redacting import description_place, line_place, opinion_place

NAME = "灯里花子"


@pytest.fixture
def blackened(plan, division):
    """The lecturer's name in a result, in a description and in an opinion of a heading."""
    Measure.objects.filter(title="出前講座").update(description=f"{NAME}さんと考えた。")
    opinion = Assessment.objects.exclude(heading=None).get()
    Assessment.objects.filter(pk=opinion.pk).update(opinion=f"{NAME}さんの話がよい。")
    line = Progress.objects.get(results__contains=NAME).line
    places = [
        line_place(line.pk, 2019, "results"),
        description_place(line.measure_id),
        opinion_place("heading", opinion.heading_id, 2019, opinion.committee_id),
    ]
    judge_names(plan, [Judgement(place, NAME, 0, is_blackened=True) for place in places], at=make.NOON, by=division)
    return line.measure, opinion.heading_id


def test_no_public_page_of_the_plan_holds_the_words(client, plan, blackened):
    measure, heading = blackened
    base = f"/midorino/plans/{plan.pk}"
    pages = [f"{base}/measures/{measure.pk}/", f"{base}/headings/{heading}/", f"{base}.csv", f"{base}.json"]

    told = {url: client.get(url).content.decode() for url in pages}

    assert {url: (NAME in text, "■■" in text) for url, text in told.items()} == dict.fromkeys(pages, (False, True))


def test_a_blackened_name_is_not_found(client, plan, blackened):
    assert f"/measures/{blackened[0].pk}/" not in client.get(f"/midorino/plans/{plan.pk}/?q={NAME}").content.decode()
    assert f"/measures/{blackened[0].pk}/" in client.get(f"/midorino/plans/{plan.pk}/?q=講座").content.decode()
    assert NAME not in client.get(f"/midorino/search/?q={NAME}さん").content.decode().replace(f"{NAME}さん", "", 3)


def test_the_inner_record_keeps_the_words(plan, blackened):
    assert Progress.objects.filter(results__contains=NAME).exists()


def test_the_copy_of_the_sheet_holds_no_blackened_word(client, plan, blackened):
    measure = blackened[0]
    batch = make.batch(
        plan,
        f"取組,R1実績\n出前講座,{NAME}氏\n".encode(),
        document={"measures": [{"at": "A2"}], "corrections": [], "cells": {"A2": "/measures/0/title"}},
        grid=kept_grid(read(f"取組,R1実績\n出前講座,{NAME}氏\n".encode(), name="a.csv")),
        committed_at=make.NOON,
    )
    Measure.objects.filter(pk=measure.pk).update(batch=batch, sources={"title": "A2"})

    page = client.get(f"/midorino/plans/{plan.pk}/source/{batch.pk}/").content.decode()

    assert NAME not in page
    assert "■■氏" in page


def test_the_promises_of_the_plan_hold_no_blackened_word(client, plan, blackened):
    page = client.get(f"/midorino/promises/{plan.pk}/").content.decode()

    assert NAME not in page
    assert "講師は■■氏。" in page
