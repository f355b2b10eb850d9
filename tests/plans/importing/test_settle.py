"""Carrying out what people decided: corrections, open values, explained words and cells put in their place."""

from copy import deepcopy

import pytest

from tests.plans.importing import papers
from tomoni.plans.importing.pointers import Place, place_of
from tomoni.plans.importing.settle import Chosen, settled

YEAR = "/measures/0/lines/0/years/2018"


def test_a_corrected_status_is_a_persons_word():
    made = settled(papers.two_measures(), {f"{YEAR}/status": Chosen("correct", "done")})

    year = made["measures"][0]["lines"][0]["years"]["2018"]
    assert (year["status"], year["confidence"], year["status_text"]) == ("done", None, "○")


def test_a_status_left_open_is_none():
    made = settled(papers.two_measures(), {"/measures/1/lines/0/years/2017/status": Chosen("open")})

    assert made["measures"][1]["lines"][0]["years"]["2017"]["status"] is None


def test_a_text_left_open_is_not_taken_over():
    made = settled(papers.two_measures(), {f"{YEAR}/issues": Chosen("open")})

    assert made["measures"][0]["lines"][0]["years"]["2018"]["issues"] is None


def test_a_corrected_text_keeps_its_place():
    made = settled(papers.two_measures(), {f"{YEAR}/issues": Chosen("correct", "参加者が少ない。")})

    assert made["measures"][0]["lines"][0]["years"]["2018"]["issues"] == {"text": "参加者が少ない。", "at": "O10"}


def test_a_word_explained_once_settles_every_open_status_written_so():
    paper = papers.two_measures()
    paper["measures"][1]["lines"][1]["years"]["2017"] = papers.year(None, status_text="○", status_at="I12")

    made = settled(paper, {"/statuses/○": Chosen("correct", "on_track")})

    assert made["measures"][0]["lines"][0]["years"]["2018"]["status"] == "on_track"
    assert made["measures"][1]["lines"][1]["years"]["2017"]["status"] == "on_track"


def test_a_decision_about_one_value_wins_over_an_explained_word():
    chosen = {"/statuses/○": Chosen("correct", "on_track"), f"{YEAR}/status": Chosen("correct", "off_track")}

    assert settled(papers.two_measures(), chosen)["measures"][0]["lines"][0]["years"]["2018"]["status"] == "off_track"


def test_an_unplaced_cell_goes_behind_what_stands_there_with_both_places():
    to = {"to": "/measures/0/lines/0/years/2017/results"}

    made = settled(papers.two_measures(), {"/unplaced/0": Chosen("correct", to)})

    assert made["measures"][0]["lines"][0]["years"]["2017"]["results"] == {
        "text": "講座を1回開いた。\n講座の参加者は12人だった。",
        "at": "J10、W10",
    }


def test_an_unplaced_cell_may_begin_a_year_the_line_did_not_have():
    to = {"to": "/measures/0/lines/0/years/2019/status", "status": "done"}

    made = settled(papers.two_measures(), {"/unplaced/0": Chosen("correct", to)})

    year = made["measures"][0]["lines"][0]["years"]["2019"]
    assert (year["status"], year["status_text"], year["status_at"], year["results"]) == (
        "done",
        "講座の参加者は12人だった。",
        "W10",
        None,
    )


def test_a_corrected_number_takes_its_figures_along():
    made = settled(papers.two_measures(), {"/measures/0/number": Chosen("correct", "10")})

    assert made["numbers"][0]["measure"] == "10"
    assert made["measures"][0]["number_inferred"] is False


def test_an_inferred_number_left_open_is_no_number():
    made = settled(papers.two_measures(), {"/measures/1/number": Chosen("open")})

    assert made["measures"][1]["number"] is None


def test_a_title_cannot_be_emptied():
    made = settled(papers.two_measures(), {"/measures/0/title": Chosen("open")})

    assert made["measures"][0]["title"] == "出前講座を開く"


@pytest.mark.parametrize("pointer", ["/measures/99/title", "/unplaced/7", "/numbers/5", "/nonsense", "/measures/0/at"])
def test_a_pointer_to_nothing_changes_nothing(pointer):
    paper = papers.two_measures()

    assert settled(deepcopy(paper), {pointer: Chosen("correct", "x")}) == paper


@pytest.mark.parametrize(
    ("pointer", "place"),
    [
        ("/measures/3/schedule/2019", Place("schedule", 3, year=2019)),
        ("/measures/3/lines/1/related", Place("related", 3, 1)),
        ("/nodes/2/number", Place("heading_number", index=2)),
        ("/numbers/4", Place("figure", index=4)),
        ("/departments/産業/課", Place("departments", word="産業/課")),
        ("/measures/0", None),
        ("", None),
    ],
)
def test_a_pointer_is_taken_apart(pointer, place):
    assert place_of(pointer) == place
