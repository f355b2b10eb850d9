"""What the reader of sheets makes of the demonstration's files, held against the plans they were made of."""

from collections import Counter

import pytest

from tomoni.imports.reading.read import read
from tomoni.plans.importing.spellings import reading_of
from tomoni.plans.sheet.document import Document
from tomoni.plans.sheet.recognise import recognise
from tomoni.portal.demo.clean import YearEntry
from tomoni.portal.demo.sheets import DemoSheet, sheet_of
from tomoni.rulebooks.loading import load_city

TIDY = ("ama", "higashikurume", "musashino")


def recognised(sheet: DemoSheet) -> Document:
    grid = read(sheet.path.read_bytes(), name=sheet.name)
    return recognise(grid, reading_of(load_city(sheet.slug), {"status": {}, "column": {}, "department": {}}))


def verdicts(sheet: DemoSheet) -> Counter[str]:
    """How many statuses the plan knows were read right, left open, or taken for another."""
    found = {measure.number: measure for measure in recognised(sheet).measures}
    told: Counter[str] = Counter()
    for measure in sheet.plan.measures():
        for place, line in enumerate(measure.lines):
            years = found[measure.number].lines[place].years
            for year, entry in line.years.items():
                held = years[year].status if year in years else None
                if entry.status:
                    told["right" if held == entry.status else "open" if held is None else "wrong"] += 1
    return told


@pytest.mark.parametrize("slug", [*TIDY, "fuchu"])
def test_every_measure_is_found_with_its_departments_and_none_besides(slug: str):
    sheet = sheet_of(slug)

    read_as = [
        (m.number, m.relisted_of or "", [(line.leads, line.related) for line in m.lines if not m.relisted_of])
        for m in recognised(sheet).measures
    ]
    assert read_as == [
        (m.number, m.relisted_of, [(list(line.leads), list(line.related)) for line in m.lines])
        for m in sheet.plan.measures()
    ]


@pytest.mark.parametrize("slug", TIDY)
def test_a_tidy_sheet_is_read_without_a_loss(slug: str):
    sheet = sheet_of(slug)
    document = recognised(sheet)
    texts = {
        (m.number, year, field): text.text
        for m in document.measures
        for line in m.lines
        for year, told in line.years.items()
        for field, text in told.texts.items()
    }

    expected = {
        (m.number, year, field): text
        for m in sheet.plan.measures()
        for line in m.lines
        for year, entry in line.years.items()
        for field, text in texts_of(entry).items()
    }
    assert document.unplaced == []
    assert {key: texts.get(key) for key in expected} == expected


def texts_of(entry: YearEntry) -> dict[str, str]:
    """What the tidy sheets print of a year: they have no column for remarks."""
    told = {"results": entry.results, "issues": entry.issues, "next_action": entry.next}
    return {field: text for field, text in told.items() if text}


def test_letters_are_understood_by_their_legend_and_a_mark_without_one_stays_open():
    assert verdicts(sheet_of("higashikurume")) == {"right": 20}
    assert verdicts(sheet_of("musashino")) == {"right": 32, "open": 1}


def test_no_status_of_the_untidy_sheet_is_taken_for_another():
    told = verdicts(sheet_of("fuchu"))

    assert told["wrong"] == 0
    assert told["right"] >= 117  # of 126; this number may only rise
