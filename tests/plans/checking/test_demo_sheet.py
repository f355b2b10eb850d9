"""What the checks say of the demonstration's messy sheet, looked at one by one beside the texts it was made from."""

from collections import Counter
from pathlib import Path

from tomoni.imports.reading.read import read
from tomoni.plans.sheet.recognise import recognise

FILE = Path(__file__).parents[3] / "demo" / "fuchu" / "進行管理シート.xlsx"


def test_the_checks_say_of_the_demonstration_sheet_what_was_looked_at_one_by_one():
    found = recognise(read(FILE.read_bytes(), name=FILE.name)).as_json()["findings"]

    assert Counter(f["rule"] for f in found) == {
        "SH-01": 33, "SH-02": 2, "SH-05": 59, "SH-08": 2, "SH-12": 1, "SH-14": 3
    }  # fmt: skip
    asked = {(f["rule"], f["measure"], f["department"], f["year"]) for f in found if f["rule"] > "SH-05"}
    assert asked == {
        ("SH-08", "2", "協働推進課", 2019),
        ("SH-08", "2", "協働推進課", 2020),
        ("SH-12", "11", "協働推進課", 2017),
        ("SH-14", "6", "協働推進課", 2020),
        ("SH-14", "9", "協働推進課", 2018),
        ("SH-14", "9", "協働推進課", 2020),
    }
